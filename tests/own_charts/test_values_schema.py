"""The schema of a chart's values: what it lets through, what it refuses, and that ours always agree with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from helm_support.made import NEWEST, OLDEST
from own_chart_support.made import KEYS, call_helm, make_facts, make_ingredients, make_release, write_chart
from trimtab.own_charts.values import place_values
from trimtab.own_charts.values_schema import build_values_schema

NAMES = st.sampled_from(["a", "b", "global", "*", "x.y"])
TREES = st.dictionaries(
    st.lists(st.sampled_from(["a", "b", "global", "*"]), min_size=1, max_size=3).map(".".join),
    st.sampled_from(["string", "int", "bool", "map", "map*", "map+", "list*", "any", "any*", "null"]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def accepts(below: Any, values: dict[str, Any] | None = None) -> bool:
    """Say whether the schema of `probe` with our `values` lets others through."""
    schema = build_values_schema(make_release(values), make_facts())
    return not list(Draft7Validator(schema).iter_errors({"probe": below}))


@given(keys=TREES, values=st.dictionaries(NAMES, VALUES, max_size=4))
def test_our_own_values_always_agree_with_it(keys: dict[str, str], values: dict[str, Any]) -> None:
    """Whatever the catalogue knows of the chart: a chart that refuses its own values could not be installed."""
    release = make_release(values)
    schema = build_values_schema(release, make_facts(keys))
    Draft7Validator.check_schema(schema)
    assert not list(Draft7Validator(schema).iter_errors(place_values(release)))


@pytest.mark.parametrize(
    "below",
    [
        {"greeting": "hi", "inner": {"enabled": True, "depth": 3}},
        {"map": {"any-name": 4}},
        {"free": {"whatever": [{"deep": 1}]}},
        {"greeting": None, "inner": None},
        {"inner": {"depth": "{{ .Values.x }}"}},
        {"global": {"far": 1}, "inner": {"global": {"of": "all"}}},
        {"silent": {"global": {"far": 1}}},
        {"list": [1, {"a": 2}]},
    ],
    ids=str,
)
def test_what_the_chart_reads_passes(below: Any) -> None:
    """Null takes a value away, text may be a template, and helm itself adds `global` to charts inside."""
    assert accepts(below)


@pytest.mark.parametrize(
    "below",
    [
        {"greting": "hi"},
        {"inner": {"dept": 3}},
        {"global": {"fra": 1}},
        {"map": {"a": [1]}},
        {"inner": {"enabled": 1}},
        {"inner": "on"},
        {"list": {"a": 1}},
        {"greeting": {"a": 1}},
        {"silent": {"speaks": 1}},
    ],
    ids=str,
)
def test_what_the_chart_never_reads_is_refused(below: Any) -> None:
    """A misspelt key would do nothing, and nobody would say so."""
    assert not accepts(below)


def test_a_key_of_ours_that_the_chart_never_reads_passes() -> None:
    """It is a finding of its own, which somebody may have allowed."""
    assert accepts({"odd": 1}, {"odd": 1})
    assert not accepts({"odd": 1})


def test_reasons_stand_beside_the_values() -> None:
    """Who changes one with an editor sees why it is what it is."""
    release = make_release({"inner": {"depth": 3}}, reasons={("inner", "depth"): "two are too few"})
    schema = build_values_schema(release, make_facts())
    inner = schema["properties"]["probe"]["properties"]["inner"]
    assert inner["properties"]["depth"]["description"] == "two are too few"


def test_an_unknown_chart_lets_all_values_through() -> None:
    """Nothing is known of what it reads."""
    schema = build_values_schema(make_release({}), None)
    assert not list(Draft7Validator(schema).iter_errors({"probe": {"anything": {"at": "all"}}}))
    assert list(Draft7Validator(schema).iter_errors({"prob": {}}))


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_helm_refuses_a_misspelt_key(version: str, tmp_path: Path) -> None:
    """By lint and at install, with the path of the key."""
    chart = write_chart(tmp_path, make_ingredients({"greeting": "hi"}))
    for command in (("lint",), ("template", "here")):
        done = call_helm(*command, chart, "--set", "probe.inner.dept=3", home=tmp_path, version=version)
        assert done.returncode == 1
        assert re.search(r"dept'? (is )?not allowed", done.stdout + done.stderr)


def test_every_key_of_the_chart_is_in_it() -> None:
    """None is lost on the way."""
    properties = build_values_schema(make_release({}), make_facts())["properties"]["probe"]["properties"]
    assert properties.keys() == {key.partition(".")[0] for key in KEYS}
