"""The fast reader of manifests: whatever it accepts, it reads as the exact one does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trimtab.documents.line_forms import Unsure
from trimtab.documents.line_reader import parse_lines
from trimtab.documents.reader import parse_yaml
from trimtab.documents.values import MANIFEST_LIMITS, parse_plain_text, parse_values

TOP = Path(__file__).parents[2]
CORPUS = [
    *sorted((TOP / "dist").glob("*/apps/**/*.yaml")),
    *sorted((TOP / "dist").glob("*/root/*.yaml")),
    *sorted((TOP.parent / "shared" / "upstream").glob("**/*.yaml")),
]
_WORDS = st.sampled_from(
    [
        *("a", "b", "on", "yes", "null", "~", "0644", "1e3", "1_000", "-1", "--flag", "-x", "-", "1.5", ".nan", "y"),
        *("12:30:45", "2020-01-01", "=", "{}", "[]", "[a,b]", "{a:b}", "[a, b]", "{a: b}", "{a: 1, a: 2}"),
        *("|", "|-", "|+", ">", ">-", "'q'", "'it''s'", '"d"', '"un', "'un", "'s", "t'", '"e\\n"', "|2", "- -"),
        *(
            "#x",
            "a#b",
            "---",
            "...",
            "&a",
            "*a",
            "!!str",
            "<<:",
            "?k",
            ":v",
            "a:",
            "`t`",
            "@x",
            "\\",
            "(",
            "]",
            "}",
            ",",
        ),
        *("é", "\u00a0", "\ufeff", "\u2028"),
    ]
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_INDENTS = st.integers(0, 3).map(lambda n: "  " * n) | st.just(" ")
_ENDS = st.sampled_from(["", "", "", " ", " # c"])
_LINES = st.one_of(
    st.builds("{}{}: {}{}".format, _INDENTS, st.sampled_from("abcd") | _WORDS, _TEXTS, _ENDS),
    st.builds("{}{}:{}".format, _INDENTS, st.sampled_from("abcd"), _ENDS),
    st.builds("{}- {}{}".format, _INDENTS, _TEXTS, _ENDS),
    st.builds("{}- {}: {}".format, _INDENTS, st.sampled_from("abcd"), _TEXTS),
    st.builds("{}- {}:".format, _INDENTS, st.sampled_from("abcd")),
    st.builds("{}{}".format, _INDENTS, _TEXTS),
    st.sampled_from(["", "---", "  ", "# c"]),
)


def read_fast(content: bytes) -> list[object] | None:
    """Read with the fast reader alone; nothing where it leaves the text to the other."""
    text = parse_plain_text(content, MANIFEST_LIMITS)
    try:
        return None if text is None else list(parse_lines(text, MANIFEST_LIMITS.max_depth))
    except Unsure:
        return None


def read_exactly(content: bytes) -> list[object]:
    """Read with the exact reader, which must find nothing wrong."""
    parsed = parse_yaml(content, file="x.yaml", limits=MANIFEST_LIMITS)
    assert not parsed.findings, parsed.findings
    return [document.value for document in parsed.documents]


@pytest.mark.unmeasured
@given(st.lists(_LINES, min_size=1, max_size=8), st.sampled_from(["\n", "", "\n\n"]))
@settings(max_examples=int(os.environ.get("TRIMTAB_FUZZ_EXAMPLES", "1500")), deadline=None)
def test_fast_values_are_exact(lines: list[str], end: str) -> None:
    """Whatever the fast reader accepts, the exact one reads the same, types included, and finds nothing wrong with."""
    content = ("\n".join(lines) + end).encode()
    fast = read_fast(content)
    if fast is not None:
        assert repr(fast) == repr(read_exactly(content))


@pytest.mark.skipif(not CORPUS, reason="there is no corpus beside the checkout")
def test_corpus_is_read_exactly() -> None:
    """Every real manifest that the fast reader accepts is read as the exact one reads it, and it accepts most."""
    accepted = 0
    for file in [file for file in CORPUS if file.stat().st_size < 300_000]:
        content = file.read_bytes()
        fast = read_fast(content)
        accepted += fast is not None
        assert fast is None or repr(fast) == repr(read_exactly(content)), file
    assert accepted > 0.7 * len([file for file in CORPUS if file.stat().st_size < 300_000])


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: c}\nd: [1, on]\n",
        "a: |\n  x\n\n  y\nb: >-\n  one\n  two\n\n  three\n",
        "a: 'it''s'\nb: \"x\\ty\"\nc: one\n  two\n\n  three\n",
        "a:\n- b: 1\n  c:\n  - d\n- e\nf:\n  g:\n",
        "defaultMode: 0644\non: 1e3\nx: 12:30:45\nw: 1_000\nz: 2020-01-01\n",
        "# c\n---\na: b # c\n---\n---\nb: c\n",
        "description: 'one\n  two'\nrule: \"three\n  four\"\nplain:\n  below\n  its key\n",
    ],
)
def test_usual_forms_are_fast(text: str) -> None:
    """What people and tools write is accepted, so that the exact reader is not asked."""
    assert read_fast(text.encode()) == read_exactly(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: 1\na: 2\n",
        "a:\tb\n",
        "a: |\n  x\n y\n",
        "a: b\n  c: d\n",
        "a: .inf\n",
        "a: |",
        "a: >+\n  x",
        "<<: {a: b}\n",
        "null: 1\n",
        "a: x\u2028y\n",
        "%YAML 1.1\n---\na: b\n",
        "a\n",
    ],
)
def test_doubts_are_left_to_the_exact_reader(text: str) -> None:
    """Anchors, tags, repeated keys, odd characters and mistakes are not for the fast reader."""
    assert read_fast(text.encode()) is None


def test_faults_have_places() -> None:
    """A text with a mistake is read by the exact reader, whose findings have places."""
    read = parse_values(b"a: 1\na: 2\n", file="x.yaml")
    (finding,) = read.findings
    assert (finding.code, finding.place.line if finding.place else 0) == ("duplicate-key", 2)


def test_json_is_read_as_json() -> None:
    """A JSON file gives the values that YAML gives, a key written twice is found, and so is what JSON cannot hold."""
    assert parse_values(b'{"a": [1, 1.0, 1e3, true, null]}', file="x.json").values == ({"a": [1, 1, 1000, True, None]},)
    assert [one.code for one in parse_values(b'{"a": 1, "a": 2}', file="x.json").findings] == ["duplicate-key"]


def test_lists_on_one_line_are_not_shared() -> None:
    """Two equal lines give two lists: who changes one does not change the other."""
    (value,) = parse_values(b"a:\n  x: [1]\nb:\n  x: [1]\n", file="x.yaml").values
    assert isinstance(value, dict)
    one, other = value["a"], value["b"]
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    assert one["x"] is not other["x"]


def test_depth_is_limited() -> None:
    """A text nested deeper than the limit is refused as the exact reader refuses it."""
    text = "".join(f"{'  ' * depth}a:\n" for depth in range(150))
    assert [one.code for one in parse_values(text.encode(), file="x.yaml").findings] == ["too-deep"]
