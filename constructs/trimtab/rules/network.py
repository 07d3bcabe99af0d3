"""Rules on ranges, nodes' addresses, and what the distribution brings."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from itertools import combinations

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.cluster import POD_NETWORKS
from trimtab.plan.node_mask import MOST_BITS, plan_node_mask
from trimtab.plan.ranges import is_overlapping, range_bounds, range_size
from trimtab.rules.rule import Problem, Rule, Subject

_SMALLEST_SERVICE_RANGE = 10
"""Addresses that kubeadm wants at least (kubernetes cmd/kubeadm/app/constants, MinimumAddressesInServiceSubnet)."""

_WIDEST_SERVICE_RANGE = {4: 12, 6: 108}
"""The API server allocates at most 20 bits of Services (kubernetes cmd/kubeadm/app/constants, MaximumBitsForServiceSubnet)."""


def _ranges(subject: Subject) -> Iterator[tuple[Path, str]]:
    network = subject.cluster.settings.network
    for name, key in (("pods", "pods"), ("services", "services"), ("nodes", "nodes"), ("load_balancers", "loadBalancers")):
        for position, text in enumerate(getattr(network, name)):
            yield ("network", key, position), text


def _good_ranges(subject: Subject) -> Iterator[tuple[Path, str]]:
    return ((path, text) for path, text in _ranges(subject) if _is_range(text))


def _is_range(text: str) -> bool:
    try:
        range_bounds(text)
    except ValueError:
        return False
    return True


def check_not_a_range(subject: Subject) -> Iterator[Problem]:
    """Find texts that look like a range and are none, and ranges with bits set behind the mask."""
    for path, text in _ranges(subject):
        if not _is_range(text):
            yield Problem(path=path, message=f"{text} is no range of addresses", help="write 2001:db8::/64 or 10.0.0.0/16")
        elif "/" in text and str(ip_network(text, strict=False)[0]) != str(ip_address(text.split("/")[0])):
            right = ip_network(text, strict=False)
            yield Problem(path=path, message=f"{text} has bits set behind its prefix length", help=f"write {right}")


def check_overlapping_ranges(subject: Subject) -> Iterator[Problem]:
    """Find two ranges that share addresses."""
    for (path, text), (other_path, other) in combinations(_good_ranges(subject), 2):
        inside = {path[1], other_path[1]} == {"nodes", "loadBalancers"}
        if is_overlapping(text, other) and not inside:
            yield Problem(
                path=other_path,
                message=f"{other} ({other_path[1]}) and {text} ({path[1]}) overlap",
                help="give each a range of its own",
                related=((path, "the other range"),),
            )


def check_families_differ(subject: Subject) -> Iterator[Problem]:
    """Find pods and Services of different families, and two ranges of one family."""
    network = subject.cluster.settings.network
    for key, ranges in (("pods", network.pods), ("services", network.services)):
        families = [ip_network(text, strict=False).version for text in ranges if _is_range(text)]
        if len(set(families)) < len(families):
            message = f"both ranges of {key} are IPv{families[0]}"
            yield Problem(path=("network", key), message=message, help="give one range, or one a family")
    pods = {ip_network(text, strict=False).version for text in network.pods if _is_range(text)}
    services = {ip_network(text, strict=False).version for text in network.services if _is_range(text)}
    if pods != services:
        yield Problem(
            path=("network", "services"),
            message=f"pods have {_families(pods)}, Services have {_families(services)}",
            help="both need the same families",
            related=((("network", "pods"), "the pod ranges"),),
        )


def _families(versions: set[int]) -> str:
    return " and ".join(f"IPv{version}" for version in sorted(versions))


def check_service_range_size(subject: Subject) -> Iterator[Problem]:
    """Find Service ranges that kubeadm refuses."""
    for position, text in enumerate(subject.cluster.settings.network.services):
        if not _is_range(text):
            continue
        network = ip_network(text, strict=False)
        widest = _WIDEST_SERVICE_RANGE[network.version]
        path = ("network", "services", position)
        if network.prefixlen < widest:
            message = f"{text} is too wide for Services: at most /{widest} is allowed in IPv{network.version}"
            yield Problem(path=path, message=message, help=f"write {network.network_address}/{widest}")
        elif range_size(text) < _SMALLEST_SERVICE_RANGE:
            message = f"{text} holds {range_size(text)} addresses, and Services need at least {_SMALLEST_SERVICE_RANGE}"
            yield Problem(path=path, message=message, help=f"write a /{network.max_prefixlen - 8} or wider")


def check_pod_range_too_small(subject: Subject) -> Iterator[Problem]:
    """Find pod ranges from which no block for each node can be cut."""
    count = max(1, len(subject.cluster.nodes))
    for position, text in enumerate(subject.cluster.settings.network.pods):
        if _is_range(text) and plan_node_mask(text, count) is None:
            network = ip_network(text, strict=False)
            needed = network.max_prefixlen - 8 - (count - 1).bit_length()
            yield Problem(
                path=("network", "pods", position),
                message=f"{text} cannot give a block of addresses to each of {count} nodes",
                help=f"take a /{needed} or wider; a node's block is at most {MOST_BITS} bits longer than the range",
            )


def check_node_address_ambiguous(subject: Subject) -> Iterator[Problem]:
    """Find nodes whose address lies where a pod's or a Service's would, or outside the nodes' ranges."""
    network = subject.cluster.settings.network
    for name, node in subject.cluster.settings.nodes.items():
        path: Path = ("nodes", name, "address")
        try:
            address = ip_address(node.address)
        except ValueError:
            yield Problem(path=path, message=f"{node.address} is no IP address", help="write 2001:db8::11 or 10.0.0.11")
            continue
        for what, ranges in (("pod", network.pods), ("Service", network.services)):
            for text in ranges:
                if _is_range(text) and address in ip_network(text, strict=False):
                    yield Problem(path=path, message=f"{address} lies in the {what} range {text}", help="give the node's own")
        ranges = [ip_network(text, strict=False) for text in network.nodes if _is_range(text)]
        if ranges and not any(address in one for one in ranges):
            yield Problem(
                path=path,
                message=f"{address} lies in none of the nodes' ranges",
                help="correct the address, or add its range to network.nodes",
                related=((("network", "nodes"), "the nodes' ranges"),),
            )


