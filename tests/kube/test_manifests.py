"""Where builders put objects, and what makes an object one object."""

from __future__ import annotations

import pytest

from trimtab.kube.manifests import Collected, manifest_id, object_identity, render_identity, split_api_version
from trimtab.kube.objects import KEPT, plan_namespace, plan_object, without_nothing


def test_two_objects_cannot_have_one_id() -> None:
    """The id is part of the construct path, which names one thing."""
    into = Collected()
    assert into.add(plan_object("v1", "ConfigMap", "a", namespace="b")) == "configmap-b-a"
    with pytest.raises(ValueError, match="two objects with the id 'configmap-b-a'"):
        into.add(plan_object("v1", "ConfigMap", "a", namespace="b"))
    assert len(into) == 1


def test_version_is_no_part_of_the_identity() -> None:
    """v1 and v1beta1 of a kind are one object to the API server; another group is another object."""
    identity = object_identity(plan_object("a.example.org/v1", "Pool", "x"))
    assert object_identity(plan_object("a.example.org/v1beta1", "Pool", "x")) == identity
    assert object_identity(plan_object("b.example.org/v1", "Pool", "x")) != identity


def test_namespace_of_the_application_counts_where_none_is_named() -> None:
    """That is where Argo CD puts it."""
    assert object_identity(plan_object("v1", "ConfigMap", "a"), "shop") == ("", "ConfigMap", "shop", "a")
    assert object_identity(plan_object("v1", "ConfigMap", "a", namespace="b"), "shop")[2] == "b"


@pytest.mark.parametrize(("text", "parts"), [("v1", ("", "v1")), ("apps/v1", ("apps", "v1"))])
def test_api_version_has_a_group_or_none(text: str, parts: tuple[str, str]) -> None:
    """The core group has no name."""
    assert split_api_version(text) == parts


def test_identity_is_written_as_people_say_it() -> None:
    """The group stands behind the kind, the namespace before the name."""
    assert render_identity(("apps", "Deployment", "shop", "web")) == "Deployment.apps shop/web"
    assert render_identity(("", "Node", "", "one")) == "Node one"


def test_namespace_is_never_pruned_and_carries_its_level() -> None:
    """A pruned namespace takes all that is in it along."""
    namespace = plan_namespace("shop", "baseline")
    assert namespace["metadata"]["annotations"] == dict(KEPT)
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "baseline"
    assert "pod-security.kubernetes.io/enforce" not in plan_namespace("shop", None)["metadata"]["labels"]
    assert manifest_id(namespace) == "namespace-shop"


def test_what_is_not_said_is_not_written() -> None:
    """None is nothing; false, zero and empty are something."""
    assert without_nothing({"a": None, "b": False, "c": 0, "d": ""}) == {"b": False, "c": 0, "d": ""}
