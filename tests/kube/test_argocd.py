"""The Applications of the tree and the root that brings them."""

from __future__ import annotations

from typing import Any

import pytest

from argocd_support.made import make_argocd, make_root
from trimtab.catalogue.chart import GitPin
from trimtab.catalogue.components import newest_release, releases
from trimtab.kube.argocd import is_at_home, plan_application, plan_root
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.objects import CONFIRMED
from trimtab.kube.project import plan_project
from trimtab.kube.release import ChartRelease, GitFiles, Source
from trimtab.plan.application import Application, Ignored
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

CHART = ChartRelease(
    pin=newest_release("cert-manager").charts["main"], release_name="cm", namespace="cm", values={}, skip_crds=True
)
FILES = GitFiles(pin=GitPin(component="x", repo_url="https://git.example.net/x.git", revision="v1", path="a/b"))
TOLD = {
    "Validate=false",
    "PruneLast=true",
    "ApplyOutOfSyncOnly=true",
    "Replace=true",
    "ServerSideApply=true",
    "ClientSideApplyMigration=false",
    "CreateNamespace=true",
    "FailOnSharedResource=true",
    "RespectIgnoreDifferences=true",
    "SkipDryRunOnMissingResource=true",
}
"""The options that Argo CD honours on an Application (gitops-engine/pkg/sync/common/types.go, controller/sync.go)."""


def make(source: Source | None = CHART, *, manifests: bool = True, gitops: Any = None, **own: Any) -> dict[str, Any]:
    """Give the Application object of an application named shop."""
    application = Application(name="shop", component="own", namespace="shop", **own)
    return plan_application(
        application, source, cluster=make_root(gitops=gitops or {}), wave=20, has_manifests=manifests
    )


