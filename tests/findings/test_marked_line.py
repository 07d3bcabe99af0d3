"""A mark stands under what it marks, however the line is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trimtab.findings.marked_line import CUT, mark_line

AROUND = st.text(alphabet="ab \t日🚀\u0301\x1b\x07\u202e", max_size=60)


def drawn(line: str, start: int, end: int, room: int) -> str:
    """Draw a line with its mark below."""
    marked = mark_line(line, start, end, room=room)
    return f"{marked.text}\n{' ' * marked.indent}{'^' * marked.length}"


@pytest.mark.parametrize(
    ("line", "start", "end", "picture"),
    [
        ("  replica: 3", 2, 9, "  replica: 3\n  ^^^^^^^"),
        ("\ta: 1", 1, 2, "    a: 1\n    ^"),
        ("日本: 値", 4, 5, "日本: 値\n      ^^"),
        ("a: \x1b[1mx", 3, 4, "a: ␛[1mx\n   ^"),
        ("0123456789abcdefghijXYZ", 0, 2, "0123456789abcdefgh…\n^^"),
        ("0123456789abcdefghijXYZ", 20, 23, "…56789abcdefghijXYZ\n                ^^^"),
        ("0123456789abcdefghijklmnopqrstuvwxyz", 17, 19, "…9abcdefghijklmnopq…\n         ^^"),
        ("0123456789abcdefghijklmnopqrstuvwxyz", 5, 36, "…56789abcdefghijklm…\n ^^^^^^^^^^^^^^^^^^"),
        ("a:", 2, 2, "a:\n  ^"),
        ("a:", 99, 120, "a:\n  ^"),
        ("", 0, 5, "\n^"),
    ],
)
def test_pictures(line: str, start: int, end: int, picture: str) -> None:
    """In twenty columns, a line is whole or cut around its mark, and the mark is under it."""
    assert drawn(line, start, end, 20) == picture


def test_a_line_of_a_million_characters() -> None:
    """A file that is one endless line still shows the few characters that matter."""
    marked = mark_line("x" * 500_000 + "here" + "x" * 500_000, 500_000, 500_004, room=40)
    assert marked.text.strip(CUT).count("x") == 34
    assert marked.text[marked.indent :].startswith("here")


@given(AROUND, AROUND, st.integers(20, 200))
def test_the_mark_is_under_the_span(before: str, after: str, room: int) -> None:
    """Measured independently: the mark begins where the span is shown and is as long; the line fits its room."""
    marked = mark_line(f"{before}SPAN{after}", len(before), len(before) + 4, room=room)
    assert cell_len(marked.text[: marked.text.index("SPAN")]) == marked.indent
    assert marked.length == 4
    assert cell_len(marked.text) <= room


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50), st.integers(20, 100))
def test_any_line_and_span(line: str, start: int, end: int, room: int) -> None:
    """There is always a mark, and it never leaves the room by more than its last sign."""
    marked = mark_line(line, start, end, room=room)
    assert marked.length >= 1
    assert 0 <= marked.indent <= room
    assert marked.indent + marked.length <= room + 1


def test_no_line_begins_with_an_accent() -> None:
    """An accent whose letter was cut away is cut away too."""
    marked = mark_line("a" * 28 + "e\u0301" * 9 + "here" + "x" * 40, 46, 50, room=20)
    assert marked.text == CUT + "e\u0301" * 7 + "here" + "x" * 7 + CUT


def test_the_far_ends_count_as_cut() -> None:
    """Where a wide screen shows all that was looked at, the rest of an endless line is still owned up to."""
    marked = mark_line("x" * 5000 + "here" + "x" * 5000, 5000, 5004, room=4000)
    assert marked.text[0] == marked.text[-1] == CUT
    assert len(marked.text) > 1900
