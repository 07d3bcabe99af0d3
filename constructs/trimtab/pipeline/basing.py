"""What every cluster was in the revision that it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trimtab.findings.finding import Finding, Severity
from trimtab.pipeline.state import ClusterState, State
from trimtab.tree.base_facts import gather_base
from trimtab.tree.index_parsing import parse_index
from trimtab.tree.paths import index_path
from trimtab.tree.revision import read_revision


def read_bases(state: State) -> State:
    """Read what every cluster was in the base revision; without one, nothing."""
    revision = state.options.base
    if revision is None:
        return state
    wanted = [index_path(cluster.name) for cluster in state.clusters if cluster.name in revision.trees]
    texts = read_revision(revision, wanted)
    clusters = []
    for cluster in state.clusters:
        based, findings = _read(cluster, texts.get(index_path(cluster.name)))
        clusters.append(based)
        state = state.found(*findings)
    return replace(state, clusters=tuple(clusters))


def _read(cluster: ClusterState, content: bytes | None) -> tuple[ClusterState, Iterator[Finding]]:
    if content is None:
        return cluster, iter(())
    index = parse_index(content.decode("utf-8", "replace"))
    if isinstance(index, Finding):
        return cluster, iter((_unreadable(cluster, index),))
    return replace(cluster, base=gather_base(index)), iter(())


def _unreadable(cluster: ClusterState, why: Finding) -> Finding:
    return Finding(
        code="unreadable-base",
        severity=Severity.WARNING,
        message=f"'{cluster.name}' cannot be compared with the base revision: {why.message}",
        help="name a revision with --base whose dist/ was generated",
        place=cluster.loaded.merged.key_place_of(("cluster",)),
        cluster=cluster.name,
    )
