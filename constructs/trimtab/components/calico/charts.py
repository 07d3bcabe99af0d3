"""Values of the operator's chart and of the chart of its CRDs."""

from __future__ import annotations

from trimtab.components.calico.offers import CRDS, OPERATOR, has_crd_chart, wanted_namespace
from trimtab.components.calico.pools import wanted_dataplane
from trimtab.components.calico.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_node_selector
from trimtab.plan.facts import Facts

_OWN_OBJECT = "the object is ours, so that a patch can name it and its application can outlive the operator's"
_REASONS = {
    ("installation", "enabled"): _OWN_OBJECT,
    ("apiServer", "enabled"): _OWN_OBJECT,
    ("goldmane", "enabled"): _OWN_OBJECT,
    ("whisker", "enabled"): _OWN_OBJECT,
    ("manageCRDs",): "Argo CD owns the CRDs; the operator would apply its own set over them",
    ("nodeSelector", "kubernetes.io/arch"): "its image exists only for these processors",
    ("kubernetesServiceEndpoint",): "without kube-proxy the operator must know the API server by its address",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the operator's release, and that of its CRDs where they are a chart of their own (Calico 3.32).

    The values that we write are the same in all releases held: what moved between them (`kubeletVolumePluginPath` in
    3.31, the `controlPlane...` fields in 3.32) belongs to the Installation, which is an object of ours.
    """
    release = wanted_release("calico", settings)
    values = _operator_values(settings, facts, release.architectures)
    namespace = wanted_namespace(settings)
    sources: dict[str, Source] = {
        OPERATOR: ChartRelease(
            pin=release.charts["operator"],
            release_name=settings.release_name or "calico",
            namespace=namespace,
            values=values,
            reasons=match_reasons(_REASONS, values),
            origins=("components.calico", "nodes"),
        )
    }
    if has_crd_chart(settings):
        sources[CRDS] = ChartRelease(
            pin=release.charts["crds"],
            release_name=CRDS,
            namespace=namespace,
            values={},
            origins=("components.calico",),
        )
    return sources


def _operator_values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    values: Values = {part: {"enabled": False} for part in ("installation", "apiServer", "goldmane", "whisker")}
    values["manageCRDs"] = False
    if selector := plan_node_selector(facts.cluster, architectures):
        values["nodeSelector"] = selector
    if resources := settings.resources.get("operator"):
        values["resources"] = resources.to_kubernetes()
    endpoint = facts.cluster.settings.kubernetes.endpoint
    if wanted_dataplane(settings, facts.cluster) == "BPF" and endpoint:
        values["kubernetesServiceEndpoint"] = _endpoint(endpoint)
    return values


def _endpoint(text: str) -> Values:
    """Split `host:port`; the host goes into an environment variable as it is, so an IPv6 address loses its brackets."""
    host, _, port = text.rpartition(":")
    return {"host": host.strip("[]"), "port": port}
