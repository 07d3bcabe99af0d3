"""Characters are measured as a terminal shows them, and harmful ones are named instead of printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trimtab.findings.cells import build_cells, render_harmless


def width(text: str) -> int:
    """Add up the columns of a text."""
    return sum(cell.width for cell in build_cells(text))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("replicas", 8),
        ("日本", 4),
        ("ｶﾅ", 2),
        ("ＡＢ", 4),
        ("\u1112\u1161\u11ab", 2),
        ("a\u20dd", 1),
        ("e\u0301", 1),
        ("🚀", 2),
        ("👩‍💻", 2),
        ("👍🏽", 2),
        ("⚠️", 2),
        ("👩‍❤️‍👨", 2),
        ("한", 2),
    ],
)
def test_width(text: str, columns: int) -> None:
    """Wide characters take two columns, accents none, an emoji of several parts two in all."""
    assert width(text) == columns


@pytest.mark.parametrize(("text", "columns"), [("\t", 4), ("a\t", 4), ("abcd\t", 8), ("日\tb", 5)])
def test_a_tab_goes_to_the_next_stop(text: str, columns: int) -> None:
    """A tab is as many spaces as are missing to a multiple of four."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\nb", "a␊b"),
        ("\x7f", "␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202eabc", "<U+202E>abc"),
        ("re\u200bplicas", "re<U+200B>plicas"),
        ("re\u200dplicas", "re<U+200D>plicas"),
        ("\ud800", "<U+D800>"),
        ("日本 👩‍💻", "日本 👩‍💻"),
    ],
)
def test_harmful_characters_are_named(text: str, shown: str) -> None:
    """Escapes, directions, invisible characters and lone surrogates are made visible; the rest stays as it is."""
    assert render_harmless(text) == shown


@given(st.text())
def test_nothing_harmful_is_left(text: str) -> None:
    """After rendering there is no control character, no direction and nothing that UTF-8 cannot hold."""
    shown = render_harmless(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
    shown.encode()


@given(st.text(alphabet="aZ 0é日本語ﬀ가🚀🎉\u0301\u0308"))
def test_widths_agree_with_an_independent_measure(text: str) -> None:
    """Rich, which has its own tables, measures the same."""
    assert width(text) == cell_len(text)
