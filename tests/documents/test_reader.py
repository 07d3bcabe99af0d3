"""What the reader makes of good and of bad YAML."""

from __future__ import annotations

import pytest

from trimtab.documents.document import Value
from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Finding, Severity


def only_value(text: str | bytes) -> Value:
    """Give the value of a text that holds one faultless document."""
    parsed = parse_yaml(text, file="f.yaml")
    assert not parsed.findings
    (document,) = parsed.documents
    return document.value


def only_finding(text: str | bytes) -> Finding:
    """Give the one finding of a text."""
    (finding,) = parse_yaml(text, file="f.yaml").findings
    assert finding.severity is Severity.ERROR
    return finding


def where(finding: Finding) -> tuple[int, int]:
    """Give line and column of a finding."""
    assert finding.place is not None
    return finding.place.line, finding.place.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [x, 0644, on, '0644', ~]\n", {"a": 1, "b": ["x", 420, True, "0644", None]}),
        ("a:\n- b\n- - c\n  - d\n", {"a": ["b", ["c", "d"]]}),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
        ('"on": "\\u0041"\n', {"on": "A"}),
        ("{a: , b}", {"a": None, "b": None}),
        ("plain", "plain"),
        ("a: = \n", {"a": "="}),
    ],
)
def test_values_are_read(text: str, value: Value):
    """Block and flow style, quotes and blocks give what Kubernetes would see."""
    assert only_value(text) == value


@pytest.mark.parametrize("text", ["\ufeffa: 1\r\nb:\r\n  - é\r\n", "\ufeffa: 1\nb: [é]".encode()])
def test_byte_order_mark_and_carriage_returns_do_not_matter(text: str | bytes):
    """A file saved on Windows reads like any other."""
    assert only_value(text) == {"a": 1, "b": ["é"]}


@pytest.mark.parametrize("text", ["", "\n", "# only words\n", "---\n---\n", "null\n---\n~\n", b""])
def test_empty_documents_are_left_out(text: str | bytes):
    """What holds no value is no document, and no mistake."""
    parsed = parse_yaml(text, file="f.yaml")
    assert (parsed.documents, parsed.findings) == ((), ())


def test_a_file_may_hold_several_documents():
    """Each document knows its file and its own places."""
    first, second = parse_yaml("a: 1\n---\n---\na: 2\n", file="f.yaml").documents
    assert (first.value, second.value, second.file) == ({"a": 1}, {"a": 2}, "f.yaml")
    assert second.places.value(("a",)).line == 4  # type: ignore[union-attr]


def test_scalar_keys_become_text():
    """Kubernetes knows only text as a key, and makes it of numbers and truth values."""
    assert only_value("1: a\non: b\n1.30: c\n'0644': d\n0644: e\n") == {
        "1": "a",
        "true": "b",
        "1.3": "c",
        "0644": "d",
        "420": "e",
    }


@pytest.mark.parametrize(("text", "column"), [("? [a]\n: b\nc: d\n", 3), ("~: b\nc: d\n", 1), ("? {a: b}\nc: d\n", 3)])
def test_a_key_that_cannot_be_text_is_named_and_left_out(text: str, column: int):
    """The rest of the mapping is still read."""
    assert (only_finding(text).code, where(only_finding(text))) == ("key-not-text", (1, column))
    assert parse_yaml(text, file="f.yaml").documents[0].value == {"c": "d"}


def test_duplicate_key_names_both_places():
    """The first of the two holds, and both are shown."""
    finding = only_finding("x:\n  a: 1\n  b: 2\n  'a': 3\n")
    assert (finding.code, finding.path, where(finding)) == ("duplicate-key", ("x", "a"), (4, 3))
    first = finding.related[0].place
    assert first is not None
    assert (first.line, first.column) == (2, 3)


