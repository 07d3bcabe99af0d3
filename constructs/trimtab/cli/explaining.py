"""`check -v`: everyone's first question, what was derived and from what."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.assemble import Plan, describe_order
from trimtab.kube.release import ChartRelease
from trimtab.pipeline.state import State
from trimtab.plan.cluster import Cluster


def render_plans(state: State) -> str:
    """Write what was derived for each cluster, as lines of `what: value (from what)`."""
    plans = [cluster.plan for cluster in state.clusters if cluster.plan is not None]
    return "".join(f"{line}\n" for plan in plans for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.cluster.name}"
    for what, value, source in _derived(plan.cluster):
        yield f"  {what}: {value} (from {source})"
    yield "  waves:"
    for wave, names in describe_order(plan.order).items():
        yield f"    {wave:>4}  {', '.join(names)}"
    yield "  why:"
    for edge in plan.order.edges:
        yield f"    {edge.then} after {edge.first} ({edge.because})"
    yield "  derived chart values:"
    for name, source in plan.sources.items():
        if isinstance(source, ChartRelease):
            yield f"    {name}: {source.pin.chart} {source.pin.version}"
            for path, reason in source.reasons.items():
                yield f"      {'.'.join(path)}: {reason}"


def _derived(cluster: Cluster) -> Iterator[tuple[str, str, str]]:
    kubernetes = "kubernetes.distribution"
    yield "IP families", ", ".join(cluster.ip_families), "network.services"
    yield "nodes", f"{len(cluster.nodes)}, schedulable {len(cluster.schedulable_nodes)}", "nodes"
    yield "architectures", ", ".join(cluster.architectures), "nodes.*.arch"
    yield "small", "yes" if cluster.is_small else "no", "size, nodes"
    yield "already there", ", ".join(cluster.provides) or "nothing", f"{kubernetes}, kubernetes.provides"
    yield "kubelet directory", cluster.kubelet_dir or "unknown", f"{kubernetes}, kubernetes.kubeletDir"
    yield "volume plugin directory", cluster.volume_plugin_dir or "unknown", f"{kubernetes}, kubernetes.volumePluginDir"
