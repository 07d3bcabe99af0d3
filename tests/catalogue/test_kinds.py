"""Which kinds live in a namespace."""

from __future__ import annotations

import pytest

from trimtab.catalogue.argocd_defaults import is_excluded
from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.catalogue.kinds import custom_kinds, is_built_in_group, iter_built_in_kinds, scope


@pytest.mark.parametrize(
    ("group", "kind", "expected"),
    [
        ("", "Namespace", "Cluster"),
        ("", "ConfigMap", "Namespaced"),
        ("rbac.authorization.k8s.io", "RoleBinding", "Namespaced"),
        ("storage.k8s.io", "StorageClass", "Cluster"),
        ("storage.k8s.io", "CSIStorageCapacity", "Namespaced"),
        ("apiextensions.k8s.io", "CustomResourceDefinition", "Cluster"),
        ("apiregistration.k8s.io", "APIService", "Cluster"),
        ("authorization.k8s.io", "LocalSubjectAccessReview", "Namespaced"),
        ("authorization.k8s.io", "SubjectAccessReview", "Cluster"),
        ("cert-manager.io", "ClusterIssuer", "Cluster"),
        ("ceph.rook.io", "CephCluster", "Namespaced"),
        ("projectcalico.org", "BGPPeer", "Cluster"),
        ("gateway.networking.k8s.io", "GatewayClass", "Cluster"),
        ("apps", "Deploymnt", None),
        ("example.org", "Widget", None),
    ],
)
def test_scope(group: str, kind: str, expected: str | None) -> None:
    """Kubernetes' own kinds and those of the charts we know have a scope, others have none."""
    assert scope(group, kind) == expected


@pytest.mark.parametrize(("chart", "version"), known_charts())
def test_scope_agrees_with_what_charts_render(chart: str, version: str) -> None:
    """Whatever a chart renders has the scope that was seen when it was rendered."""
    facts = chart_facts(chart, version)
    assert facts is not None
    seen = {(kind.group, kind.kind): "Namespaced" if kind.namespaced else "Cluster" for kind in facts.renders}
    known = {key: scope(*key) for key in seen if scope(*key) is not None or is_built_in_group(key[0])}
    assert known == {key: seen[key] for key in known}


def test_no_kind_changes_its_scope_between_versions() -> None:
    """Kubernetes forbids it, and the table of all charts relies on it."""
    every = [kind for chart, version in known_charts() for kind in custom_kinds(chart, version)]
    assert len({(k.group, k.kind, k.scope) for k in every}) == len({(k.group, k.kind) for k in every})


def test_kinds_of_kubernetes_come_in_order_and_once() -> None:
    """So that what is said about them never changes by itself."""
    kinds = [(group, kind) for group, kind, _ in iter_built_in_kinds()]
    assert kinds == sorted(set(kinds))


def test_only_groups_of_kubernetes_are_built_in() -> None:
    """The core group is one of them; a group of a chart we know is not."""
    assert is_built_in_group("")
    assert is_built_in_group("apps")
    assert not is_built_in_group("cert-manager.io")
    assert not is_built_in_group("k8s.io")


@pytest.mark.parametrize(
    ("group", "kind", "ignored"),
    [
        ("", "Endpoints", True),
        ("discovery.k8s.io", "EndpointSlice", True),
        ("cert-manager.io", "CertificateRequest", True),
        ("certificates.k8s.io", "CertificateSigningRequest", True),
        ("cert-manager.io", "Certificate", False),
        ("", "Lease", False),
        ("", "Service", False),
    ],
)
def test_what_argo_cd_never_applies(group: str, kind: str, ignored: bool) -> None:
    """Group and kind must both be named for Argo CD to leave an object out."""
    assert is_excluded(group, kind) is ignored
