"""`delivery: rendered`: what a chart renders becomes objects like ours, and nobody notices in the cluster."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helm_support.made import config_map
from helm_support.vendored import lose_helm, use_helm, vendor_charts
from repository_support.repository import Repository, codes, only
from trimtab.catalogue.kinds import is_namespaced
from trimtab.charts.rendering import Rendered
from trimtab.findings.finding import Severity
from trimtab.kube.manifests import Identity, object_identity, split_api_version
from trimtab.kube.release import ChartRelease
from trimtab.pipeline import plan_stages
from trimtab.pipeline.delivering import iter_built
from trimtab.pipeline.rendering import iter_custom_kinds, open_renderer, render_cluster
from trimtab.pipeline.state import ClusterState, State, run_stages

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: 3
  selector: {matchLabels: {app: made}}
  template:
    metadata: {labels: {app: made}}
    spec:
      containers:
        - name: made
          image: quay.io/example/made:1.2.3
          resources: {requests: {cpu: 100m, memory: 64Mi}}
"""
CLUSTER_ROLE = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: made}\nrules: []\n"
HOOK = config_map("migrate", annotations='{"helm.sh/hook": post-install}')
CHART = {
    "templates/deployment.yaml": DEPLOYMENT,
    "templates/hook.yaml": HOOK,
    "templates/role.yaml": CLUSTER_ROLE,
    "templates/settings.yaml": config_map("made"),
}
LARGEST = 9223372036854774807
DEFINITION = f"""
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: widgets.example.org}}
spec:
  group: example.org
  scope: Namespaced
  names: {{plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {{priority: {{type: integer, format: int64, maximum: {LARGEST}}}}}
"""
CHART["crds/widgets.yaml"] = DEFINITION
RENDERED = "{delivery: rendered, components: {argocd: {delivery: values}}}"
APPLICATION = "apps/cert-manager"


def lock(repository: Repository, more: dict[str, str]) -> None:
    """Put a small chart, with more files, in the place of cert-manager's; that of Argo CD is not at hand."""
    vendor_charts(repository, {"cert-manager": {**CHART, **more}})


@pytest.fixture(autouse=True)
def helm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The pinned helm, and an empty cache."""
    use_helm(monkeypatch, tmp_path / "cache")


@pytest.fixture
def charted(repository: Repository) -> Repository:
    """The repository, with a small chart of ours in the place of cert-manager's."""
    lock(repository, {})
    return repository


@pytest.fixture
def rendered(charted: Repository) -> Repository:
    """The same, delivered rendered."""
    charted.add(RENDERED)
    return charted


def index_of(repository: Repository, name: str = "cert-manager") -> dict[str, Any]:
    """Read the inventory's line on an application."""
    index = json.loads((repository.root / "dist/lab/index.json").read_text())
    (entry,) = [one for one in index["applications"] if one["name"] == name]
    return dict(entry)


def application_of(state: State, name: str = "cert-manager") -> dict[str, Any]:
    """Give Argo CD's Application."""
    (found,) = [one for one in state.clusters[0].root_objects if one["metadata"]["name"] == f"lab-{name}"]
    return dict(found)


def identities(state: State, name: str = "cert-manager") -> dict[Identity, Any]:
    """Give what an application brings to the cluster, whoever renders its chart."""
    (cluster,) = state.clusters
    plan = cluster.require_plan()
    objects = list(cluster.objects.get(name, ()))
    if application_of(state, name)["spec"].get("sources"):  # Argo CD renders
        objects += iter_built(plan, name, cluster.rendered[name])
    found = {}
    for one in objects:
        group, _ = split_api_version(one.manifest["apiVersion"])
        namespace = plan.application(name).namespace if is_namespaced(group, one.manifest["kind"]) else ""
        found[object_identity(one.manifest, namespace)] = one.manifest
    return found


