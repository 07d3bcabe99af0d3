"""Rules on BGP: numbers, peers, and whether the routes to pods reach anybody."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from trimtab.components.calico.peers import is_selecting, parse_peer, peer_family
from trimtab.components.calico.pools import family_of, wanted_encapsulation, wanted_nat
from trimtab.components.calico.settings import Bgp, Family, Settings
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject

CALICO: Path = ("components", "calico")
BGP: Path = (*CALICO, "bgp")

_LARGEST_AS_NUMBER = 2**31 - 1
"""What a CRD field of the format int32 holds: all releases in the catalogue (projectcalico/calico issue 13494)."""


def calico_of(subject: Subject) -> Iterator[Settings]:
    """Give Calico's settings, where the cluster has it."""
    settings = subject.components.get("calico")
    if isinstance(settings, Settings):
        yield settings


def is_readable(cidr: str) -> bool:
    """Say whether a range is one at all; what is none is told elsewhere."""
    try:
        ip_network(cidr, strict=False)
    except ValueError:
        return False
    return True


def _bgp_of(subject: Subject) -> Iterator[tuple[Settings, Bgp]]:
    return ((settings, settings.bgp) for settings in calico_of(subject) if settings.bgp is not None)


def _families(subject: Subject) -> dict[Family, str]:
    """Give the pod range of each family."""
    return {family_of(cidr): cidr for cidr in subject.cluster.settings.network.pods if is_readable(cidr)}


def check_as_number_out_of_range(subject: Subject) -> Iterator[Problem]:
    """Find numbers of autonomous systems that Calico's CRDs cannot hold."""
    for settings, bgp in _bgp_of(subject):
        release = wanted_release("calico", settings).version
        numbers = [((*BGP, "asNumber"), bgp.as_number)]
        numbers += [((*BGP, "peers", name, "asNumber"), peer.as_number) for name, peer in bgp.peers.items()]
        for path, number in numbers:
            if number > _LARGEST_AS_NUMBER:
                yield Problem(
                    path=path,
                    message=f"Calico {release} holds AS numbers up to {_LARGEST_AS_NUMBER}, not {number}",
                    help="take a private number between 64512 and 65534",
                )


def check_bgp_peer_address_form(subject: Subject) -> Iterator[Problem]:
    """Find addresses of peers that are none."""
    for _, bgp in _bgp_of(subject):
        for name, peer in bgp.peers.items():
            try:
                parse_peer(peer)
            except ValueError as error:
                yield Problem(
                    path=(*BGP, "peers", name, "address"),
                    message=f"'{peer.address}' is no address of a peer: {error}",
                    help="write 2001:db8::1, [2001:db8::1]:1179, 192.0.2.1 or 192.0.2.1:1179",
                )


def check_bgp_peer_of_other_family(subject: Subject) -> Iterator[Problem]:
    """Find peers of a family that the nodes do not speak BGP in."""
    families = _families(subject)
    for _, bgp in _bgp_of(subject):
        for name, peer in bgp.peers.items():
            family = peer_family(peer)
            if family is not None and family not in families:
                yield Problem(
                    path=(*BGP, "peers", name, "address"),
                    message=f"{peer.address} is {family}, and no pod of the cluster is",
                    help=f"give the router's {' or '.join(families)} address",
                    related=((("network", "pods"), "the pod ranges"),),
                )


def check_bgp_mesh_off_without_peers(subject: Subject) -> Iterator[Problem]:
    """Find nodes that speak to no other node and to no router."""
    for _, bgp in _bgp_of(subject):
        if bgp.node_to_node_mesh or subject.cluster.is_single_node:
            continue
        for family in _families(subject):
            lonely = _lonely(subject, bgp, family)
            if lonely is not None:
                yield Problem(
                    path=(*BGP, "nodeToNodeMesh"),
                    message=f"the mesh is off, and {lonely} has no {family} peer to learn other nodes' routes from",
                    help="add a peer without nodeSelector, or leave the mesh on",
                )


