"""A release that the catalogue does not hold: said, locked, looked at, built; served by this machine alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from chart_support.repository import publish
from chart_support.servers import Server, serve, table
from helm_support.made import definition, pack_chart
from helm_support.vendored import use_helm
from repository_support.repository import Repository
from trimtab.catalogue.components import newest_release
from user_support.home import make_home

UPSTREAM = "quay.io/jetstack/charts"
ARGO = newest_release("argocd").charts["main"]
VERSION = "v1.21.99"
FILES = {
    "Chart.yaml": f"apiVersion: v2\nname: cert-manager\nversion: {VERSION}\nappVersion: {VERSION}\n",
    "values.yaml": "crds: {enabled: false}\nreplicaCount: 1\nonlyHere: 1\n",
    "templates/all.yaml": f"""
{{{{ if .Values.crds.enabled }}}}{definition("bees", "Bee", "Cluster")}{{{{ end }}}}
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {{name: made, annotations: {{n: "{{{{ .Values.replicaCount }}}}{{{{ .Values.onlyHere }}}}"}}}}
handler: made
""",
}
CHART = pack_chart(FILES, "cert-manager", VERSION)
SETTINGS = f"""
releases: {{cert-manager: {{{VERSION}: {{}}}}}}
components:
  cert-manager: {{version: {VERSION}, values: {{cert-manager: {{onlyHere: 2, startupapicheck: null}}}}}}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user a home of the test's own, a helm, and a proxy that is not there."""
    folder = make_home(monkeypatch, tmp_path / "home")
    use_helm(monkeypatch, folder / "cache")
    return folder


@pytest.fixture
def server(repository: Repository) -> Iterator[Server]:
    """Serve the chart as a mirror of upstream, and let the cluster take its release."""
    charts = {
        f"/made{path}": reply for path, reply in publish(("cert-manager", VERSION), **{"cert-manager": CHART}).items()
    }
    argo = {f"/argo{path}": reply for path, reply in publish((ARGO.chart, ARGO.version)).items()}
    with serve(table({**charts, **argo})) as running:
        mirrors = {UPSTREAM: {"mirror": f"{running.url}/made"}, ARGO.repo_url: {"mirror": f"{running.url}/argo"}}
        repository.add(json.dumps({"repositories": mirrors}))
        repository.add(SETTINGS)
        yield running


def project(repository: Repository) -> dict[str, list[dict[str, str]]]:
    """Read what the AppProject lists."""
    [file] = (repository.root / "dist/lab/root").glob("appproject*.yaml")
    spec: dict[str, list[dict[str, str]]] = yaml.safe_load(file.read_text())["spec"]
    return spec


def test_before_the_lock_it_is_said_and_not_built(repository: Repository, server: Server) -> None:
    """`check` warns of what it cannot look at; `synth` refuses, once, and nobody goes to the network."""
    checked = repository.call("check")
    assert checked.returncode == 0, checked.stderr
    said = f"nothing is known of what the chart cert-manager {VERSION} reads and renders: there is no charts.lock"
    assert f"warning[chart-not-at-hand]: {said}" in checked.stdout + checked.stderr
    built = repository.call("synth")
    assert built.returncode == 1
    assert built.stderr.count("[chart-not-at-hand]") == 1
    assert f"error[chart-not-at-hand]: nobody knows what cert-manager {VERSION} renders" in built.stderr
    assert server.asked == []


def test_after_the_lock_it_is_looked_at(repository: Repository, server: Server) -> None:
    """Dead values are found by the facts of its archive, and the AppProject lists what it renders with our values."""
    assert repository.call("lock").returncode == 0
    server.asked.clear()
    dead = repository.call("check")
    assert dead.returncode == 1
    assert f"the chart cert-manager {VERSION} reads no value 'startupapicheck'" in dead.stdout + dead.stderr
    assert "'onlyHere'" not in dead.stdout + dead.stderr
    assert "chart-not-at-hand" not in dead.stdout + dead.stderr
    text = SETTINGS.replace(", startupapicheck: null", "")
    path = repository.root / "apps/clusters/lab.yaml"
    settings = yaml.safe_load(path.read_text())
    settings["components"]["cert-manager"]["values"] = yaml.safe_load(text)["components"]["cert-manager"]["values"]
    path.write_text(yaml.safe_dump(settings))
    built = repository.call("synth")
    assert built.returncode == 0, built.stderr
    assert {"group": "node.k8s.io", "kind": "RuntimeClass"} in project(repository)["clusterResourceWhitelist"]
    kinds = [one["kind"] for one in project(repository)["clusterResourceWhitelist"]]
    assert "CustomResourceDefinition" in kinds
    assert "ValidatingWebhookConfiguration" not in kinds
    assert server.asked == []


def test_upgrade_offers_it_and_says_what_it_does_not_know(repository: Repository) -> None:
    """A chart that nobody has looked at is not compared: nothing of it is called new, and nothing gone."""
    repository.add(f"releases: {{cert-manager: {{{VERSION}: {{}}}}}}")
    repository.add("components: {cert-manager: {version: v1.21.1}}")
    said = repository.call("upgrade", "cert-manager").stdout
    assert f"v1.21.1 -> {VERSION}" in said
    assert "not tried: `releases` names it, and no test of Trimtab has seen it" in said
    assert f"not compared, for nothing is known of it until `trimtab lock` has it: chart cert-manager {VERSION}" in said
    assert "gone" not in said
    assert "definitions" not in said
    [found] = json.loads(repository.call("upgrade", "cert-manager", "--format", "json").stdout)["clusters"][0][
        "upgrades"
    ]
    assert (found["untried"], found["patch"], found["newest"], found["kubernetes"]) == (
        True,
        VERSION,
        VERSION,
        "1.33 to 1.36",
    )
    assert found["changes"]["unknownCharts"] == [f"cert-manager {VERSION}"]


def test_upgrade_writes_it(repository: Repository) -> None:
    """As any other; a version that nobody names is wrong usage, and the known ones are told."""
    repository.add(f"releases: {{cert-manager: {{{VERSION}: {{}}}}}}")
    repository.add("components: {cert-manager: {version: v1.21.1}}")
    wrong = repository.call("upgrade", "cert-manager", "--to", "v1.21.98")
    assert wrong.returncode == 2
    assert f"known are {VERSION}, v1.21.1" in " ".join(wrong.stderr.replace("│", " ").split())
    assert repository.call("upgrade", "cert-manager", "--to", VERSION, "--write").returncode == 0
    assert f"version: {VERSION}" in (repository.root / "apps/clusters/lab.yaml").read_text()


def test_upgrade_refuses_a_minor_that_nobody_tried(repository: Repository) -> None:
    """The rule is told before anything is edited."""
    repository.add("releases: {cert-manager: {v1.99.0: {}}}")
    repository.add("components: {cert-manager: {version: v1.21.1}}")
    refused = repository.call("upgrade", "cert-manager", "--to", "v1.99.0")
    assert "refused [minor-not-tried]: cert-manager v1.99.0 is of a minor that Trimtab does not know" in refused.stdout
