"""The form of what is written, and what is refused."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType

import pytest

from trimtab.documents.writer import UnwritableValue, render_yaml, render_yaml_all
from trimtab.findings.path import Path


class Word(StrEnum):
    """A text with a name."""

    ON = "on"


class OldWord(str, Enum):  # noqa: UP042  such classes are still about
    """A text with a name, the way it was written before."""

    ROOK = "rook"


class Level(IntEnum):
    """A number with a name."""

    HIGH = 3


def test_the_form_of_a_document():
    """One mark, block style, two spaces a level, mappings in the order they were given."""
    value = {"b": {"list": ["x", {"k": "v", "m": []}, ["p", ["z"]]], "e": {}}, "a": "1\n2\n", "t": True, "none": None}
    assert render_yaml(value) == (
        "---\n"
        "b:\n"
        "  list:\n"
        "    - x\n"
        "    - k: v\n"
        "      m: []\n"
        "    - - p\n"
        "      - - z\n"
        "  e: {}\n"
        "a: |\n"
        "  1\n"
        "  2\n"
        "t: true\n"
        "none: null\n"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [({}, "{}"), ([], "[]"), (1, "1"), ("a", "a"), (None, "null"), ("a\nb", '"a\\nb"'), (["a"], "- a"), ((), "[]")],
)
def test_any_value_can_be_a_document(value: object, text: str):
    """A document is one line where its value is."""
    assert render_yaml(value) == f"---\n{text}\n"


@pytest.mark.parametrize(
    "text",
    ["y", "N", "on", "Off", "null", "~", "", "=", "<<", "0644", "0o17", "0X1f", "1e3", "1_000", "12:30:45",
    "2020-01-01",
     ".5", ".inf", "nan", "a: b", "a #b", "-", "?", "*a", "&a", "!a", "@a", " a", "a ", "a:", "{a}", "---", "\x7f",
     "\u2028"],
)  # fmt: skip
def test_what_a_reader_could_take_for_something_else_is_quoted(text: str):
    """As a value, as an item and as a key."""
    assert '"' in render_yaml({"k": text})
    assert '"' in render_yaml([text])
    assert '"' in render_yaml({text: 1})


@pytest.mark.parametrize(
    "text", ["nginx", "a b", "harbor.example.org/a/b:1.2@sha256:00", "/etc/x", "v1.30", "./a", "_a", "a=b,c"]
)
def test_common_text_is_bare(text: str):
    """Names, images, paths and versions need no quotes."""
    assert render_yaml({text: [text]}) == f"---\n{text}:\n  - {text}\n"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\nb", "|-\n  a\n  b\n"),
        ("a\n\n b\n", "|\n  a\n\n   b\n"),
        ("a\nb\n\n", "|+\n  a\n  b\n\n"),
        ("a\n\tb", "|-\n  a\n  \tb\n"),
    ],
)
def test_text_of_several_lines_is_a_literal_block(text: str, block: str):
    """Line breaks at the end are told by the block's mark."""
    assert render_yaml({"k": text}) == f"---\nk: {block}"


@pytest.mark.parametrize("text", [" a\nb", "\na", "\n", "a\r\nb", "a\n \nb", "a\nb\u2028c", "\ta\nb", "a\nb\x07"])
def test_a_block_that_readers_disagree_on_is_quoted(text: str):
    """Leading white space, blank lines with spaces and odd characters keep their exact form in quotes."""
    assert render_yaml({"k": text}).startswith('---\nk: "')


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e-7, "1.0e-07"),
        (1.5e300, "1.5e+300"),
        (1e16, "1.0e+16"),
        (2**53, str(2**53)),
    ],
)
def test_numbers_have_one_form(number: float, text: str):
    """Whole numbers have no point; an exponent has the point and the sign that YAML 1.1 asks for."""
    assert render_yaml(number) == f"---\n{text}\n"


def test_enum_members_are_written_as_their_value():
    """The name of a member is Python's own business."""
    assert render_yaml({Word.ON: [Word.ON, OldWord.ROOK, Level.HIGH]}) == '---\n"on":\n  - "on"\n  - rook\n  - 3\n'


def test_other_mappings_and_tuples_are_written_alike():
    """A frozen mapping is a mapping, and a tuple is a list."""
    assert render_yaml(MappingProxyType({"a": ({"b": 1}, ())})) == "---\na:\n  - b: 1\n  - []\n"


def test_documents_follow_each_other():
    """Each has its own mark."""
    assert render_yaml_all([{"a": 1}, []]) == "---\na: 1\n---\n[]\n"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [{"b": float("nan")}]}, ("a", 0, "b")),
        ([1, float("inf")], (1,)),
        ({"a": 2**53 + 1}, ("a",)),
        (-(2**53) - 1, ()),
        ({"a": {1: 2}}, ("a", 1)),
        ({None: 2}, ("None",)),
        ({"a": {1, 2}}, ("a",)),
        ({"a": b"x"}, ("a",)),
        ({"a": "\ud800"}, ("a",)),
        ({"a": ["x\n\ud800"]}, ("a", 0)),
        ({"a" * 1100: 1}, ("a" * 1100,)),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_path(value: object, path: Path):
    """Nothing is written that a reader would give back otherwise."""
    with pytest.raises(UnwritableValue) as refusal:
        render_yaml(value)
    assert refusal.value.path == path


def test_a_value_that_holds_itself_is_refused():
    """A ring is as deep as can be."""
    ring: list[object] = []
    ring.append(ring)
    with pytest.raises(UnwritableValue, match="nested deeper than 100 levels"):
        render_yaml(ring)


def test_a_refusal_can_be_printed():
    """A key that no terminal takes is shown by its escape."""
    with pytest.raises(UnwritableValue) as refusal:
        render_yaml({"\ud800": 1})
    assert "ud800" in str(refusal.value).encode().decode()
