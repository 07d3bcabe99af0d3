"""Settings leaf by leaf: what the schema accepts is taken or told of with a place, and so is what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from strategy_support.bases import BASES, base, base_with
from strategy_support.mutations import Mutation, mutations
from strategy_support.places import complete, iter_leaves, put
from strategy_support.profile import examples
from strategy_support.valid import valid
from trimtab.components.protocol import Component
from trimtab.components.registry import COMPONENTS
from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Finding, Place
from trimtab.pipeline.state import State
from trimtab.settings.check import check_settings
from trimtab.settings.layers import Layer, Merged, merge_layers
from trimtab.settings.root import Settings
from trimtab.settings.schemas import settings_validator
from trimtab.settings.subschema import at_path

FILE = "apps/clusters/lab.yaml"
COMPONENT_NAMES = sorted(component.name for component in COMPONENTS)
SCHEMA = settings_validator().schema
PLACELESS = ("not-checked",)
"""A note that counts what nobody looked at speaks of no line."""
WHOLE = valid(SCHEMA, SCHEMA)
ORACLE = jsonschema.Draft202012Validator(SCHEMA)
ROOT_LEAVES = [
    (path, node)
    for key, child in SCHEMA["properties"].items()
    if key != "components"
    for path, node in iter_leaves(SCHEMA, child, (key,))
]


@cache
def leaves_of(component: str) -> list[tuple[tuple[str | int, ...], Any]]:
    """Give every leaf of a component's settings."""
    here = ("components", component)
    return list(iter_leaves(SCHEMA, at_path(SCHEMA, here), here))


def homes(component: str) -> st.SearchStrategy[dict[str, Any]]:
    """Make clusters that a component is right in; kubespray brings Calico itself."""
    shapes = [shape for shape in BASES if (component, shape[1]) != ("calico", "kubespray")]
    return st.sampled_from(shapes).map(lambda shape: base_with(*shape, component))


@st.composite
def with_leaves(draw: st.DrawFn, cluster: Any, leaves: list[Any], most: int) -> Any:
    """Set a few leaves of a cluster, each to something that its own schema accepts."""
    for path, node in draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=most)):
        cluster = complete(SCHEMA, put(cluster, path, draw(valid(SCHEMA, node))), path)
    return cluster


@st.composite
def wrong_clusters(draw: st.DrawFn) -> Mutation:
    """Make a cluster with a few leaves set in one component, and one thing wrong in it."""
    component = draw(st.sampled_from(COMPONENT_NAMES))
    right = draw(with_leaves(draw(homes(component)), leaves_of(component), 2))
    return draw(mutations(right, ("components", component)) | mutations(right))


def check_told(findings: Iterable[Finding], *, text_of: str = FILE) -> None:
    """Hold findings to having a place in the cluster's file, and to being no fault of ours."""
    for finding in findings:
        if finding.code in PLACELESS:
            continue
        assert finding.code not in ("schema-and-model-disagree", "construct-failed"), finding
        assert finding.place is not None, finding
        assert finding.place.file == text_of, finding


def fits_models(value: Any) -> bool:
    """Ask pydantic itself."""
    try:
        Settings.model_validate_json(json.dumps(value), strict=True)
        for name, component in value["components"].items():
            Component(name).settings.model_validate_json(json.dumps(component), strict=True)
    except ValidationError:
        return False
    return True


def merge(value: Any) -> tuple[Merged, Layer]:
    """Lay one file out as the settings of a cluster."""
    (document,) = parse_yaml(json.dumps(value, indent=1, ensure_ascii=False), file=FILE).documents
    layer = Layer(file=FILE, document=document)
    return merge_layers([layer]), layer


def holds(outer: Place, inner: Place) -> bool:
    """Say whether one span lies in another."""
    start, end = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return start <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= end


@pytest.mark.parametrize("shape", BASES, ids="-".join)
def test_the_clusters_to_start_from_are_right(shape: tuple[str, str], run: Any) -> None:
    """Otherwise nothing of what follows would reach the build."""
    for component in COMPONENT_NAMES:
        if (component, shape[1]) != ("calico", "kubespray"):
            state: State = run(base_with(*shape, component), is_built=True)
            assert not state.has_errors, (component, state.findings)


@examples(20)
@given(data=st.data())
def test_any_settings_the_schema_accepts_are_told_of_with_places(data: st.DataObject, run: Any) -> None:
    """All of a cluster at random: the models take it, and each finding points into the file."""
    value = data.draw(WHOLE) | {"apiVersion": "trimtab/v1", "cluster": "lab", "profiles": []}
    assert ORACLE.is_valid(value)
    assert fits_models(value | {"components": value.get("components", {})})
    check_told(run(value).findings)


@examples(30)
@given(data=st.data())
def test_a_leaf_of_the_cluster_is_built_or_told_of(data: st.DataObject, run: Any) -> None:
    """A few leaves outside of components, in a cluster that is right without them."""
    shape = data.draw(st.sampled_from(BASES))
    leaves = [leaf for leaf in ROOT_LEAVES if leaf[0][0] not in ("apiVersion", "cluster", "profiles")]
    value = data.draw(with_leaves(base(*shape), leaves, 2))
    check_told(run(value, is_built=True).findings)


@pytest.mark.parametrize("component", COMPONENT_NAMES)
@examples(8)
@given(data=st.data())
def test_a_leaf_of_a_component_is_built_or_told_of(component: str, data: st.DataObject, run: Any) -> None:
    """A few leaves of one component, in a cluster that is right without them; every check of the tree is made."""
    value = data.draw(with_leaves(data.draw(homes(component)), leaves_of(component), 3))
    check_told(run(value, is_built=True).findings)


@examples(10)
@given(data=st.data())
def test_the_same_settings_give_the_same_tree(data: st.DataObject, run: Any) -> None:
    """Byte by byte, and the same findings in the same order."""
    component = data.draw(st.sampled_from(COMPONENT_NAMES))
    value = data.draw(with_leaves(data.draw(homes(component)), leaves_of(component), 3))
    one, other = (run(value, is_built=True) for _ in range(2))
    assert one.findings == other.findings
    for first, second in zip(one.clusters, other.clusters, strict=True):
        assert first.files == second.files


@examples(60)
@given(wrong=wrong_clusters())
def test_one_wrong_leaf_is_found_where_it_is(wrong: Mutation) -> None:
    """Each finding stands at the leaf or in the mapping around it; where the oracle refuses, there is one."""
    merged, layer = merge(wrong.value)
    found = check_settings(merged, settings_validator())
    assert bool(found) != ORACLE.is_valid(merged.value), wrong
    around = [place for find in (layer.place, layer.key_place) if (place := find(wrong.path[:-1]))]
    for finding in found:
        assert finding.place is not None, finding
        assert any(holds(place, finding.place) for place in around), (wrong.how, wrong.path, finding)
        assert finding.path[: len(wrong.path) - 1] == wrong.path[:-1], (wrong.how, wrong.path, finding)


@examples(30)
@given(wrong=wrong_clusters())
def test_one_wrong_leaf_is_no_traceback(wrong: Mutation, run: Any) -> None:
    """Anything in the place of anything, through all stages of `check`."""
    for finding in run(wrong.value).findings:
        assert finding.code != "schema-and-model-disagree", finding
        assert finding.code in PLACELESS or finding.place is not None, (wrong.how, wrong.path, finding)
