"""Values of the chart, in each release held."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from argocd_support.made import NETWORKS, make_argocd
from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import releases
from trimtab.catalogue.hosts import has_ipv6
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.plan.offers import ApiGroup, MonitorSelector

VERSIONS = [release.version for release in releases("argocd")]
CEPH = ApiGroup(by="rook-operator", name="ceph.rook.io")
MONITORING = MonitorSelector(by="monitoring", labels=(("release", "prometheus"),))
EVERYTHING: dict[str, Any] = {
    "host": "argocd.example.org",
    "insecure": True,
    "admin": False,
    "oidc": {"issuer": "https://id.example.org", "clientID": "argocd", "scopes": ["openid"]},
    "dex": True,
    "defaultRole": "role:readonly",
    "policies": ["g, ops, role:admin"],
    "highAvailability": True,
    "notifications": True,
    "repoServer": {"parallelism": 2},
    "reconciliation": "5m",
}


def node(number: int, **more: Any) -> dict[str, Any]:
    """Give a node by its number."""
    return {f"host{number}.example.org": {"address": f"2001:db8::{number}", "roles": ["worker"], **more}}


NODES = {**node(1), **node(2), **node(3), **node(4)}


@pytest.mark.parametrize("version", VERSIONS)
def test_dead_helm_value_is_in_no_release(version: str) -> None:
    """Every key that is written is one that the chart reads."""
    made = make_argocd(
        {**EVERYTHING, "version": version}, also=(CEPH, MONITORING), network=NETWORKS["dual"], nodes=NODES
    )
    facts = chart_facts("argo-cd", version)
    assert facts is not None
    assert list(facts.iter_unknown_keys(made.chart.values)) == []
    assert made.chart.pin.version == version


@pytest.mark.parametrize("version", VERSIONS)
def test_waves_without_health(version: str) -> None:
    """In every release Argo CD is given a health check of Applications, without which waves between them do nothing."""
    cm = make_argocd({"version": version}).value("configs", "cm")
    assert "obj" in cm["resource.customizations.health.argoproj.io_Application"]


def test_ceph_warning_blocks_sync_only_where_ceph_is() -> None:
    """The check of Ceph's health comes with Ceph."""
    key = "resource.customizations.health.ceph.rook.io_CephCluster"
    assert key in make_argocd(also=(CEPH,)).value("configs", "cm")
    assert key not in make_argocd().value("configs", "cm")


def test_source_behind_a_proxy_is_fetched_through_it() -> None:
    """The repo server alone goes through the proxy, and reaches the cluster itself without."""
    proxy = {"http": "http://proxy.example.org:3128", "noProxy": [".example.org"]}
    made = make_argocd(network={**NETWORKS["IPv4"], "proxy": proxy})
    environment = {one["name"]: one["value"] for one in made.value("repoServer", "env")}
    assert environment["HTTPS_PROXY"] == environment["HTTP_PROXY"] == "http://proxy.example.org:3128"
    assert {".svc", "10.96.0.0/12", ".example.org"} <= set(environment["NO_PROXY"].split(","))
    assert [made.value(other, "env") for other in ("global", "controller", "server")] == [None] * 3
    assert make_argocd().value("repoServer", "env") is None


@pytest.mark.parametrize(
    ("release", "name"),
    [(None, "argocd"), ("my-argocd", "my-argocd"), ("gitops", "gitops-argocd")],
)
def test_provider_of_sign_ins_is_asked_through_the_proxy(release: str | None, name: str) -> None:
    """With OIDC the server has the proxy too, and reaches the repo server without: gRPC would take it as well."""
    network = {**NETWORKS["IPv4"], "proxy": {"http": "http://proxy.example.org:3128"}}
    oidc = {"oidc": {"issuer": "https://id.example.org", "clientID": "argocd"}}
    settings = {**oidc, **({"releaseName": release} if release else {})}
    made = make_argocd(settings, network=network)
    environment = {one["name"]: one["value"] for one in made.value("server", "env")}
    assert environment["HTTPS_PROXY"] == "http://proxy.example.org:3128"
    assert {f"{name}-repo-server", f"{name}-dex-server"} <= set(environment["NO_PROXY"].split(","))
    assert make_argocd(settings).value("server", "env") is None


