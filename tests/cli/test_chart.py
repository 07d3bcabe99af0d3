"""`trimtab chart`: from settings to a folder of charts, and what each flag does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from chart_support.locked import lock_charts
from chart_support.made import make_archive
from repository_support.repository import CONFIG_MAP, Repository
from trimtab.catalogue.components import newest_release
from trimtab.charts.reference import ChartKey
from trimtab.kube.manifests import Built
from trimtab.kube.release import ChartRelease
from trimtab.pipeline import build_stages
from trimtab.pipeline.charting import plan_charts
from trimtab.pipeline.state import ClusterState, run_stages
from trimtab.settings.component import Delivery

PIN = newest_release("cert-manager").charts["main"]
ARGO = newest_release("argocd").charts["main"]
ARCHIVES = {pin: make_archive(pin.chart, pin.version) for pin in (PIN, ARGO)}


@pytest.fixture
def vendored(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Repository:
    """Let the repository have both archives, as `trimtab lock --vendor` leaves them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    keys = {pin: ChartKey(repo_url=pin.repo_url, chart=pin.chart, version=pin.version) for pin in ARCHIVES}
    lock_charts(repository.root, {keys[pin]: content for pin, content in ARCHIVES.items()})
    return repository


def test_each_application_becomes_a_chart(repository: Repository) -> None:
    """With upstream's chart at the version that the cluster has; `dist/` is not touched."""
    done = repository.call("chart", "lab")
    assert done.returncode == 0, done.stderr
    chart = yaml.safe_load((repository.root / "build/charts/lab/cert-manager/Chart.yaml").read_text())
    assert chart["dependencies"] == [{"name": PIN.chart, "version": PIN.version, "repository": f"oci://{PIN.repo_url}"}]
    assert "build/charts/lab: " in done.stderr
    assert "upstream's charts are left out" in done.stderr
    assert not (repository.root / "dist").exists()


def test_the_second_run_writes_nothing(repository: Repository) -> None:
    """The same settings give the same bytes."""
    repository.call("chart", "lab")
    assert "build/charts/lab: 0 written" in repository.call("chart", "lab").stderr


def test_a_component_has_a_folder_of_its_own(repository: Repository) -> None:
    """So that one run takes nothing away from the other."""
    assert repository.call("chart", "lab", "cert-manager").returncode == 0
    [folder] = (repository.root / "build/charts").iterdir()
    assert folder.name == "lab_cert-manager"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"cert-manager", "cert-manager-issuers"}


def test_an_unknown_component_is_wrong_usage(repository: Repository) -> None:
    """The one that was meant is named."""
    done = repository.call("chart", "lab", "cert-manger")
    assert done.returncode == 2
    assert "lab has no component cert-manger; did you mean cert-manager?" in done.stderr


def test_an_unknown_cluster_is_an_error(repository: Repository) -> None:
    """As for every command."""
    assert repository.call("chart", "lap").returncode != 0
    assert not (repository.root / "build").exists()


def test_archives_come_from_the_repository(vendored: Repository) -> None:
    """The bytes that the lock names, and no network."""
    done = vendored.call("chart", "lab", "--with-dependencies", "-o", "out")
    assert done.returncode == 0, done.stderr
    archive = vendored.root / f"out/cert-manager/charts/{PIN.chart}-{PIN.version}.tgz"
    assert archive.read_bytes() == ARCHIVES[PIN]
    assert "left out" not in done.stderr
    assert "dependency build" not in (vendored.root / "out/cert-manager/README.md").read_text()


def test_an_archive_that_is_not_at_hand_is_an_error(repository: Repository) -> None:
    """It names the command that brings it, and nothing is written."""
    done = repository.call("chart", "lab", "--with-dependencies")
    assert done.returncode == 1
    assert "error[chart-not-at-hand]" in done.stderr
    assert "trimtab lock" in done.stderr
    assert not (repository.root / "build").exists()


def test_other_bytes_than_the_locks_never_get_into_a_chart(vendored: Repository) -> None:
    """Somebody changed the archive."""
    vendored.write(f"vendor/charts/{PIN.chart}-{PIN.version}.tgz", b"other")
    done = vendored.call("chart", "lab", "--with-dependencies")
    assert done.returncode == 1
    assert "error[chart-digest-mismatch]" in done.stderr


def test_wrong_settings_write_nothing(repository: Repository) -> None:
    """Findings are those of `synth`."""
    repository.add("domain: 5")
    assert repository.call("chart", "lab").returncode == 1
    assert not (repository.root / "build").exists()


def test_a_folder_of_somebody_elses_is_refused(repository: Repository) -> None:
    """`--output .` would be the whole repository."""
    done = repository.call("chart", "lab", "-o", ".")
    assert done.returncode == 1
    assert "error[foreign-file-in-charts]" in done.stderr
    assert not (repository.root / "install.sh").exists()


def test_a_users_own_application_is_a_chart_too(repository: Repository) -> None:
    """Of its objects alone."""
    repository.write("apps/manifests/lab/shop/one.yaml", CONFIG_MAP % "one")
    assert repository.call("chart", "lab", "own").returncode == 0
    chart = repository.root / "build/charts/lab_own/shop"
    assert "dependencies" not in yaml.safe_load((chart / "Chart.yaml").read_text())
    assert (chart / "templates/configmap_one.yaml").is_file()


def test_a_mirror_is_where_helm_fetches_too(repository: Repository) -> None:
    """As Argo CD does."""
    repository.add(f'repositories: {{"{PIN.repo_url}": {{mirror: harbor.example.org/mirror}}}}')
    repository.call("chart", "lab", "cert-manager", "-o", "out")
    chart = yaml.safe_load((repository.root / "out/cert-manager/Chart.yaml").read_text())
    assert chart["dependencies"][0]["repository"] == "oci://harbor.example.org/mirror"


@pytest.fixture
def rendered(repository: Repository) -> ClusterState:
    """A cluster whose cert-manager we render: two objects, one of them a hook."""
    [cluster] = run_stages(build_stages(), repository.options()).clusters
    plan = cluster.require_plan()
    source = plan.sources["cert-manager"]
    assert isinstance(source, ChartRelease)
    sources = {**plan.sources, "cert-manager": replace(source, delivery=Delivery.RENDERED)}
    make: Callable[[str, dict[str, str]], Built] = lambda name, notes: Built(  # noqa: E731
        manifest={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "annotations": notes}},
        id=name,
        from_chart=True,
    )
    objects = (make("plain", {}), make("hook", {"argocd.argoproj.io/hook": "PreSync"}))
    return replace(cluster, plan=replace(plan, sources=sources), objects={**cluster.objects, "cert-manager": objects})


def test_a_chart_that_we_render_comes_as_its_objects(rendered: ClusterState) -> None:
    """Those of `dist/`, patched; a dependency would give each of them again, without the patches."""
    files = plan_charts(rendered).files
    assert "dependencies" not in yaml.safe_load(files["cert-manager/Chart.yaml"])
    assert {"cert-manager/templates/configmap_plain.yaml", "cert-manager/templates/configmap_hook.yaml"} <= files.keys()
    assert "- 1 of them run as hooks under Argo CD" in files["cert-manager/README.md"].decode()
    assert "helm upgrade --install cert-manager " in files["install.sh"].decode()
