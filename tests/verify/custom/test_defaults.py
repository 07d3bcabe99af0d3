"""Nulls are dropped and defaults put in before anything is checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_support.made import NUMBER, TEXT, codes, listed, mapping, ruled
from trimtab.documents.values import parse_values
from trimtab.documents.writer import render_yaml
from trimtab.verify.custom.defaults import apply_defaults, plan_defaults, prune_nulls
from trimtab.verify.custom.schemas import build_schema
from trimtab.verify.custom.validators import compile_schema

PORT = mapping(port=NUMBER, protocol={**TEXT, "default": "TCP"})
SCHEMA = mapping(
    mode={**TEXT, "default": "fast"}, ports=listed(PORT), by={"type": "object", "additionalProperties": PORT}
)
PLAN = plan_defaults(SCHEMA)


def test_defaults_go_in_at_every_depth() -> None:
    """Fields of items of lists and of free names get theirs."""
    assert PLAN is not None
    value = {"ports": [{"port": 1}], "by": {"a": {"protocol": "UDP"}}}
    tcp = {"port": 1, "protocol": "TCP"}
    assert apply_defaults(value, PLAN) == {"mode": "fast", "ports": [tcp], "by": {"a": {"protocol": "UDP"}}}
    assert value["ports"] == [{"port": 1}]


def test_a_default_has_defaults_of_its_own() -> None:
    """A default that is a mapping is completed as if it had been written."""
    plan = plan_defaults(mapping(port={**PORT, "default": {}}))
    assert plan is not None
    assert apply_defaults({}, plan) == {"port": {"protocol": "TCP"}}


def test_null_takes_the_default_unless_null_is_allowed() -> None:
    """Null in a field that may not be null counts as not there."""
    plan = plan_defaults(mapping(a={**TEXT, "default": "x"}, b={**TEXT, "default": "x", "nullable": True}))
    assert plan is not None
    assert apply_defaults({"a": None, "b": None}, plan) == {"a": "x", "b": None}


def test_nulls_without_a_default_are_dropped() -> None:
    """Only where the schema speaks of the field, and does not allow null."""
    assert prune_nulls({"mode": None, "by": {"a": None}, "other": None}, SCHEMA) == {
        "mode": None,
        "by": {},
        "other": None,
    }
    assert prune_nulls({"a": None}, mapping(a=TEXT)) == {}


def test_a_required_field_with_a_default_may_be_left_out() -> None:
    """Defaults are in before anything is required."""
    assert codes({**mapping(a={**TEXT, "default": "x"}), "required": ["a"]}, {}) == []


def test_rules_see_defaults() -> None:
    """A rule reads a field that nobody wrote."""
    schema = ruled(mapping(a={**NUMBER, "default": 3}), "self.a == 3")
    assert codes(schema, {}) == []
    assert codes(schema, {"a": 4}) == ["refused-by-rule"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text("abTCP10-:", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["port", "protocol", "a"]), inner),
)
SPECS = st.dictionaries(
    st.sampled_from(["mode", "ports", "by", "x"]),
    VALUES | st.lists(st.fixed_dictionaries({}, optional={"port": st.integers(0, 99), "protocol": st.text("TCP")})),
    max_size=4,
)


def test_null_is_refused_in_what_is_applied_on_the_servers_side() -> None:
    """An API server 1.35.4 drops it from what is created, and refuses it there; a default still takes its place."""
    applied = {"annotations": {"argocd.argoproj.io/sync-options": "ServerSideApply=true"}, "name": "w"}
    schema = mapping(text=TEXT, mode={**TEXT, "default": "fast"}, free={**TEXT, "nullable": True})
    assert codes(schema, {"text": None}) == []
    assert codes(schema, {"text": None}, metadata=applied) == ["wrong-field-type"]
    assert codes(schema, {"mode": None, "free": None}, metadata=applied) == []


@pytest.mark.unmeasured
@given(SPECS)
def test_what_is_accepted_stays_accepted_when_it_is_written(spec: dict[str, object]) -> None:
    """The canonical writer changes nothing that a schema could see."""
    engine = compile_schema(build_schema(SCHEMA))
    (read,) = parse_values(render_yaml(spec).encode(), file="x.yaml").values
    assert engine.is_valid(spec) == engine.is_valid(read)


@pytest.mark.unmeasured
@given(SPECS)
def test_defaults_are_complete_at_once(spec: dict[str, object]) -> None:
    """Putting defaults in twice is putting them in once."""
    assert PLAN is not None
    once = apply_defaults(spec, PLAN)
    assert apply_defaults(once, PLAN) == once


@pytest.mark.unmeasured
@given(SPECS)
def test_what_is_refused_is_explained(spec: dict[str, object]) -> None:
    """There is a finding exactly where the engine refuses what is left after nulls and defaults."""
    assert PLAN is not None
    completed = apply_defaults(prune_nulls(spec, SCHEMA), PLAN)
    assert bool(codes(SCHEMA, spec)) == (not compile_schema(build_schema(SCHEMA)).is_valid(completed))
