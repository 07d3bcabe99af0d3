"""Rook's look-out for new disks, as people switch it on by half."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.operators.charts import find_application, path_of_values
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_IN_VALUES = ("discoveryDaemonInterval", "enableDiscoveryDaemon")
_IN_MAP = ("ROOK_DISCOVER_DEVICES_INTERVAL", "ROOK_ENABLE_DISCOVERY_DAEMON")
"""The interval, and the switch without which it does nothing (rook v1.20.6 values.yaml:150, configmap.yaml:27)."""
_MAP = "rook-ceph-operator-config"


def check_discovery(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find an interval for looking at disks where nobody looks."""
    for use in world.charts:
        owner = find_application(tree, use) if use.chart == "rook-ceph" and _is_idle(use.values, _IN_VALUES) else None
        if owner is not None:
            yield Complaint(
                code="new-disks-unseen",
                about=owner,
                path=path_of_values(owner, use, _IN_VALUES[0]),
                on_key=True,
                message=f"{owner} says how often to look for new disks, and nobody looks: the discovery daemon is off",
                help="write `enableDiscoveryDaemon: true` beside it, or leave the interval out",
            )
    for entry in tree.of_kind("", "ConfigMap"):
        if entry.name == _MAP and _is_idle(fields_of(entry.manifest, "data"), _IN_MAP):
            yield Complaint(
                code="new-disks-unseen",
                about=entry,
                path=("data", _IN_MAP[0]),
                on_key=True,
                message=f"{entry} says how often to look for new disks, and nobody looks: the discovery daemon is off",
                help=f'write `{_IN_MAP[1]}: "true"` beside it, or leave the interval out',
            )


def _is_idle(values: Mapping[str, Any], keys: tuple[str, str]) -> bool:
    interval, switch = keys
    return bool(values.get(interval)) and str(values.get(switch, "false")).lower() == "false"


CHECKS = (Check(name="Rook's look-out for disks", codes=("new-disks-unseen",), run=check_discovery),)
