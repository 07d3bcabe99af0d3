"""Every host name, and the address that its DNS record must have."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes, node_addresses, plan_endpoint
from trimtab.bootstrap.entrances import Entrance, find_entrance
from trimtab.bootstrap.files import render_block
from trimtab.components.assemble import Plan
from trimtab.kube.entrance import plan_outer_families
from trimtab.plan.cluster import Cluster
from trimtab.plan.ranges import is_address
from trimtab.settings.kubernetes import EndpointProvider

PAGE = "names.md"
_RECORDS = {"IPv4": "A", "IPv6": "AAAA"}


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
    entrances = {name: find_entrance(plan.application(name), plan) for _, name in served}
    yield from ("| name | application | record | address |", "|---|---|---|---|")
    for host, name in served:
        for record, address in _records(entrances[name], plan):
            yield f"| {host} | `{name}` | {record} | {address} |"
    for entrance in dict.fromkeys(one for one in entrances.values() if one and not one.addresses):
        yield from _reading(entrance, plan)
    if None in entrances.values():
        yield from ("", "What is marked as yours is served by nothing that these settings bring. What you have there:")
        yield from ("", render_block("kubectl get services,ingresses --all-namespaces --output wide"))


def _records(entrance: Entrance | None, plan: Plan) -> Iterator[tuple[str, str]]:
    if entrance and entrance.addresses:
        yield from ((_record(address), address) for address in entrance.addresses)
        return
    families = plan_outer_families(plan.facts) if entrance else plan.cluster.ip_families
    records = " and ".join(_RECORDS[family] for family in families)
    yield records, f"that of `{entrance.application}`, below" if entrance else "yours"


def _reading(entrance: Entrance, plan: Plan) -> Iterator[str]:
    ranges = ", ".join(plan.cluster.settings.network.load_balancers) or "whatever gives addresses outside the cluster"
    yield ""
    yield f"The Service of `{entrance.application}` gets its address when it comes, one of {ranges}. This prints it:"
    yield ""
    yield render_block(
        f"kubectl --namespace {entrance.namespace} get services --selector {entrance.selector} \\",
        "  --output jsonpath='{.items[*].status.loadBalancer.ingress[*].ip}{\"\\n\"}'",
    )


def _record(address: str) -> str:
    """Give the type of the record; a name instead of an address is an alias."""
    if not is_address(address):
        return "CNAME"
    return "AAAA" if ":" in address else "A"
