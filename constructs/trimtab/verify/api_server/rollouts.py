"""How Deployments and DaemonSets roll."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_specs, number_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_PERCENT = re.compile(r"[0-9]+%\Z")
_DEADLINE = 600
"""Seconds that a rollout may take where nothing is said (kubernetes v1.35.4 pkg/apis/apps/v1/defaults.go)."""
_MOST_SECONDS = 2**31 - 1
_KEYS = ("maxUnavailable", "maxSurge")


def check_rollouts(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find update strategies that cannot go on, and amounts that are none.

    Source: kubernetes v1.35.4 pkg/apis/apps/validation/validation.go (ValidateRollingUpdateDeployment:594,
    ValidateRollingUpdateDaemonSet:474, ValidateDeploymentStrategy:608, ValidateDeploymentSpec:638).
    """
    for entry, spec in iter_specs(tree, "apps", "Deployment"):
        yield from _check_strategy(entry, fields_of(spec, "strategy"))
        yield from _check_deadline(entry, spec)
    for entry, spec in iter_specs(tree, "apps", "DaemonSet"):
        rolling = fields_of(spec, "updateStrategy", "rollingUpdate")
        if rolling:
            yield from _check_daemons(entry, rolling)


def _check_strategy(entry: Entry, strategy: Fields) -> Iterator[Complaint]:
    rolling, here = fields_of(strategy, "rollingUpdate"), ("spec", "strategy", "rollingUpdate")
    if strategy.get("type") == "Recreate" and strategy.get("rollingUpdate") is not None:
        what = "is made anew (Recreate), and says how to roll"
        cure = "leave rollingUpdate away, or set it null"
        yield complain("contradicting-fields", entry, ("spec", "strategy"), what, cure)
    elif rolling:
        yield from _check_amounts(entry, rolling, here)
        if all(_amount(rolling.get(key)) == 0 for key in _KEYS):
            what = "may neither start a pod more nor stop one while it rolls"
            yield complain("contradicting-fields", entry, here, what, "raise maxSurge or maxUnavailable")


def _check_daemons(entry: Entry, rolling: Fields) -> Iterator[Complaint]:
    here = ("spec", "updateStrategy", "rollingUpdate")
    yield from _check_amounts(entry, rolling, here)
    unavailable, surge = (_amount(rolling.get(key)) for key in _KEYS)
    if unavailable == 0 and surge in (0, None):
        what = "may neither start a pod more nor stop one while it rolls"
        yield complain("contradicting-fields", entry, here, what, "raise maxSurge or maxUnavailable")
    elif surge and unavailable != 0:
        what = "starts pods beside the old ones, and stops old ones first"
        yield complain("contradicting-fields", entry, here, what, "write maxUnavailable: 0 beside maxSurge")


def _check_amounts(entry: Entry, rolling: Fields, path: Path) -> Iterator[Complaint]:
    for key in _KEYS:
        amount = rolling.get(key)
        if isinstance(amount, str) and not _PERCENT.match(amount):
            cure = f"write the number without quotes: {amount}" if amount.isdigit() else "write a number, or 25%"
            yield complain("wrong-field-form", entry, (*path, key), f"has '{amount}' in {key}", cure)
        elif isinstance(amount, int) and not isinstance(amount, bool) and amount < 0:
            yield complain("field-out-of-range", entry, (*path, key), f"has {amount} in {key}", "write 0 or more")
        elif key == "maxUnavailable" and isinstance(amount, str) and int(amount[:-1]) > 100:
            yield complain("field-out-of-range", entry, (*path, key), f"has {amount} in {key}", "write 100% at most")


def _amount(value: object) -> int | None:
    if isinstance(value, str):
        return int(value[:-1]) if _PERCENT.match(value) else None
    return value if isinstance(value, int) else None


def _check_deadline(entry: Entry, spec: Fields) -> Iterator[Complaint]:
    ready, deadline = number_of(spec, "minReadySeconds") or 0, number_of(spec, "progressDeadlineSeconds")
    deadline = _DEADLINE if deadline is None else deadline
    if ready >= deadline and 0 <= deadline < _MOST_SECONDS and ready > 0:
        what = f"waits {ready} seconds for a pod to be ready, and gives up after {deadline}"
        cure = "write progressDeadlineSeconds above minReadySeconds"
        yield complain("contradicting-fields", entry, ("spec", "minReadySeconds"), what, cure)


CHECKS = (
    Check(
        name="rollouts",
        codes=("contradicting-fields", "wrong-field-form", "field-out-of-range"),
        run=check_rollouts,
    ),
)
