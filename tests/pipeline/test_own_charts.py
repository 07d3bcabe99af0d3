"""A chart of the user's choice goes the way that charts of components go."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from helm_support.made import config_map
from helm_support.vendored import lose_helm, use_helm
from own_application_support.made import REPOSITORY, VERSION, add_shop, lock_shop
from repository_support.repository import Repository, codes, only
from trimtab.findings.finding import Severity
from trimtab.pipeline.fingerprint import read_inputs
from trimtab.pipeline.state import State

ROLE = {"group": "rbac.authorization.k8s.io", "kind": "ClusterRole"}
SCHEDULE = {"group": "scheduling.k8s.io", "kind": "PriorityClass"}
DEFINITION = {"group": "apiextensions.k8s.io", "kind": "CustomResourceDefinition"}
WIDGET = "apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: one}\n"
STORAGE = (
    "{components: {local-path: {}}, allow: {local-volume-pins-workload: {components.local-path: {reason: a lab}}}}"
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that these tests share: helm need not be asked the same twice."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def helm(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """The pinned helm, and the cache."""
    use_helm(monkeypatch, cache)


@pytest.fixture
def alone(repository: Repository) -> Repository:
    """A cluster that has nothing but Argo CD."""
    repository.add("{components: {cert-manager: null}}")
    return repository


@pytest.fixture
def shop(alone: Repository) -> Repository:
    """The same with the chart as an application, not locked."""
    add_shop(alone, values={"replicaCount": 2})
    return alone


@pytest.fixture
def locked(shop: Repository) -> Repository:
    """The same, locked, with the archive in the repository."""
    lock_shop(shop)
    return shop


def root_object(state: State, kind: str, name: str = "lab-shop") -> Any:
    """Give one of Argo CD's objects."""
    found = state.clusters[0].root_objects
    return next(
        one for one in found if one["kind"] == kind and (kind == "AppProject" or one["metadata"]["name"] == name)
    )


def project_kinds(state: State) -> Any:
    """Give what the AppProject permits outside namespaces."""
    return root_object(state, "AppProject")["spec"]["clusterResourceWhitelist"]


def waves(state: State) -> dict[str, int]:
    """Give the waves of all applications."""
    return dict(state.clusters[0].require_plan().order.waves)


def needs(state: State, name: str = "shop") -> list[str]:
    """Give what an application waits for, in words."""
    return [str(need) for need in state.clusters[0].require_plan().application(name).needs]


def test_application_has_the_chart_and_our_values(locked: Repository) -> None:
    """One source is the chart at its version, the other the values beside the objects in the tree."""
    state = locked.synth()
    chart, own = root_object(state, "Application")["spec"]["sources"]
    assert (chart["repoURL"], chart["chart"], chart["targetRevision"]) == (REPOSITORY, "shop", VERSION)
    assert chart["helm"] == {"releaseName": "shop", "valueFiles": ["$values/dist/lab/apps/shop/values.yaml"]}
    assert (own["ref"], own["path"]) == ("values", "dist/lab/apps/shop/manifests")
    assert locked.values("shop") == {"replicaCount": 2}


def test_release_and_namespace_may_be_others(locked: Repository) -> None:
    """Both are the application's name unless the settings say otherwise."""
    add_shop(locked, releaseName="till", namespace="market")
    spec = root_object(locked.synth(), "Application")["spec"]
    assert (spec["sources"][0]["helm"]["releaseName"], spec["destination"]["namespace"]) == ("till", "market")


def test_registry_is_named_as_argocd_wants_it(alone: Repository) -> None:
    """A registry has no scheme."""
    chart = {"repoURL": "registry.example.org/charts", "name": "shop", "version": VERSION}
    alone.add(json.dumps({"applications": {"shop": {"chart": chart}}}))
    source = root_object(alone.synth(), "Application")["spec"]["sources"][0]
    assert source["repoURL"] == "registry.example.org/charts"


def test_mirror_takes_the_place_of_the_repository(locked: Repository) -> None:
    """Argo CD is sent to the mirror, and may fetch from it."""
    locked.add(json.dumps({"repositories": {REPOSITORY: {"mirror": "https://mirror.example.org/charts"}}}))
    state = locked.synth()
    assert root_object(state, "Application")["spec"]["sources"][0]["repoURL"] == "https://mirror.example.org/charts"
    assert "https://mirror.example.org/charts" in root_object(state, "AppProject")["spec"]["sourceRepos"]
    assert REPOSITORY not in root_object(state, "AppProject")["spec"]["sourceRepos"]


