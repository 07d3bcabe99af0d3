"""The inventory, there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.finding import Finding
from trimtab.tree.index import ApplicationEntry, ChartSource, ExpectedSecret, Index, index_digests, render_index
from trimtab.tree.index_parsing import parse_index
from trimtab.tree.index_schema import index_schema

WORDS = st.text(max_size=6)
SORTED_WORDS = st.lists(WORDS, max_size=3).map(lambda words: tuple(sorted(words)))
DIGESTS = st.dictionaries(WORDS, st.text(alphabet="0123456789abcdef", min_size=64, max_size=64), max_size=3)
ENTRIES = st.builds(
    ApplicationEntry,
    name=WORDS,
    component=WORDS,
    wave=st.integers(),
    namespace=WORDS,
    chart=st.none() | st.builds(ChartSource, repo_url=WORDS, name=WORDS, version=WORDS),
    release_name=st.none() | WORDS,
    delivery=st.sampled_from([None, "values", "rendered"]),
    needs=SORTED_WORDS,
    gives=SORTED_WORDS,
    origins=SORTED_WORDS,
    files=DIGESTS,
)
SECRETS = st.builds(ExpectedSecret, namespace=WORDS, name=WORDS, keys=SORTED_WORDS)
INDEXES = st.builds(
    Index,
    version=WORDS,
    cluster=WORDS,
    kubernetes=WORDS,
    files=DIGESTS,
    applications=st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.name).map(tuple),
    secrets=st.lists(SECRETS, max_size=3, unique_by=lambda secret: (secret.namespace, secret.name)).map(tuple),
    host_names=SORTED_WORDS,
)
HARBOR = ApplicationEntry(name="harbor", component="harbor", wave=3, namespace="harbor", files={"a": "0" * 64})
SMALL = Index(version="1", cluster="lab", kubernetes="1.34", files={"root.yaml": "1" * 64}, applications=(HARBOR,))


def in_order(index: Index) -> Index:
    """Sort what the writer sorts."""
    return replace(
        index,
        applications=tuple(sorted(index.applications, key=lambda entry: entry.name)),
        secrets=tuple(sorted(index.secrets, key=lambda secret: (secret.namespace, secret.name))),
    )


@given(INDEXES)
def test_what_is_written_reads_back(index: Index) -> None:
    """The inventory reads back the same, and is written the same again."""
    text = render_index(index)
    assert parse_index(text) == in_order(index)
    assert render_index(in_order(index)) == text


@given(INDEXES)
def test_the_schema_takes_what_is_written(index: Index) -> None:
    """Every inventory that is written fits its schema."""
    jsonschema.Draft202012Validator(index_schema()).validate(json.loads(render_index(index)))


def test_the_schema_is_a_schema() -> None:
    """The schema fits draft 2020-12, and knows every key that is written."""
    jsonschema.Draft202012Validator.check_schema(index_schema())
    assert list(index_schema()["properties"]) == list(json.loads(render_index(SMALL)))


def test_one_line_an_application() -> None:
    """An application is one line, so that a change to one touches no other line; the file ends with a line end."""
    other = replace(HARBOR, name="kibana", wave=1)
    one, two = (render_index(replace(SMALL, applications=(HARBOR, entry))) for entry in (other, replace(other, wave=2)))
    assert len(set(one.splitlines()) - set(two.splitlines())) == 1
    assert one.endswith("}\n")


def test_all_digests_together() -> None:
    """The digests of the cluster's files and of its applications' files are those of the folder."""
    assert index_digests(SMALL) == {"root.yaml": "1" * 64, "a": "0" * 64}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the inventory is not JSON: expecting property name enclosed in double quotes"),
        ("[]", "the inventory has no mapping at its top"),
        ("[" * 100_000, "the inventory is nested too deep"),
        ("{}", "the inventory has no format 1 at format"),
        ('{"format": 2}', "the inventory has no format 1 at format"),
    ],
)
def test_what_is_no_inventory_is_said(text: str, message: str) -> None:
    """Text that is no inventory gives a finding that says what is missing, at a place in the file."""
    finding = parse_index(text, file="dist/lab/index.json")
    assert isinstance(finding, Finding)
    assert (finding.code, finding.message) == ("unreadable-index", message)
    assert finding.place is not None
    assert finding.place.file == "dist/lab/index.json"


@pytest.mark.unmeasured
@given(st.recursive(st.none() | st.integers() | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner)))
def test_no_value_breaks_the_reader(value: Any) -> None:
    """Whatever stands at a key of the inventory, the answer is an inventory or a finding."""
    good = json.loads(render_index(SMALL))
    for key in good:
        assert isinstance(parse_index(json.dumps({**good, key: value})), Index | Finding)
    for key in good["applications"][0]:
        bad = {**good, "applications": [{**good["applications"][0], key: value}]}
        assert isinstance(parse_index(json.dumps(bad)), Index | Finding)


def test_a_conflict_mark_is_named_with_its_line() -> None:
    """What Git leaves in a conflict is no JSON, and the finding points at its line."""
    finding = parse_index("{\n<<<<<<< HEAD\n")
    assert isinstance(finding, Finding)
    assert finding.place is not None
    assert finding.place.line == 2
