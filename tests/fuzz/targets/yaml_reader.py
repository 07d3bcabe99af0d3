"""The exact reader of YAML: each refusal has a place in the text, and each value can be written and read again."""

from __future__ import annotations

import contextlib

from fuzz_support.given import check_placed
from trimtab.documents.document import Document, Limits
from trimtab.documents.reader import parse_yaml
from trimtab.documents.writer import UnwritableValue, render_yaml, widen_integers

_SMALL = Limits(max_bytes=400, max_values=20, max_depth=4)


def fuzz(data: bytes) -> None:
    """Read bytes with and without narrow limits, the first or the last of two equal keys."""
    for limits in (Limits(), _SMALL):
        for last in (False, True):
            parsed = parse_yaml(data, file="f.yaml", limits=limits, last_key_holds=last)
            for finding in parsed.findings:
                check_placed(finding, "f.yaml")
            for document in parsed.documents:
                _check_document(document, is_sound=not parsed.findings)


def _check_document(document: Document, *, is_sound: bool) -> None:
    assert document.places.value(()) is not None
    if is_sound:
        with contextlib.suppress(UnwritableValue):  # whole numbers that only some readers keep
            (again,) = parse_yaml(render_yaml(widen_integers(document.value)), file="g.yaml").documents
            assert again.value == document.value
