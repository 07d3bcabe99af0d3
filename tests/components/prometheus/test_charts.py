"""Values of the two releases of the chart."""

from __future__ import annotations

from typing import Any

import pytest

from prometheus_support.made import ALL, CERTIFICATES, GATEWAY, INGRESS, STORAGE, make_cluster, masters
from trimtab.findings.path import get_value
from trimtab.kube.argocd import SYNC_OPTIONS

HIDDEN = ("k3s", "k0s", "rke2", "microk8s", "other")


def test_crd_too_long_to_apply_crds_come_alone() -> None:
    """One release renders nothing but CRDs, the other none of them; both are the same chart and version."""
    made = make_cluster().charts
    assert {one["enabled"] for part, one in made["prometheus-crds"].values.items() if part != "defaultRules"} == {False}
    assert [one.skip_crds for one in made.values()] == [False, True]
    assert made["prometheus-crds"].pin == made["prometheus"].pin
    assert "ServerSideApply=true" in SYNC_OPTIONS


def test_monitor_dropped_silently_apis_are_told() -> None:
    """Argo CD is told the kinds, so that no subchart drops its monitors."""
    assert "monitoring.coreos.com/v1/ServiceMonitor" in make_cluster().charts["prometheus"].api_versions


@pytest.mark.parametrize("what", ["rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig"])
def test_monitors_of_others_are_taken(what: str) -> None:
    """By default the chart takes only what carries its own release's label."""
    assert make_cluster().value(f"prometheus.prometheusSpec.{what}SelectorNilUsesHelmValues") is False


@pytest.mark.parametrize("distribution", ["kubeadm", "kubespray"])
def test_targets_always_down_control_plane_is_watched(distribution: str) -> None:
    """Where the control plane is told to answer, it is scraped: alerts on quota and certificates need it."""
    made = make_cluster(distribution=distribution, nodes=masters("2001:db8::1"))
    for part in ("kubeControllerManager", "kubeScheduler", "kubeProxy"):
        assert made.value(f"{part}.enabled") is None
    assert made.value("kubeEtcd.enabled") is None


@pytest.mark.parametrize("distribution", HIDDEN)
def test_targets_always_down_off_where_hidden(distribution: str) -> None:
    """Where it answers on localhost only, or is one process, nothing is scraped and no alert cries for ever."""
    made = make_cluster(distribution=distribution)
    for part in ("kubeControllerManager", "kubeScheduler", "kubeProxy", "kubeEtcd"):
        assert made.value(f"{part}.enabled") is False


def test_targets_always_down_without_kube_proxy() -> None:
    """Where something else stands in for kube-proxy, it is not looked for."""
    kubernetes = {"version": "1.35", "provides": ["coredns"]}
    assert make_cluster(kubernetes=kubernetes).value("kubeProxy.enabled") is False


def test_etcd_on_hosts_is_no_endpoints_object() -> None:
    """Argo CD leaves Endpoints out, so the chart gets no addresses; its alerts on etcd stay on."""
    made = make_cluster(distribution="kubespray", nodes=masters("192.0.2.1"))
    assert made.value("kubeEtcd") == {"service": {"enabled": False}, "serviceMonitor": {"enabled": False}}
    assert make_cluster(distribution="kubespray").value("kubeEtcd") == {"enabled": False}


def test_random_password_in_chart_comes_from_a_secret() -> None:
    """With a Secret of its own Grafana renders the same each time."""
    assert make_cluster().value("grafana.admin.existingSecret") == "grafana-admin"
    named = make_cluster({"grafana": {"adminSecret": "mine"}})
    assert named.value("grafana.admin.existingSecret") == "mine"


def test_no_secret_is_rendered_for_alertmanager() -> None:
    """Its configuration is a Secret made outside Git, or the operator's own default."""
    assert make_cluster().value("alertmanager.alertmanagerSpec.useExistingSecret") is True
    named = make_cluster({"alertmanager": {"configSecret": "am"}})
    assert named.value("alertmanager.alertmanagerSpec.configSecret") == "am"