def test_objects_lie_in_the_tree(rendered: Repository) -> None:
    """Definitions, objects and our own lie in one folder, hooks below it, values above it for the reader."""
    assert not rendered.synth().has_errors
    files = [path.removeprefix("lab/apps/cert-manager/") for path in rendered.tree() if f"{APPLICATION}/" in path]
    assert files == [
        "rendered/clusterrole.rbac.authorization.k8s.io_made.yaml",
        "rendered/configmap_cert-manager_made.yaml",
        "rendered/customresourcedefinition.apiextensions.k8s.io_widgets.example.org.yaml",
        "rendered/deployment.apps_cert-manager_cert-manager.yaml",
        "rendered/hooks/configmap_cert-manager_migrate.yaml",
        "rendered/namespace_cert-manager.yaml",
        "values.yaml",
    ]


def test_application_has_one_source_and_no_chart(rendered: Repository) -> None:
    """Argo CD is sent to the folder alone."""
    spec = application_of(rendered.synth())["spec"]
    assert "sources" not in spec
    assert spec["source"]["path"] == "dist/lab/apps/cert-manager/rendered"
    assert not {"chart", "helm"} & spec["source"].keys()


def test_switching_changes_no_object(charted: Repository) -> None:
    """Both deliveries bring the same objects of the same names to the same namespaces, so nothing is ever deleted."""
    values = charted.synth(with_charts=True)
    charted.add(RENDERED)
    rendered = charted.synth()
    assert len(identities(values)) == 6
    assert identities(values) == identities(rendered)


def test_switching_changes_the_sources_of_an_application_alone(charted: Repository) -> None:
    """Its name, namespace, order, options and what deletes it stay, so that Argo CD keeps what it tracks."""
    values = application_of(charted.synth())
    charted.add(RENDERED)
    rendered = application_of(charted.synth())
    del values["spec"]["sources"], rendered["spec"]["source"]
    assert values == rendered


@pytest.mark.parametrize("before", ["values", "rendered"])
def test_no_source_of_one_delivery_is_a_folder_of_the_other(charted: Repository, before: str) -> None:
    """An Application that is behind finds no folder, which stops it, and never one with fewer objects to prune."""
    charted.add(RENDERED if before == "rendered" else "{delivery: values}")
    spec = application_of(charted.synth())["spec"]
    paths = {one.get("path") for one in spec.get("sources", [spec.get("source")])} - {None}
    charted.add(RENDERED if before == "values" else "{delivery: values}")
    charted.synth()
    assert paths
    assert not any((charted.root / path).exists() for path in paths)


def test_a_component_may_differ_from_its_cluster(charted: Repository) -> None:
    """What a component says counts before what the cluster says."""
    charted.add(RENDERED)
    charted.add("components: {cert-manager: {delivery: values}}")
    assert "sources" in application_of(charted.synth())["spec"]


def test_inventory_says_who_renders_which_bytes(rendered: Repository) -> None:
    """The archive's digest is noted where we rendered it."""
    rendered.synth()
    entry = index_of(rendered)
    assert entry["delivery"] == "rendered"
    assert entry["chart"]["digest"] in (rendered.root / "charts.lock").read_text()
    rendered.add("{delivery: values}")
    rendered.synth()
    assert "digest" not in index_of(rendered)["chart"]


def test_project_lists_what_is_rendered(rendered: Repository) -> None:
    """Kinds come from the objects, and the chart's repository is none that Argo CD needs."""
    project = rendered.synth().clusters[0].root_objects[0]
    assert {"group": "rbac.authorization.k8s.io", "kind": "ClusterRole"} in project["spec"]["clusterResourceWhitelist"]
    assert "quay.io/jetstack/charts" not in project["spec"]["sourceRepos"]


def test_two_runs_write_the_same(rendered: Repository) -> None:
    """Whether helm renders or the cache does, the bytes are the same."""
    rendered.synth()
    first = rendered.tree()
    rendered.synth(dist=rendered.root / "again")
    assert rendered.tree("again") == first


def test_patches_reach_what_is_rendered(rendered: Repository) -> None:
    """A patch may name an object of a chart that we render."""
    rendered.add("""
        patches:
          fewer:
            target: {kind: Deployment, name: cert-manager}
            merge: {spec: {replicas: 1}}
            reason: a laboratory
    """)
    assert not rendered.synth().has_errors
    (deployment,) = [one for one in _read(rendered) if one["kind"] == "Deployment"]
    assert deployment["spec"]["replicas"] == 1


