"""The text of a YAML file before any parser sees it: its size, its encoding, its characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from trimtab.documents.document import Limits, Ruler
from trimtab.findings.finding import Finding, Place, Severity

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_BREAK = re.compile("\r\n|\r|\n")
_SHOWN = 20
"""Unprintable characters named in one file; a binary file would have thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text fit for the parser, or the reasons why it is not."""

    text: str
    ruler: Ruler
    findings: tuple[Finding, ...] = ()


def prepare_source(text: str | bytes, file: str, limits: Limits) -> Source:
    """Check size, encoding and characters of a file; a text with findings must not be parsed."""
    size = len(text)
    if isinstance(text, str) and size <= limits.max_bytes and not text.isascii():
        size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.max_bytes:
        return _refuse(file, "file-too-large", f"file has {size} bytes, more than {limits.max_bytes}")
    if isinstance(text, bytes):
        raw = text
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            return _refuse_encoding(raw, error, file)
    text = text.removeprefix("\ufeff")
    starts = (0, *(match.end() for match in _BREAK.finditer(text))) if _ODD_BREAK.search(text) else ()
    bad = islice(_UNPRINTABLE.finditer(text), _SHOWN)
    found = tuple(_unprintable(text, match.start(), file) for match in bad)
    return Source(text=text, ruler=Ruler(file, starts), findings=found)


def _refuse(file: str, code: str, message: str, cure: str | None = None, place: Place | None = None) -> Source:
    place = place or Place(file=file, line=1, column=1, end_line=1, end_column=1)
    finding = Finding(code=code, severity=Severity.ERROR, message=message, help=cure, place=place)
    return Source(text="", ruler=Ruler(file), findings=(finding,))


def _refuse_encoding(raw: bytes, error: UnicodeDecodeError, file: str) -> Source:
    message = f"file is not UTF-8 text: byte 0x{raw[error.start]:02x} at offset {error.start}"
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    cure = f"save the file as UTF-8{'; it looks like UTF-16' if wide else ''}"
    before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
    return _refuse(file, "not-utf8", message, cure, _place_after(before, file))


def _unprintable(text: str, index: int, file: str) -> Finding:
    return Finding(
        code="unprintable-character",
        severity=Severity.ERROR,
        message=f"unprintable character U+{ord(text[index]):04X}",
        help=f'remove it, or write it as "\\u{ord(text[index]):04x}" between double quotes',
        place=_place_after(text[:index], file),
    )


def _place_after(before: str, file: str) -> Place:
    lines = _BREAK.split(before)
    line, column = len(lines), len(lines[-1]) + 1
    return Place(file=file, line=line, column=column, end_line=line, end_column=column + 1)
