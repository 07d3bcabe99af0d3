"""Disruption budgets, autoscalers and priorities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_PERCENT = re.compile(r"[0-9]+%\Z")
_HIGHEST_PRIORITY = 1_000_000_000
_OWN_PRIORITIES = {"system-node-critical", "system-cluster-critical"}
_METRICS = {
    "Resource": "resource",
    "ContainerResource": "containerResource",
    "Pods": "pods",
    "Object": "object",
    "External": "external",
}


_TARGETS = {
    "resource": ("averageUtilization", "averageValue"),
    "containerResource": ("averageUtilization", "averageValue"),
    "pods": ("averageValue",),
    "object": ("value", "averageValue"),
    "external": ("value", "averageValue"),
}
"""What each kind of metric may aim at (validateResourceSource, validatePodsSource and others)."""


def check_disruption_budgets(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find budgets that the API server refuses (pkg/apis/policy/validation, ValidatePodDisruptionBudgetSpec)."""
    for entry, spec in iter_specs(tree, "policy", "PodDisruptionBudget"):
        given = [key for key in ("minAvailable", "maxUnavailable") if spec.get(key) is not None]
        if len(given) == 2:
            what = "says minAvailable and maxUnavailable"
            yield complain("contradicting-fields", entry, ("spec",), what, "leave one of them away")
        for key in given:
            yield from _check_amount(entry, ("spec", key), spec[key])


def _check_amount(entry: Entry, path: Path, amount: object) -> Iterator[Complaint]:
    if isinstance(amount, str):
        if not _PERCENT.match(amount):
            cure = f"write the number without quotes: {amount}" if amount.isdigit() else "write a number, or 50%"
            yield complain("wrong-field-form", entry, path, f"has '{amount}' in {path[-1]}", cure)
        elif int(amount[:-1]) > 100:
            yield complain("field-out-of-range", entry, path, f"has {amount} in {path[-1]}", "write 100% at most")
    elif isinstance(amount, int) and amount < 0:
        yield complain("field-out-of-range", entry, path, f"has {amount} in {path[-1]}", "write 0 or more")


def check_autoscalers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find autoscalers that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/autoscaling/validation/validation.go (validateHorizontalPodAutoscalerSpec:55,
    validateMetricSpec:261).
    """
    for entry, spec in iter_specs(tree, "autoscaling", "HorizontalPodAutoscaler"):
        least, most = number_of(spec, "minReplicas"), number_of(spec, "maxReplicas")
        if least is not None and least < 0:
            yield complain("field-out-of-range", entry, ("spec", "minReplicas"), f"has {least} minReplicas", "write 1")
        if most is not None and most < 1:
            what = f"has {most} maxReplicas"
            yield complain("field-out-of-range", entry, ("spec", "maxReplicas"), what, "write 1 or more")
        elif most is not None and most < (1 if least is None else least):
            what = f"wants {least} replicas at least and {most} at most"
            yield complain("contradicting-fields", entry, ("spec", "maxReplicas"), what, "raise maxReplicas")
        for position, metric in iter_fields(spec, "metrics"):
            field = _METRICS.get(text_of(metric, "type"))
            if field and metric.get(field) is None:
                what = f"measures by {metric['type']} and does not say what"
                yield complain("missing-field", entry, ("spec", "metrics", position), what, f"add {field}")
            elif field:
                yield from _check_target(entry, ("spec", "metrics", position, field), fields_of(metric, field))


def _check_target(entry: Entry, path: Path, source: Fields) -> Iterator[Complaint]:
    target = source.get("target")
    wanted = _TARGETS[str(path[-1])]
    if isinstance(target, dict) and not any(target.get(key) is not None for key in wanted):
        what = "scales by a metric and does not say to what value"
        yield complain("missing-field", entry, (*path, "target"), what, f"write {' or '.join(wanted)}")


def check_priorities(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find priority classes that the API server refuses (pkg/apis/scheduling/validation, ValidatePriorityClass)."""
    for entry in tree.of_kind("scheduling.k8s.io", "PriorityClass"):
        value = number_of(entry.manifest, "value")
        if entry.name in _OWN_PRIORITIES:
            continue
        if entry.name.startswith("system-"):
            what = "has a name that Kubernetes keeps for itself"
            yield complain("invalid-name", entry, ("metadata", "name"), what, "begin it with anything but 'system-'")
        if value is not None and value > _HIGHEST_PRIORITY:
            cure = f"{_HIGHEST_PRIORITY} is the highest; more is kept for Kubernetes itself"
            yield complain("field-out-of-range", entry, ("value",), f"has the priority {value}", cure)


CHECKS = (
    Check(
        name="disruption budgets",
        codes=("contradicting-fields", "wrong-field-form", "field-out-of-range"),
        run=check_disruption_budgets,
    ),
    Check(
        name="autoscalers",
        codes=("contradicting-fields", "missing-field", "field-out-of-range"),
        run=check_autoscalers,
    ),
    Check(name="priorities", codes=("invalid-name", "field-out-of-range"), run=check_priorities),
)
