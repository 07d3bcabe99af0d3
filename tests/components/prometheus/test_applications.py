"""What Prometheus brings and needs, and that nothing waits in a ring."""

from __future__ import annotations

import pytest

from prometheus_support.made import ALL, CERTIFICATES, GATEWAY, INGRESS, NETWORKS, STORAGE, make_cluster
from trimtab.components.assemble import Part, plan_components
from trimtab.components.protocol import Component
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import ApiGroup, Controller, IngressClass, Issuer, MonitorSelector, Offer, StorageClass
from trimtab.settings.root import Settings as Root


def test_the_three_layers() -> None:
    """CRDs, the stack, our own rules; only the stack brings the namespace, which node-exporter wants privileged."""
    made = make_cluster().applications
    assert list(made) == ["prometheus-crds", "prometheus", "prometheus-rules"]
    assert [one.creates_namespace for one in made.values()] == [False, True, False]
    assert made["prometheus"].pod_security == "privileged"


def test_crds_need_nothing_and_stay() -> None:
    """CRDs come first of all, and outlive their Application: with them all monitors would go."""
    crds = make_cluster().applications["prometheus-crds"]
    assert crds.needs == ()
    assert crds.keeps_on_delete


def test_api_group_comes_from_the_crds_alone() -> None:
    """Who only writes monitors waits for the CRDs, not for Prometheus, which may wait for him."""
    facts = make_cluster().facts
    group = facts.find(ApiGroup, "monitoring.coreos.com")
    assert group is not None
    assert group.by == "prometheus-crds"
    assert {offer.by for offer in facts.iter_offers(MonitorSelector)} == {"prometheus"}


def test_every_monitor_is_taken_whatever_its_labels() -> None:
    """The selector asks for no label, so other charts need none."""
    selector = make_cluster().facts.find(MonitorSelector)
    assert selector is not None
    assert selector.labels == ()


def needed(offer: type[Offer], brought: tuple[Offer, ...] = (STORAGE,), **prometheus: object) -> set[str | None]:
    """Give the names of what the stack needs of one type."""
    stack = make_cluster(prometheus, brought=brought).applications["prometheus"]
    return {need.name for need in stack.needs if need.offer is offer}


def test_storage_is_the_class_named_or_the_default() -> None:
    """The class is needed by its name, so that its application comes first."""
    assert needed(StorageClass) == {"fast"}
    assert needed(StorageClass, storage_class="slow") == {"slow"}
    assert needed(StorageClass, brought=()) == {None}


def test_a_gateway_needs_its_kinds_and_no_ingress_class() -> None:
    """Both applications with host names wait for the Gateway API, and for no class or issuer."""
    settings = {"host": "p.example.org", "nagios": {"host": "n.example.org"}, "gateway": GATEWAY}
    made = make_cluster(settings, brought=ALL).applications
    for name in ("prometheus", "prometheus-rules"):
        needs = made[name].needs
        assert "gateway.networking.k8s.io" in {need.name for need in needs if need.offer is ApiGroup}
        assert not {IngressClass, Issuer} & {need.offer for need in needs}


def test_an_ingress_class_is_needed_for_host_names_only() -> None:
    """Without a host name nobody has to serve one."""
    assert needed(IngressClass) == set()
    assert needed(IngressClass, host="p.example.org") == {None}
    assert needed(IngressClass, host="p.example.org", ingress_class="traefik") == {"traefik"}
    assert needed(Issuer, host="p.example.org", issuer="own") == {"own"}


def test_grafana_gets_a_name_where_somebody_serves_it() -> None:
    """The cluster's domain makes the name; without an Ingress class there is none."""
    served = make_cluster(brought=(STORAGE, INGRESS), domain="c.example.org")
    assert served.applications["prometheus"].host_names == ("grafana.c.example.org",)
    assert make_cluster(domain="c.example.org").applications["prometheus"].host_names == ()
    assert make_cluster(brought=(STORAGE, INGRESS)).applications["prometheus"].host_names == ()


def test_the_way_for_nagios_belongs_to_the_rules() -> None:
    """Its Ingress is one of our own objects, so its needs and host name stand there."""
    made = make_cluster({"nagios": {}}, brought=ALL, domain="c.example.org").applications
    assert made["prometheus-rules"].host_names == ("prometheus-checks.c.example.org",)
    assert IngressClass in {need.offer for need in made["prometheus-rules"].needs}


