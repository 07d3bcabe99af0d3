"""What is written is read back the same by YAML 1.1, by YAML 1.2 and by our own reader."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from trimtab.documents.reader import parse_yaml
from trimtab.documents.scalars import EXACT
from trimtab.documents.writer import render_yaml

WORDS = """
y Y n N yes Yes no NO on On off OFF true True TRUE false null Null ~ .nan .NaN .inf -.inf +.INF nan inf infinity 0 00
007
08 09 0644 0o14 0o17 0O17 0o18 0x1f 0X1F 0xg 0b1 0B11 -0b11 0b-1 0x 0o 1_000 1__0 1_ _1 +_1 _a __a 1e3 1E3 1e+3 1e-3
12e03
1e-7 1.e3 .5 .5e3 .5_0 ._5 5. 1.0 1.5 +1.5 -1.5 1e400 12:30:45 1:20 190:20:30.15 2020-01-01 2001-12-14t21:59:43.10-05:00
1-1-1 = << 9223372036854775808 18446744073709551616 + - -- . .. ... --- 1.2.3 1e e5 .e5 .e+1 0_0 0x_f 10Mi 100m 1.30
v1.30
? | > % @ ` ! & * # , [ ] { } : :a a: a::b a:b:c -a ?a |a >a %a @a `a !a &a *a #a ,a ]a }a {a} [a] !!str {{.x}} ${X}
$(X)
'a' "a" 'a "a a'b a"b \\ \\n C:\\x /a ./a ../a ~/a ~a http://a:80/b a,b a#b é 日本語 😀 ٣ ½
""".split()  # noqa: SIM905  a list of quoted words could not be read
LINES = [
    "", " ", "\t", "\n", "\n\n", "a: b", "a #b", "- a", "? a", "--- a", "... a", "a: ", " a", "a ", "\ta", "a\t",
    "a  b", "a, b",
    "a\nb", "a\nb\n", "a\nb\n\n", "a\n\n\n", "\na", "\n\na", "a\n\n b\n", " a\nb", "\ta\nb", "a\n \nb", "a\n\t\nb",
    "a\n\tb",
    "a\n ", "x\n \n", "a \nb ", "#\n#a\n", "a\n#b", "a\n---\nb", "a\n...\nb", "key: |\n  x\n", "a\r\nb", "a\rb",
    "\r", "a\r",
    "a\x85b", "a\n\x85b", "a\u2028b", "a\nb\u2029c", "\ufeffa", "a\ufeff", "\x00", "\x1b[0m", "\x7f", "\x80", "\x9f",
    "\ufffe",
    "\uffff", "\u00a0", "a\n\u00a0\nb", "\u200b", "\u202e", "\u3000\na", "\U0010ffff", "%YAML 1.1", "a" * 3000,
    "a b " * 400,
    "é" * 300, "\\" * 200, '"' * 200,
]  # fmt: skip
TRICKY = WORDS + LINES
ALPHABET = "ab yYnN01.:-+_xoeE#\n\t 'é\"\\{}[],&*!|>%@`~=<\r\u2028\x85\ufeff😀\x00\x7f"

texts = st.sampled_from(TRICKY) | st.text(ALPHABET, max_size=12) | st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.integers(-EXACT, EXACT) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts.filter(lambda key: len(key) < 150), inner, max_size=4)
    ),
    max_leaves=20,
)


def read_ours(text: str) -> Any:
    """Read with our reader, which must find nothing wrong."""
    parsed = parse_yaml(text, file="f.yaml")
    assert not parsed.findings
    return parsed.documents[0].value if parsed.documents else None


def read_1_1(text: str) -> Any:
    """Read with the C parser of PyYAML, by the words of YAML 1.1."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def read_1_2(text: str) -> Any:
    """Read with ruamel, by the words of YAML 1.2."""
    return YAML(typ="safe", pure=True).load(text)


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, where 1 is not true and the order of keys counts."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict) and list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(is_same, one, other))
    plain = (bool, str, type(None))
    return (type(one) is type(other) or not (isinstance(one, plain) or isinstance(other, plain))) and one == other


@pytest.mark.parametrize("read", [read_ours, read_1_1, read_1_2])
def test_tricky_strings_come_back(read: Any):
    """As a value, an item, an item of an item and a key, in every reader."""
    short = [text for text in TRICKY if len(text) < 150]
    value = {"value": TRICKY, "inner": [[text] for text in TRICKY], "pairs": [{text: {text: text}} for text in short]}
    assert is_same(read(render_yaml(value)), value)


@pytest.mark.parametrize("text", TRICKY)
def test_a_tricky_string_is_a_document(text: str):
    """A document may be one string."""
    written = render_yaml(text)
    assert read_ours(written) == read_1_1(written) == text


@given(values)
def test_our_reader_gives_back_what_was_written(value: Any):
    """Values, types and the order of keys."""
    assert is_same(read_ours(render_yaml(value)), value)


@given(values)
def test_a_yaml_1_1_reader_gives_back_what_was_written(value: Any):
    """Values, types and the order of keys."""
    assert is_same(read_1_1(render_yaml(value)), value)


@given(values)
def test_a_yaml_1_2_reader_gives_back_what_was_written(value: Any):
    """Values, types and the order of keys."""
    assert is_same(read_1_2(render_yaml(value)), value)


@given(values)
def test_writing_what_was_read_gives_the_same_bytes(value: Any):
    """The canonical form is its own."""
    written = render_yaml(value)
    assert value is None or render_yaml(read_ours(written)) == written


@given(values)
def test_every_written_value_has_a_place(value: Any):
    """No path of a value read is without the place it was read from."""
    parsed = parse_yaml(render_yaml({"root": value}), file="f.yaml")
    places = parsed.documents[0].places

    def check(part: Any, path: tuple[Any, ...]) -> None:
        assert places.value(path) is not None
        assert places.nearest(path) == (path, places.value(path))
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
            check(inner, (*path, key))

    check(parsed.documents[0].value, ())
