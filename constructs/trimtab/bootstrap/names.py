"""Every host name, and the address that its DNS record must have."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes, node_addresses, plan_endpoint
from trimtab.bootstrap.files import render_block
from trimtab.components.assemble import Plan
from trimtab.plan.cluster import Cluster
from trimtab.plan.ranges import is_address
from trimtab.settings.kubernetes import EndpointProvider

PAGE = "names.md"


def plan_names(plan: Plan) -> str:
    """Give the page: the endpoint and the nodes, then what the cluster serves."""
    lines = ["# Names", "", "## Before the first host", "", "| name | record | address |", "|---|---|---|"]
    lines += [f"| {name} | {_record(address)} | {address} |" for name, address in _iter_first(plan.cluster)]
    served = sorted({(name, a.name) for a in plan.applications for name in a.host_names})
    if served:
        lines += ["", "## Once Argo CD has brought what serves them", "", *_served(plan, served)]
    return "\n".join(lines) + "\n"


def _iter_first(cluster: Cluster) -> Iterator[tuple[str, str]]:
    endpoint = plan_endpoint(cluster)
    if endpoint and not is_address(endpoint.host):
        for address in endpoint_addresses(cluster):
            yield endpoint.host, address
    for node in cluster.nodes:
        for address in node_addresses(node, cluster):
            yield node.name, address


def endpoint_addresses(cluster: Cluster) -> tuple[str, ...]:
    """Give what the endpoint's name must lead to: the moving address, else every control plane."""
    endpoint = plan_endpoint(cluster)
    if endpoint and endpoint.address:
        return (endpoint.address,)
    if endpoint and endpoint.provider is not EndpointProvider.NONE:
        return ()
    return plane_addresses(cluster)


def plane_addresses(cluster: Cluster) -> tuple[str, ...]:
    """Give the first address of every control plane."""
    return tuple(address for node in control_planes(cluster) for address in node_addresses(node, cluster)[:1])


def _served(plan: Plan, served: list[tuple[str, str]]) -> Iterator[str]:
    ranges = ", ".join(plan.cluster.settings.network.load_balancers) or "whatever gives addresses outside the cluster"
    yield f"They lead to the Service of type LoadBalancer that serves them; its address is one of {ranges}."
    yield "This prints which:"
    yield ""
    yield render_block(
        "kubectl get services --all-namespaces --output wide | grep LoadBalancer",
        "kubectl get ingress,gateway --all-namespaces 2>/dev/null || kubectl get ingress --all-namespaces",
    )
    yield from ("", "| name | application | record |", "|---|---|---|")
    records = " and ".join({"IPv4": "A", "IPv6": "AAAA"}[family] for family in plan.cluster.ip_families)
    yield from (f"| {name} | `{application}` | {records} |" for name, application in served)


def _record(address: str) -> str:
    return "AAAA" if ":" in address else "A"
