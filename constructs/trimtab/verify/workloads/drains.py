"""Disruption budgets that stop every drain of a node."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_specs
from trimtab.verify.selecting import matches
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_CODE = "drain-blocked"
_SCALED = {"Deployment", "StatefulSet", "ReplicaSet"}


def check_drains(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find budgets that never allow a pod to go.

    Source: pkg/controller/disruption/disruption.go (getExpectedPodCount): of `minAvailable` a share is rounded up.
    """
    pods: Mapping[tuple[str, str], list[PodTemplate]] = defaultdict(list)
    for pod in tree.pods:
        if pod.entry.kind in _SCALED:
            pods[pod.entry.cluster, pod.entry.namespace].append(pod)
    for entry, spec in iter_specs(tree, "policy", "PodDisruptionBudget"):
        listed = pods.get((entry.cluster, entry.namespace), [])
        selector = fields_of(spec, "selector")
        chosen = [pod for pod in listed if spec.get("selector") is not None and matches(selector, pod.labels)]
        yield from _check(entry, spec, chosen)


def _check(entry: Entry, spec: Fields, chosen: list[PodTemplate]) -> Iterator[Complaint]:
    most, least = spec.get("maxUnavailable"), spec.get("minAvailable")
    if most in (0, "0%") and most is not False:
        yield _blocked(entry, ("spec", "maxUnavailable"), "lets no pod go, ever", "write maxUnavailable: 1", chosen)
    elif least == "100%":
        yield _blocked(
            entry, ("spec", "minAvailable"), "lets no pod go, ever", "write maxUnavailable: 1 instead", chosen
        )
    elif chosen and least is not None:
        yield from _check_least(entry, least, chosen)


def _check_least(entry: Entry, least: object, chosen: list[PodTemplate]) -> Iterator[Complaint]:
    counts = [_replicas(pod) for pod in chosen]
    if None in counts:
        return
    count = sum(number for number in counts if number is not None)
    needed = _needed(least, count)
    if needed is not None and count > 0 and needed >= count:
        pods = "1 pod is" if count == 1 else f"{count} pods are"
        what = f"wants {least} of its pods there at all times, and only {pods} made"
        cure = "write maxUnavailable: 1 instead" if count > 1 else "remove it, or run a second pod"
        yield _blocked(entry, ("spec", "minAvailable"), what, cure, chosen)


def _replicas(pod: PodTemplate) -> int | None:
    number = fields_of(pod.entry.manifest, "spec").get("replicas", 1)
    return number if isinstance(number, int) else None


def _needed(least: object, count: int) -> int | None:
    if isinstance(least, str) and least.endswith("%") and least[:-1].isdigit():
        return math.ceil(int(least[:-1]) * count / 100)
    return least if isinstance(least, int) else None


def _blocked(entry: Entry, path: Path, what: str, cure: str, chosen: list[PodTemplate]) -> Complaint:
    others = tuple(Other(entry=pod.entry, message="this makes its pods") for pod in chosen)
    return complain(_CODE, entry, path, what, cure, others=others)


CHECKS = (Check(name="budgets that stop drains", codes=(_CODE,), run=check_drains),)