def test_random_password_in_chart_secrets_are_wanted_from_outside() -> None:
    """Grafana's first user and the receivers are Secrets that somebody makes, each key with its form."""
    made = make_cluster({"alertmanager": {"configSecret": "am"}}).applications["prometheus"]
    assert [(one.name, one.keys) for one in made.secrets] == [
        ("grafana-admin", ("admin-user", "admin-password")),
        ("am", ("alertmanager.yaml",)),
    ]
    assert all(len(one.formats) == len(one.keys) for one in made.secrets)
    assert make_cluster({"grafana": False}).applications["prometheus"].secrets == ()


def test_receivers_outside_are_reached_through_the_proxy() -> None:
    """Alertmanager reads a proxy from its own configuration alone: the Secret's form says what must stand there."""
    network = {**NETWORKS["IPv4"], "proxy": {"http": "http://proxy.example.org:3128"}}
    told = {"alertmanager": {"configSecret": "am"}}
    made = [make_cluster(told, network=one) for one in (network, NETWORKS["IPv4"])]
    wanted = [one.applications["prometheus"].secrets[1] for one in made]
    assert [one.formats[0].partition("YAML")[2] for one in wanted] == [
        ", with global.http_config.proxy_url: http://proxy.example.org:3128 for receivers outside",
        "",
    ]


def test_the_webhooks_ca_is_not_compared() -> None:
    """cert-manager writes it; without cert-manager there is no webhook to look at."""
    with_it = make_cluster(brought=(STORAGE, *CERTIFICATES)).applications["prometheus"]
    assert {one.kind for one in with_it.ignored} == {"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"}
    assert make_cluster().applications["prometheus"].ignored == ()


def test_only_a_volume_of_grafanas_would_be_deleted() -> None:
    """Volumes of StatefulSets stay when Prometheus goes; Grafana's is the chart's own."""
    assert not make_cluster().applications["prometheus"].holds_data
    assert make_cluster({"grafana": {"size": "1Gi"}}).applications["prometheus"].holds_data


def test_no_rules_without_anything_to_say() -> None:
    """With every topic off the application would be empty, so there is none."""
    off = dict.fromkeys(("etcd", "certificates", "disks", "ceph", "certManager", "argocd"), False)
    assert "prometheus-rules" not in make_cluster({"alerts": off, "grafana": False}).applications


@pytest.mark.parametrize("storage", ["rook", "local-path"])
def test_ring_of_storage_and_monitoring_is_none(storage: str) -> None:
    """Storage wants monitors and Prometheus wants storage: the CRDs apart make an order of it."""
    disks = [{"name": "sdb", "size": "100Gi"}]
    nodes = {"n1": {"address": "2001:db8::1", "roles": ["control-plane"], "disks": disks}}
    cluster = Cluster(
        Root.model_validate(
            {
                "cluster": "c",
                "kubernetes": {"version": "1.35", "provides": ["calico"]},
                "gitops": {"repoURL": "https://git.example.org/x.git"},
                "network": {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]},
                "nodes": nodes,
            }
        )
    )
    wanted = {
        "argocd": {},
        "cert-manager": {"issuers": {"own": {"selfSigned": {"commonName": "c"}}}},
        "prometheus": {"issuer": "own"},
        "rook": {"blockPools": {"b": {"storageClass": {"name": "b", "default": True}}}},
        "local-path": {"storageClass": {"default": True}},
    }
    chosen = ["argocd", "cert-manager", "prometheus", storage]
    parts = [Part(component=c, settings=c.settings.model_validate(wanted[c.name])) for c in map(Component, chosen)]
    waves = plan_components(cluster, parts).order.waves
    assert waves["prometheus-crds"] == 0
    giver = "rook-cluster" if storage == "rook" else "local-path"
    assert waves["prometheus-crds"] <= waves[giver] < waves["prometheus"] < waves["prometheus-rules"]
    assert waves["cert-manager"] < waves["prometheus"]
    assert waves["argocd"] < waves["prometheus"]


def test_rules_wait_for_the_operator() -> None:
    """Its webhook reads rules before they are stored."""
    rules = make_cluster().applications["prometheus-rules"]
    assert (Controller, "monitoring.coreos.com") in {(need.offer, need.name) for need in rules.needs}
