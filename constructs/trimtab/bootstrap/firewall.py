"""The hosts' firewall: exactly the ports that are needed, and the ICMPv6 without which IPv6 does not work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.bootstrap.addresses import control_planes, of_family
from trimtab.bootstrap.files import Files, render_lines
from trimtab.bootstrap.ports import From, Port, plan_ports
from trimtab.components.calico.settings import Settings as Calico
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.plan.ranges import is_address
from trimtab.settings.component import ComponentSettings
from trimtab.settings.network import KubeProxyMode
from trimtab.settings.nodes import Role

TABLE = "inet trimtab_host"
"""A table of our own: `flush ruleset` would take kube-proxy's and Calico's tables away."""

RULES_FILE = "etc/nftables.d/kubernetes.nft"

_NEIGHBOURS = "nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert"
_ICMPV6 = (
    f"{_NEIGHBOURS}, destination-unreachable, packet-too-big, time-exceeded, parameter-problem, echo-request, "
    "mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report"
)
"""RFC 4890, section 4.4: what must not be dropped."""
_ICMP = "destination-unreachable, time-exceeded, parameter-problem, echo-request"


def plan_firewall(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Files:
    """Give the rules of control planes and of the others."""
    ports = plan_ports(cluster, components)
    addresses = _Addresses(cluster, components)
    return {
        f"00-hosts/{role.value}/files/{RULES_FILE}": _render(
            [port for port in ports if role is Role.CONTROL_PLANE or not port.control_plane_only], addresses, cluster
        )
        for role in (Role.CONTROL_PLANE, Role.WORKER)
        if any(role_of(node) is role for node in cluster.nodes)
    }


def role_of(node: NodeFacts) -> Role:
    """Give the role whose host files a node gets: a control plane that also works is a control plane."""
    return Role.CONTROL_PLANE if node.is_control_plane else Role.WORKER


class _Addresses:
    """Who may come, by name of the set and family."""

    def __init__(self, cluster: Cluster, components: Mapping[str, ComponentSettings]) -> None:
        network = cluster.settings.network
        nodes = (*network.nodes, *_own(cluster.nodes))
        calico = components.get("calico")
        bgp = calico.bgp if isinstance(calico, Calico) else None
        peers = tuple(address for peer in (bgp.peers.values() if bgp else ()) if (address := _host(peer.address)))
        self.sets: Mapping[From, tuple[str, ...]] = {
            "nodes": nodes,
            "control planes": _own(control_planes(cluster)),
            "cluster": (*nodes, *network.pods),
            "peers": peers,
        }

    def iter_sets(self) -> Iterator[str]:
        """Give the sets that have an element."""
        for name, texts in self.sets.items():
            for version in (4, 6):
                if elements := of_family(texts, version):
                    word = f"{_set_name(name)}{version}"
                    yield f"\tset {word} {{"
                    yield f"\t\ttype ipv{version}_addr"
                    yield "\t\tflags interval"
                    yield "\t\tauto-merge"
                    yield f"\t\telements = {{ {', '.join(dict.fromkeys(elements))} }}"
                    yield "\t}"

    def iter_matches(self, source: From) -> Iterator[str]:
        """Give the beginning of a rule for each family that the source has addresses of."""
        if source == "anywhere":
            yield ""
            return
        for version, word in ((4, "ip"), (6, "ip6")):
            if of_family(self.sets[source], version):
                yield f"{word} saddr @{_set_name(source)}{version} "


def _own(nodes: tuple[NodeFacts, ...]) -> tuple[str, ...]:
    return tuple(text for node in nodes for text in (node.address, node.secondary_address) if text)


def _host(text: str) -> str | None:
    """Take the port off a peer's address; nothing where what is left is none, which a rule tells."""
    if is_address(text):
        return text
    host = text.rpartition(":")[0].strip("[]")
    return host if is_address(host) else None


def _set_name(source: From) -> str:
    return source.replace(" ", "_")


def _render(ports: list[Port], addresses: _Addresses, cluster: Cluster) -> str:
    return render_lines(
        "#!/usr/sbin/nft -f",
        "# The ports that this cluster needs, and no others. Other tables, such as kube-proxy's, are left alone.",
        f"table {TABLE}",
        f"delete table {TABLE}",
        f"table {TABLE} {{",
        *addresses.iter_sets(),
        "\tchain untracked {",
        "\t\ttype filter hook prerouting priority raw; policy accept;",
        "\t\t# Tracked neighbour discovery was dropped as invalid, and nodes lost each other.",
        f"\t\ticmpv6 type {{ {_NEIGHBOURS} }} notrack",
        "\t}",
        "\tchain input {",
        "\t\ttype filter hook input priority filter; policy drop;",
        '\t\tiifname "lo" accept',
        f"\t\ticmpv6 type {{ {_ICMPV6} }} accept",
        f"\t\ticmp type {{ {_ICMP} }} accept",
        "\t\tct state established,related accept",
        "\t\tct state invalid drop",
        '\t\tudp sport 67 udp dport 68 accept comment "DHCP"',
        '\t\tip6 saddr fe80::/10 udp sport 547 udp dport 546 accept comment "DHCPv6"',
        *(f"\t\t{line}" for port in ports for line in _iter_rules(port, addresses)),
        *(f"\t\t{line}" for line in _iter_ipvs(cluster)),
        "\t}",
        "}",
    )


def _iter_rules(port: Port, addresses: _Addresses) -> Iterator[str]:
    what = f"meta l4proto {port.number}" if port.protocol == "ip" else f"{port.protocol} dport {port.number}"
    for match in addresses.iter_matches(port.source):
        yield f'{match}{what} accept comment "{port.what}"'


def _iter_ipvs(cluster: Cluster) -> Iterator[str]:
    """In mode ipvs packets for Services come to the host itself before they are sent on."""
    network = cluster.settings.network
    if network.kube_proxy.mode is KubeProxyMode.IPVS:
        for version, word in ((4, "ip"), (6, "ip6")):
            ranges = [text for text in (*network.services, *network.load_balancers) if (":" in text) == (version == 6)]
            if ranges:
                yield f'{word} daddr {{ {", ".join(ranges)} }} accept comment "Services, which ipvs sends on"'
