"""Every application of every cluster of this repository, as a chart that helm accepts."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml

from helm_support.made import pack_chart
from own_chart_support.made import as_texts, call_helm, write_files
from trimtab.catalogue.chart import ChartPin
from trimtab.pipeline import build_stages
from trimtab.pipeline.charting import Charts, list_components, plan_charts
from trimtab.pipeline.state import ClusterState, Options, run_stages

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
CLUSTERS = sorted(path.stem for path in (ROOT / "apps" / "clusters").glob("*.yaml"))


@cache
def build(name: str) -> ClusterState:
    """Build a cluster."""
    [cluster] = run_stages(build_stages(), Options(root=ROOT, clusters=(name,))).clusters
    return cluster


@cache
def charts_of(name: str) -> Charts:
    """Make the charts of a cluster, with stand-ins for upstream's."""
    return plan_charts(build(name), find_archive=stand_in)


def stand_in(pin: ChartPin) -> bytes:
    """Make a chart of an upstream chart's name and version that renders nothing."""
    return pack_chart({"values.yaml": "{}\n"}, pin.chart, pin.version)


@pytest.fixture(params=CLUSTERS)
def name(request: pytest.FixtureRequest) -> str:
    """Each cluster in turn."""
    return str(request.param)


def folders(charts: Charts, top: Path) -> list[Path]:
    """Write charts and give their folders."""
    write_files(top, charts.files)
    return sorted(path.parent for path in top.glob("*/Chart.yaml"))


def test_helm_accepts_every_chart_and_gives_our_objects_back(name: str, tmp_path: Path) -> None:
    """Those of `dist/`, alerts and dashboards with all their braces among them; the schema takes our values."""
    charts = folders(charts_of(name), tmp_path / "charts")
    linted = call_helm("lint", "--strict", *charts, home=tmp_path)
    assert linted.returncode == 0, linted.stdout
    for chart in charts:
        kubernetes = build(name).require_plan().cluster.settings.kubernetes.version
        done = call_helm("template", "here", chart, "--kube-version", kubernetes, home=tmp_path)
        assert done.returncode == 0, done.stderr
        expected = [one.manifest for one in build(name).objects.get(chart.name, ())]
        assert as_texts(one for one in yaml.load_all(done.stdout, Loader=yaml.CSafeLoader) if one) == as_texts(expected)


def test_every_chart_can_be_packed(name: str, tmp_path: Path) -> None:
    """Under the version that its Chart.yaml says."""
    charts = folders(charts_of(name), tmp_path / "charts")
    packed = call_helm("package", *charts, "-d", tmp_path / "packed", home=tmp_path)
    assert packed.returncode == 0, packed.stderr
    assert len(list((tmp_path / "packed").iterdir())) == len(charts)


def test_no_two_charts_are_one_release(name: str) -> None:
    """The second would take the place of the first, and remove what it holds."""
    lines = [line for line in charts_of(name).files["install.sh"].decode().splitlines() if line.startswith("helm ")]
    releases = [(line.split()[3], line.split()[6]) for line in lines]
    assert len(releases) == len(set(releases)) > 0


def test_the_script_is_one_that_a_shell_reads(name: str, tmp_path: Path) -> None:
    """And it names every chart once."""
    write_files(tmp_path, charts_of(name).files)
    assert subprocess.run(["sh", "-n", tmp_path / "install.sh"], check=False).returncode == 0
    text = (tmp_path / "install.sh").read_text()
    assert all(text.count(f" ./{path.parent.name} ") == 1 for path in tmp_path.glob("*/Chart.yaml"))


def test_charts_are_the_same_each_time(name: str) -> None:
    """Byte for byte."""
    assert plan_charts(build(name), find_archive=stand_in) == charts_of(name)


def test_every_application_is_a_chart_or_named(name: str) -> None:
    """None is forgotten."""
    charts = charts_of(name)
    made = {path.partition("/")[0] for path in charts.files if path.endswith("/Chart.yaml")}
    assert made | set(charts.without) == {one.name for one in build(name).require_plan().applications}


def test_a_component_is_its_applications() -> None:
    """And nothing of the others."""
    charts = plan_charts(build("place7"), component="cert-manager")
    made = {path.partition("/")[0] for path in charts.files if path.endswith("/Chart.yaml")}
    assert made == {"cert-manager", "cert-manager-issuers"}
    assert "cert-manager" in list_components(build("place7").require_plan())
