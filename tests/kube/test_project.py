"""The AppProject: everything that its Applications have, and nothing else."""

from __future__ import annotations

from typing import Any

from argocd_support.made import make_argocd, make_root
from trimtab.catalogue.chart import GitPin
from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import iter_components, releases
from trimtab.kube.objects import plan_object
from trimtab.kube.project import is_cluster_scoped, plan_project
from trimtab.kube.release import ChartRelease, GitFiles
from trimtab.plan.application import Application

SHOP = Application(name="shop", component="own", namespace="shop")


def make(*objects: dict[str, Any], **gitops: Any) -> dict[str, Any]:
    """Give the AppProject of a cluster with one application that has these objects."""
    return plan_project(make_root(gitops=gitops), [SHOP], {}, {"shop": objects})


def test_project_refuses_its_apps_unless_it_knows_their_repositories() -> None:
    """The repository of the tree, of every chart and of all files, mirrors in the place of what they mirror."""
    made = make_argocd(repositories={"https://a.example/x.git": {"mirror": "https://b.example/x.git"}})
    files = GitFiles(pin=GitPin(component="x", repo_url="https://a.example/x.git", revision="v1", path="x"))
    project = plan_project(made.facts.cluster, [SHOP], {"argocd": made.chart, "shop": files}, {})
    assert project["spec"]["sourceRepos"] == [
        "https://argoproj.github.io/argo-helm",
        "https://b.example/x.git",
        "https://git.example.org/platform.git",
    ]


def test_project_refuses_its_apps_unless_it_knows_their_namespaces() -> None:
    """The namespace of each application and of each of its objects."""
    found = make(plan_object("v1", "ConfigMap", "a", namespace="kube-system"))["spec"]["destinations"]
    assert [one["namespace"] for one in found] == ["kube-system", "shop"]


def test_project_refuses_its_apps_unless_it_knows_their_kinds() -> None:
    """An empty list allows no cluster-scoped kind at all, so each one that is there stands in it."""
    found = make(plan_object("v1", "Namespace", "shop"), plan_object("v1", "ConfigMap", "a", namespace="shop"))
    assert found["spec"]["clusterResourceWhitelist"] == [{"group": "", "kind": "Namespace"}]
    assert "namespaceResourceWhitelist" not in found["spec"]


def test_project_refuses_its_apps_in_no_release_of_any_chart() -> None:
    """Whatever cluster-scoped kind a chart of the catalogue renders is allowed once the chart is there."""
    for pin in {pin for name in iter_components() for one in releases(name) for pin in one.charts.values()}:
        chart = ChartRelease(pin=pin, release_name="x", namespace="x", values={})
        allowed = plan_project(make_root(), [SHOP], {"shop": chart}, {})["spec"]["clusterResourceWhitelist"]
        facts = chart_facts(pin.chart, pin.version)
        assert facts is not None, pin
        wanted = {(kind.group, kind.kind) for kind in facts.renders if not kind.namespaced}
        assert wanted <= {(one["group"], one["kind"]) for one in allowed}


def test_custom_kinds_are_as_wide_as_their_definition_says() -> None:
    """A StorageClass has no namespace, whatever its metadata looks like; unknown kinds are taken at their word."""
    assert is_cluster_scoped(plan_object("projectcalico.org/v3", "IPPool", "a"))
    assert is_cluster_scoped(plan_object("storage.k8s.io/v1", "StorageClass", "a"))
    assert not is_cluster_scoped(plan_object("ceph.rook.io/v1", "CephCluster", "a", namespace="rook-ceph"))
    assert is_cluster_scoped(plan_object("example.org/v1", "Thing", "a"))
    assert not is_cluster_scoped(plan_object("example.org/v1", "Thing", "a", namespace="x"))


def test_destinations_say_where_as_applications_do() -> None:
    """By name where the cluster is named, by address where it is not."""
    (found,) = make(destination={"name": "far"})["spec"]["destinations"]
    assert found == {"name": "far", "namespace": "shop"}


def test_data_pruned_never_by_losing_the_project() -> None:
    """It comes before its Applications, outlives them, and is pruned by nobody."""
    metadata = make()["metadata"]
    assert metadata["annotations"]["argocd.argoproj.io/sync-wave"] == "-10"
    assert metadata["annotations"]["argocd.argoproj.io/sync-options"] == "Prune=false,Delete=false"
    assert metadata["finalizers"] == ["resources-finalizer.argocd.argoproj.io"]


def test_windows_name_applications_as_argocd_knows_them() -> None:
    """Settings name applications within the cluster; Argo CD's names begin with the cluster's."""
    window = {"kind": "allow", "schedule": "0 22 * * *", "duration": "8h", "applications": ["*", "rook-*", "argocd"]}
    (found,) = make(syncWindows={"night": window})["spec"]["syncWindows"]
    assert found == {**window, "applications": ["*", "place7-rook-*", "place7-argocd"], "description": "night"}


def test_windows_have_a_zone_and_a_way_past_where_wanted() -> None:
    """What is Argo CD's default is left out; the rest is written."""
    window = {
        "kind": "deny",
        "schedule": "0 1 * * *",
        "duration": "1h",
        "timeZone": "Europe/Vienna",
        "manualSync": True,
    }
    (found,) = make(syncWindows={"backup": window})["spec"]["syncWindows"]
    assert (found["timeZone"], found["manualSync"], found["applications"]) == ("Europe/Vienna", True, ["*"])
