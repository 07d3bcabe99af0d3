"""What a fuzzer gives, cut into what a reader takes."""

from __future__ import annotations

from trimtab.findings.finding import Finding


def to_text(data: bytes) -> str:
    """Give bytes as text of any characters, lone surrogates too, as broken names of files have them."""
    return data.decode("utf-8", "surrogateescape")


def split(data: bytes, parts: int) -> list[bytes]:
    """Cut bytes at zeros into exactly so many parts; those that are missing are empty."""
    found = data.split(b"\0", parts - 1)
    return found + [b""] * (parts - len(found))


def check_placed(finding: Finding, file: str) -> None:
    """Hold a finding to having a place in a file, with a span that does not run backwards."""
    place = finding.place
    assert place is not None, finding
    assert place.file == file, finding
    assert 1 <= place.line <= place.end_line, finding
    assert place.column >= 1, finding
    assert (place.line, place.column) <= (place.end_line, place.end_column), finding
