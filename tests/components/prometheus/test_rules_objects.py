"""Our own objects: alerts, etcd's addresses, the way for Nagios."""

from __future__ import annotations

import re
from typing import Any

import pytest

from prometheus_support.made import ALL, CEPH, GATEWAY, INGRESS, STORAGE, make_cluster, masters
from trimtab.plan.offers import Controller

BARE = {"trimtab-certificates", "trimtab-disks"}


def test_alerts_are_about_what_is_there() -> None:
    """A cluster without Ceph, cert-manager or Argo CD of its own gets no alerts on them."""
    assert make_cluster(distribution="k3s").topics == BARE
    assert make_cluster().topics == BARE | {"trimtab-etcd"}
    everything = make_cluster(brought=ALL).topics
    assert everything == BARE | {"trimtab-etcd", "trimtab-ceph", "trimtab-cert-manager", "trimtab-argocd"}


def test_a_topic_can_be_left_out() -> None:
    """`alerts.ceph: false` leaves Ceph's alerts out, and no others."""
    made = make_cluster({"alerts": {"ceph": False}}, brought=(STORAGE, CEPH))
    assert made.topics == BARE | {"trimtab-etcd"}


def test_etcd_quota_members_that_differ_are_told() -> None:
    """A quota mended on two of three members is seen before the smallest one is full, and so is one that is tiny."""
    alerts = make_cluster().alerts
    quota = 'etcd_server_quota_backend_bytes{job=~".*etcd.*"}'
    assert alerts["EtcdQuotasDiffer"]["expr"] == f"max({quota}) != min({quota})"
    assert alerts["EtcdQuotaTooSmall"]["expr"] == f"min({quota}) < 1024 ^ 3"
    assert {"EtcdQuotaFills"} <= alerts.keys()


def test_certificate_expired_is_told_a_month_before() -> None:
    """The histogram's bucket of 30 days, in both forms that clients write."""
    alert = make_cluster().alerts["ControlPlaneCertificateExpires"]
    assert r'le=~"2592000(\\.0)?|2\\.592e\\+06"' in alert["expr"]
    assert alert["labels"]["severity"] == "warning"


def test_disk_full_of_images_is_told_above_the_collectors_limit() -> None:
    """The kubelet collects images at 85 per cent: a disk that stays above it is full of something else."""
    assert make_cluster().alerts["DiskFullerThanImageCollectionAllows"]["expr"].endswith("> 0.87")


def test_every_alert_says_what_to_do() -> None:
    """Names are words, severities are two, and no text is empty."""
    for name, alert in make_cluster(brought=ALL).alerts.items():
        assert name.isalpha()
        assert alert["labels"]["severity"] in {"warning", "critical"}
        assert alert["annotations"]["summary"]
        assert alert["annotations"]["description"].endswith(".")


@pytest.mark.parametrize(
    ("address", "target"), [("2001:db8::11", "[2001:db8::11]:2381"), ("10.0.0.11", "10.0.0.11:2381")]
)
def test_targets_always_down_etcd_on_hosts_is_named_by_address(address: str, target: str) -> None:
    """Kubespray's etcd is no pod: its members, no workers, stand in a ScrapeConfig under the job that alerts name."""
    nodes = {**masters(address), "w1": {"address": "192.0.2.1"}}
    [config] = make_cluster(distribution="kubespray", nodes=nodes).find("ScrapeConfig")
    assert config["spec"] == {"jobName": "kube-etcd", "staticConfigs": [{"targets": [target]}]}


@pytest.mark.parametrize("distribution", ["kubeadm", "k3s"])
def test_etcd_in_pods_is_not_named(distribution: str) -> None:
    """In pods a Service selects it; hidden it cannot be had."""
    assert make_cluster(distribution=distribution, nodes=masters("10.0.0.11")).find("ScrapeConfig") == []


def test_calicos_agents_are_asked_on_every_node() -> None:
    """By the nodes that the API server lists, whatever their family, on the agents' port; without Calico not at all."""
    agents = Controller(by="calico-operator", name="operator.tigera.io")
    [config] = make_cluster(brought=(STORAGE, agents)).find("ScrapeConfig")
    assert config["spec"]["kubernetesSDConfigs"] == [{"role": "Node"}]
    port, name = config["spec"]["relabelings"]
    for address in ("[2001:db8::1]:10250", "192.0.2.1:10250"):
        found = re.sub(f"^(?:{port['regex']})$", port["replacement"].replace("$1", r"\1"), address)
        assert found == address.replace("10250", "9091")
    assert name["targetLabel"] == "node"
    assert make_cluster().find("ScrapeConfig") == []


def test_nagios_may_ask_and_nothing_else() -> None:
    """Three exact paths: what would stop or reload Prometheus is not among them."""
    made = make_cluster({"nagios": {}}, brought=(STORAGE, INGRESS), domain="c.example.org")
    [route] = made.find("Ingress")
    [rule] = route["spec"]["rules"]
    assert rule["host"] == "prometheus-checks.c.example.org"
    assert {(one["path"], one["pathType"]) for one in rule["http"]["paths"]} == {
        ("/-/healthy", "Exact"),
        ("/api/v1/alerts", "Exact"),
        ("/api/v1/query", "Exact"),
    }


def test_nagios_may_ask_no_more_through_a_gateway() -> None:
    """The same three exact paths in an HTTPRoute, with all that the API server would fill in, and no Ingress."""
    made = make_cluster({"nagios": {"host": "n.example.org"}, "gateway": GATEWAY}, brought=ALL)
    assert made.find("Ingress") == []
    [route] = made.find("HTTPRoute")
    assert route["spec"]["hostnames"] == ["n.example.org"]
    parent = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "public", "namespace": "gateways"}
    assert route["spec"]["parentRefs"] == [parent]
    [rule] = route["spec"]["rules"]
    paths = [(match["path"]["type"], match["path"]["value"]) for match in rule["matches"]]
    assert paths == [("Exact", "/-/healthy"), ("Exact", "/api/v1/alerts"), ("Exact", "/api/v1/query")]
    service = {"group": "", "kind": "Service", "name": "kube-prometheus-stack-prometheus", "port": 9090, "weight": 1}
    assert rule["backendRefs"] == [service]


@pytest.mark.parametrize(
    ("settings", "service"),
    [
        ({}, "kube-prometheus-stack-prometheus"),
        ({"releaseName": "monitoring"}, "monitoring-kube-prometheus-prometheus"),
        ({"releaseName": "my-kube-prometheus-stack"}, "my-kube-prometheus-stack-prometheus"),
        ({"releaseName": "a-long-name-kube-prometheus-stack"}, "a-long-name-kube-prometheu-prometheus"),
    ],
)
def test_the_route_finds_the_charts_service(settings: dict[str, Any], service: str) -> None:
    """The chart's name for it follows from the release's, cut to 26 characters."""
    [route] = make_cluster({**settings, "nagios": {"host": "n.example.org"}}).find("Ingress")
    paths = route["spec"]["rules"][0]["http"]["paths"]
    assert {path["backend"]["service"]["name"] for path in paths} == {service}
