"""A chart of the user's choice, from a repository on this machine to the tree: lock, synth, and rendered instead."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from chart_support.repository import publish
from chart_support.servers import Server, serve, table
from helm_support.vendored import use_helm
from own_application_support.made import VERSION, pack_shop
from repository_support.repository import Repository
from trimtab.catalogue.components import newest_release
from trimtab.charts.rendering import Rendered
from trimtab.kube.manifests import Manifest, object_identity
from trimtab.pipeline import plan_stages
from trimtab.pipeline.rendering import open_renderer, render_cluster
from trimtab.pipeline.state import run_stages
from user_support.home import make_home

ARGO = "https://argoproj.github.io/argo-helm"
ARGO_VERSION = newest_release("argocd").charts["main"].version


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The pinned helm, an empty cache, and a proxy that is not there: nothing may leave this machine."""
    folder = make_home(monkeypatch, tmp_path / "home") / "cache"
    use_helm(monkeypatch, folder)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    """A repository that has the chart, and Argo CD's in a folder below."""
    theirs = {f"/argo{path}": reply for path, reply in publish(("argo-cd", ARGO_VERSION)).items()}
    with serve(table({**publish(("shop", VERSION), shop=pack_shop()), **theirs})) as running:
        yield running


@pytest.fixture
def shop(repository: Repository, server: Server) -> Repository:
    """A cluster with Argo CD and the chart."""
    chart = {"repoURL": server.url, "name": "shop", "version": VERSION}
    repository.add("{components: {cert-manager: null}}")
    repository.add(json.dumps({"repositories": {ARGO: {"mirror": f"{server.url}/argo"}}}))
    repository.add(json.dumps({"applications": {"shop": {"chart": chart, "values": {"rights": True}}}}))
    return repository


def render_as_argocd(repository: Repository) -> dict[Any, Manifest]:
    """Render the chart the way that Argo CD does with the tree as it lies there, and give the objects by identity."""
    (cluster,) = run_stages(plan_stages(), repository.options()).clusters
    renderer = open_renderer(repository.root, os.environ)
    rendered = render_cluster(cluster, renderer, ("shop",))["shop"]
    assert isinstance(rendered, Rendered), rendered
    return {object_identity(one, "shop"): one for one in (*rendered.crds, *rendered.objects)}


def read_rendered(repository: Repository) -> dict[Any, Manifest]:
    """Read what lies in the tree in the chart's place, without the namespace, which we add."""
    folder = repository.root / "dist/lab/apps/shop/rendered"
    found = [yaml.safe_load(file.read_text()) for file in folder.glob("*.yaml")]
    return {object_identity(one, "shop"): one for one in found if one["kind"] != "Namespace"}


def test_lock_brings_the_chart_and_both_deliveries_the_same_objects(shop: Repository, server: Server) -> None:
    """Whether Argo CD renders the chart or we do, the cluster gets the same; neither asks the network."""
    done = shop.call("lock")
    assert done.returncode == 0, done.stderr
    assert f"added shop {VERSION} sha256:" in done.stderr
    server.asked.clear()
    assert shop.call("synth").returncode == 0
    assert shop.values("shop") == {"rights": True}
    theirs = render_as_argocd(shop)
    shop.add("{applications: {shop: {delivery: rendered}}}")
    done = shop.call("synth")
    assert done.returncode == 0, done.stderr
    assert read_rendered(shop) == theirs
    assert len(theirs) == 5
    assert server.asked == []


def test_what_the_chart_brings_is_told(shop: Repository) -> None:
    """`check -v` names it as it does for ours, once the chart is known."""
    assert "brings API group example.org" not in shop.call("check", "-v").stdout
    shop.call("lock")
    assert "brings API group example.org" in shop.call("check", "-v").stdout


def test_lock_says_which_version_is_missing(shop: Repository) -> None:
    """What the repository does not have is an error at the version."""
    shop.add("{applications: {shop: {chart: {version: 9.9.9}}}}")
    done = shop.call("lock")
    assert done.returncode == 1
    assert "error[chart-version-not-found]" in done.stderr
    assert "version: 9.9.9" in done.stderr


def test_what_was_remembered_is_forgotten_with_the_lock(shop: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster that was built before the lock is built anew after it, though no setting has changed."""
    monkeypatch.delenv("TRIMTAB_NO_CACHE")
    before = shop.call("synth")
    assert "chart-not-at-hand" in before.stderr
    shop.call("lock")
    after = shop.call("synth")
    assert "chart-not-at-hand" not in after.stderr
    assert after.returncode == 0


def test_chart_of_ours_depends_on_the_chart(shop: Repository) -> None:
    """`trimtab chart` names it as a dependency at its version, with the user's values."""
    shop.call("lock")
    done = shop.call("chart", "lab", "shop", "--output", "charts")
    assert done.returncode == 0, done.stderr
    (file,) = (shop.root / "charts").rglob("shop/Chart.yaml")
    (dependency,) = yaml.safe_load(file.read_text())["dependencies"]
    assert (dependency["name"], dependency["version"]) == ("shop", VERSION)
    assert yaml.safe_load((file.parent / "values.yaml").read_text())["shop"] == {"rights": True}


def test_images_and_graph_know_the_chart(shop: Repository) -> None:
    """Its image is listed, and its box has the chart's version."""
    shop.call("lock")
    images = shop.call("images", "lab", "--format", "json")
    assert "quay.io/example/shop:1.4.0" in images.stdout, images.stderr
    graph = shop.call("graph", "lab")
    assert graph.returncode == 0
    assert "shop" in graph.stdout
