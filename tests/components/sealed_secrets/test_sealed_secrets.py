"""Sealed Secrets in every shape of cluster: values, order, what stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import NETWORK, NODES, PROMETHEUS, SHAPES, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.sealed_secrets import charts
from trimtab.findings.path import get_value
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("sealed-secrets")]
BROUGHT = (NETWORK, *PROMETHEUS)
FULL: dict[str, Any] = {"keyRenewPeriod": "0", "resources": {"controller": {"requests": {"cpu": "20m"}}}}


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_the_chart_reads_every_value(version: str, net: str, nodes: str) -> None:
    """Whatever the cluster looks like."""
    made = make_cluster({"sealed-secrets": {"version": version, **FULL}}, net=net, nodes=nodes, brought=BROUGHT)
    assert value_errors(made.release("sealed-secrets").values, "sealed-secrets", version) == []
    assert made.built == []


def test_kubeseal_finds_the_controller() -> None:
    """It looks for this name in this namespace unless told otherwise."""
    made = make_cluster({"sealed-secrets": {}})
    assert made.value("sealed-secrets", "fullnameOverride") == "sealed-secrets-controller"
    assert made.release("sealed-secrets").namespace == "kube-system"


def test_not_everybody_may_call_the_controller() -> None:
    """The chart would bind the role to every signed-in account."""
    assert make_cluster({"sealed-secrets": {}}).value("sealed-secrets", "rbac.serviceProxier.bind") is False


@pytest.mark.parametrize(("given", "expected"), [({}, None), ({"keyRenewPeriod": "0"}, "0")])
def test_renewal_can_be_stopped(given: dict[str, str], expected: str | None) -> None:
    """The chart wants a text: a number 0 would count as nothing."""
    assert make_cluster({"sealed-secrets": given}).value("sealed-secrets", "keyrenewperiod") == expected


@pytest.mark.parametrize(("namespace", "made_here"), [(None, False), ("sealing", True)])
def test_kube_system_is_nobodys(namespace: str | None, *, made_here: bool) -> None:
    """Kubernetes brings it; another namespace comes with the application."""
    made = make_cluster({"sealed-secrets": {"namespace": namespace}})
    assert made.applications["sealed-secrets"].creates_namespace is made_here


def test_secrets_stay_when_the_application_goes() -> None:
    """Without its CRD every SealedSecret would be deleted, and every Secret with it."""
    assert make_cluster({"sealed-secrets": {}}).applications["sealed-secrets"].keeps_on_delete


def test_sealed_secrets_monitor_dropped_silently() -> None:
    """With Prometheus it is scraped, and waits for the kinds that monitors are written in."""
    made = make_cluster({"sealed-secrets": {}}, brought=BROUGHT)
    monitor = {"enabled": True, "labels": {"release": "kps"}}
    assert made.value("sealed-secrets", "metrics.serviceMonitor") == monitor
    assert "monitoring.coreos.com/v1/ServiceMonitor" in made.release("sealed-secrets").api_versions
    assert any(need.name == "monitoring.coreos.com" for need in made.applications["sealed-secrets"].needs)
    assert make_cluster({"sealed-secrets": {}}).value("sealed-secrets", "metrics") is None


def test_sealed_secrets_mixed_architectures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pod stays off nodes that its image was not made for; every architecture that will do is named."""
    assert make_cluster({"sealed-secrets": {}}, nodes="mixed").value("sealed-secrets", "affinity") is None
    release = replace(releases("sealed-secrets")[0], architectures=("amd64", "arm64"))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    affinity = make_cluster({"sealed-secrets": {}}, nodes="mixed").value("sealed-secrets", "affinity.nodeAffinity")
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["amd64", "arm64"]


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for nodes in NODES:
        release = make_cluster({"sealed-secrets": {}}, nodes=nodes).release("sealed-secrets")
        assert [path for path in release.reasons if get_value(release.values, path) is None] == []
