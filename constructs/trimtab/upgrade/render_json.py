"""Upgrades for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from trimtab.findings.path import render_path
from trimtab.upgrade.effects import Effects
from trimtab.upgrade.report import ClusterUpgrades, Upgrade

FORMAT = 1
"""Raised when a reader of this one would misread the next."""


def render_json(clusters: Iterable[ClusterUpgrades]) -> str:
    """Write what can move as JSON: an entry a cluster, and in it one a component."""
    value = {"format": FORMAT, "clusters": [_cluster(cluster) for cluster in clusters]}
    return json.dumps(value, indent=2) + "\n"


def _cluster(cluster: ClusterUpgrades) -> dict[str, Any]:
    return {"cluster": cluster.cluster, "upgrades": [_upgrade(one) for one in cluster.upgrades]}


def _upgrade(one: Upgrade) -> dict[str, Any]:
    candidate = one.candidate
    return {
        "name": candidate.name,
        "setting": render_path(candidate.path),
        "current": candidate.current,
        "pin": {"file": one.pin.file, "line": one.pin.line, "column": one.pin.column} if one.pin else None,
        "patch": candidate.patch,
        "next": candidate.next,
        "newest": candidate.newest,
        "way": list(candidate.way),
        "kubernetes": candidate.kubernetes,
        "target": one.target,
        "untried": one.is_untried,
        "changes": _effects(one.effects) if one.effects else None,
        "refused": [{"code": f.code, "message": f.message, "help": f.help} for f in one.refused],
        "commands": list(one.commands),
    }


def _effects(effects: Effects) -> dict[str, Any]:
    return {
        "charts": list(effects.charts),
        "unknownCharts": list(effects.unknown_charts),
        "images": list(effects.images),
        "applicationsAdded": list(effects.applications_added),
        "applicationsRemoved": list(effects.applications_removed),
        "keysAdded": effects.keys_added,
        "keysRemoved": effects.keys_removed,
        "deadValues": [
            {"setting": render_path(one.path), "instead": render_path(one.instead) if one.instead else None}
            for one in effects.dead_values
        ],
        "crdsAdded": list(effects.crds_added),
        "crdsRemoved": list(effects.crds_removed),
        "architecturesGained": list(effects.architectures_gained),
        "architecturesLost": list(effects.architectures_lost),
        "steps": [{"text": s.text, "source": s.source, "byHand": s.is_manual} for s in effects.steps],
    }
