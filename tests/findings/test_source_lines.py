"""Lines of source are those an editor counts."""

from __future__ import annotations

from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.source_lines import SourceLines, split_lines


def at(line: int) -> Place:
    """Build a place in a line of the file `f`."""
    return Place(file="f", line=line, column=1, end_line=line, end_column=2)


def test_line_breaks() -> None:
    """LF, CR and CRLF each end one line; the line after the last break exists too."""
    assert split_lines("a\nb\rc\r\nd\n") == ["a", "b", "c", "d", ""]


def test_what_ends_no_line() -> None:
    """A form feed, a next-line sign and a Unicode line separator stand within a line."""
    assert split_lines("a\x0cb\x85c\u2028d") == ["a\x0cb\x85c\u2028d"]


def test_a_byte_order_mark_is_no_column() -> None:
    """The first column is the first character somebody typed."""
    assert split_lines("\ufeffa: 1") == ["a: 1"]


def test_lines_that_do_not_exist() -> None:
    """Line 0, a line past the end and an unknown file give nothing."""
    lines = SourceLines({"f": "a"}, ())
    assert [lines.line_at(at(number)) for number in (-1, 0, 1, 2)] == [None, None, "a", None]
    assert SourceLines({}, ()).line_at(at(1)) is None


def test_related_places_are_hidden_too() -> None:
    """Where a finding hides its source, the second place of the same secret is hidden as well."""
    finding = Finding(
        code="x", severity=Severity.ERROR, message="m", related=(Related(message="m", place=at(1)),), hide_source=True
    )
    assert SourceLines({"f": "a"}, (finding,)).line_at(at(1)) is None
