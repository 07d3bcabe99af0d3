"""Rules on machines: their addresses, who takes pods, who is asked for the API."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.ranges import is_address
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.kubernetes import Distribution

_WITH_ETCD = frozenset({Distribution.KUBEADM, Distribution.KUBESPRAY, Distribution.RKE2, Distribution.K0S})
"""Distributions that run etcd on every control plane: the first two by the files written here, the others by default
(docs.rke2.io, high availability; docs.k0sproject.io, control plane high availability)."""


def _addresses(subject: Subject) -> Iterator[tuple[str, Path, str]]:
    for name, node in subject.cluster.settings.nodes.items():
        for key, text in (("address", node.address), ("secondaryAddress", node.secondary_address)):
            if text is not None:
                yield name, ("nodes", name, key), text


def _others(subject: Subject) -> Iterator[tuple[Path, str]]:
    settings = subject.cluster.settings
    for position, text in enumerate(settings.network.nameservers):
        yield ("network", "nameservers", position), text
    if settings.kubernetes.endpoint_address is not None:
        yield ("kubernetes", "endpointAddress"), settings.kubernetes.endpoint_address


def check_not_an_address(subject: Subject) -> Iterator[Problem]:
    """Find texts that look like an address and are none."""
    for path, text in (*((path, text) for _, path, text in _addresses(subject)), *_others(subject)):
        if not is_address(text):
            yield Problem(path=path, message=f"{text} is no IP address", help="write 2001:db8::11 or 10.0.0.11")


def check_node_address_ambiguous(subject: Subject) -> Iterator[Problem]:
    """Find nodes whose address lies where a pod's or a Service's would, or outside the nodes' ranges."""
    network = subject.cluster.settings.network
    for _, path, text in _addresses(subject):
        address = ip_address(text)
        for what, ranges in (("pods", network.pods), ("Services", network.services)):
            for taken in (taken for taken in ranges if address in ip_network(taken, strict=False)):
                message = f"{address} lies in {taken}, where {what} have theirs"
                yield Problem(path=path, message=message, help="give the address of the node's own interface")
        known = [one for one in map(_network, network.nodes) if one.version == address.version]
        if known and not any(address in one for one in known):
            yield Problem(
                path=path,
                message=f"{address} lies in none of the nodes' ranges",
                help="correct the address, or add its range to network.nodes",
                related=((("network", "nodes"), "the nodes' ranges"),),
            )


def _network(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - typeshed has no name for either family's network
    return ip_network(text, strict=False)


def check_node_address_twice(subject: Subject) -> Iterator[Problem]:
    """Find two nodes with one address."""
    seen: dict[object, tuple[str, Path]] = {}
    for name, path, text in _addresses(subject):
        first, first_path = seen.setdefault(ip_address(text), (name, path))
        if first_path != path:
            yield Problem(
                path=path,
                message=f"{name} and {first} have the same address" if name != first else f"{name} has {text} twice",
                help="look which of the two is right: `ip address` on the node shows it",
                related=((first_path, "the other one"),),
            )


def check_control_plane_without_endpoint(subject: Subject) -> Iterator[Problem]:
    """Find several control planes of kubeadm's that have no endpoint in common."""
    kubernetes = subject.cluster.settings.kubernetes
    planes = [node.name for node in subject.cluster.nodes if node.is_control_plane]
    if len(planes) > 1 and kubernetes.endpoint is None and kubernetes.distribution is Distribution.KUBEADM:
        yield Problem(
            path=("kubernetes",),
            on_key=True,
            message=f"{len(planes)} control-plane nodes have no endpoint in common",
            help="set kubernetes.endpoint to a host:port that leads to all of them",
        )


def check_even_control_planes(subject: Subject) -> Iterator[Problem]:
    """Find an even number of control planes that all run etcd."""
    settings = subject.cluster.settings
    members = sum(node.is_control_plane for node in subject.cluster.nodes)
    if members and members % 2 == 0 and settings.kubernetes.distribution in _WITH_ETCD:
        odd = members - 1
        yield Problem(
            path=("nodes",) if settings.nodes else ("nodeCount", "controlPlane"),
            on_key=bool(settings.nodes),
            message=f"etcd on {members} control planes survives the loss of {odd // 2 or 'none'}, just as on {odd}",
            help=f"take {members + 1} control planes, or {odd}",
        )


def check_nothing_schedulable(subject: Subject) -> Iterator[Problem]:
    """Find clusters in which no node takes a pod."""
    if subject.cluster.has_nodes and not subject.cluster.schedulable_nodes:
        yield Problem(
            path=("nodes",),
            on_key=True,
            message="no node takes an ordinary pod: all have a taint",
            help="set schedulable: true on the control-plane nodes, add a worker, or remove a taint",
        )


RULES = (
    Rule(
        code="not-an-address",
        severity=Severity.ERROR,
        meaning="An address of a node, a name server or the endpoint is none.",
        why="The kubelet refuses it as its node-ip, and nobody could reach the node by it.",
        cure="Write an address such as 2001:db8::11 or 10.0.0.11, with no length behind it.",
        check=check_not_an_address,
        early=True,
    ),
    Rule(
        code="node-address-ambiguous",
        severity=Severity.ERROR,
        meaning="A node's address lies in a range of pods or Services, or outside the nodes' ranges.",
        why="The kubelet or Calico picks an address that is not routed, and the node is there but reaches nobody.",
        cure="Write the address of the node's own interface, which `ip address` on it shows; where its network is "
        "missing, add it to `network.nodes`.",
        check=check_node_address_ambiguous,
    ),
    Rule(
        code="node-address-twice",
        severity=Severity.ERROR,
        meaning="One address is given twice.",
        why="Only one machine can answer by it; most often a line was copied and not finished.",
        cure="Look which of the two machines has it, `ip address` on each, and correct the other.",
        check=check_node_address_twice,
    ),
    Rule(
        code="control-plane-without-endpoint",
        severity=Severity.ERROR,
        meaning="Several control-plane nodes of kubeadm's have no endpoint in common.",
        why="kubeadm cannot add a second one without controlPlaneEndpoint, which cannot be set afterwards"
        " (kubeadm documentation, creating highly available clusters).",
        cure="Set `kubernetes.endpoint` to a host:port that leads to all control planes, before the first `kubeadm "
        "init`.",
        check=check_control_plane_without_endpoint,
    ),
    Rule(
        code="even-control-planes",
        severity=Severity.WARNING,
        meaning="The number of control planes, and so of members of etcd, is even.",
        why="etcd wants more than half of its members: the last one added raises that number, may fail itself, and lets"
        " no other one fail; with two the loss of either stops the cluster (etcd.io, FAQ, why an odd number of cluster"
        " members).",
        cure="Make another node a control plane, or take the role control-plane from one; while they join one by one,"
        " allow it with a reason.",
        check=check_even_control_planes,
    ),
    Rule(
        code="nothing-schedulable",
        severity=Severity.ERROR,
        meaning="Every node has a taint, so that ordinary pods wait for ever.",
        why="kubeadm taints control-plane nodes; a cluster of nothing else runs nothing.",
        cure="Set `schedulable: true` on the control-plane nodes, add a worker, or remove a taint.",
        check=check_nothing_schedulable,
    ),
)
