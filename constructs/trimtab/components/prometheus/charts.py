"""Values of the chart kube-prometheus-stack: once with nothing but its CRDs, once without them."""

from __future__ import annotations

from trimtab.components.prometheus.control_plane import plan_control_plane
from trimtab.components.prometheus.names import CRDS, PROMETHEUS, wanted_namespace, wanted_release_name
from trimtab.components.prometheus.offers import CERTIFICATES
from trimtab.components.prometheus.settings import Settings
from trimtab.components.prometheus.workloads import (
    plan_alertmanager,
    plan_grafana,
    plan_kube_state_metrics,
    plan_node_exporter,
    plan_operator,
    plan_prometheus,
)
from trimtab.components.releases import wanted_release
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller

_PARTS = (
    "alertmanager",
    "grafana",
    "kubeStateMetrics",
    "kubernetesServiceMonitors",
    "nodeExporter",
    "prometheus",
    "prometheusOperator",
)
"""Everything that the chart renders beside its CRDs and its rules, by the switch of each."""

_FAMILIES = "the cluster has two families of addresses"
_SELECTOR = "the monitors of other applications do not carry this release's label"
_SLICES = "Endpoints are deprecated since Kubernetes 1.33"
_HIDDEN = "this distribution does not let it be scraped: the target would be down, and its alert would never end"
_HOOKS = "the webhook's certificate would come from Jobs that run at every sync; see cert-manager"
_FULL = "a full volume stops Prometheus; the oldest samples go before that"

_REASONS: dict[tuple[str, ...], str] = {
    **{
        ("prometheus", "prometheusSpec", f"{what}SelectorNilUsesHelmValues"): _SELECTOR
        for what in ("rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig")
    },
    ("prometheus", "prometheusSpec", "serviceDiscoveryRole"): _SLICES,
    ("prometheus", "prometheusSpec", "retentionSize"): _FULL,
    ("prometheus", "service", "ipDualStack"): _FAMILIES,
    ("alertmanager", "service", "ipDualStack"): _FAMILIES,
    ("alertmanager", "alertmanagerSpec", "useExistingSecret"): "no Secret comes from Git",
    ("grafana", "admin", "existingSecret"): "the chart would make a new password at every render",
    ("grafana", "deploymentStrategy"): "its volume can be mounted once; a rolling update would wait for ever",
    ("grafana", "service", "ipFamilyPolicy"): _FAMILIES,
    ("prometheusOperator", "admissionWebhooks", "enabled"): _HOOKS,
    ("prometheusOperator", "admissionWebhooks", "certManager", "enabled"): _HOOKS,
    ("prometheusOperator", "admissionWebhooks", "patch", "enabled"): _HOOKS,
    ("prometheusOperator", "admissionWebhooks", "failurePolicy"): "while it is down no rules could be synced",
    ("prometheusOperator", "tls", "enabled"): "its certificate comes with the webhook's; the pod would wait for it",
    ("prometheusOperator", "kubeletEndpointSliceEnabled"): _SLICES,
    ("prometheusOperator", "kubeletEndpointsEnabled"): _SLICES,
    ("prometheus-node-exporter", "hostRootFsMount", "mountPropagation"): (
        "without systemd the host's root is private, and containerd starts no pod that asks for its later mounts"
    ),
    ("prometheus-node-exporter", "tolerations"): "the chart tolerates no NoExecute taint",
    ("kubeControllerManager", "enabled"): _HIDDEN,
    ("kubeScheduler", "enabled"): _HIDDEN,
    ("kubeProxy", "enabled"): _HIDDEN,
    ("coreDns", "enabled"): _HIDDEN,
    ("kubeEtcd", "enabled"): _HIDDEN,
    ("kubeEtcd", "service", "enabled"): "etcd runs on the hosts: no pod is there to select, a ScrapeConfig names them",
    ("kubeEtcd", "serviceMonitor", "enabled"): "etcd runs on the hosts: a ScrapeConfig names them",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the two releases of the one chart. What we write is read alike by every version held."""
    release = wanted_release("prometheus", settings)
    pin = release.charts["main"]
    namespace = wanted_namespace(settings)
    bare = _plan_crds_only()
    values = _plan_stack(settings, facts, release.architectures)
    return {
        CRDS: ChartRelease(
            pin=pin,
            release_name=CRDS,
            namespace=namespace,
            values=bare,
            reasons={(part, key): "only the CRDs come with this release" for part, one in bare.items() for key in one},
            origins=("components.prometheus",),
        ),
        PROMETHEUS: ChartRelease(
            pin=pin,
            release_name=wanted_release_name(settings),
            namespace=namespace,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS,
            skip_crds=True,
            origins=("components.prometheus", "kubernetes.distribution", "nodes"),
        ),
    }


def _plan_crds_only() -> Values:
    return {**{part: {"enabled": False} for part in _PARTS}, "defaultRules": {"create": False}}


def _plan_stack(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    certificates = facts.has(Controller, CERTIFICATES)
    values: Values = {
        "prometheus": plan_prometheus(settings, facts, architectures),
        "alertmanager": plan_alertmanager(settings, facts, architectures),
        "grafana": plan_grafana(settings, facts, architectures),
        "prometheusOperator": plan_operator(settings, facts, architectures, has_certificates=certificates),
        "kube-state-metrics": plan_kube_state_metrics(settings, facts.cluster, architectures),
        "prometheus-node-exporter": plan_node_exporter(settings, facts.cluster),
        **plan_control_plane(facts.cluster),
    }
    return {key: value for key, value in values.items() if value}
