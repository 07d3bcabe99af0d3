"""What a check says becomes a finding: its place, and what of it may be shown."""

from __future__ import annotations

import pytest

from trimtab.catalogue.kinds import is_namespaced
from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Place
from trimtab.findings.path import Path
from trimtab.pipeline.placing import build_complaint, place_in
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry, make_entry

TEXT = "kind: List\nitems:\n- kind: A\n  metadata: {name: a}\n  spec:\n    size: 1\n"


def _nowhere(entry: Entry, path: Path, on_key: bool) -> Place | None:
    return None


@pytest.mark.parametrize(("kind", "hidden"), [("Secret", True), ("ConfigMap", False)])
def test_lines_of_secrets_are_hidden(kind: str, hidden: bool) -> None:
    """A finding about a Secret never shows its lines, whatever the check that made it says."""
    manifest = {"apiVersion": "v1", "kind": kind, "metadata": {"name": "a"}}
    said = Complaint(code="unknown-field", about=make_entry(manifest, is_namespaced), message="x", help="y")
    assert build_complaint(said, _nowhere).hide_source is hidden


@pytest.mark.parametrize(
    ("path", "on_key", "expected"),
    [
        ((), False, (4, 20)),
        (("spec", "size"), False, (6, 11)),
        (("spec", "size"), True, (6, 5)),
        (("no",), False, (3, 3)),
    ],
)
def test_place_is_nearest_to_the_path(path: Path, on_key: bool, expected: tuple[int, int]) -> None:
    """An object is shown by its name, a value or key by itself, what is missing by what comes nearest."""
    (document,) = parse_yaml(TEXT, file="x.yaml").documents
    place = place_in(document.places, ("items", 0), path, on_key=on_key)
    assert (place.line, place.column) == expected
