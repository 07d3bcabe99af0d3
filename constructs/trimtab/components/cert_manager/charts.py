"""Values of the chart cert-manager."""

from __future__ import annotations

from typing import Any

from trimtab.components.cert_manager.nameservers import bracketed
from trimtab.components.cert_manager.offers import CONTROLLER, GATEWAY_GROUP, NAMESPACE
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.findings.path import get_value
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.release import (
    Adaptation,
    ChartRelease,
    Source,
    Values,
    adapt_values,
    drop_value,
    match_reasons,
    set_value,
)
from trimtab.kube.scheduling import plan_workload
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, MonitorSelector
from trimtab.plan.proxy import plan_proxy_environment

_CONFIG = {"apiVersion": "controller.config.cert-manager.io/v1alpha1", "kind": "ControllerConfiguration"}


def _old_gateway_switch(values: Values) -> Values:
    switch = get_value(values, ("config", "gatewayAPI", "enabled"))
    if switch is None:
        return values
    return set_value(drop_value(values, ("config", "gatewayAPI")), ("config", "enableGatewayAPI"), switch)


ADAPTATIONS = (
    Adaptation(
        below="v1.21.0",
        adapt=_old_gateway_switch,
        why="the Gateway switch moved to config.gatewayAPI.enabled; older controllers refuse to start with the new key",
        source="cert-manager v1.20.3 values.yaml:289; pkg/controller/configfile/configfile.go:39",
    ),
)

_SWITCH = "the switch must fit this version, else the controller does not start"

_REASONS = {
    ("crds", "enabled"): "without its CRDs no issuer can be applied; no other application brings them",
    ("crds", "keep"): "deleting the CRDs deletes every Certificate in the cluster",
    ("global", "leaderElection", "namespace"): "its own namespace: nothing of it needs a right in kube-system",
    ("startupapicheck", "enabled"): "the check is a Job that Argo CD runs after every sync and waits for",
    ("config", "gatewayAPI", "enabled"): _SWITCH,
    ("config", "enableGatewayAPI"): _SWITCH,
    ("podAnnotations", "trimtab.dev/gateway-api"): "the controller reads its configuration only when it starts",
    ("serviceIPFamilyPolicy",): "the cluster has two families of addresses",
    ("webhook", "serviceIPFamilyPolicy"): "the cluster has two families of addresses",
    ("prometheus", "servicemonitor", "labels"): "Prometheus picks up only what has these labels",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("cert-manager", settings)
    pin = release.charts["main"]
    namespace = settings.namespace or NAMESPACE
    values = adapt_values(_values(settings, facts, namespace, release.architectures), pin.version, ADAPTATIONS)
    return {
        CONTROLLER: ChartRelease(
            pin=pin,
            release_name=settings.release_name or "cert-manager",
            namespace=namespace,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.cert-manager",),
        )
    }


def _values(settings: Settings, facts: Facts, namespace: str, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    values: Values = {
        "crds": {"enabled": True, "keep": True},
        # Its own namespace instead of kube-system: nothing of ours then has rights there. Controller and cainjector
        # take both the flag and the place of their Roles from this value (templates rbac.yaml, cainjector-rbac.yaml).
        "global": {"leaderElection": {"namespace": namespace}},
        "startupapicheck": {"enabled": False},
        **plan_workload(cluster, architectures, settings.resources.get("controller")),
    }
    for name in ("webhook", "cainjector"):
        if workload := plan_workload(cluster, architectures, settings.resources.get(name)):
            values[name] = workload
    if cluster.is_dual_stack:
        values["serviceIPFamilyPolicy"] = cluster.ip_family_policy
        values = set_value(values, ("webhook", "serviceIPFamilyPolicy"), cluster.ip_family_policy)
    if settings.recursive_nameservers:
        values["dns01RecursiveNameservers"] = ",".join(bracketed(server) for server in settings.recursive_nameservers)
        values["dns01RecursiveNameserversOnly"] = True
    return {**values, **_proxy(cluster), **_gateway_api(facts), **_monitoring(facts)}


def _proxy(cluster: Cluster) -> Values:
    """The way to an authority outside; the chart has the same words as programs, in small letters."""
    return {name.lower(): value for name, value in plan_proxy_environment(cluster).items()}


def _gateway_api(facts: Facts) -> Values:
    if not facts.has(ApiGroup, GATEWAY_GROUP):
        return {}
    return {
        "config": {**_CONFIG, "gatewayAPI": {"enabled": True}},
        # The chart does not roll the pod when its configuration changes; a new annotation does.
        "podAnnotations": {"trimtab.dev/gateway-api": "enabled"},
    }


def _monitoring(facts: Facts) -> Values:
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    labels: dict[str, Any] = {"labels": dict(monitor.labels)} if monitor.labels else {}
    return {"prometheus": {"servicemonitor": {"enabled": True, **labels}}}
