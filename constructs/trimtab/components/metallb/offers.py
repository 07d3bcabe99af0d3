"""What MetalLB brings: addresses for Services of type LoadBalancer."""

from __future__ import annotations

from trimtab.components.metallb.settings import Settings
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool, ApiGroup, Controller, Need, Offer, PodNetwork
from trimtab.plan.ranges import range_families

CONTROLLER = "metallb"
POOLS = "metallb-pools"
NAMESPACE = "metallb-system"
GROUP = "metallb.io"


def offers(_settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group, and the addresses once the pools are there."""
    return (
        ApiGroup(by=CONTROLLER, name=GROUP),
        Controller(by=CONTROLLER, name=GROUP),
        AddressPool(by=POOLS, families=range_families(cluster.settings.network.load_balancers)),
    )


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
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
            needs=(Need(offer=PodNetwork),),
            ignored=(
                Ignored(
                    group="apiextensions.k8s.io",
                    kind="CustomResourceDefinition",
                    json_pointers=("/spec/conversion/webhook/clientConfig/caBundle",),
                ),
                Ignored(
                    group="admissionregistration.k8s.io",
                    kind="ValidatingWebhookConfiguration",
                    jq_path_expressions=(".webhooks[]?.clientConfig.caBundle",),
                ),
            ),
            origins=("components.metallb",),
        ),
        Application(
            name=POOLS,
            component="metallb",
            namespace=namespace,
            creates_namespace=False,
            needs=(Need(offer=Controller, name=GROUP),),
            origins=("components.metallb", "network.loadBalancers"),
        ),
    )
