"""Clusters to objects: those with constructs of the user's by way of cdk8s, all others without starting Node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trimtab.synth.identity import build_id
from trimtab.synth.records import ApplicationInput, ChartObject, ClusterInput, ClusterResult, IsNamespaced, SynthResult


def synthesize(
    clusters: Sequence[ClusterInput], *, root: Path, is_namespaced: IsNamespaced | None = None
) -> SynthResult:
    """Build every cluster; nothing is written, nothing of the user's is raised.

    Our own objects come out of a chart as they went in, and only code of the user's can touch them there. So a cluster
    without such code needs no chart, and a run without any starts no Node (docs/decisions/0012).

    Args:
        clusters: What to build, in order.
        root: The root of the user's repository, where their constructs are found.
        is_namespaced: Tells whether a kind lives in a namespace; see `trimtab.synth.app.synthesize`.
    """
    extended = [cluster for cluster in clusters if has_constructs(cluster)]
    result = SynthResult(clusters=())
    if extended:
        from trimtab.synth import app

        result = app.synthesize(extended, root=root, is_namespaced=is_namespaced)
    by_name = {one.name: one for one in result.clusters}
    return replace(result, clusters=tuple(by_name.get(one.name) or _take_as_they_are(one) for one in clusters))


def has_constructs(cluster: ClusterInput) -> bool:
    """Tell whether code of the user's builds into a cluster."""
    return any(application.constructs for application in cluster.applications)


def _take_as_they_are(cluster: ClusterInput) -> ClusterResult:
    return ClusterResult(name=cluster.name, objects={one.name: _objects(one) for one in cluster.applications})


def _objects(application: ApplicationInput) -> tuple[ChartObject, ...]:
    return tuple(
        ChartObject(
            manifest=own.manifest,
            origin=own.origin,
            construct_path=f"{application.name}/{own.id or build_id(own.manifest, application.namespace)}",
            from_user=False,
        )
        for own in application.objects
    )
