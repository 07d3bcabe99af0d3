"""Nobody's text can make the reader raise, hang or lose a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.documents.document import Limits
from trimtab.documents.reader import parse_yaml

SEED = """\
base: &b {x: 1, y: [a, 0644]}
list:
  - one: !!str 1
    two: 'a''b'
  - - x
    - *b
merged:
  <<: *b
  x: 2
text: |
  a
   b
folded: >-
  a
  b
? complex
: "\\u0041"
---
second: ~
"""
PIECES = st.sampled_from(
    [":", ": ", "- ", "\n", "  ", "\t", "#", "&b ", "*b", "<<: *b\n", "!!int ", "!x ", "'", '"', "[", "]", "{", "}",
    ",", "|", ">",
     "---\n", "...\n", "? ", "%", "@", "\r\n", "\r", "é", "😀", "\u2028", "\x85", "\ufeff", "\x00", "\ud800", "~",
     ".inf", "\\"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, len(SEED)), st.integers(0, 6), PIECES), max_size=6)
SMALL = Limits(max_bytes=400, max_values=20, max_depth=4)


def check_reading(text: str | bytes, limits: Limits) -> None:
    """Read a text and check what holds for all of them."""
    parsed = parse_yaml(text, file="f.yaml", limits=limits)
    for finding in parsed.findings:
        assert finding.place is not None
        assert finding.place.file == "f.yaml"
        assert (finding.place.line, finding.place.column) >= (1, 1)
        assert (finding.place.end_line, finding.place.end_column) >= (finding.place.line, finding.place.column)
    for document in parsed.documents:
        assert document.places.value(()) is not None


@given(st.text() | st.text("ab:- \n\t[]{}#&*!|>'\"%@?,.~<1\r\u2028\ufeff") | st.binary())
def test_any_text_is_read_or_refused_with_a_place(text: str | bytes):
    """Characters of all kinds, in any order, as text and as bytes."""
    check_reading(text, Limits())


@given(EDITS, st.sampled_from([Limits(), SMALL]))
def test_a_damaged_file_is_read_or_refused_with_a_place(edits: list[tuple[int, int, str]], limits: Limits):
    """A good file with pieces cut out and others put in, as slips of the hand do."""
    text = SEED
    for at, cut, piece in edits:
        text = text[:at] + piece + text[at + cut :]
    check_reading(text, limits)