def test_finding_points_to_the_component(rendered: Repository) -> None:
    """What is wrong with an object of a chart is told at the settings that it comes from."""
    lock(rendered, {"templates/two.yaml": config_map("made-by-nobody", "[]")})
    finding = next(one for one in rendered.synth().findings if one.severity is Severity.ERROR)
    assert finding.path == ("components", "cert-manager")
    assert finding.place is not None
    assert finding.place.file == "apps/clusters/lab.yaml"


def test_object_of_ours_and_of_the_chart_is_owned_twice(charted: Repository) -> None:
    """A chart's object that one of the user's manifests has too is found before Argo CD finds it."""
    charted.write("apps/manifests/lab/mine/one.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: made}}")
    charted.add("applications: {mine: {namespace: cert-manager, createNamespace: false}}")
    assert "object-owned-twice" not in codes(charted.synth())
    message = only(charted.synth(with_charts=True), "object-owned-twice").message
    assert "'mine' and 'cert-manager'" in message
    charted.add(RENDERED)
    assert "'cert-manager' and 'mine'" in only(charted.synth(), "object-owned-twice").message


def test_pods_of_charts_are_counted(charted: Repository) -> None:
    """Three pods that ask for more memory than the machines have are found once the chart is looked at."""
    lock(charted, {"templates/deployment.yaml": DEPLOYMENT.replace("64Mi", "64Gi")})
    charted.add("nodes: {one: {memory: 8Gi}, two: {memory: 8Gi}}")
    assert "requests-exceed-nodes" not in codes(charted.synth())
    assert "requests-exceed-nodes" in codes(charted.synth(with_charts=True))


def test_charts_of_argocd_are_never_written(charted: Repository) -> None:
    """To look at a chart changes no file."""
    charted.synth()
    before = charted.tree()
    assert charted.synth(with_charts=True).clusters[0].rendered.keys() == {"cert-manager"}
    charted.synth(with_charts=True, dist=charted.root / "again")
    assert charted.tree("again") == before


def test_chart_not_locked_names_the_cure(repository: Repository) -> None:
    """Without a lock nothing can be rendered, and `trimtab lock` is what helps."""
    repository.add(RENDERED)
    finding = next(one for one in repository.synth().findings if "cert-manager" in one.message)
    assert finding.code == "chart-not-locked"
    assert finding.severity is Severity.ERROR
    assert "trimtab lock" in (finding.help or "")
    assert finding.path == ("components", "cert-manager")


def test_archive_missing_names_the_cure(rendered: Repository) -> None:
    """A lock without the archive is not enough."""
    for archive in (rendered.root / "vendor/charts").glob("cert-manager*"):
        archive.unlink()
    assert "trimtab lock" in (only(rendered.synth(), "archive-missing").help or "")


def test_what_was_not_looked_at_is_counted(repository: Repository) -> None:
    """Where Argo CD renders, an archive that is not at hand is a note, whoever asks to look at charts."""
    finding = only(repository.synth(with_charts=True), "not-checked")
    assert finding.severity is Severity.NOTE
    assert finding.message == "lab: not checked (2): what charts render whose archives are not at hand"


