"""Rules on monitoring, each on a cluster that breaks it and on one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from prometheus_support.made import GATEWAY, make_cluster, masters
from trimtab.findings.path import render_path
from trimtab.rules.monitoring import RULES

TOLD: dict[str, Any] = {"alertmanager": {"configSecret": "am"}}
ON_HOSTS: dict[str, Any] = {"distribution": "kubespray"}
BAD: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("alerts-reach-nobody", {}, {}, ["components.prometheus"]),
    ("page-without-password", {"host": "p.example.org"}, {}, ["components.prometheus.host"]),
    (
        "page-without-password",
        {"alertmanager": {"host": "a.example.org"}},
        {},
        ["components.prometheus.alertmanager.host"],
    ),
    ("route-without-host", {"nagios": {}}, {}, ["components.prometheus.nagios"]),
    ("contradicting-prometheus-settings", {"gateway": GATEWAY, "issuer": "a"}, {}, ["components.prometheus.issuer"]),
    (
        "contradicting-prometheus-settings",
        {"gateway": GATEWAY, "ingressClass": "a"},
        {},
        ["components.prometheus.ingressClass"],
    ),
    ("etcd-unwatched", {}, ON_HOSTS, ["nodes"]),
    ("etcd-unwatched", {}, {**ON_HOSTS, "nodeCount": {"controlPlane": 3, "workers": 0}}, ["nodeCount"]),
]
GOOD: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("alerts-reach-nobody", TOLD, {}),
    ("alerts-reach-nobody", {"nagios": {"host": "n.example.org"}}, {}),
    ("page-without-password", {"grafana": {"host": "g.example.org"}, "nagios": {"host": "n.example.org"}}, {}),
    ("route-without-host", {"nagios": {"host": "n.example.org"}}, {}),
    ("route-without-host", {"nagios": {}}, {"domain": "c.example.org"}),
    ("contradicting-prometheus-settings", {"gateway": GATEWAY}, {}),
    ("contradicting-prometheus-settings", {"issuer": "a", "ingressClass": "a"}, {}),
    ("etcd-unwatched", {}, {"distribution": "kubeadm"}),
    ("etcd-unwatched", {}, {"distribution": "k3s"}),
    ("etcd-unwatched", {}, {**ON_HOSTS, "nodes": masters("10.0.0.11")}),
]


@pytest.mark.parametrize(("code", "prometheus", "root", "paths"), BAD)
def test_bad_settings_are_found(code: str, prometheus: dict[str, Any], root: dict[str, Any], paths: list[str]) -> None:
    """Each rule finds what breaks it, at its place, in words without a full stop."""
    found = make_cluster(prometheus, **root).problems(code)
    assert [render_path(problem.path) for problem in found] == paths
    assert all(not problem.message.endswith(".") and problem.help for problem in found)


@pytest.mark.parametrize(("code", "prometheus", "root"), GOOD)
def test_good_settings_are_left_alone(code: str, prometheus: dict[str, Any], root: dict[str, Any]) -> None:
    """No rule finds anything in what it asks for."""
    assert make_cluster(prometheus, **root).problems(code) == []


def test_every_rule_is_shown() -> None:
    """No rule goes without a bad and a good case."""
    codes = {rule.code for rule in RULES}
    assert codes == {code for code, *_ in BAD} == {code for code, *_ in GOOD}
