"""What the Gateway API brings: the kinds Gateway, HTTPRoute and their relatives."""

from __future__ import annotations

from trimtab.components.gateway_api.settings import Settings
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Offer

APPLICATION = "gateway-api"
GROUP = "gateway.networking.k8s.io"
NAMESPACE = "default"
"""There in every cluster, and allowing it gives away less than allowing `kube-system`."""


def offers(_settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group."""
    return (ApiGroup(by=APPLICATION, name=GROUP),)


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the one application: CRDs alone, so that nothing has to run before them.

    Its objects stay when it goes: deleting a CRD deletes every Gateway and route in the cluster. Both releases bring a
    policy that refuses older CRDs of the group, so exactly one application may own them, and there is no way back
    (gateway-api v1.6.1 config/crd/standard/gateway.networking.k8s.io_vap_safeupgrades.yaml).
    """
    return (
        Application(
            name=APPLICATION,
            component="gateway-api",
            # Nothing of it lies in a namespace, yet an Application must name one that its project allows.
            namespace=settings.namespace or NAMESPACE,
            creates_namespace=False,
            keeps_on_delete=True,
            origins=("components.gateway-api",),
        ),
    )
