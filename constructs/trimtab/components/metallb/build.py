"""MetalLB's pool of addresses and how it is announced."""

from __future__ import annotations

from trimtab.components.metallb.offers import NAMESPACE, POOLS
from trimtab.components.metallb.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.facts import Facts

API_VERSION = "metallb.io/v1beta1"
POOL = "default"


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the pool and its announcement to `metallb-pools`; one pool may mix families and ways to write a range."""
    ranges = facts.cluster.settings.network.load_balancers
    if application != POOLS or not ranges:
        return
    namespace = settings.namespace or NAMESPACE
    pool = {"addresses": list(ranges)}
    manifests.add(
        plan_object(API_VERSION, "IPAddressPool", POOL, namespace=namespace, spec=pool),
        origin=("network.loadBalancers", "components.metallb"),
        reasons={("spec", "addresses"): "the addresses are those of network.loadBalancers"},
    )
    # Without an announcement addresses are given out and nobody answers for them.
    announced = without_nothing({"ipAddressPools": [POOL], "interfaces": list(settings.interfaces) or None})
    manifests.add(
        plan_object(API_VERSION, "L2Advertisement", POOL, namespace=namespace, spec=announced),
        origin=("components.metallb",),
    )