def test_inventory_names_the_chart(locked: Repository) -> None:
    """`index.json` has the chart, the release, and what it brings."""
    locked.synth()
    index = json.loads((locked.root / "dist/lab/index.json").read_text())
    (entry,) = [one for one in index["applications"] if one["name"] == "shop"]
    assert entry["chart"] == {"repoURL": REPOSITORY, "name": "shop", "version": VERSION}
    assert (entry["component"], entry["releaseName"], entry["delivery"]) == ("own", "shop", "values")
    assert entry["gives"] == ["API group example.org"]


def test_misspelt_value_is_found_at_its_place(locked: Repository) -> None:
    """The chart's own key is what was meant."""
    add_shop(locked, values={"replicaCuont": 2})
    finding = only(locked.check(), "dead-helm-value")
    assert finding.path == ("applications", "shop", "values", "replicaCuont")
    assert finding.help == "did you mean 'replicaCount'?"
    assert finding.place is not None
    assert finding.place.file == "apps/clusters/lab.yaml"


def test_value_of_a_wrong_type_is_found(locked: Repository) -> None:
    """The text `false` would be true."""
    add_shop(locked, values={"rights": "false"})
    assert only(locked.check(), "values-of-wrong-type").path == ("applications", "shop", "values", "rights")


def test_moving_image_in_values_is_found(locked: Repository) -> None:
    """What moves is refused in the values of any chart."""
    add_shop(locked, values={"image": "quay.io/example/shop:latest"})
    assert only(locked.check(), "unpinned-source").path == ("applications", "shop", "values", "image")


def test_values_are_not_checked_without_the_archive(shop: Repository) -> None:
    """That is said once, at the version, and nothing else is."""
    add_shop(shop, values={"replicaCuont": 2})
    state = shop.check()
    assert codes(state) == ["chart-not-at-hand"]
    assert only(state, "chart-not-at-hand").severity is Severity.WARNING
    assert only(state, "chart-not-at-hand").path == ("applications", "shop", "chart", "version")


def test_tree_is_written_without_a_lock(shop: Repository) -> None:
    """Nobody knows more anywhere, so every machine writes the same."""
    state = shop.synth()
    assert "name in `clusterKinds`" in (only(state, "chart-not-at-hand").help or "")
    assert root_object(state, "Application")["spec"]["sources"][0]["chart"] == "shop"


