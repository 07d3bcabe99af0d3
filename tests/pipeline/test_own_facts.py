"""What is known of a chart that the catalogue does not hold comes from its archive; what lacks is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chart_support.locked import lock_charts
from helm_support.made import config_map, pack_chart
from trimtab.catalogue.chart import LOCK_CURE
from trimtab.charts.own_facts import ChartInputs
from trimtab.charts.reference import ChartKey
from trimtab.pipeline.own_facts import FactsFinder

NAME = ("https://charts.example.org", "probe", "1.2.3")
KEY = ChartKey(repo_url=NAME[0], chart=NAME[1], version=NAME[2])
CHART = pack_chart({"values.yaml": "size: 1\n", "templates/one.yaml": "# {{ .Values.size }}\n" + config_map("a")})
NOTHING: Mapping[str, Any] = {}


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A repository with the chart's archive beside its lock."""
    lock_charts(tmp_path, {KEY: CHART})
    return tmp_path


PRINT = "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\n'"
REFUSE = "echo no >&2; exit 1"


def finder(root: Path, *, helm: str = PRINT, version: str = "v4.1.4") -> FactsFinder:
    """Find with a helm that is a few words of a shell, and notes that it ran."""
    folder = root / "bin"
    folder.mkdir(exist_ok=True)
    text = f'#!/bin/sh\nif [ "$1" = version ]; then printf {version}; else echo x >>{root}/ran; {helm}; fi\n'
    (folder / "helm").write_text(text)
    (folder / "helm").chmod(0o755)
    return FactsFinder(root, {"PATH": str(folder), "XDG_CACHE_HOME": str(root / "cache")})


def given(values: Mapping[str, object], kubernetes: str = "1.35") -> ChartInputs:
    """What a cluster gives the chart."""
    return ChartInputs(kubernetes=kubernetes, values=[values])


def runs(root: Path) -> int:
    """Count how often helm rendered."""
    return len((root / "ran").read_text().splitlines()) if (root / "ran").exists() else 0


def test_archive_tells(locked: Path) -> None:
    """Its keys, and what it renders."""
    known = finder(locked).find(*NAME, given(NOTHING))
    assert known.lacks == ""
    assert known.facts is not None
    assert "size" in known.facts.keys
    assert [kind.kind for kind in known.facts.renders] == ["ConfigMap"]


def test_what_was_worked_out_is_kept(locked: Path) -> None:
    """The next run starts no helm, even without the archive; other values and another Kubernetes are another matter."""
    first = finder(locked).find(*NAME, given(NOTHING))
    before = runs(locked)
    (locked / "vendor/charts/probe-1.2.3.tgz").unlink()
    again = finder(locked, helm=REFUSE)
    assert again.find(*NAME, given(NOTHING)) == first
    assert runs(locked) == before
    assert again.find(*NAME, given({"size": 2})).facts is None
    assert again.find(*NAME, given(NOTHING, "1.36")).facts is None


def test_one_run_asks_once(locked: Path) -> None:
    """However many clusters give the chart the same values."""
    one = finder(locked)
    assert one.find(*NAME, given(NOTHING)) is one.find(*NAME, given(NOTHING))


def test_no_lock_is_said(tmp_path: Path) -> None:
    """With what brings one."""
    known = finder(tmp_path).find(*NAME, given(NOTHING))
    assert (known.facts, known.lacks, known.cure) == (None, "there is no charts.lock", LOCK_CURE)


def test_other_chart_in_the_lock_is_said(locked: Path) -> None:
    """A lock that names another version does not name this one."""
    assert finder(locked).find(KEY.repo_url, "probe", "1.2.4", given(NOTHING)).lacks == "charts.lock does not name it"


def test_missing_archive_is_said(locked: Path) -> None:
    """It lies nowhere on this machine."""
    (locked / "vendor/charts/probe-1.2.3.tgz").unlink()
    known = finder(locked).find(*NAME, given(NOTHING))
    assert (known.facts, known.lacks) == (None, "its archive is neither in vendor/charts nor in the user's cache")


def test_spoilt_archive_is_said(locked: Path) -> None:
    """Its digest is not the lock's."""
    (locked / "vendor/charts/probe-1.2.3.tgz").write_bytes(b"spoilt")
    assert "vendor/charts/probe-1.2.3.tgz" in finder(locked).find(*NAME, given(NOTHING)).lacks


def test_spoilt_lock_is_said(locked: Path) -> None:
    """With the cure that the lock's own check has."""
    (locked / "charts.lock").write_text("charts: 1\n")
    known = finder(locked).find(*NAME, given(NOTHING))
    assert known.lacks == "charts.lock cannot be read: it holds no list of charts"
    assert "trimtab lock" in known.cure


def test_missing_and_old_helm_are_said(locked: Path) -> None:
    """Nobody else knows what a chart renders, and half of the facts would be taken for all."""
    old = finder(locked, version="v2.17.0").find(*NAME, given(NOTHING))
    assert (old.facts, "too old" in old.lacks) == (None, True)
    none = FactsFinder(locked, {"PATH": "", "XDG_CACHE_HOME": str(locked / "cache")}).find(*NAME, given(NOTHING))
    assert (none.facts, "no helm on the path" in none.lacks) == (None, True)
    assert "helm" in none.cure


def test_refused_values_are_said(locked: Path) -> None:
    """What the chart renders with its own values is known then, and that it is not all."""
    picky = f'while read -r line; do case "$line" in bad*) {REFUSE};; esac; done <values.yaml; {PRINT}'
    known = finder(locked, helm=picky).find(*NAME, given({"bad": 1}))
    assert known.facts is not None
    assert [kind.kind for kind in known.facts.renders] == ["ConfigMap"]
    assert known.lacks == "helm refuses to render it with the values of this cluster: no"


def test_chart_that_renders_in_no_way_is_unknown(locked: Path) -> None:
    """Facts without an object would pass for those of a chart that holds nothing."""
    known = finder(locked, helm=REFUSE).find(*NAME, given(NOTHING))
    assert (known.facts, known.lacks) == (None, "helm refuses to render it with the values of this cluster: no")
