"""How the outside gets in: the families of a Service with an outer address, and the address that Ingresses show."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal

from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool

Exposure = Literal["LoadBalancer", "HostPort", "NodePort"]
"""The ways in: an address of its own, ports 80 and 443 of every node, or high ports of every node."""


def plan_outer_families(facts: Facts) -> tuple[str, ...]:
    """Give the families in which a Service of type LoadBalancer can get an address, the cluster's first one first.

    All of the cluster's where nothing is known of the addresses.
    """
    given = {family for pool in facts.iter_offers(AddressPool) for family in pool.families}
    both = tuple(family for family in facts.cluster.ip_families if family in given)
    return both or facts.cluster.ip_families


def plan_family_policy(families: tuple[str, ...]) -> str:
    """Give the `ipFamilyPolicy` of a Service with these families."""
    return "PreferDualStack" if len(families) > 1 else "SingleStack"


def plan_published_address(cluster: Cluster, given: str | None) -> str | None:
    """Give the address that Ingresses show where no Service of type LoadBalancer has one.

    Args:
        cluster: The cluster.
        given: What the settings say.

    Returns:
        That, else the address of the first node that takes pods; nothing where neither is known.
    """
    nodes = (node.address for node in cluster.schedulable_nodes if node.address)
    return given or next(nodes, None)


def is_ip_address(text: str) -> bool:
    """Say whether an address is numbers and not a host name."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
