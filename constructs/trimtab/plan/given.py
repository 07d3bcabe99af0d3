"""What a cluster has before we bring anything: what its distribution installs."""

from __future__ import annotations

from trimtab.plan.cluster import POD_NETWORKS, Cluster
from trimtab.plan.offers import AddressPool, IngressClass, Offer, PodNetwork, StorageClass

PROVIDES = ("kubernetes", "provides")
"""The settings path that says what the distribution brings."""

KUBERNETES = "kubernetes"
"""The word that stands where an application's name would: the distribution brings it."""


def plan_given(cluster: Cluster) -> tuple[Offer, ...]:
    """Give what the distribution brings, as offers that no application has to wait for."""
    provides = set(cluster.provides)
    offers: list[Offer] = []
    if provides & POD_NETWORKS:
        offers.append(PodNetwork(by=KUBERNETES))
    if provides & {"metallb", "servicelb", "kube-vip"}:
        offers.append(AddressPool(by=KUBERNETES, families=frozenset(cluster.ip_families)))
    if "local-path" in provides:
        modes = frozenset({"ReadWriteOnce", "ReadWriteOncePod"})
        offers.append(StorageClass(by=KUBERNETES, name="local-path", access_modes=modes, default=True, path=PROVIDES))
    if "traefik" in provides:
        offers.append(IngressClass(by=KUBERNETES, name="traefik", default=True))
    return tuple(offers)