def check_node_address_twice(subject: Subject) -> Iterator[Problem]:
    """Find two nodes with one address."""
    seen: dict[str, str] = {}
    for name, node in subject.cluster.settings.nodes.items():
        first = seen.setdefault(node.address.lower(), name)
        if first != name:
            yield Problem(
                path=("nodes", name, "address"),
                message=f"the nodes {first} and {name} have one address",
                related=((("nodes", first, "address"), "the other node"),),
            )


def check_control_plane_without_endpoint(subject: Subject) -> Iterator[Problem]:
    """Find several control planes that have no endpoint in common."""
    planes = [node.name for node in subject.cluster.nodes if node.is_control_plane]
    if len(planes) > 1 and subject.cluster.settings.kubernetes.endpoint is None:
        yield Problem(
            path=("kubernetes",),
            message=f"{len(planes)} control-plane nodes have no endpoint in common",
            help="set kubernetes.endpoint to an address that leads to all of them: host:port",
        )


def check_nothing_schedulable(subject: Subject) -> Iterator[Problem]:
    """Find clusters in which no node takes a pod."""
    if subject.cluster.has_nodes and not subject.cluster.schedulable_nodes:
        yield Problem(
            path=("nodes",),
            message="no node takes a pod that tolerates nothing",
            help="set schedulable: true on control-plane nodes, add a worker, or remove a taint",
        )


def check_installed_twice(subject: Subject) -> Iterator[Problem]:
    """Find components that the distribution installs already."""
    provided = set(subject.cluster.provides)
    for name in subject.components:
        networks = sorted(provided & POD_NETWORKS) if name == "calico" else []
        if name in provided or networks:
            brought = networks[0] if networks else name
            yield Problem(
                path=("components", name),
                on_key=True,
                message=f"{brought} comes with {subject.cluster.settings.kubernetes.distribution}, and {name} would be a second one",
                help=f"remove components.{name}, or take {brought} out of kubernetes.provides once it is switched off there",
                related=((("kubernetes", "provides"), "what the distribution brings"),),
            )


def check_kubelet_dir_mismatch(subject: Subject) -> Iterator[Problem]:
    """Find distributions whose kubelet directory is not known while something mounts volumes."""
    drivers = sorted({"rook", "csi-driver-nfs"} & set(subject.components))
    if drivers and subject.cluster.kubelet_dir is None:
        yield Problem(
            path=("kubernetes", "distribution"),
            message=f"where this distribution's kubelet keeps its state is not known, and {drivers[0]} must be told",
            help="set kubernetes.kubeletDir (the kubelet's --root-dir)",
        )


