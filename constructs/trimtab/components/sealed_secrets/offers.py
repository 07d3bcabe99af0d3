"""What Sealed Secrets brings: somebody who opens SealedSecrets."""

from __future__ import annotations

from trimtab.components.sealed_secrets.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, Need, Offer, PodNetwork

APPLICATION = "sealed-secrets"
NAMESPACE = "kube-system"
CONTROLLER_NAME = "sealed-secrets-controller"
"""Where `kubeseal` looks for the controller unless told otherwise (sealed-secrets v0.36.6 README.md, Helm Chart)."""
GROUP = "bitnami.com"


def offers(_settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group and its controller."""
    return (ApiGroup(by=APPLICATION, name=GROUP), Controller(by=APPLICATION, name=GROUP))


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the one application.

    Its objects stay when its Application goes: without the CRD every SealedSecret is deleted, and every Secret with it.
    """
    namespace = settings.namespace or NAMESPACE
    return (
        Application(
            name=APPLICATION,
            component="sealed-secrets",
            namespace=namespace,
            # The chart asks for no seccomp profile, which "restricted" wants.
            pod_security="baseline",
            creates_namespace=namespace != NAMESPACE,
            needs=(Need(offer=PodNetwork), Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True)),
            keeps_on_delete=True,
            origins=("components.sealed-secrets",),
        ),
    )
