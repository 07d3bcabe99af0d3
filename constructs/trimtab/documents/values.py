"""A file of manifests to plain values, exactly as Kubernetes reads them and fast; places only where they are wanted."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from trimtab.documents.document import Limits, Value
from trimtab.documents.line_forms import Unsure
from trimtab.documents.line_reader import parse_lines
from trimtab.documents.reader import parse_yaml
from trimtab.documents.scalars import normalise
from trimtab.findings.finding import Finding

MANIFEST_LIMITS = Limits(max_bytes=32 * 1024 * 1024, max_values=4_000_000)
"""What a file of manifests may hold: all definitions of a large project in one file are some 5 MB."""

_PRINTABLE = bytes((10, *range(32, 127)))
_ODD = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a file says."""

    values: tuple[Value, ...]
    """The values of its documents, in order; empty documents are left out."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with its text."""


def parse_values(content: bytes, *, file: str, limits: Limits = MANIFEST_LIMITS) -> Values:
    """Read all documents of a YAML or JSON file.

    The values are those of `parse_yaml`, in the same order: its places fit them.
    """
    text = parse_plain_text(content, limits)
    if text is not None:
        try:
            return Values(values=tuple(_parse_json(text) if text[0] in "{[" else parse_lines(text, limits.max_depth)))
        except (Unsure, ValueError, RecursionError):
            pass
    parsed = parse_yaml(content, file=file, limits=limits)
    return Values(values=tuple(document.value for document in parsed.documents), findings=parsed.findings)


def parse_plain_text(content: bytes, limits: Limits) -> str | None:
    """Give a text where nothing about it is odd: characters, line breaks, tabs, size, how it ends."""
    if not content or len(content) > min(limits.max_bytes, 2 * limits.max_values):  # a value takes two bytes or more
        return None
    rest = content.translate(None, _PRINTABLE)
    if rest.translate(None, bytes(range(128, 256))):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if rest and _ODD(text):
        return None
    if text[-1] == "\n":
        return text
    return None if "|" in text or ">" in text else text + "\n"  # how a block ends depends on it


def _parse_json(text: str) -> list[Value]:
    """Read JSON; what makes it another thing in YAML is left to that."""
    if "\\u" in text or "\\/" in text:
        raise Unsure
    value: Any = json.loads(text, object_pairs_hook=_unique, parse_float=_float, parse_int=_int, parse_constant=_refuse)
    return [value]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Unsure
    return made


def _float(text: str) -> float | int:
    number = float(text)
    if not math.isfinite(number):
        raise Unsure
    return normalise(number)


def _int(text: str) -> int:
    if len(text) > 18:
        raise Unsure
    return int(text)


def _refuse(text: str) -> Any:
    raise Unsure
