"""What `cdk8s synth --format helm` wants: plain objects as templates, and a word on what is left out."""

from __future__ import annotations

from dataclasses import replace

from trimtab.pipeline.state import ClusterState, State
from trimtab.synth.outdir import escape_for_helm, render_left_out, select_for_helm


def select_templates(state: State) -> State:
    """Keep only plain objects, escaped so that Helm gives the same objects back."""
    left_out = [file for cluster in state.clusters for file in select_for_helm(cluster.files)[1]]
    clusters = tuple(_select(cluster) for cluster in state.clusters)
    return replace(state, clusters=clusters, notes=(*state.notes, render_left_out(left_out)))


def _select(cluster: ClusterState) -> ClusterState:
    kept, _ = select_for_helm(cluster.files)
    return replace(
        cluster,
        files=tuple(replace(file, content=escape_for_helm(file.content.decode()).encode()) for file in kept),
    )
