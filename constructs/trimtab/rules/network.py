"""Rules on ranges: what is no range, what overlaps, what is too small."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from itertools import combinations

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.node_mask import MOST_BITS, plan_node_mask
from trimtab.plan.ranges import is_overlapping, is_range, range_size
from trimtab.rules.rule import Problem, Rule, Subject

_SMALLEST_SERVICE_RANGE = 10
"""Addresses that kubeadm wants at least (kubernetes cmd/kubeadm/app/constants, MinimumAddressesInServiceSubnet)."""

_WIDEST_SERVICE_RANGE = {4: 12, 6: 108}
"""Services have at most 20 bits (kubernetes cmd/kubeadm/app/constants, MaximumBitsForServiceSubnet)."""

_KEYS = (("pods", "pods"), ("services", "services"), ("nodes", "nodes"), ("load_balancers", "loadBalancers"))
_NAMES = {"pods": "pods", "services": "Services", "nodes": "nodes", "loadBalancers": "load balancers"}


def _ranges(subject: Subject) -> Iterator[tuple[Path, str]]:
    for name, key in _KEYS:
        for position, text in enumerate(getattr(subject.cluster.settings.network, name)):
            yield ("network", key, position), text


def check_not_a_range(subject: Subject) -> Iterator[Problem]:
    """Find texts that look like a range and are none, and ranges with bits set behind the prefix length."""
    for path, text in _ranges(subject):
        if not is_range(text):
            advice = "write 2001:db8::/64 or 10.0.0.0/16" + (" or 10.0.1.10-10.0.1.99" if "-" in text else "")
            yield Problem(path=path, message=f"{text} is no range of addresses", help=advice)
        elif "/" in text and (right := ip_network(text, strict=False))[0] != ip_address(text.split("/")[0]):
            yield Problem(path=path, message=f"{text} has bits set behind its prefix length", help=f"write {right}")


def check_overlapping_ranges(subject: Subject) -> Iterator[Problem]:
    """Find two ranges that share addresses; load balancers may take theirs from the nodes' range."""
    for (path, text), (other_path, other) in combinations(_ranges(subject), 2):
        inside = {path[1], other_path[1]} == {"nodes", "loadBalancers"}
        if is_overlapping(text, other) and not inside:
            one, two = (_NAMES[str(at[1])] for at in (path, other_path))
            yield Problem(
                path=other_path,
                message=f"{other} ({two}) and {text} ({one}) share addresses",
                help="give each a range of its own",
                related=((path, "the other range"),),
            )


def check_families_differ(subject: Subject) -> Iterator[Problem]:
    """Find pods and Services of different families, and two ranges of one family."""
    network = subject.cluster.settings.network
    found: dict[str, set[int]] = {}
    for key, ranges in (("pods", network.pods), ("services", network.services)):
        versions = [ip_network(text, strict=False).version for text in ranges]
        found[key] = set(versions)
        if len(found[key]) < len(versions):
            message = f"both ranges of {_NAMES[key]} are IPv{versions[0]}"
            yield Problem(path=("network", key), message=message, help="give one range, or one of each family")
    if found["pods"] != found["services"]:
        yield Problem(
            path=("network", "services"),
            message=f"pods have {_families(found['pods'])}, Services have {_families(found['services'])}",
            help="give both the same families",
            related=((("network", "pods"), "the ranges of pods"),),
        )


def _families(versions: set[int]) -> str:
    return " and ".join(f"IPv{version}" for version in sorted(versions))


def check_service_range_size(subject: Subject) -> Iterator[Problem]:
    """Find Service ranges that kubeadm refuses."""
    for position, text in enumerate(subject.cluster.settings.network.services):
        network = ip_network(text, strict=False)
        widest = _WIDEST_SERVICE_RANGE[network.version]
        path: Path = ("network", "services", position)
        if network.prefixlen < widest:
            message = f"{text} is too wide for Services: /{widest} is the widest that IPv{network.version} may have"
            yield Problem(path=path, message=message, help=f"write {network.network_address}/{widest}")
        elif range_size(text) < _SMALLEST_SERVICE_RANGE:
            message = f"{text} holds {range_size(text)} addresses, and Services need at least {_SMALLEST_SERVICE_RANGE}"
            yield Problem(path=path, message=message, help=f"take a /{network.max_prefixlen - 8} or wider")


def check_pod_range_too_small(subject: Subject) -> Iterator[Problem]:
    """Find pod ranges from which no block for each node can be cut."""
    count = max(1, len(subject.cluster.nodes))
    for position, text in enumerate(subject.cluster.settings.network.pods):
        if plan_node_mask(text, count) is None:
            each = "the one node" if count == 1 else f"each of {count} nodes"
            yield Problem(
                path=("network", "pods", position),
                message=f"{text} has no block of addresses for {each}",
                help=f"take a /{enough_for(text, count)} or wider;"
                f" a node's block is at most {MOST_BITS} bits longer than the range",
            )


def enough_for(text: str, nodes: int) -> int:
    """Give the prefix length that a pod range needs so that every node gets 256 addresses."""
    return ip_network(text, strict=False).max_prefixlen - 8 - (nodes - 1).bit_length()


_KUBEADM = "kubernetes cmd/kubeadm/app/apis/kubeadm/validation"

RULES = (
    Rule(
        code="not-a-range",
        severity=Severity.ERROR,
        meaning="A range of addresses is none, or has bits set behind its prefix length.",
        why="Kubernetes and Calico refuse it, or read another range than was meant.",
        cure="Write a network and its length with no bit set behind it: 2001:db8::/64 or 10.0.0.0/16. Load balancers "
        "take 10.0.1.10-10.0.1.99 too.",
        check=check_not_a_range,
        early=True,
    ),
    Rule(
        code="overlapping-ranges",
        severity=Severity.ERROR,
        meaning="Two ranges of pods, Services, nodes or load balancers share addresses.",
        why="Packets for one reach the other, or a router swallows them.",
        cure="Give each a range of its own that shares no address with another; private ones are 10.0.0.0/8, "
        "172.16.0.0/12, 192.168.0.0/16 and fd00::/8.",
        check=check_overlapping_ranges,
    ),
    Rule(
        code="families-differ",
        severity=Severity.ERROR,
        meaning="Pods and Services have different IP families, or two ranges of one family.",
        why=f"kubeadm refuses it ({_KUBEADM}, ValidateDualStack).",
        cure="Give `network.pods` and `network.services` one range each of the same families, in the same order.",
        check=check_families_differ,
    ),
    Rule(
        code="service-range-size",
        severity=Severity.ERROR,
        meaning="A Service range is too wide or too small.",
        why=f"kubeadm refuses more than 20 bits and fewer than 10 addresses ({_KUBEADM}, ValidateIPNetFromString).",
        cure="Take a range from /12 to /28 for IPv4, such as 10.96.0.0/12, or from /108 to /124 for IPv6.",
        check=check_service_range_size,
    ),
    Rule(
        code="pod-range-too-small",
        severity=Severity.ERROR,
        meaning="A pod range has no block for each node.",
        why="The controller manager cuts one block a node; a node without one starts no pod"
        " (kubernetes pkg/controller/nodeipam/ipam/cidrset).",
        cure="Widen `network.pods` so that each node gets a block: a /18 has room for 64 nodes with a /24 each. It "
        "cannot be changed once the cluster is made.",
        check=check_pod_range_too_small,
    ),
)
