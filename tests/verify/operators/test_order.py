"""What an operator has to be there for, and definitions that two own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from argocd_tree_support.trees import FOREIGN, application, read_entries
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.operators import definitions, discovery, order
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse

ISSUER = "{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: ca, annotations: {%s}}}"
CEPH = "{apiVersion: ceph.rook.io/v1, kind: CephCluster, metadata: {name: c, namespace: n, annotations: {%s}}}"
POOL = "{apiVersion: ceph.rook.io/v1, kind: CephBlockPool, metadata: {name: p, namespace: n, annotations: {%s}}}"
SETTINGS = "{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-cm, namespace: argocd}, data: {%s}}"
WAVE = "argocd.argoproj.io/sync-wave: '%d'"
HEALTH = "resource.customizations.health.ceph.rook.io_CephCluster: x"
FINALIZER = "finalizers: [resources-finalizer.argocd.argoproj.io]"
CRD = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %s.example.org}
spec: {group: example.org, names: {kind: Widget, plural: %s}}
"""


def use(chart: str, **values: Any) -> ChartUse:
    """Say that the application 'shop' renders a chart."""
    return ChartUse(application="shop", chart=chart, version="1.0.0", namespace="n", release_name="r", values=values)


def find(entries: list[Entry], *charts: ChartUse) -> list[str]:
    """Give the codes of what is found, and `unchecked` for what cannot be looked at."""
    world = replace(FOREIGN, charts=charts)
    every = (*order.CHECKS, *definitions.CHECKS, *discovery.CHECKS)
    said = [one for check in every for one in check.run(Tree(entries), world)]
    return [one.code if isinstance(one, Complaint) else "unchecked" for one in said]


def of_shop(*texts: str, spec: str = "") -> list[Entry]:
    """Make an Application and what it applies."""
    entries = read_entries(application(spec))
    for text in texts:
        entries += read_entries(text, application="shop", namespace="n")
    return entries


def test_issuer_beside_its_webhook_is_found() -> None:
    """In the chart's wave or a lower one, for the webhook runs only when that wave is over."""
    assert find(of_shop(ISSUER % ""), use("cert-manager")) == ["issuer-before-webhook"]
    assert find(of_shop(ISSUER % (WAVE % -1)), use("cert-manager")) == ["issuer-before-webhook"]


def test_issuer_that_waits_or_is_tried_again_is_quiet() -> None:
    """In a later wave, by another application, or with tries."""
    assert find(of_shop(ISSUER % (WAVE % 1)), use("cert-manager")) == []
    assert find(of_shop(ISSUER % ""), replace(use("cert-manager"), application="other")) == []
    assert find(of_shop(ISSUER % "", spec="syncPolicy: {retry: {limit: 5}}"), use("cert-manager")) == []


def test_what_waits_for_ceph_is_found() -> None:
    """Where Argo CD's settings are there and do not say what a warning is."""
    waiting = of_shop(CEPH % "", POOL % (WAVE % 1))
    assert find([*waiting, *read_entries(SETTINGS % "")]) == ["ceph-warning-blocks-sync"]
    assert find([*waiting, *read_entries(SETTINGS % HEALTH)]) == []
    assert find(waiting) == ["unchecked"]


def test_nothing_waits_for_ceph() -> None:
    """In the same wave, or where its health is not asked for."""
    settings = read_entries(SETTINGS % "")
    assert find([*of_shop(CEPH % "", POOL % ""), *settings]) == []
    ignored = CEPH % "argocd.argoproj.io/ignore-healthcheck: 'true'"
    assert find([*of_shop(ignored, POOL % (WAVE % 1)), *settings]) == []


@pytest.mark.parametrize(
    ("metadata", "wave", "expected"),
    [(FINALIZER, 0, ["teardown-hangs"]), (FINALIZER, 1, []), ("labels: {}", 0, [])],
)
def test_operator_that_goes_with_its_cluster_is_found(metadata: str, wave: int, expected: list[str]) -> None:
    """Both have a finalizer that deletes what they applied, and one wave."""
    text = (
        "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: %s, namespace: argocd, %s,"
        " annotations: {%s}}, spec: {}}"
    )
    entries = read_entries(text % ("shop", metadata, WAVE % 0), application="root")
    entries += read_entries(text % ("ceph", metadata, WAVE % wave), application="root")
    entries += read_entries(text % ("root", "labels: {}", ""))
    entries += read_entries(CEPH % "", application="ceph")
    assert find(entries, use("rook-ceph")) == expected


def test_two_definitions_of_one_kind_are_found() -> None:
    """Of one name they are one object, which is found among the owners."""
    one, other = (read_entries(CRD % (name, name)) for name in ("widgets", "widgetries"))
    assert find([*one, *other]) == ["crd-owned-twice"]
    assert find([*one, *one]) == []


def test_both_forms_of_calicos_definitions_are_found() -> None:
    """One of them is right."""
    source = "sources: [{chart: crd.projectcalico.org.v1}, {chart: projectcalico.org.v3}]"
    both = [use("crd.projectcalico.org.v1"), use("projectcalico.org.v3")]
    assert find(of_shop(spec=source), *both) == ["calico-crds-owned-twice"]
    assert find(of_shop(spec=source), both[0]) == []


def test_interval_without_a_look_out_is_found() -> None:
    """In the chart's values, and in the operator's ConfigMap."""
    source = "source: {chart: rook-ceph}"
    interval = {"discoveryDaemonInterval": "5m"}
    assert find(of_shop(spec=source), use("rook-ceph", **interval)) == ["new-disks-unseen"]
    assert find(of_shop(spec=source), use("rook-ceph", enableDiscoveryDaemon=True, **interval)) == []
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: rook-ceph-operator-config}, data: {%s}}"
    assert find(read_entries(text % "ROOK_DISCOVER_DEVICES_INTERVAL: 5m")) == ["new-disks-unseen"]
    assert find(read_entries(text % "ROOK_ENABLE_DISCOVERY_DAEMON: 'false'")) == []