def test_tree_is_not_written_where_others_know_more(
    locked: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The lock names the chart and the archive is gone: another machine would write other kinds and waves."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.rmtree(locked.root / "vendor")
    state = locked.synth()
    assert codes(state) == ["chart-not-at-hand"]
    assert state.has_errors
    assert not (locked.root / "dist").exists()
    checked = locked.check()
    assert not checked.has_errors
    assert (only(checked, "chart-not-at-hand").help or "").endswith("; until then `synth` refuses to build")


def test_helm_that_is_missing_is_named(locked: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a chart renders is asked of helm; without one and without kept facts nothing is written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lose_helm(monkeypatch, tmp_path / "empty")
    assert any("helm" in finding.message for finding in locked.synth().findings if finding.severity is Severity.ERROR)


def test_what_was_kept_needs_no_helm(locked: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Facts lie in the user's cache, by the archive's digest and the values."""
    locked.synth()
    first = locked.tree()
    lose_helm(monkeypatch, tmp_path / "empty")
    assert not locked.synth(dist=locked.root / "again").has_errors
    assert locked.tree("again") == first


def test_lock_decides_the_result(shop: Repository) -> None:
    """A cluster that was built without the lock is built anew with it, though no setting has changed."""
    before = read_inputs("synth", shop.options())
    lock_shop(shop)
    after = read_inputs("synth", shop.options())
    assert before is not None
    assert after is not None
    assert before.keys != after.keys


def test_project_permits_what_the_values_switch_on(locked: Repository) -> None:
    """Kinds are those that the chart renders with the user's values; no more."""
    had = project_kinds(locked.synth())
    add_shop(locked, values={"rights": True, "name": "shop-of-the-lab"})
    now = project_kinds(locked.synth())
    assert DEFINITION in had
    assert [kind for kind in now if kind not in had] in ([], [ROLE])
    assert ROLE in now


def test_project_permits_what_settings_ask_for(shop: Repository) -> None:
    """Of a chart that nobody knows, kinds outside namespaces have to be named."""
    assert SCHEDULE not in project_kinds(shop.synth())
    add_shop(shop, clusterKinds=["PriorityClass.scheduling.k8s.io"])
    assert SCHEDULE in project_kinds(shop.synth())


def test_definitions_come_before_those_who_use_them(locked: Repository) -> None:
    """Another application's object of a kind that the chart defines waits for the chart."""
    locked.write("apps/manifests/lab/aisle/widget.yaml", WIDGET)
    found = waves(locked.synth())
    assert found["shop"] < found["aisle"]


def test_volumes_come_before_those_who_claim_them(locked: Repository) -> None:
    """A chart that claims a volume waits for storage; one whose values switch that off does not."""
    locked.add(STORAGE)
    found = waves(locked.synth())
    assert found["local-path"] < found["shop"]
    add_shop(locked, values={"volume": False})
    assert "StorageClass" not in needs(locked.synth())


def test_unknown_chart_comes_after_all_that_it_may_use(shop: Repository) -> None:
    """Argo CD waits for a wave to be healthy, and a claim is not until there is storage."""
    shop.add(STORAGE)
    found = waves(shop.synth())
    assert found["local-path"] < found["shop"]


def test_class_in_the_values_is_waited_for(locked: Repository) -> None:
    """A value that names a class of the cluster is a need, wherever it stands."""
    locked.add(STORAGE)
    add_shop(locked, values={"name": "x", "persistence": {"storageClass": "local-path"}})
    assert "StorageClass local-path" in needs(locked.check())


def test_after_counts_too(locked: Repository) -> None:
    """What `after` names is waited for, as with any application of the user's."""
    add_shop(locked, after=["argocd"])
    found = waves(locked.synth())
    assert found["argocd"] < found["shop"]


def test_data_is_not_pruned_without_a_word(locked: Repository) -> None:
    """An application whose chart claims volumes asks before it goes."""
    annotations = root_object(locked.synth(), "Application")["metadata"]["annotations"]
    assert annotations["argocd.argoproj.io/sync-options"] == "Prune=confirm,Delete=confirm"


def test_manifests_stand_beside_the_chart(locked: Repository) -> None:
    """Objects of the user's in the application's folder belong to the same application."""
    locked.write("apps/manifests/lab/shop/poster.yaml", config_map("poster", data="{text: open}"))
    assert not locked.synth().has_errors
    names = [one["metadata"]["name"] for one in locked.objects("shop")]
    assert sorted(names) == ["poster", "shop"]


def test_rendered_objects_are_checked_and_patched(locked: Repository) -> None:
    """What we render lies in the tree; a patch reaches it, and what is wrong with it points to the application."""
    add_shop(locked, delivery="rendered")
    locked.add("""
        patches:
          more: {target: {kind: Deployment, name: shop}, merge: {spec: {replicas: 3}}, reason: a test}
    """)
    state = locked.synth()
    assert not state.has_errors, state.findings
    files = [path.removeprefix("lab/apps/shop/rendered/") for path in locked.tree() if "/shop/rendered/" in path]
    assert "deployment.apps_shop_shop.yaml" in files
    assert b"replicas: 3" in locked.tree()["lab/apps/shop/rendered/deployment.apps_shop_shop.yaml"]
    assert "source" in root_object(state, "Application")["spec"]


def test_project_needs_no_repository_of_a_rendered_chart(locked: Repository) -> None:
    """Argo CD never asks for it."""
    add_shop(locked, delivery="rendered")
    assert REPOSITORY not in root_object(locked.synth(), "AppProject")["spec"]["sourceRepos"]


def test_rendered_chart_has_to_be_locked(shop: Repository) -> None:
    """Nothing can be rendered that is not at hand; the finding stands at the application."""
    shop.add("{delivery: rendered, components: {argocd: {delivery: values}}}")
    finding = only(shop.synth(), "chart-not-locked")
    assert finding.path == ("applications", "shop")
