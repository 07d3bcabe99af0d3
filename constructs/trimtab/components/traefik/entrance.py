"""How the outside reaches Traefik: what kind of Service, how many pods, and the address that Ingresses show."""

from __future__ import annotations

from trimtab.components.traefik.offers import GATEWAY_GROUP
from trimtab.components.traefik.settings import Settings
from trimtab.kube.entrance import is_ip_address, plan_family_policy, plan_outer_families, plan_published_address
from trimtab.kube.release import Values, merge_values
from trimtab.kube.scheduling import plan_replicas
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup

_REPLICAS = 2


def plan_entrance(settings: Settings, facts: Facts) -> Values:
    """Give the values that follow from `expose`."""
    if settings.expose == "LoadBalancer":
        return {"service": {"spec": _load_balancer(facts)}, **_deployment(settings, facts)}
    shown = _shown_address(settings, facts)
    if settings.expose == "NodePort":
        return {"service": {"spec": {"type": "NodePort", **_families(facts)}}, **_deployment(settings, facts), **shown}
    return merge_values(shown, _host_ports(facts))


def _load_balancer(facts: Facts) -> Values:
    if not facts.cluster.is_dual_stack:
        return {"type": "LoadBalancer"}
    families = plan_outer_families(facts)
    return {"type": "LoadBalancer", "ipFamilyPolicy": plan_family_policy(families), "ipFamilies": list(families)}


def _families(facts: Facts) -> Values:
    return {"ipFamilyPolicy": facts.cluster.ip_family_policy} if facts.cluster.is_dual_stack else {}


def _host_ports(facts: Facts) -> Values:
    """One pod a node; the old one must let go of the ports before the new one can have them."""
    return {
        "deployment": {"kind": "DaemonSet"},
        "updateStrategy": {"rollingUpdate": {"maxUnavailable": 1, "maxSurge": 0}},
        "service": {"spec": {"type": "ClusterIP", **_families(facts)}},
        "ports": {"web": {"hostPort": 80}, "websecure": {"hostPort": 443}},
    }


def _deployment(settings: Settings, facts: Facts) -> Values:
    replicas = settings.replicas or plan_replicas(facts.cluster, _REPLICAS)
    values: Values = {"deployment": {"replicas": replicas}}
    if replicas > 1:
        values["podDisruptionBudget"] = {"enabled": True, "maxUnavailable": 1}
    return values


def _shown_address(settings: Settings, facts: Facts) -> Values:
    """Give Ingresses and Gateways an address: their own Service has none that leads in from the outside."""
    address = plan_published_address(facts.cluster, settings.published_address)
    if address is None:
        return {}
    shown = {"ip": address} if is_ip_address(address) else {"hostname": address}
    providers: Values = {"kubernetesIngress": {"publishedService": {"enabled": False}, "ingressEndpoint": shown}}
    if facts.has(ApiGroup, GATEWAY_GROUP):
        providers["kubernetesGateway"] = {"statusAddress": {**shown, "service": {"enabled": False}}}
    return {"providers": providers}