def _lonely(subject: Subject, bgp: Bgp, family: Family) -> str | None:
    """Name a node that no peer of a family speaks to; None where each has one."""
    peers = [peer for peer in bgp.peers.values() if peer_family(peer) == family]
    if not subject.cluster.has_nodes:
        return None if peers else "every node"
    for node in subject.cluster.nodes:
        labels = {"kubernetes.io/hostname": node.name, "kubernetes.io/arch": node.arch, **dict(node.labels)}
        if not any(is_selecting(peer.node_selector, labels) for peer in peers):
            return node.name
    return None


def check_bgp_without_peers(subject: Subject) -> Iterator[Problem]:
    """Find pods that leave under their own address while no router learns the way back."""
    for settings, bgp in _bgp_of(subject):
        spoken = {peer_family(peer) for peer in bgp.peers.values()}
        for family, cidr in _families(subject).items():
            unwrapped = wanted_encapsulation(settings) == "None"
            if unwrapped and family not in spoken and not wanted_nat(cidr, subject.cluster):
                yield Problem(
                    path=(*BGP, "peers") if bgp.peers else BGP,
                    message=f"no router outside learns the way to the pods of {cidr}: there is no {family} peer",
                    help="name the router as a peer; with routes that somebody wrote there by hand, allow this",
                )


def check_nothing_to_advertise(subject: Subject) -> Iterator[Problem]:
    """Find load-balancer ranges that are to be announced though there is none."""
    for _, bgp in _bgp_of(subject):
        if "loadBalancers" in bgp.advertise and not subject.cluster.settings.network.load_balancers:
            yield Problem(
                path=(*BGP, "advertise", bgp.advertise.index("loadBalancers")),
                message="there is no range of load balancers to announce",
                help="set network.loadBalancers",
            )


_VALIDATOR = "projectcalico/calico v3.32.1 libcalico-go/lib/validator/v3/validator.go"

RULES = (
    Rule(
        code="as-number-out-of-range",
        severity=Severity.ERROR,
        meaning="The number of an autonomous system is larger than Calico can store.",
        why="The CRDs give it the format int32, which leaves out all private 4-byte numbers; the API server refuses "
        "the object (projectcalico/calico issue 13494).",
        cure="Take a private number from 64512 to 65534, on the router too.",
        check=check_as_number_out_of_range,
    ),
    Rule(
        code="bgp-peer-address-form",
        severity=Severity.ERROR,
        meaning="The address of a BGP peer is none.",
        why=f"Calico's API server refuses it ({_VALIDATOR}:847-884).",
        cure="Write an address, with a port where it is not 179: 2001:db8::1, [2001:db8::1]:1179, 192.0.2.1 or "
        "192.0.2.1:1179.",
        check=check_bgp_peer_address_form,
    ),
    Rule(
        code="bgp-peer-of-other-family",
        severity=Severity.ERROR,
        soft=True,
        meaning="A BGP peer has an address of a family that the pods do not have.",
        why="Calico looks for a node's address in the families of its pools alone, and opens no session in the other "
        "(tigera/operator v1.42.3 pkg/controller/installation/core_controller.go, fillDefaults).",
        cure="Give the router's address of a family that `network.pods` has, or add the other family to the pods.",
        check=check_bgp_peer_of_other_family,
    ),
    Rule(
        code="bgp-mesh-off-without-peers",
        severity=Severity.ERROR,
        soft=True,
        meaning="The mesh between the nodes is off, and a node has no peer.",
        why="That node learns no route: its pods reach only each other (docs.tigera.io, configure BGP peering).",
        cure="Add a peer that each node has, one without `nodeSelector`, or leave the mesh on.",
        check=check_bgp_mesh_off_without_peers,
    ),
    Rule(
        code="bgp-without-peers",
        severity=Severity.WARNING,
        meaning="Pods leave under their own address, and no router is told the way back.",
        why="The nodes reach each other's pods by the mesh, and nobody outside does (docs.tigera.io, configure BGP "
        "peering).",
        cure="Name the router in `components.calico.bgp.peers`. Where somebody wrote the routes there by hand, allow "
        "this with that reason.",
        check=check_bgp_without_peers,
    ),
    Rule(
        code="nothing-to-advertise",
        severity=Severity.ERROR,
        soft=True,
        meaning="Load-balancer addresses are to be announced, and there are none.",
        why="A Service of type LoadBalancer would wait for an address for ever.",
        cure="Give a range in `network.loadBalancers`, or remove `advertise`.",
        check=check_nothing_to_advertise,
    ),
)