def test_webhook_certificate_comes_from_cert_manager_or_there_is_no_webhook() -> None:
    """Either way no Job that is a hook, and no Secret that the operator's pod would wait for."""
    with_it = make_cluster(brought=(STORAGE, *CERTIFICATES))
    assert with_it.value("prometheusOperator.admissionWebhooks.patch.enabled") is False
    assert with_it.value("prometheusOperator.admissionWebhooks.failurePolicy") == "Ignore"
    without = make_cluster()
    assert without.value("prometheusOperator.admissionWebhooks") == {"enabled": False}
    assert without.value("prometheusOperator.tls.enabled") is False


def test_grafana_can_be_left_out() -> None:
    """`grafana: false` is one line; `true` and nothing mean the same."""
    assert make_cluster({"grafana": False}).value("grafana") == {"enabled": False}
    assert make_cluster({"grafana": True}).value("grafana") == make_cluster().value("grafana")


def test_a_volume_of_grafanas_is_mounted_once() -> None:
    """The old pod goes before the new one comes."""
    made = make_cluster({"grafana": {"size": "1Gi"}, "storageClass": "slow"})
    assert made.value("grafana.persistence.storageClassName") == "slow"
    assert made.value("grafana.deploymentStrategy.type") == "Recreate"
    assert make_cluster().value("grafana.persistence") is None


def test_volumes_name_a_class_only_where_one_is_set() -> None:
    """The cluster's default class may change; a claim that names it could not follow."""
    path = "prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec"
    assert make_cluster().value(path) == {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "20Gi"}},
    }
    assert make_cluster({"storageClass": "slow"}).value(path)["storageClassName"] == "slow"


def test_pages_are_served_with_a_certificate_where_there_is_an_issuer() -> None:
    """Class, certificate and links follow from what the cluster has."""
    brought = (STORAGE, INGRESS, *CERTIFICATES)
    made = make_cluster({"host": "p.example.org"}, brought=brought, domain="example.org")
    ingress = made.value("prometheus.ingress")
    assert ingress["ingressClassName"] == "traefik"
    assert ingress["annotations"] == {"cert-manager.io/cluster-issuer": "letsencrypt"}
    assert ingress["tls"] == [{"secretName": "prometheus-tls", "hosts": ["p.example.org"]}]
    assert made.value("grafana")["grafana.ini"]["server"]["root_url"] == "https://grafana.example.org"
    plain = make_cluster({"grafana": {"host": "g.example.org"}}, brought=(STORAGE, INGRESS))
    assert "tls" not in plain.value("grafana.ingress")
    assert plain.value("grafana")["grafana.ini"]["server"]["root_url"] == "http://g.example.org"


def test_pages_through_a_gateway() -> None:
    """With a Gateway every page has a route and no Ingress, and links speak TLS: the Gateway holds the certificate."""
    hosts = {"host": "p.example.org", "alertmanager": {"host": "a.example.org"}}
    made = make_cluster({**hosts, "gateway": {**GATEWAY, "sectionName": "https"}}, brought=ALL, domain="c.example.org")
    parent = {"group": "gateway.networking.k8s.io", "kind": "Gateway", **GATEWAY, "sectionName": "https"}
    wanted = {"prometheus": "p.example.org", "alertmanager": "a.example.org", "grafana": "grafana.c.example.org"}
    for part, host in wanted.items():
        route = {"enabled": True, "hostnames": [host], "parentRefs": [parent]}
        assert (made.value(f"{part}.route.main"), made.value(f"{part}.ingress")) == (route, None)
    assert made.value("grafana")["grafana.ini"]["server"]["root_url"] == "https://grafana.c.example.org"


def test_without_a_way_in_there_is_no_page() -> None:
    """No host names, or no domain: neither routes nor Ingresses, whether or not a Gateway is named."""
    for settings in ({}, {"gateway": GATEWAY}):
        made = make_cluster(settings, brought=ALL)
        parts = ("prometheus", "alertmanager", "grafana")
        found = [made.value(f"{part}.{way}") for part in parts for way in ("route", "ingress")]
        assert found == [None] * 6