@pytest.mark.parametrize("where", ["{delivery: rendered}", "{components: {cert-manager: {delivery: rendered}}}"])
def test_missing_helm_is_told_at_the_setting(
    charted: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    """One error, at the line that asks for helm, however many charts there are."""
    lose_helm(monkeypatch, tmp_path / "empty")
    assert codes(charted.synth()) == []
    charted.add(where)
    finding = only(charted.synth(), "helm-missing")
    assert finding.path[-1] == "delivery"
    assert finding.place is not None


def test_unreadable_lock_is_told_at_its_line(rendered: Repository) -> None:
    """A merge gone wrong is a finding of the lock."""
    rendered.write("charts.lock", "<<<<<<< ours\n")
    assert codes(rendered.synth()) == ["chart-lock-unreadable"]


def test_random_value_is_a_soft_error(rendered: Repository) -> None:
    """A field that differs each time is refused at the component, and may be allowed with a reason."""
    random = config_map("made", '{key: "{{ randAlphaNum 8 }}"}')
    lock(rendered, {"templates/settings.yaml": random})
    finding = only(rendered.synth(), "changes-on-every-render")
    assert (finding.severity, finding.soft, finding.path) == (Severity.ERROR, True, ("components", "cert-manager"))
    rendered.add("allow: {changes-on-every-render: {components.cert-manager: {reason: it rests in the cache}}}")
    assert not rendered.synth().has_errors


def test_object_without_a_name_is_refused(rendered: Repository) -> None:
    """An object that the API server is to name would be another at each sync."""
    nameless = "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: made-}\n"
    lock(rendered, {"templates/settings.yaml": nameless})
    assert only(rendered.synth(), "unnamed-object").path == ("components", "cert-manager")


def test_integers_of_64_bits_stay_exact(rendered: Repository) -> None:
    """Definitions of Traefik hold such numbers, which Kubernetes reads exactly."""
    rendered.synth()
    (found,) = [one for one in _read(rendered) if one["kind"] == "CustomResourceDefinition"]
    (version,) = found["spec"]["versions"]
    assert version["schema"]["openAPIV3Schema"]["properties"]["priority"]["maximum"] == LARGEST


def test_day_zero_leaves_hooks_out(rendered: Repository) -> None:
    """Who applies the folder by hand does not go below it, where the hooks lie."""
    from trimtab.bootstrap.handover import _install

    plan = rendered.synth().clusters[0].require_plan()
    lines = list(_install(plan, plan.application("cert-manager"), {"cert-manager"}))
    assert lines[-1].endswith("--namespace cert-manager --filename apps/cert-manager/rendered")
    assert not any("--recursive" in line or "helm" in line for line in lines)


def _read(repository: Repository) -> list[dict[str, Any]]:
    import yaml

    folder = repository.root / "dist/lab/apps/cert-manager/rendered"
    return [yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*.yaml"))]


IPV6_ONLY = """
network: {pods: ["2001:db8:1::/56"], services: ["2001:db8:2::/108"]}
nodes: {one: {address: "2001:db8::1"}, two: {address: "2001:db8::2"}}
"""


def test_source_without_ipv6_is_no_chart_that_we_render(repository: Repository) -> None:
    """A cluster of IPv6 alone needs no chart's host where we render, and is told of that way out."""
    repository.add(IPV6_ONLY)
    told = [one for one in repository.check().findings if one.code == "source-without-ipv6"]
    assert told
    assert all("`delivery: rendered`" in (one.help or "") for one in told)
    repository.add("{delivery: rendered}")
    assert "source-without-ipv6" not in codes(repository.check())


def test_definitions_of_ones_own_are_served(repository: Repository) -> None:
    """A kind that the user's manifests define is one that charts may ask for."""
    repository.write("apps/manifests/lab/mine/crd.yaml", DEFINITION)
    (cluster,) = run_stages(plan_stages(), repository.options()).clusters
    kinds = {(kind.group, kind.kind) for kind in iter_custom_kinds(cluster)}
    assert {("example.org", "Widget"), ("cert-manager.io", "Certificate")} <= kinds


def test_what_argocd_tells_a_chart_is_told_to_ours(charted: Repository) -> None:
    """`helm.apiVersions` of an Application counts here too, so that both deliveries write the same."""
    asks = '{{ if .Capabilities.APIVersions.Has "example.org/v1/Widget" }}' + config_map("seen") + "{{ end }}"
    lock(charted, {"templates/asks.yaml": asks})
    (cluster,) = run_stages(plan_stages(), charted.options()).clusters
    assert "seen" not in names_of(cluster, charted)
    plan = cluster.require_plan()
    release = plan.sources["cert-manager"]
    assert isinstance(release, ChartRelease)
    told = replace(release, api_versions=("example.org/v1/Widget",))
    cluster = replace(cluster, plan=replace(plan, sources={**plan.sources, "cert-manager": told}))
    assert "seen" in names_of(cluster, charted)


def names_of(cluster: ClusterState, repository: Repository) -> set[str]:
    """Render the chart alone and give the names of its objects."""
    answer = render_cluster(cluster, open_renderer(repository.root, os.environ), ["cert-manager"])["cert-manager"]
    assert isinstance(answer, Rendered)
    return {one["metadata"]["name"] for one in answer.objects}