@pytest.mark.parametrize("available", [False, True])
def test_argocd_redis_hook_loop(available: bool) -> None:
    """The hook that makes Redis' password is off, and the Secret is expected in its place."""
    made = make_argocd({"highAvailability": available})
    assert made.value("redisSecretInit", "enabled") is False
    assert any(secret.name == "argocd-redis" for secret in made.applications[0].secrets)
    assert made.value("redis-ha", "existingSecret") == ("argocd-redis" if available else None)


def test_crd_too_long_to_apply() -> None:
    """The CRDs are applied by the server, and stay when the chart goes."""
    annotations = {"argocd.argoproj.io/sync-options": "ServerSideApply=true"}
    assert make_argocd().value("crds") == {"install": True, "keep": True, "annotations": annotations}


@pytest.mark.parametrize("network", NETWORKS)
def test_source_without_ipv6_is_needed_by_nothing_unasked(network: str) -> None:
    """What lies on a host without IPv6 is off: Dex and the exporter of Redis' figures."""
    made = make_argocd(network=NETWORKS[network], also=(MONITORING,))
    assert has_ipv6("ghcr.io") is False
    assert (made.value("dex", "enabled"), made.value("redis", "exporter", "enabled")) == (False, False)


@pytest.mark.parametrize("version", VERSIONS)
def test_source_without_ipv6_holds_no_other_image(version: str) -> None:
    """Of the chart's images only those two lie on hosts without IPv6."""
    facts = chart_facts("argo-cd", version)
    assert facts is not None
    left = {image.partition(":")[0] for image in facts.images if has_ipv6(image.partition("/")[0]) is False}
    assert left == {"ghcr.io/dexidp/dex", "ghcr.io/oliver006/redis_exporter"}


def test_monitor_dropped_silently() -> None:
    """Where monitors are looked for, Argo CD is told of the API, and every monitor bears the wanted labels."""
    made = make_argocd({"notifications": True}, also=(MONITORING,))
    assert made.chart.api_versions == MONITORING_APIS
    for name in ("controller", "server", "repoServer", "applicationSet", "notifications"):
        wanted = {"enabled": True, "additionalLabels": {"release": "prometheus"}}
        assert made.value(name, "metrics") == {"enabled": True, "serviceMonitor": wanted}, name
    assert made.value("redis", "metrics") is None
    assert make_argocd().chart.api_versions == ()


@pytest.mark.parametrize(("network", "wanted"), [("IPv4", None), ("IPv6", None), ("dual", ["IPv4", "IPv6"])])
def test_services_have_the_families_of_the_cluster(network: str, wanted: list[str] | None) -> None:
    """Only a cluster with both families says so; with one there is nothing to choose."""
    made = make_argocd(network=NETWORKS[network])
    assert made.value("global", "dualStack", "ipFamilies") == wanted


def test_network_policies_are_the_same_in_every_release() -> None:
    """The chart's default changed in 10.0.0; ours is said aloud."""
    found = {make_argocd({"version": version}).value("global", "networkPolicy", "create") for version in VERSIONS}
    assert found == {True}


