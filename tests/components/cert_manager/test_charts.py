"""Values of cert-manager's chart in every shape of cluster, at every release."""

from __future__ import annotations

from dataclasses import replace

import pytest

from platform_support.made import NETWORK, NETWORKS, PROMETHEUS, SHAPES, TRAEFIK, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.cert_manager import charts
from trimtab.findings.path import get_value
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("cert-manager")]
BROUGHT = (NETWORK, TRAEFIK, *PROMETHEUS)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, net: str, nodes: str) -> None:
    """The chart of each release reads every key that is written, whatever the cluster looks like."""
    settings = {
        "version": version,
        "recursiveNameservers": ["2001:db8::53"],
        "resources": {name: {"limits": {"memory": "1Gi"}} for name in ("controller", "webhook", "cainjector")},
    }
    made = make_cluster({"cert-manager": settings, "gateway-api": {}}, net=net, nodes=nodes, brought=BROUGHT)
    assert value_errors(made.release("cert-manager").values, "cert-manager", version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_cert_manager_gateway_switch_by_version(version: str) -> None:
    """The Gateway switch has its new name from 1.21 on and its old one below; never both."""
    made = make_cluster({"cert-manager": {"version": version}, "gateway-api": {}})
    new, old = (made.value("cert-manager", f"config.{key}") for key in ("gatewayAPI.enabled", "enableGatewayAPI"))
    assert (new, old) == ((True, None) if version.startswith("v1.21") else (None, True))
    assert set(made.value("cert-manager", "config")) - {"apiVersion", "kind"} in ({"gatewayAPI"}, {"enableGatewayAPI"})


def test_cert_manager_gateway_switch_is_absent_without_the_api() -> None:
    """Without Gateway API the controller would look for kinds that are not there, so nothing is said."""
    assert make_cluster({"cert-manager": {}}).value("cert-manager", "config") is None


def test_switching_gateways_on_restarts_the_controller() -> None:
    """The controller reads its configuration when it starts; a pod annotation that comes with it rolls the pod."""
    made = make_cluster({"cert-manager": {}, "gateway-api": {}})
    assert made.value("cert-manager", "podAnnotations") == {"trimtab.dev/gateway-api": "enabled"}
    assert make_cluster({"cert-manager": {}}).value("cert-manager", "podAnnotations") is None


@pytest.mark.parametrize("version", VERSIONS)
def test_cert_manager_data_pruned(version: str) -> None:
    """The CRDs stay when the release goes: with them every Certificate would go."""
    made = make_cluster({"cert-manager": {"version": version}})
    assert made.value("cert-manager", "crds") == {"enabled": True, "keep": True}


@pytest.mark.parametrize(("net", "policy"), [("IPv4", None), ("IPv6", None), ("dual", "PreferDualStack")])
def test_services_have_the_families_of_the_cluster(net: str, policy: str | None) -> None:
    """Only a dual-stack cluster needs a word about families; one family is what Kubernetes gives anyway."""
    made = make_cluster({"cert-manager": {}}, net=net)
    assert made.value("cert-manager", "serviceIPFamilyPolicy") == policy
    assert made.value("cert-manager", "webhook.serviceIPFamilyPolicy") == policy


def test_cert_manager_monitor_dropped_silently() -> None:
    """With Prometheus there is a ServiceMonitor with its labels, and Argo CD is told that the kind is served."""
    made = make_cluster({"cert-manager": {}}, brought=BROUGHT)
    assert made.value("cert-manager", "prometheus.servicemonitor") == {"enabled": True, "labels": {"release": "kps"}}
    assert "monitoring.coreos.com/v1/ServiceMonitor" in made.release("cert-manager").api_versions
    without = make_cluster({"cert-manager": {}})
    assert without.value("cert-manager", "prometheus") is None
    assert without.release("cert-manager").api_versions == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("namespace", ["cert-manager", "certs"])
def test_leaders_are_elected_in_the_own_namespace(version: str, namespace: str) -> None:
    """Nothing of cert-manager needs rights in kube-system."""
    made = make_cluster({"cert-manager": {"version": version, "namespace": namespace}})
    assert made.value("cert-manager", "global.leaderElection.namespace") == namespace
    assert made.release("cert-manager").namespace == namespace


def test_acme_challenge_unreachable_behind_a_proxy_goes_through_it() -> None:
    """The controller asks the authority through the proxy, and the cluster's own addresses without."""
    proxy = {"http": "http://proxy.example.org:3128"}
    network = {**NETWORKS["IPv4"], "proxy": proxy}
    made = make_cluster({"cert-manager": {}}, network=network)
    assert made.value("cert-manager", "https_proxy") == made.value("cert-manager", "http_proxy") == proxy["http"]
    assert "10.96.0.0/12" in made.value("cert-manager", "no_proxy").split(",")
    assert make_cluster({"cert-manager": {}}).value("cert-manager", "https_proxy") is None


def test_the_startup_check_is_off() -> None:
    """The check is a hook Job that would run after every sync."""
    assert make_cluster({"cert-manager": {}}).value("cert-manager", "startupapicheck") == {"enabled": False}


@pytest.mark.parametrize(
    ("nodes", "expected"), [("one", None), ("arm64", None), ("many", None), ("mixed", ["amd64", "arm64"])]
)
def test_cert_manager_mixed_architectures(
    monkeypatch: pytest.MonkeyPatch, nodes: str, expected: list[str] | None
) -> None:
    """All three workloads stay off nodes whose architecture the images lack, and may use every other."""
    release = replace(releases("cert-manager")[0], architectures=("amd64", "arm64"))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    made = make_cluster({"cert-manager": {}}, nodes=nodes)
    for path in ("affinity", "webhook.affinity", "cainjector.affinity"):
        affinity = made.value("cert-manager", path)
        assert (_architectures(affinity) if affinity else None) == expected


def _architectures(affinity: dict[str, dict[str, dict[str, list[dict[str, list[dict[str, list[str]]]]]]]]) -> list[str]:
    [term] = affinity["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    [expression] = term["matchExpressions"]
    return expression["values"]


def test_resolvers_are_written_as_cert_manager_reads_them() -> None:
    """Addresses get brackets and port where they lack them, in one list."""
    made = make_cluster({"cert-manager": {"recursiveNameservers": ["2001:db8::53", "192.0.2.53:5353", "https://d/q"]}})
    assert made.value("cert-manager", "dns01RecursiveNameservers") == "[2001:db8::53]:53,192.0.2.53:5353,https://d/q"
    assert made.value("cert-manager", "dns01RecursiveNameserversOnly") is True


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for others in ((), ("gateway-api",)):
        made = make_cluster({name: {} for name in ("cert-manager", *others)}, net="dual", brought=BROUGHT)
        release = made.release("cert-manager")
        assert [path for path in release.reasons if get_value(release.values, path) is None] == []
