"""Plain scalars read as Kubernetes reads them; every expected value was given by sigs.k8s.io/yaml 1.6."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.documents.scalars import EXACT, normalise, render_key, resolve_exactly, resolve_plain

NULLS = ("", "~", "null", "Null", "NULL")
TRUTHS = ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
LIES = ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
NUMBERS = {
    "0": 0,
    "-0": 0,
    "+1": 1,
    "0644": 420,
    "0_644": 420,
    "08": 8,
    "0o17": 15,
    "0O17": 15,
    "-0o17": -15,
    "0x1F": 31,
    "0X1f": 31,
    "0b11": 3,
    "-0b11": -3,
    "0b-1": -1,
    "1_000": 1000,
    "1__0": 10,
    "1_": 1,
    "1e3": 1000,
    "1e+3": 1000,
    "1.0": 1,
    "5.": 5,
    "1.5": 1.5,
    ".5": 0.5,
    ".5_0": 0.5,
    "-1e-7": -1e-7,
    "1e-400": 0,
    "18446744073709551615": 2**64 - 1,
    "18446744073709551616": float(2**64),
    "-9223372036854775809": -float(2**63),
    "0777777777777777777777777": 777777777777777777777777.0,
}
TEXTS = (
    "yEs", "oN", "nULL", "12:30:45", "1:20", "2020-01-01", "2001-12-14t21:59:43.10-05:00", "=", "<<", "1.2.3", "1e",
    "1e400", "-1e400", ".5e400", "0o18", "0xg", "0b2", "0x", "0o", "+0o", "_1", "._5", ".5_", ".5__0", "+.nan", "-",
    "+",
    ".", "..", "1p4", "0x1p4", "0x10000000000000000", "inf", "nan", "10Mi", "100m", "٣", "½", "0",
)  # fmt: skip
SHAPED = st.text("0123456789__..eE+-xXoObB:~yYnN", max_size=30)


@pytest.mark.parametrize("text", NULLS)
def test_five_words_are_null(text: str):
    """A value left empty, a tilde and three spellings of null mean nothing."""
    assert resolve_plain(text) is None


@pytest.mark.parametrize(("text", "value"), [*((text, True) for text in TRUTHS), *((text, False) for text in LIES)])
def test_twenty_two_words_are_truth_values(text: str, value: bool):
    """Kubernetes keeps YAML 1.1's yes, on and y, in three spellings each."""
    assert resolve_plain(text) is value


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers_read_as_go_reads_them(text: str, number: float):
    """A leading zero is octal, underscores vanish, an exponent needs no sign, and whole floats are integers."""
    value = resolve_plain(text)
    assert (type(value), value) == (type(number), number)


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_what_looks_like_a_value_elsewhere_is_text(text: str):
    """Dates, times, sexagesimals and numbers that no double holds stay what was written."""
    assert resolve_plain(text) == text


@pytest.mark.parametrize(("text", "value"), [(".inf", math.inf), ("+.Inf", math.inf), ("-.INF", -math.inf)])
def test_infinities_have_a_word(text: str, value: float):
    """Infinity is read, though JSON cannot hold it; the reader refuses it with its place."""
    assert resolve_plain(text) == value


def test_not_a_number_has_a_word():
    """The word for not-a-number starts with a point."""
    assert math.isnan(resolve_plain(".NaN"))  # type: ignore[arg-type]


@given(SHAPED | st.text(max_size=20))
def test_any_text_reads_as_something(text: str):
    """No text raises, and what is no other value is the text itself."""
    value = resolve_plain(text)
    assert not isinstance(value, str) or value == text


@given(st.integers(-(2**63), 2**64 - 1))
def test_integers_of_64_bits_are_exact(number: int):
    """What Go holds in 64 bits comes through digit by digit."""
    assert resolve_plain(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_normalising_changes_no_number(number: float):
    """A normalised number equals the one before, and only whole ones below 2**53 become integers."""
    normal = normalise(number)
    assert normal == number
    assert isinstance(normal, int) == (number.is_integer() and abs(number) < EXACT)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a", "a"), ("on", "true"), ("n", "false"), ("0644", "420"), ("1.30", "1.3"), ("1e3", "1000"), ("1e6", "1e+06"),
        ("12345678.5", "1.2345678e+07"), ("0.00001", "1e-05"), ("123456.7", "123456.7"), ("0.1", "0.1"), ("1e40",
        ".inf"),
        ("-1.5e7", "-1.5e+07"), (".nan", ".nan"), ("~", None), ("18446744073709551615", None),
    ],
)  # fmt: skip
def test_keys_become_the_text_that_go_makes_of_them(text: str, key: str | None):
    """A version number as a key loses its zero, and null is no key."""
    assert render_key(resolve_exactly(text)) == key