def test_nothing_schedulable_is_tolerated() -> None:
    """Where every node is tainted the pods tolerate exactly those taints; else none."""
    control = node(9, roles=["control-plane"], schedulable=False)
    toleration = {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"}
    assert make_argocd(nodes=control).value("global", "tolerations") == [toleration]
    assert make_argocd(nodes={**control, **NODES}).value("global", "tolerations") is None


def test_mixed_architectures() -> None:
    """Pods stay off nodes that no image exists for; where every node will do nothing is said."""
    arm = {**node(1, arch="arm"), **node(2, arch="arm64")}
    expressions = make_argocd(nodes=arm).value("global", "affinity", "nodeAffinity", "matchExpressions")
    assert expressions == [{"key": "kubernetes.io/arch", "operator": "In", "values": ["arm64"]}]
    assert make_argocd(nodes=node(1, arch="arm64")).value("global", "affinity") is None


def test_one_of_each_unless_asked() -> None:
    """Several copies are made where they are asked for and the nodes can hold them."""
    replicas = {
        (wanted, size): make_argocd({"highAvailability": wanted}, nodes=NODES, size=size).value("server", "replicas")
        for wanted in (False, True)
        for size in ("small", "medium")
    }
    assert replicas == {(False, "small"): 1, (False, "medium"): 1, (True, "small"): 1, (True, "medium"): 2}


def test_every_pod_asks_for_something() -> None:
    """A pod that asks for nothing is the first to go when memory runs out; the user's word goes before ours."""
    made = make_argocd({"resources": {"server": {"requests": {"cpu": "1"}}}, "sizeClass": "small"})
    running = {name: made.value(name, "resources") for name in ("controller", "repoServer", "redis", "applicationSet")}
    assert all(found["requests"]["memory"] for found in running.values())
    assert made.value("server", "resources") == {"requests": {"cpu": "1"}}


def test_what_is_off_asks_for_nothing() -> None:
    """Switched off, the controller of ApplicationSets has no pod, and Redis' other form takes its place."""
    made = make_argocd({"applicationSets": False, "highAvailability": True})
    assert made.value("applicationSet") == {"replicas": 0}
    assert made.value("redis", "resources") is None


def test_no_address_is_made_up() -> None:
    """The chart would write an example's address; without a host there is none."""
    assert make_argocd().value("configs", "cm", "url") == ""
    made = make_argocd({"host": "argocd.example.org"})
    assert (made.value("configs", "cm", "url"), made.value("global", "domain")) == (None, "argocd.example.org")


def test_secret_in_git_is_only_named() -> None:
    """The client's secret is looked up by Argo CD when it reads its settings; without one, PKCE takes its place."""
    oidc = {"issuer": "https://id.example.org", "clientID": "argocd", "name": 'A "B"'}
    secret = {"clientSecret": {"secretName": "sso", "key": "client"}}
    configs = [make_argocd({"oidc": {**oidc, **more}}).value("configs", "cm", "oidc.config") for more in ({}, secret)]
    public, private = (yaml.safe_load(config) for config in configs)
    assert private == {"name": 'A "B"', "issuer": oidc["issuer"], "clientID": "argocd", "clientSecret": "$sso:client"}
    assert public["enablePKCEAuthentication"] is True


def test_rights_are_one_line_each() -> None:
    """The lines of the policy end in a line feed each, and the chart's own rights stay where nothing is said."""
    made = make_argocd({"policies": ["g, ops, role:admin", "g, dev, role:readonly"], "defaultRole": "role:none"})
    rbac = {"policy.default": "role:none", "policy.csv": "g, ops, role:admin\ng, dev, role:readonly\n"}
    assert made.value("configs", "rbac") == rbac
    assert make_argocd().value("configs", "rbac") is None


@pytest.mark.parametrize(("duration", "seconds"), [("2h", 7200), ("1h30m", 5400), ("0.5h", 1800), ("10ms", 1)])
def test_no_sync_runs_for_ever(duration: str, seconds: int) -> None:
    """A sync that waits for ever keeps every later commit out, so each has an end, in seconds."""
    params = make_argocd({"syncTimeout": duration}).value("configs", "params")
    assert params == {"controller.sync.timeout.seconds": str(seconds)}


def test_every_reason_is_of_a_value() -> None:
    """A reason for a value that is never written would be of no use to anybody."""
    made = make_argocd(EVERYTHING, also=(CEPH, MONITORING))
    assert [path for path in made.chart.reasons if made.value(*path) is None] == []