@pytest.mark.parametrize(("net", "families"), [("IPv4", None), ("IPv6", None), ("dual", ["IPv4", "IPv6"])])
def test_both_families_are_asked_for_where_there_are_two(net: str, families: Any) -> None:
    """On one family the API server chooses rightly by itself."""
    made = make_cluster(net=net)
    assert made.value("prometheus.service.ipDualStack.ipFamilies") == families
    assert made.value("alertmanager.service.ipDualStack.ipFamilies") == families
    assert made.value("grafana.service.ipFamilies") == families


@pytest.mark.parametrize(("nodes", "size", "count"), [(3, "medium", 2), (3, "small", None), (1, "medium", None)])
def test_one_replica_on_small_clusters(nodes: int, size: str, count: int | None) -> None:
    """Two are asked for: a small cluster, or one node, has one."""
    addresses = [f"2001:db8::{i}" for i in range(1, nodes + 1)]
    made = make_cluster({"replicas": 2}, size=size, nodes=masters(*addresses, schedulable=True))
    assert made.value("prometheus.prometheusSpec.replicas") == count


@pytest.mark.parametrize(
    ("architectures", "kept"), [(("amd64",), False), (("arm64",), False), (("amd64", "arm64", "arm"), True)]
)
def test_only_node_exporter_runs_on_32_bit_arm(architectures: tuple[str, ...], kept: bool) -> None:
    """Everything else is kept to 64 bit, where such a node is there."""
    nodes = {a: {"address": f"2001:db8::{i}", "arch": a} for i, a in enumerate(architectures, 1)}
    made = make_cluster(nodes=nodes)
    placed = ("prometheus.prometheusSpec", "alertmanager.alertmanagerSpec", "prometheusOperator", "grafana")
    for workload in (*placed, "kube-state-metrics"):
        assert (made.value(f"{workload}.affinity") is not None) == kept
    assert made.value("prometheus-node-exporter.affinity") is None


def test_node_exporter_reaches_every_node() -> None:
    """The chart tolerates NoSchedule itself; other taints are added where there are any."""
    tainted = make_cluster(nodes=masters("2001:db8::1", taints=["a=b:NoExecute"]))
    assert tainted.value("prometheus-node-exporter.tolerations") == [{"operator": "Exists"}]
    assert make_cluster(nodes=masters("2001:db8::1")).value("prometheus-node-exporter") is None


def test_host_not_prepared_with_a_private_root_still_starts_node_exporter() -> None:
    """OpenRC leaves `/` private, and containerd refuses a pod that wants the mounts below it as they come."""
    path = "prometheus-node-exporter.hostRootFsMount.mountPropagation"
    assert make_cluster(nodes=masters("2001:db8::1", os="alpine")).value(path) == "None"
    assert make_cluster(nodes=masters("2001:db8::1", os="debian")).value(path) is None


@pytest.mark.parametrize(
    ("workload", "path"),
    [
        ("prometheus", "prometheus.prometheusSpec"),
        ("alertmanager", "alertmanager.alertmanagerSpec"),
        ("operator", "prometheusOperator"),
        ("grafana", "grafana"),
        ("kubeStateMetrics", "kube-state-metrics"),
        ("nodeExporter", "prometheus-node-exporter"),
    ],
)
def test_resources_reach_each_workload(workload: str, path: str) -> None:
    """Each workload of the settings has its place in the chart."""
    wanted = {"requests": {"memory": "1Gi"}}
    assert make_cluster({"resources": {workload: wanted}}).value(f"{path}.resources") == wanted


def test_every_reason_is_about_a_value() -> None:
    """A reason for a value that is not written could never be looked up."""
    for made in (make_cluster(brought=ALL, net="dual"), make_cluster(distribution="k3s")):
        for found in made.charts.values():
            assert found.reasons
            assert [path for path in found.reasons if get_value(found.values, path) is None] == []
