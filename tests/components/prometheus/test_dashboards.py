"""Dashboards of our own: which there are, that Grafana can draw them, and that what they ask for exists."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from prometheus_support.made import ALL, Made, make_cluster
from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import WINDOW
from trimtab.plan.offers import Controller, NamespaceOffer

LOGGING = NamespaceOffer(by="logging", name="elastic")
HARBOR = NamespaceOffer(by="harbor", name="images")
GROUPS = tuple(Controller(by="x", name=group) for group in ("metallb.io", "traefik.io", "operator.tigera.io"))
EVERYTHING = (*ALL, LOGGING, HARBOR, *GROUPS)
ALWAYS = {"certificates", "hosts"}
METRICS = Path(__file__).parent / "metrics.yaml"


def boards(made: Made) -> dict[str, dict[str, Any]]:
    """Give all dashboards, by the name that their ConfigMap ends in."""
    found = {}
    for config in made.find("ConfigMap"):
        [text] = config["data"].values()
        found[config["metadata"]["name"].removeprefix("trimtab-dashboard-")] = json.loads(text)
    return found


WHOLE = boards(make_cluster(brought=EVERYTHING))


def questions() -> dict[str, str]:
    """Give every expression of every panel and every alert, by where it stands."""
    panels = ((name, panel) for name, board in WHOLE.items() for panel in board["panels"])
    asked = {f"{n}/{p['title']}/{t['refId']}": t["expr"].replace(WINDOW, "5m") for n, p in panels for t in p["targets"]}
    return asked | {name: alert["expr"] for name, alert in make_cluster(brought=EVERYTHING).alerts.items()}


def test_dashboards_are_about_what_is_there() -> None:
    """A cluster gets a page for each thing it has, and for nothing else."""
    assert set(boards(make_cluster(distribution="k3s"))) == ALWAYS
    assert set(boards(make_cluster())) == ALWAYS | {"etcd"}
    more = {"calico", "ceph", "cert-manager", "argocd", "harbor", "logging", "metallb", "traefik"}
    assert set(WHOLE) == ALWAYS | {"etcd"} | more


def test_without_grafana_there_are_none() -> None:
    """Nobody would read the ConfigMaps."""
    assert boards(make_cluster({"grafana": False}, brought=EVERYTHING)) == {}


def test_a_dashboard_can_be_left_out() -> None:
    """`dashboards.traefik: false` leaves that page out, and no other."""
    made = make_cluster({"dashboards": {"traefik": False}}, brought=EVERYTHING)
    assert set(WHOLE) - set(boards(made)) == {"traefik"}


def test_dashboards_alone_are_reason_enough_for_the_application() -> None:
    """With all alerts off there is still `prometheus-rules`, which holds the pages."""
    off = {"alerts": {"certificates": False, "disks": False}}
    assert "prometheus-rules" in make_cluster(off, distribution="k3s").applications
    assert "prometheus-rules" not in make_cluster({**off, "grafana": False}, distribution="k3s").applications


def test_the_sidecar_finds_them() -> None:
    """Each ConfigMap has the label, and its key is a file that no other dashboard of the cluster has."""
    made = make_cluster({"namespace": "watch"}, brought=EVERYTHING)
    configs = made.find("ConfigMap")
    assert {config["metadata"]["labels"]["grafana_dashboard"] for config in configs} == {"1"}
    assert {config["metadata"]["namespace"] for config in configs} == {"watch"}
    files = [key for config in configs for key in config["data"]]
    assert len(set(files)) == len(files) == len(WHOLE)
    assert all(file.startswith("trimtab-") and file.endswith(".json") for file in files)


def test_addresses_and_titles_are_of_one_page_only() -> None:
    """Grafana refuses a second page with the same uid, and takes 40 characters for one."""
    assert len({board["uid"] for board in WHOLE.values()}) == len(WHOLE)
    assert len({board["title"] for board in WHOLE.values()}) == len(WHOLE)
    assert max(len(board["uid"]) for board in WHOLE.values()) <= 40


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_panels_lie_side_by_side(name: str) -> None:
    """Ids are unique; nothing lies over another panel or beyond the 24 columns."""
    panels = WHOLE[name]["panels"]
    assert [panel["id"] for panel in panels] == list(range(1, len(panels) + 1))
    cells = [_cells(panel["gridPos"]) for panel in panels]
    assert [pair for pair in combinations(cells, 2) if pair[0] & pair[1]] == []
    assert max(column for each in cells for column, _ in each) == 23


def _cells(place: dict[str, int]) -> set[tuple[int, int]]:
    columns = range(place["x"], place["x"] + place["w"])
    return {(column, row) for column in columns for row in range(place["y"], place["y"] + place["h"])}


def test_panel_that_does_not_fit_begins_a_row_below_the_highest() -> None:
    """Three panels of 12 columns: the third one lies below the higher of the first two."""
    panels = (stat("a", "x", width=12), curves("b", ("x", "")), stat("c", "x", width=12))
    board = json.loads(Board(name="n", title="t", panels=panels).render())
    assert [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in board["panels"]] == [(0, 0), (12, 0), (0, 7)]


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_panels_say_what_grafana_needs(name: str) -> None:
    """A kind, a unit, a datasource that can be chosen, and letters that tell the questions apart."""
    assert [one["type"] for one in WHOLE[name]["templating"]["list"]] == ["datasource"]
    for panel in WHOLE[name]["panels"]:
        assert panel["type"] in {"stat", "timeseries", "table"}
        assert panel["datasource"]["uid"] == "${datasource}"
        assert panel["fieldConfig"]["defaults"]["unit"]
        letters = [target["refId"] for target in panel["targets"]]
        assert letters == [chr(ord("A") + i) for i in range(len(letters))]


@pytest.mark.parametrize(("falls", "colors"), [(False, "green yellow red"), (True, "red yellow green")])
def test_bounds_colour_what_is_bad(falls: bool, colors: str) -> None:
    """What is bad when it is large starts green; what is bad when it is small starts red."""
    panel = stat("a", "x", bounds=(2, 1), falls=falls).to_grafana(1, 0, 0)
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert [step["color"] for step in steps] == colors.split()
    assert [step["value"] for step in steps] == [None, 1, 2]


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_pages_are_small(name: str) -> None:
    """Each stays far below the mebibyte that a ConfigMap may have."""
    assert 2_000 < len(json.dumps(WHOLE[name], indent=1)) < 20_000


@pytest.mark.parametrize("where", sorted(questions()))
def test_every_question_is_promql(where: str) -> None:
    """A parser made after Prometheus' own takes every expression of alerts and dashboards."""
    promql_parser.parse(questions()[where])


def test_every_metric_is_known_with_its_source() -> None:
    """No alert and no panel asks for a metric that upstream does not have, and none is listed that nobody asks for."""
    known = {metric for metrics in yaml.safe_load(METRICS.read_text("utf-8")).values() for metric in metrics}
    asked: set[str] = set()
    for expression in questions().values():
        _collect(promql_parser.parse(expression), asked)
    assert (asked - known, known - asked) == (set(), set())


def _collect(expression: promql_parser.Expr, into: set[str]) -> None:
    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            into.add(str(node.name))
        if isinstance(node, promql_parser.MatrixSelector):
            into.add(str(node.vector_selector.name))

    promql_parser.walk(expression, pre_visit=visit)


def test_namespaces_are_those_of_the_cluster() -> None:
    """Volumes are looked for where Harbor and Elasticsearch really are."""
    asked = " ".join(questions().values())
    assert 'kubelet_volume_stats_capacity_bytes{namespace="images"}' in asked
    assert 'kubelet_volume_stats_capacity_bytes{namespace="elastic"}' in asked
