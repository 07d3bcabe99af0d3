"""The objects of Calico's applications."""

from __future__ import annotations

from trimtab.catalogue.argocd_names import HOOK
from trimtab.components.calico.bgp import (
    iter_load_balancer_pools,
    iter_password_rights,
    plan_bgp_configuration,
    plan_peer,
)
from trimtab.components.calico.installation import (
    METRICS_REASONS,
    REASONS,
    iter_watchers,
    plan_api_server,
    plan_installation,
)
from trimtab.components.calico.offers import CONFIG, INSTALLATION, OPERATOR, wanted_namespace
from trimtab.components.calico.settings import Settings
from trimtab.components.calico.uninstall_job import REASON, plan_disarmed_job
from trimtab.components.releases import wanted_delivery
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector
from trimtab.settings.component import Delivery

_ORIGIN = ("components.calico",)


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the objects of one application; the CRDs' has none of ours."""
    if application == OPERATOR and wanted_delivery(settings, facts.cluster) is Delivery.VALUES:
        job = plan_disarmed_job(wanted_namespace(settings))
        hook = ("metadata", "annotations", HOOK)
        manifests.add(job, origin=_ORIGIN, reasons={hook: REASON, ("spec", "suspend"): REASON})
    elif application == INSTALLATION:
        _build_installation(manifests, settings, facts)
    elif application == CONFIG:
        _build_config(manifests, settings, facts)


def _build_installation(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    origin = (*_ORIGIN, "network", "nodes", "kubernetes")
    is_watched = facts.has(MonitorSelector)
    installation = plan_installation(settings, facts.cluster, is_watched=is_watched)
    manifests.add(installation, origin=origin, reasons={**REASONS, **METRICS_REASONS} if is_watched else REASONS)
    manifests.add(plan_api_server(settings), origin=_ORIGIN)
    for watcher in iter_watchers(settings):
        manifests.add(watcher, origin=_ORIGIN)


def _build_config(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    if settings.bgp is None:
        return
    origin = ("components.calico.bgp", "network")
    manifests.add(plan_bgp_configuration(settings.bgp, facts.cluster), origin=origin)
    for name, peer in sorted(settings.bgp.peers.items()):
        manifests.add(plan_peer(name, peer), origin=(f"components.calico.bgp.peers.{name}",))
    for right in iter_password_rights(settings.bgp):
        manifests.add(right, origin=("components.calico.bgp.peers",))
    for pool in iter_load_balancer_pools(settings, facts.cluster):
        manifests.add(pool, origin=("network.loadBalancers", "components.calico.bgp.advertise"))
