"""What MetalLB brings: addresses for Services of type LoadBalancer."""

from __future__ import annotations

from trimtab.components.metallb.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.kube.webhooks import ignore_authority
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool, ApiGroup, Controller, Need, Offer, PodNetwork

CONTROLLER = "metallb"
POOLS = "metallb-pools"
NAMESPACE = "metallb-system"
GROUP = "metallb.io"


def offers(_settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group, its controller, and the addresses, where the network sets some aside."""
    ranges = cluster.settings.network.load_balancers
    # By a look at the text alone: a range that is none is told by a rule, which runs later.
    families = frozenset("IPv6" if ":" in text else "IPv4" for text in ranges)
    return (
        ApiGroup(by=CONTROLLER, name=GROUP),
        Controller(by=CONTROLLER, name=GROUP),
        *((AddressPool(by=POOLS, families=families),) if ranges else ()),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the controller, and the pools in a later wave: the webhook that checks them must run first.

    The speaker uses the host's network and raw sockets, which the privileged level allows (metallb v0.16.1
    website/content/installation/_index.md).
    """
    namespace = settings.namespace or NAMESPACE
    return (
        Application(
            name=CONTROLLER,
            component="metallb",
            namespace=namespace,
            pod_security="privileged",
            needs=(Need(offer=PodNetwork), Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True)),
            ignored=(
                Ignored(
                    group="apiextensions.k8s.io",
                    kind="CustomResourceDefinition",
                    json_pointers=("/spec/conversion/webhook/clientConfig/caBundle",),
                ),
                ignore_authority(),
            ),
            origins=("components.metallb",),
        ),
        Application(
            name=POOLS,
            component="metallb",
            namespace=namespace,
            creates_namespace=False,
            needs=(Need(offer=Controller, name=GROUP), *_missing_addresses(facts)),
            origins=("components.metallb", "network.loadBalancers"),
        ),
    )


def _missing_addresses(facts: Facts) -> tuple[Need, ...]:
    """Give a need that nobody meets where there are no ranges, so that `load-balancer-without-address` says it."""
    if facts.cluster.settings.network.load_balancers:
        return ()
    return (Need(offer=AddressPool, name="network.loadBalancers", path=("components", "metallb")),)