def test_keys_that_become_one_text_are_duplicates():
    """A number and the same number in quotes would be one key in Kubernetes, with a random winner."""
    assert only_finding("1: a\n'1': b\n").code == "duplicate-key"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: b: c\n", "not-yaml", (1, 5)),
        ("a: [1\nb: 2\n", "not-yaml", (2, 2)),
        ("a: 'x\n", "not-yaml", (2, 1)),
        ("a: @x\n", "not-yaml", (1, 4)),
        ("%YAML 3.0\n---\na: 1\n", "not-yaml", (1, 1)),
        ("a:\n\tb: 1\n", "tab-indentation", (2, 1)),
        ("\t- a\n", "tab-indentation", (1, 1)),
        ("a:\n  b: 1\n\tc: 2\n", "tab-indentation", (3, 1)),
        ("a: \x07\n", "unprintable-character", (1, 4)),
        ("é: \ud800\n", "unprintable-character", (1, 4)),
        ("b: 1\né: ".encode() + b"\xff\n", "not-utf8", (2, 4)),
        ("a: 1".encode("utf-16"), "not-utf8", (1, 1)),
        ("a: *b\n", "unknown-alias", (1, 4)),
        ("a: &a [*a]\n", "unknown-alias", (1, 8)),
        ("a: !foo b\n", "unknown-tag", (1, 4)),
        ("a: !!set {}\n", "unknown-tag", (1, 4)),
        ("a: !!binary aGk=\n", "unknown-tag", (1, 4)),
        ("a: !!int b\n", "tag-mismatch", (1, 4)),
        ("a: .nan\n", "number-not-finite", (1, 4)),
        ("a: 1\n<<: 2\n", "merge-key", (2, 1)),
    ],
)
def test_bad_text_is_a_finding_with_its_place(text: str | bytes, code: str, place: tuple[int, int]):
    """Nothing is raised: each mistake has a code, and the line and column where it stands."""
    finding = only_finding(text)
    assert (finding.code, where(finding)) == (code, place)


def test_a_tab_within_a_line_is_no_mistake():
    """Tabs may separate and may stand in text; only indentation is barred."""
    assert only_value("a:\tb\nc: |\n  d\n  \te\n") == {"a": "b", "c": "d\n\te\n"}


def test_all_findings_of_a_file_come_at_once():
    """One run shows every mistake that the parser could get past."""
    codes = [finding.code for finding in parse_yaml("a: !x 1\na: 2\nb: *c\n---\nd: [\n", file="f").findings]
    assert codes == ["unknown-tag", "duplicate-key", "unknown-alias", "not-yaml"]


def test_documents_before_a_syntax_error_are_kept():
    """A broken second document does not hide the first."""
    assert [document.value for document in parse_yaml("a: 1\n---\nb: [\n", file="f").documents] == [{"a": 1}]


@pytest.mark.parametrize(
    ("text", "value"),
    [("!!str 1", "1"), ("!!int '5'", 5), ("!!float 1", 1), ("!!bool 'on'", True), ("!!null ''", None), ("! 7", "7")],
)
def test_the_tags_of_json_are_honoured(text: str, value: Value):
    """A tag wins over quotes, as it does in Go."""
    assert only_value(f"a: {text}\n") == {"a": value}


def test_an_alias_repeats_the_value_and_not_the_object():
    """Changing what one place holds must not change the other."""
    value = only_value("a: &x {b: [1]}\nc: *x\n")
    assert isinstance(value, dict)
    assert value["c"] == value["a"]
    assert value["c"] is not value["a"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<: {a: 1, b: 2}\na: 3\n", {"a": 3, "b": 2}),
        ("<<: [{a: 1}, {a: 2, b: 2}]\n", {"a": 1, "b": 2}),
        ("c: 1\n<<: {a: 1}\n", {"c": 1, "a": 1}),
        ("'<<': {a: 1}\n", {"<<": {"a": 1}}),
        ("! <<: {a: 1}\n", {"a": 1}),
    ],
)
def test_a_merge_key_brings_what_the_mapping_lacks(text: str, value: Value):
    """What is written out holds, of several mappings the earlier; in quotes it is a key like others."""
    assert only_value(text) == value


def test_a_merge_key_that_would_replace_a_key_before_it_is_refused():
    """Go lets the later one win and YAML the written one, so there is no telling what is meant."""
    finding = only_finding("a: 1\n<<: {a: 2}\n")
    assert (finding.code, where(finding), "'a'" in finding.message) == ("merge-key", (2, 1), True)


def test_two_merge_keys_are_duplicates():
    """One mapping has one merge key; a list in it takes more."""
    assert only_finding("<<: {a: 1}\n<<: {b: 2}\n").code == "duplicate-key"