def sources(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the sources, however many there are; never both forms."""
    spec = found["spec"]
    assert ("source" in spec) != ("sources" in spec)
    listed: list[dict[str, Any]] = spec.get("sources") or [spec["source"]]
    return listed


SHAPES: list[tuple[Source | None, bool]] = [(CHART, True), (CHART, False), (FILES, True), (FILES, False), (None, True)]


@pytest.mark.parametrize(("source", "manifests"), SHAPES)
def test_values_under_source_path(source: Source | None, manifests: bool) -> None:
    """No path that objects are read from holds the values, and no folder is ever read as anything but plain objects."""
    for one in sources(make(source, manifests=manifests)):
        if "path" in one:
            assert one["directory"] == {"recurse": True, "include": "*.yaml"}
            assert one["path"] in {"dist/place7/apps/shop/manifests", "a/b"}
        for file in one.get("helm", {}).get("valueFiles", ()):
            assert file == "$values/dist/place7/apps/shop/values.yaml"


@pytest.mark.parametrize(("source", "manifests"), SHAPES)
def test_each_repository_and_revision_comes_once(source: Source | None, manifests: bool) -> None:
    """Values and objects are one entry: two of the same repository may be at two commits."""
    found = [(one["repoURL"], one.get("chart"), one.get("path")) for one in sources(make(source, manifests=manifests))]
    assert len({url for url, _, _ in found}) == len(found)


def test_values_without_objects_have_no_path() -> None:
    """Git keeps no empty folders, and a path that is not there is an error."""
    own = sources(make(manifests=False))[1]
    assert own == {"repoURL": "https://git.example.org/platform.git", "targetRevision": "main", "ref": "values"}


def test_ignored_sync_option() -> None:
    """A word that Argo CD does not know is ignored without a word: each of ours is one that it knows, once."""
    for found in (make(sync_options=("SkipDryRunOnMissingResource=true", "PruneLast=true")), plan_root(make_root())):
        options = found["spec"]["syncPolicy"]["syncOptions"]
        assert set(options) <= TOLD
        assert len(set(options)) == len(options)


def test_ignored_sync_option_is_asked_for_by_no_component() -> None:
    """Argo CD itself asks for none but known ones."""
    assert set(make_argocd().applications[0].sync_options) <= TOLD


def test_waves_are_whole_numbers_in_quotes() -> None:
    """A wave that is no number counts as 0 without a word, and annotations are texts."""
    assert make()["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"] == "20"


def test_crd_too_long_to_apply() -> None:
    """Everything is applied and compared by the server."""
    found = make()
    assert "ServerSideApply=true" in found["spec"]["syncPolicy"]["syncOptions"]
    assert found["metadata"]["annotations"]["argocd.argoproj.io/compare-options"] == "ServerSideDiff=true"


def test_data_pruned_only_after_a_word() -> None:
    """The Application of what holds data is deleted by nobody but a person, and then without blocking its objects."""
    found = make(holds_data=True)["metadata"]
    assert found["annotations"]["argocd.argoproj.io/sync-options"] == CONFIRMED["argocd.argoproj.io/sync-options"]
    assert found["finalizers"] == ["resources-finalizer.argocd.argoproj.io/background"]


def test_data_pruned_never_with_what_the_cluster_cannot_live_without() -> None:
    """No finalizer: the Application may go, its objects stay."""
    found = make(keeps_on_delete=True)["metadata"]
    assert "finalizers" not in found
    assert found["annotations"]["argocd.argoproj.io/sync-options"] == "Prune=confirm,Delete=confirm"


def test_data_pruned_not_by_the_root_where_pruning_is_off() -> None:
    """Pruning an Application deletes what it brought, so the root prunes only where everything may be pruned."""
    automated = {"enabled": True, "selfHeal": True}
    for found in (plan_root(make_root(gitops={"sync": {"prune": False}})), make(gitops={"sync": {"prune": False}})):
        assert found["spec"]["syncPolicy"]["automated"] == automated


@pytest.mark.parametrize(
    ("general", "own", "wanted"),
    [
        ({}, {}, {"enabled": True, "prune": True, "selfHeal": True}),
        ({"automated": False}, {}, None),
        ({"automated": False}, {"automated": True}, {"enabled": True, "prune": True, "selfHeal": True}),
        ({}, {"automated": False}, None),
        ({"selfHeal": False}, {"prune": False}, {"enabled": True}),
        ({"prune": False}, {"prune": True, "self_heal": None}, {"enabled": True, "prune": True, "selfHeal": True}),
    ],
)
def test_the_nearest_word_on_syncing_counts(general: dict[str, Any], own: dict[str, Any], wanted: Any) -> None:
    """What a component says goes before what the cluster says; what nobody says is yes."""
    assert make(gitops={"sync": general}, sync=own)["spec"]["syncPolicy"].get("automated") == wanted


def test_ordered_syncing_leaves_the_root_to_people_too() -> None:
    """Where nobody syncs unasked, the root does not either."""
    assert "automated" not in plan_root(make_root(gitops={"sync": {"automated": False}}))["spec"]["syncPolicy"]


def test_a_failed_sync_takes_up_newer_commits() -> None:
    """Tries have an end, and each takes up what was pushed meanwhile."""
    retry = make(retry_limit=3)["spec"]["syncPolicy"]["retry"]
    assert retry == {"limit": 3, "refresh": True, "backoff": {"duration": "10s", "factor": 2, "maxDuration": "5m"}}


@pytest.mark.parametrize("destination", [{"name": "far"}, {"server": "https://far.example.org:6443"}])
def test_the_root_lies_where_argocd_runs(destination: dict[str, str]) -> None:
    """Applications go to the cluster that is named; the Application of them all stays with Argo CD."""
    gitops = {"destination": destination, "namespace": "gitops"}
    root = plan_root(make_root(gitops=gitops))["spec"]["destination"]
    assert root == {"server": "https://kubernetes.default.svc", "namespace": "gitops"}
    assert make(gitops=gitops)["spec"]["destination"] == {**destination, "namespace": "shop"}
    assert not is_at_home(make_root(gitops=gitops))


def test_paths_begin_at_the_top_of_the_repository() -> None:
    """A project in a folder of its repository is found there; nothing else makes Argo CD render again."""
    found = make(gitops={"path": "clusters/platform"})
    annotations = found["metadata"]["annotations"]
    assert annotations["argocd.argoproj.io/manifest-generate-paths"] == "/clusters/platform/dist/place7/apps/shop"
    assert sources(found)[0]["helm"]["valueFiles"] == ["$values/clusters/platform/dist/place7/apps/shop/values.yaml"]
    assert plan_root(make_root(gitops={"path": "p"}))["spec"]["source"]["path"] == "p/dist/place7/root"


def test_a_new_version_of_upstreams_files_is_seen() -> None:
    """Argo CD takes a revision that changes nothing below the watched paths for the old one."""
    found = make(FILES)["metadata"]["annotations"]["argocd.argoproj.io/manifest-generate-paths"]
    assert found.split(";") == ["/dist/place7/apps/shop", "/a/b"]


def test_monitor_dropped_silently() -> None:
    """What the chart shall believe of the cluster reaches Argo CD."""
    chart = ChartRelease(pin=CHART.pin, release_name="cm", namespace="cm", values={}, api_versions=MONITORING_APIS)
    assert sources(make(chart))[0]["helm"]["apiVersions"] == list(MONITORING_APIS)


def test_objects_of_ours_are_not_changed_by_who_reads_them() -> None:
    """Two Applications share no mutable part."""
    one, other = make(), make()
    sources(one)[1]["directory"]["recurse"] = False
    assert sources(other)[1]["directory"]["recurse"] is True


IGNORED = Ignored(kind="Secret", name="s", namespace="n", json_pointers=("/data",), jq_path_expressions=(".a",))


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", [release.version for release in releases("argocd")])
def test_every_object_is_one_that_argocd_takes(version: str) -> None:
    """Applications of every shape, the root and the AppProject fit the definitions of each release held."""
    cluster = make_root(
        gitops={
            "syncWindows": {"night": {"kind": "deny", "schedule": "0 1 * * *", "duration": "1h", "manualSync": True}}
        }
    )
    applications = [
        make(source, manifests=manifests, ignored=(IGNORED,), holds_data=manifests) for source, manifests in SHAPES
    ]
    own = Application(name="shop", component="own", namespace="shop")
    project = plan_project(cluster, [own], {"shop": CHART}, {})
    crds = release_crds("argocd", version)
    assert [validate(one, crds) for one in (*applications, plan_root(cluster), project)] == [[]] * 7
