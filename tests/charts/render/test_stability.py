"""Two renders of one input are compared field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.charts.rendering import Manifest
from trimtab.charts.stability import find_unstable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xy", max_size=2), inner, max_size=3),
    max_leaves=8,
)


def thing(name: str = "one", kind: str = "Secret", **data: Any) -> Manifest:
    """Make an object."""
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, "data": data}


@given(st.lists(st.builds(thing, st.sampled_from("abc"), x=JSON), max_size=4))
def test_what_is_the_same_is_stable(manifests: list[Manifest]) -> None:
    """Also where an identity comes twice."""
    assert find_unstable("probe", manifests, list(manifests)) == ()


@given(JSON, JSON)
def test_what_differs_is_found_and_the_field_leads_to_it(one: Any, other: Any) -> None:
    """Each path ends where the two part, and without a difference there is none."""
    found = find_unstable("probe", [thing(x=one)], [thing(x=other)])
    assert bool(found) == (json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
    assert all(unstable.field[:2] == ("data", "x") for unstable in found)


def test_a_value_deep_inside_is_named_to_the_last_step() -> None:
    """Lists by position, keys by name."""
    (found,) = find_unstable("probe", [thing(a=[{"b": 1}, {"b": 2}])], [thing(a=[{"b": 1}, {"b": 3}])])
    assert found.field == ("data", "a", 1, "b")


def test_true_is_not_one() -> None:
    """Python thinks they are equal, Kubernetes does not."""
    (found,) = find_unstable("probe", [thing(a=True)], [thing(a=1)])
    assert found.field == ("data", "a")


def test_an_object_that_comes_and_goes_differs_in_its_name() -> None:
    """A random name is one field of one object, not two objects."""
    found = find_unstable("probe", [thing("a-1"), thing("b")], [thing("a-2"), thing("b")])
    assert [(one.identity.name, one.field) for one in found] == [("a-1", ("metadata", "name"))]


def test_an_object_that_only_the_second_render_has_is_named() -> None:
    """Some charts write one only now and then."""
    (found,) = find_unstable("probe", [], [thing("late")])
    assert (found.identity.name, found.field) == ("late", ("metadata", "name"))


@pytest.mark.parametrize(
    ("chart", "name", "key", "values"),
    [
        ("harbor", "registry-harbor-core", "CSRF_KEY", ("core.existingXsrfSecret",)),
        ("harbor", "harbor-registry", "REGISTRY_HTTP_SECRET", ("registry.existingSecret",)),
        ("kube-prometheus-stack", "prom-grafana", "admin-password", ("grafana.admin.existingSecret",)),
        ("kube-prometheus-stack", "prom-grafana", "other", ()),
        ("probe", "harbor-core", "CSRF_KEY", ()),
    ],
)
def test_known_cures_are_named(chart: str, name: str, key: str, values: tuple[str, ...]) -> None:
    """Whatever the release is called."""
    (found,) = find_unstable(chart, [thing(name, **{key: "a"})], [thing(name, **{key: "b"})])
    assert found.values == values
