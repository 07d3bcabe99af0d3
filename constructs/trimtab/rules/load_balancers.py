"""Rules on the addresses of Services of type LoadBalancer."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.given import KUBERNETES
from trimtab.plan.offers import AddressPool
from trimtab.plan.ranges import Bounds, range_bounds
from trimtab.rules.rule import Problem, Rule, Subject

IpAddress = IPv4Address | IPv6Address

_RANGES: Path = ("network", "loadBalancers")


def _ranges(subject: Subject) -> Iterator[tuple[Path, str, Bounds]]:
    for position, text in enumerate(subject.cluster.settings.network.load_balancers):
        try:
            yield (*_RANGES, position), text, range_bounds(text)
        except ValueError:
            continue  # `not-a-range` says it


def check_load_balancer_family(subject: Subject) -> Iterator[Problem]:
    """Find ranges of a family that Services of this cluster do not have."""
    families = subject.cluster.ip_families
    for path, text, (first, _) in _ranges(subject):
        if f"IPv{first.version}" not in families:
            yield Problem(
                path=path,
                message=f"{text} is IPv{first.version}, and Services here have {' and '.join(families)}",
                help="give a range of the Services' family, or add the family to network.pods and network.services",
                related=((("network", "services"), "the ranges of Services"),),
            )


def check_load_balancer_takes_node_address(subject: Subject) -> Iterator[Problem]:
    """Find addresses of nodes, or of the control plane's endpoint, among those for load balancers."""
    for path, text, (first, last) in _ranges(subject):
        for owner, address, where in _taken(subject):
            if address.version == first.version and int(first) <= int(address) <= int(last):
                yield Problem(
                    path=path,
                    message=f"{text} holds {address}, which is the address of {owner}",
                    help="leave it out of the range",
                    related=((where, "its address"),),
                )


def _taken(subject: Subject) -> Iterator[tuple[str, IpAddress, Path]]:
    """Give every address that a machine answers for: its owner, the address, where it is set."""
    settings = subject.cluster.settings
    texts: list[tuple[str, str | None, Path]] = []
    for name, node in settings.nodes.items():
        texts.append((f"node {name}", node.address, ("nodes", name, "address")))
        texts.append((f"node {name}", node.secondary_address, ("nodes", name, "secondaryAddress")))
    host = (settings.kubernetes.endpoint or "").rpartition(":")[0].strip("[]")
    texts.append(("the control plane's endpoint", host, ("kubernetes", "endpoint")))
    for owner, text, where in texts:
        try:
            yield owner, ip_address(text or ""), where
        except ValueError:
            continue  # a host name, or `node-address-ambiguous` says it


def check_two_load_balancers(subject: Subject) -> Iterator[Problem]:
    """Find two that would both give Services their addresses."""
    components = {application.name: application.component for application in subject.applications}
    givers = sorted({components.get(offer.by, offer.by) for offer in subject.facts.iter_offers(AddressPool)})
    if KUBERNETES in givers:
        distribution = subject.cluster.settings.kubernetes.distribution
        for name in givers:
            if name != KUBERNETES:
                yield Problem(
                    path=("components", name),
                    on_key=True,
                    message=f"{distribution} brings a load balancer, and {name} would answer for the same Services",
                    help="switch that one off (k3s: --disable=servicelb), then leave it out of kubernetes.provides",
                    related=((("kubernetes", "provides"), "what the distribution brings"),),
                )
    elif len(givers) > 1:
        yield Problem(
            path=("components", givers[1]),
            on_key=True,
            message=f"{givers[0]} and {givers[1]} both give Services the addresses of network.loadBalancers",
            help=f"remove components.{givers[1]}, or let {givers[0]} announce no load balancers",
            related=((("components", givers[0]), "the other one"),),
        )


RULES = (
    Rule(
        code="load-balancer-family",
        severity=Severity.ERROR,
        meaning="Addresses for load balancers are of a family that Services do not have.",
        why="A Service only has the families of the Service ranges (Kubernetes documentation, IPv4/IPv6 dual-stack): no"
        " Service can ever take such an address.",
        cure="Give a range of a family that `network.services` has, or add that family to `network.pods` and "
        "`network.services`.",
        check=check_load_balancer_family,
    ),
    Rule(
        code="load-balancer-takes-node-address",
        severity=Severity.ERROR,
        soft=True,
        meaning="A load balancer may be given the address of a node.",
        why="Two machines then answer for one address. MetalLB refused such pools in 0.15.0 only (metallb v0.16.1"
        " website/content/release-notes/_index.md:94,117).",
        cure="Take the node's address out of the range in `network.loadBalancers`.",
        check=check_load_balancer_takes_node_address,
    ),
    Rule(
        code="two-load-balancers",
        severity=Severity.ERROR,
        soft=True,
        meaning="Two controllers give addresses to the same Services.",
        why="Each writes the status of every Service of type LoadBalancer, and they undo each other (k3s documentation,"
        " networking services, ServiceLB).",
        cure="Switch one of them off (k3s: --disable=servicelb), and take it out of `kubernetes.provides`; or leave "
        "the component out.",
        check=check_two_load_balancers,
    ),
)
