"""Clusters to objects: a cdk8s App each, a chart for each application, all read back as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trimtab.synth.node import ensure_node
from trimtab.synth.records import (
    ApplicationInput,
    ClusterInput,
    ClusterResult,
    IsNamespaced,
    SynthResult,
    UserConstruct,
)
from trimtab.synth.user import Failure, forget_modules, run_construct

ensure_node()

import cdk8s  # noqa: E402

from trimtab.synth.chart import Chart  # noqa: E402
from trimtab.synth.collect import Owners, read_cluster  # noqa: E402


def synthesize(
    clusters: Sequence[ClusterInput], *, root: Path, is_namespaced: IsNamespaced | None = None
) -> SynthResult:
    """Build every cluster and read it back; nothing is written, nothing of the user's is raised.

    `App.synth` is never called: it is quadratic in charts and exponential in dependencies.

    Args:
        clusters: what to build, in order.
        root: the root of the user's repository, where their constructs are found.
        is_namespaced: tells whether a kind lives in a namespace, so that cdk8s's own namespace can be taken
            off those that do not; kinds it does not know are left as they are.
    """
    forget_modules()
    built = [_synthesize_cluster(cluster, root, is_namespaced or _know_nothing) for cluster in clusters]
    failures = [failure for _, failures in built for failure in failures]
    return SynthResult(
        clusters=tuple(result for result, _ in built),
        findings=tuple(failure.finding for failure in failures),
        tracebacks=tuple(failure.traceback for failure in failures if failure.traceback),
    )


def _know_nothing(_group: str, _kind: str) -> None:
    return None


def _synthesize_cluster(
    cluster: ClusterInput, root: Path, is_namespaced: IsNamespaced
) -> tuple[ClusterResult, list[Failure]]:
    app = cdk8s.App(record_construct_metadata=False)
    charts = _build_charts(app, cluster)
    owners = Owners()
    failures = _run_constructs(cluster, charts, owners, root)
    result, findings = read_cluster(cluster.name, app, charts, owners, is_namespaced)
    return result, [*failures, *(Failure(finding=finding) for finding in findings)]


def _build_charts(app: cdk8s.App, cluster: ClusterInput) -> dict[str, Chart]:
    charts = {application.name: _build_chart(app, application) for application in cluster.applications}
    for chart in charts.values():
        chart._neighbours = charts  # noqa: SLF001
    return charts


def _build_chart(app: cdk8s.App, application: ApplicationInput) -> Chart:
    chart = Chart(app, application.name, namespace=application.namespace)
    for own in application.objects:
        chart.add(own.manifest, id=own.id, origin=own.origin)
    return chart


def _run_constructs(cluster: ClusterInput, charts: dict[str, Chart], owners: Owners, root: Path) -> list[Failure]:
    failures: list[Failure] = []
    for application in cluster.applications:
        for construct in application.constructs:
            failure = _run_one(construct, charts, application.name, cluster.facts, root)
            owners.claim(construct, charts[application.name])
            failures += [failure] if failure is not None else []
    return failures


def _run_one(
    construct: UserConstruct, charts: dict[str, Chart], application: str, facts: object, root: Path
) -> Failure | None:
    for chart in charts.values():
        chart._user_file = construct.file  # noqa: SLF001
    try:
        return run_construct(construct, charts[application], facts, root)
    finally:
        for chart in charts.values():
            chart._user_file = None  # noqa: SLF001
