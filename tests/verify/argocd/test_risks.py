"""What a tree of somebody else's leaves to luck."""

from __future__ import annotations

from dataclasses import replace

from argocd_tree_support.trees import FOREIGN, WORLD, application, complain, read_entries
from trimtab.verify.argocd.risks import CHECKS
from trimtab.verify.complaint import Complaint
from trimtab.verify.objects import check_excluded_kinds
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

PRUNE = "syncPolicy: {automated: {prune: true}}\n"
CLAIM = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: %s, annotations: {%s}}}"
KEEP = "argocd.argoproj.io/sync-options: 'Prune=confirm,Delete=confirm'"


def found(spec: str, *texts: str, world: World = FOREIGN) -> list[Complaint]:
    """Give the risks of an Application with some objects."""
    entries = read_entries(application(spec))
    for text in texts:
        entries += read_entries(text, application="shop", namespace="shop")
    tree = Tree(entries)
    return [one for check in CHECKS for one in check.run(tree, world) if isinstance(one, Complaint)]


def test_data_that_a_prune_deletes_is_found_once() -> None:
    """One warning an Application, however many claims it has."""
    (one,) = found(PRUNE, CLAIM % ("a", ""), CLAIM % ("b", ""))
    assert one.code == "data-pruned"
    assert "PersistentVolumeClaim shop/a, PersistentVolumeClaim shop/b" in one.message


def test_guarded_data_is_quiet() -> None:
    """By an annotation, by an option, or where nothing is pruned."""
    assert found(PRUNE, CLAIM % ("a", KEEP)) == []
    assert found("syncPolicy: {automated: {prune: true}, syncOptions: [Prune=false]}", CLAIM % ("a", "")) == []
    assert found("syncPolicy: {automated: {}}", CLAIM % ("a", "")) == []


def test_a_manifest_in_a_tree_of_ours_is_not_guarded_by_itself() -> None:
    """What the user writes is applied as it is, so that its data goes like anybody's."""
    (one,) = found(PRUNE, CLAIM % ("a", ""), world=WORLD)
    assert one.code == "data-pruned"


def test_operator_beside_what_it_deletes_is_found() -> None:
    """As a manifest, or by its chart."""
    ceph = "{apiVersion: ceph.rook.io/v1, kind: CephCluster, metadata: {name: c, namespace: rook-ceph}}"
    operator = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: rook-ceph-operator, namespace: rook-ceph}}"
    assert [one.code for one in found("", ceph, operator)] == ["operator-and-cluster-in-one-app"]
    assert found("", ceph) == []
    chart = ChartUse(application="shop", chart="rook-ceph", version="1", namespace="x", release_name="x", values={})
    assert len(found("", ceph, world=replace(FOREIGN, charts=(chart,)))) == 1


def test_argo_cd_that_manages_itself_runs_its_hook() -> None:
    """Unless it is switched off."""
    values = {"redisSecretInit": {"enabled": False}}
    chart = ChartUse(application="shop", chart="argo-cd", version="1", namespace="argocd", release_name="x", values={})
    spec = "destination: {server: 'https://kubernetes.default.svc', namespace: argocd}"
    on, off = (replace(FOREIGN, charts=(replace(chart, values=each),)) for each in ({}, values))
    assert [one.code for one in found(spec, world=on)] == ["argocd-redis-hook-loop"]
    assert found(spec, world=off) == []


SETTINGS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: argocd}
data: {%s}
"""


def excluded(setting: str, *texts: str) -> list[str]:
    """Give the kinds that are never applied under some settings."""
    entries = read_entries(SETTINGS % setting, application="argocd")
    for text in texts:
        entries += read_entries(text, application="shop", namespace="shop")
    return [one.about.kind for one in check_excluded_kinds(Tree(entries), WORLD)]


ENDPOINTS = "{apiVersion: v1, kind: Endpoints, metadata: {name: x}}"
WIDGET = "{apiVersion: example.org/v1, kind: Widget, metadata: {name: x}}"


def test_settings_in_the_tree_say_what_is_left_out() -> None:
    """In place of the defaults."""
    assert excluded("", ENDPOINTS, WIDGET) == ["Endpoints"]
    assert excluded("resource.exclusions: ''", ENDPOINTS) == []
    rule = 'resource.exclusions: \'[{apiGroups: ["*.org"], kinds: [Widget], clusters: ["*"]}]\''
    assert excluded(rule, ENDPOINTS, WIDGET) == ["Widget"]
    assert excluded(rule.replace('clusters: ["*"]', 'clusters: ["https://other"]'), WIDGET) == []
    assert excluded('resource.inclusions: \'[{apiGroups: [""], kinds: ["ConfigMap"]}]\'', WIDGET) == ["Widget"]


def test_nothing_of_ours_is_a_risk() -> None:
    """The generator guards its own."""
    assert complain(read_entries(application(PRUNE)), WORLD) == []