def check_load_balancer_strict_arp(subject: Subject) -> Iterator[Problem]:
    """Find ipvs, which is deprecated."""
    if subject.cluster.settings.network.kube_proxy.mode == "ipvs" and subject.cluster.kubernetes_minor >= (1, 35):
        yield Problem(
            path=("network", "kubeProxy", "mode"),
            message="kube-proxy's mode ipvs is deprecated since Kubernetes 1.35",
            help="plan the move to nftables; until then set strictARP: true in kube-proxy's settings where MetalLB is used",
        )


_KUBEADM = "kubernetes cmd/kubeadm/app/apis/kubeadm/validation"

RULES = (
    Rule(
        code="not-a-range",
        severity=Severity.ERROR,
        meaning="A range of addresses is none.",
        why="Kubernetes and Calico refuse it, or read another range than was meant.",
        check=check_not_a_range,
    ),
    Rule(
        code="overlapping-ranges",
        severity=Severity.ERROR,
        meaning="Two ranges of pods, Services, nodes or load balancers share addresses.",
        why="Packets to one reach the other, or a router swallows them.",
        check=check_overlapping_ranges,
    ),
    Rule(
        code="families-differ",
        severity=Severity.ERROR,
        meaning="Pods and Services have different IP families.",
        why=f"kubeadm refuses it ({_KUBEADM}, ValidateNetworking).",
        check=check_families_differ,
    ),
    Rule(
        code="service-range-size",
        severity=Severity.ERROR,
        meaning="A Service range is too wide or too small.",
        why=f"kubeadm refuses more than 20 bits and fewer than 10 addresses ({_KUBEADM}, ValidateIPNetFromString).",
        check=check_service_range_size,
    ),
    Rule(
        code="pod-range-too-small",
        severity=Severity.ERROR,
        meaning="A pod range has no block for each node.",
        why="The controller manager cuts one block a node; a node without one starts no pod"
        " (kubernetes pkg/controller/nodeipam/ipam/cidrset).",
        check=check_pod_range_too_small,
    ),
    Rule(
        code="node-address-ambiguous",
        severity=Severity.ERROR,
        meaning="A node's address lies in the pod or Service range, or outside the nodes' ranges.",
        why="The kubelet or Calico picks an address that is not routed, and the node is there but reaches nobody.",
        check=check_node_address_ambiguous,
    ),
    Rule(
        code="node-address-twice",
        severity=Severity.ERROR,
        meaning="Two nodes have one address.",
        why="One of them is a copy that was not finished.",
        check=check_node_address_twice,
    ),
    Rule(
        code="control-plane-without-endpoint",
        severity=Severity.ERROR,
        meaning="Several control-plane nodes have no endpoint in common.",
        why="kubeadm cannot add a second one without controlPlaneEndpoint (kubeadm documentation, high availability).",
        check=check_control_plane_without_endpoint,
    ),
    Rule(
        code="nothing-schedulable",
        severity=Severity.ERROR,
        meaning="Every node has a taint, so that ordinary pods wait for ever.",
        why="kubeadm taints control-plane nodes; a cluster of nothing else runs nothing.",
        check=check_nothing_schedulable,
    ),
    Rule(
        code="installed-twice-by-distribution",
        severity=Severity.ERROR,
        soft=True,
        meaning="A component is installed by the distribution already.",
        why="Two owners fight, and the next run of the distribution's installer puts the old one back.",
        check=check_installed_twice,
    ),
    Rule(
        code="kubelet-dir-mismatch",
        severity=Severity.ERROR,
        meaning="Nobody knows where the kubelet looks for volumes.",
        why="A driver that is installed elsewhere makes every mount time out.",
        check=check_kubelet_dir_mismatch,
    ),
    Rule(
        code="load-balancer-strict-arp",
        severity=Severity.WARNING,
        meaning="kube-proxy in mode ipvs answers for addresses that MetalLB announces, unless strictARP is set.",
        why="MetalLB's documentation, installation, preparation; Kubernetes 1.35 deprecates ipvs.",
        check=check_load_balancer_strict_arp,
    ),
)
