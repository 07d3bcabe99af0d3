"""API versions that nothing serves."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import complaints
from trimtab.catalogue.chart_facts import CustomKind


def said(api_version: str, kind: str, minor: int = 35) -> list[tuple[str, str]]:
    """Give code and help for an object of an API version."""
    text = f"{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: x}}}}"
    return [
        (one.code, one.help) for one in complaints(text, minor=minor) if one.path[:1] in {("apiVersion",), ("kind",)}
    ]


@pytest.mark.parametrize(
    ("api_version", "kind", "instead"),
    [
        ("extensions/v1beta1", "Ingress", "write networking.k8s.io/v1"),
        ("policy/v1beta1", "PodDisruptionBudget", "write policy/v1"),
        ("certmanager.k8s.io/v1alpha1", "Certificate", "write cert-manager.io/v1"),
        ("cert-manager.io/v1alpha2", "Issuer", "write cert-manager.io/v1"),
        ("policy/v1beta1", "PodSecurityPolicy", "nothing took its place"),
    ],
)
def test_retired_versions_are_told_what_took_their_place(api_version: str, kind: str, instead: str) -> None:
    """Kubernetes' own, and cert-manager's."""
    ((code, cure),) = said(api_version, kind)
    assert (code, cure.split(";")[0]) == ("retired-api", instead)


def test_version_that_this_minor_still_serves_is_taken() -> None:
    """The v1beta3 of flow control went with 1.32."""
    assert said("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", minor=31) == []
    assert [code for code, _ in said("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 32)] == ["retired-api"]


def test_version_that_never_was_is_told_those_that_are() -> None:
    """The kind is known."""
    assert said("apps/v2", "Deployment") == [("kind-not-served", "write apps/v1")]


def test_kind_of_another_group_is_told_where_it_is() -> None:
    """Deployments have not been in the core group since 1.0."""
    assert said("v1", "Deployment") == [("kind-not-served", "write apiVersion: apps/v1")]


def test_mistyped_kind_is_told_what_was_meant() -> None:
    """In a group of Kubernetes' own."""
    assert said("v1", "ConfigMaps") == [("kind-not-served", "did you mean the kind 'ConfigMap'?")]


def test_custom_kinds_are_left_to_their_definitions() -> None:
    """Nothing is known of them here."""
    assert said("example.org/v1", "Cart") == []


def test_retired_version_that_a_chart_brings_is_taken() -> None:
    """An old Traefik may well be there."""
    kind = CustomKind(
        group="traefik.containo.us",
        kind="Middleware",
        plural="middlewares",
        scope="Namespaced",
        served=("v1alpha1",),
        storage="v1alpha1",
    )
    text = "{apiVersion: traefik.containo.us/v1alpha1, kind: Middleware, metadata: {name: x}}"
    assert [one.code for one in complaints(text)] == ["retired-api"]
    assert complaints(text, kinds=(kind,)) == []
