"""Only a cluster with code of the user's goes through cdk8s; the others come out the same without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trimtab.synth import app
from trimtab.synth.records import ApplicationInput, ClusterInput, OwnObject, UserConstruct
from trimtab.synth.synthesis import synthesize

MAP = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one", "namespace": "web"}, "data": {"n": 2**60}}
ROLE = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "one"}, "rules": []}


def plain(name: str, *constructs: UserConstruct) -> ClusterInput:
    """A cluster with two objects of ours."""
    objects = (OwnObject(manifest=MAP, id="map", origin=("here",)), OwnObject(manifest=ROLE))
    web = ApplicationInput(name="web", namespace="web", objects=objects, constructs=constructs)
    return ClusterInput(name=name, applications=(web, ApplicationInput(name="empty")))


def test_both_ways_give_the_same(tmp_path: Path) -> None:
    """What comes out of a chart that nobody touched is what went in, so leaving the chart out changes nothing."""
    clusters = [plain("lab"), plain("other")]
    assert synthesize(clusters, root=tmp_path) == app.synthesize(clusters, root=tmp_path)


def test_without_code_of_the_users_no_chart_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Node nor cdk8s is asked for."""
    monkeypatch.setattr(app, "synthesize", None)
    assert synthesize([plain("lab")], root=tmp_path).clusters[0].objects["web"][0].manifest is MAP


def test_clusters_keep_their_order(tmp_path: Path) -> None:
    """Whichever of them has code of the user's."""
    (tmp_path / "mine.py").write_text("def build(chart, facts, settings): pass\n")
    mine = UserConstruct(name="mine", file="mine.py", symbol="build", application="web")
    clusters = [plain("a"), plain("b", mine), plain("c")]
    assert [one.name for one in synthesize(clusters, root=tmp_path).clusters] == ["a", "b", "c"]
