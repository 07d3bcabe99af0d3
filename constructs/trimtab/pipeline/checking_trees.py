"""Every check on the trees of some clusters; where objects are many, processes share the checks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trimtab.doors.work_list import Take, open_work_list
from trimtab.doors.workers import Agree, can_copy, run_together
from trimtab.findings.finding import Finding, Place
from trimtab.pipeline.document_places import DocumentPlaces
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.placing import build_complaint
from trimtab.verify.complaint import Unchecked
from trimtab.verify.files.clusters import ClusterTree
from trimtab.verify.files.doubts import find_doubt
from trimtab.verify.registry import CHECKS
from trimtab.verify.tree import Tree

_LEAST = 2_000
"""The fewest objects that processes are started for: to check fewer takes less time than they do."""


@dataclass(slots=True, kw_only=True)
class Checked:
    """What checks said."""

    findings: dict[tuple[int, int], list[Finding]] = field(default_factory=dict)
    """By the positions of the cluster and of the check, where there are some."""
    unchecked: Counter[str] = field(default_factory=Counter)
    """How often something could not be looked at, by the reason."""

    def in_order(self) -> list[Finding]:
        """Give all findings as one process finds them: cluster by cluster, check by check."""
        return [finding for at in sorted(self.findings) for finding in self.findings[at]]

    def told_once(self) -> list[Finding]:
        """Give the findings in order; what several clusters share is told of the first one that it is wrong in."""
        told: dict[tuple[str, Place], int] = {}
        return [
            finding
            for cluster, check in sorted(self.findings)
            for finding in self.findings[cluster, check]
            if finding.place is None or told.setdefault((finding.code, finding.place), cluster) == cluster
        ]


def check_clusters(clusters: Sequence[ClusterTree], places: DocumentPlaces, *, jobs: int = 1) -> Checked:
    """Make every check on every cluster.

    Args:
        clusters: The clusters.
        places: What knows where objects stand.
        jobs: How many processes may share the checks.
    """
    count = jobs if sum(len(one.tree.entries) for one in clusters) >= _LEAST and can_copy() else 1
    if count > 1:
        _prepare(one.tree for one in clusters)
    with open_work_list(len(CHECKS)) as take:

        def work(_: Agree) -> bytes:
            return _render(_check(clusters, places, take))

        checked, others = run_together(lambda _: _check(clusters, places, take), [work] * (count - 1))
    for other in others:
        _add(checked, other)
    return checked


def _prepare(trees: Iterable[Tree]) -> None:
    """Make what checks share before the processes part, so that it is made once."""
    for tree in trees:
        _ = tree.pods, tree.of_kind("", ""), tree.owners("", ("", "", "", ""))


def _check(clusters: Sequence[ClusterTree], places: DocumentPlaces, take: Take) -> Checked:
    checked = Checked()
    while (number := take()) is not None:
        for at, cluster in enumerate(clusters):
            found = []
            for said in CHECKS[number].run(cluster.tree, cluster.world):
                if isinstance(said, Unchecked):
                    checked.unchecked[said.reason] += 1
                elif reason := find_doubt(said):
                    checked.unchecked[reason] += 1
                else:
                    found.append(build_complaint(said, places.find))
            if found:
                checked.findings[at, number] = found
    return checked


def _render(checked: Checked) -> bytes:
    """Write what checks said: a line with the reasons and how many findings each check has, then the findings."""
    counts = [(*at, len(found)) for at, found in sorted(checked.findings.items())]
    findings = Outcome(cluster="", findings=tuple(checked.in_order()))
    return json.dumps([checked.unchecked, counts]).encode() + b"\n" + render_outcome(findings)


def _add(checked: Checked, content: bytes) -> None:
    line, _, rest = content.partition(b"\n")
    unchecked, counts = json.loads(line)
    outcome = parse_outcome(rest)
    if outcome is None:
        raise RuntimeError("a worker process gave something that is no outcome")
    findings = iter(outcome.findings)
    checked.unchecked.update(unchecked)
    for cluster, check, count in counts:
        checked.findings[cluster, check] = [next(findings) for _ in range(count)]
