"""`check -v`: everyone's first question, what was derived and from what."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trimtab.components.assemble import Plan, describe_order, iter_offers_by
from trimtab.findings.path import Path, get_value, render_path
from trimtab.kube.release import ChartRelease, Source, is_rendered
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.application import OWN
from trimtab.plan.cluster import Cluster
from trimtab.plan.given import KUBERNETES
from trimtab.settings.layers import Merged

_WIDEST = 60
"""Characters of a value before it is cut; values files hold the whole."""


def render_plans(state: State) -> str:
    """Write what was derived for each cluster, with the settings and places it was derived from."""
    planned = [cluster for cluster in state.clusters if cluster.plan is not None]
    return "\n".join("".join(f"{line}\n" for line in _lines(cluster)) for cluster in planned)


def _lines(cluster: ClusterState) -> Iterator[str]:
    plan = cluster.require_plan()
    yield f"cluster {cluster.name}"
    yield "  facts"
    for what, value, sources in _iter_facts(plan.cluster):
        yield f"    {what}: {value} ({_render_sources(cluster.loaded.merged, sources)})"
    if there := _iter_offers(plan, KUBERNETES):
        yield "  already there"
        yield from (f"    {offer}" for offer in there)
    unread = frozenset(_iter_unread(cluster))
    yield "  applications, by wave"
    for wave, names in describe_order(plan.order).items():
        for name in names:
            yield from _application_lines(plan, wave, name)
            if name in unread:
                yield "          and after what its own objects use, not looked at here: `trimtab graph` shows it"


def _iter_unread(cluster: ClusterState) -> Iterator[str]:
    """Give the applications whose place in the order hangs on objects that only a build knows."""
    plan = cluster.require_plan()
    yield from (
        one.application for one in cluster.loaded.manifests if plan.application(one.application).component == OWN
    )
    yield from (one.application for one in plan.cluster.settings.constructs.values())


def _application_lines(plan: Plan, wave: int, name: str) -> Iterator[str]:
    yield f"    {wave:>4}  {name}{_render_source(plan.sources.get(name))}"
    for edge in plan.order.edges:
        if edge.then == name:
            yield f"          after {edge.first}" + ("" if edge.because == "after" else f": {edge.because}")
    for offer in _iter_offers(plan, name):
        yield f"          brings {offer}"
    source = plan.sources.get(name)
    if isinstance(source, ChartRelease):
        for path, reason in source.reasons.items():
            yield f"          {render_path(path)} = {_render_value(get_value(source.values, path))}: {reason}"


def _render_source(source: Source | None) -> str:
    if source is None:
        return ""
    if isinstance(source, ChartRelease):
        by = ", rendered here" if is_rendered(source) else ""
        return f", chart {source.pin.chart} {source.pin.version}{by}"
    return f", files of {source.pin.repo_url} at {source.pin.revision}"


def _iter_offers(plan: Plan, by: str) -> list[str]:
    return list(dict.fromkeys(str(offer) for offer in iter_offers_by(plan.offers, by)))


def _render_value(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _render_sources(merged: Merged, sources: tuple[Path, ...]) -> str:
    """Write where a fact comes from: each setting with its line, or that nobody said anything."""
    said = [
        f"{render_path(path)} at {place.file}:{place.line}" for path in sources for place in merged.key_places(path)[:1]
    ]
    silent = " and ".join(render_path(path) for path in sources)
    return f"from {', '.join(said)}" if said else f"by default: nothing is said in {silent}"


def _iter_facts(cluster: Cluster) -> Iterator[tuple[str, str, tuple[Path, ...]]]:
    """Give each derived fact: what it is, its value, and the settings it follows from."""
    distribution: Path = ("kubernetes", "distribution")
    machines: tuple[Path, ...] = (("nodes",), ("nodeCount",), ("nodeDefaults",))
    yield "Kubernetes", cluster.settings.kubernetes.version, (("kubernetes", "version"),)
    yield "IP families", ", ".join(cluster.ip_families), (("network", "services"),)
    yield "nodes", f"{len(cluster.nodes)}, {len(cluster.schedulable_nodes)} of them take pods", machines
    yield "architectures", ", ".join(cluster.architectures), machines
    yield "taints", ", ".join(cluster.taints) or "none", machines
    yield "small", "yes" if cluster.is_small else "no", (("size",), *machines[:2])
    yield "kubelet directory", cluster.kubelet_dir or "unknown", (("kubernetes", "kubeletDir"), distribution)
    yield "volume plugins", cluster.volume_plugin_dir or "unknown", (("kubernetes", "volumePluginDir"), distribution)
    yield (
        "brought by the distribution",
        ", ".join(cluster.provides) or "nothing",
        (("kubernetes", "provides"), distribution),
    )
