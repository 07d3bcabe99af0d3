"""What is found in objects that operators read, and in charts' values, where people wrote them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import make_entry
from trimtab.verify.operators.registry import CHECKS
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

CLUSTER = """
apiVersion: ceph.rook.io/v1
kind: CephCluster
metadata: {name: c, namespace: n}
spec: {mon: {count: 3}, network: {ipFamily: IPv6}, security: {cephx: {csi: {keyType: aes}}}}
"""
POOL = """
apiVersion: ceph.rook.io/v1
kind: CephBlockPool
metadata: {name: p, namespace: n}
spec: {replicated: {size: 3}}
"""
INSTALLATION = """
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: {name: default}
spec: {calicoNetwork: {ipPools: [{cidr: "2001:db8:1::/64", encapsulation: None}]}}
"""
BGP = """
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: true}
"""
PEER = """
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: router}
spec: {peerIP: "2001:db8::1", asNumber: 64512}
"""
CLASS = """
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: rook-ceph.rbd.csi.ceph.com
"""
ELASTIC = """
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: {name: e, namespace: n}
spec: {volumeClaimDeletePolicy: DeleteOnScaledownOnly}
"""
FLUENT = """
apiVersion: v1
kind: ConfigMap
metadata: {name: fluent, namespace: n}
data:
  fluent-bit.conf: |
    [SERVICE]
        HTTP_Listen ::
    [OUTPUT]
        Name es
        Suppress_Type_Name On
        Replace_Dots On
"""
PHP = """
apiVersion: v1
kind: ConfigMap
metadata: {name: php, namespace: n}
data:
  www.conf: |
    [www]
    pm = static
    clear_env = no
"""
GOOD = (CLUSTER, POOL, INSTALLATION, BGP, PEER, CLASS, ELASTIC, FLUENT, PHP)


def read(text: str, *changes: tuple[str, str]) -> dict[str, Any]:
    """Read an object after changing its text; a change that fits nowhere is a mistake of the test."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    manifest: dict[str, Any] = yaml.safe_load(text)
    return manifest


def find(*manifests: dict[str, Any], charts: tuple[ChartUse, ...] = (), families: str = "IPv6") -> list[Complaint]:
    """Make these checks in a cluster with one family."""
    tree = Tree(make_entry(one, is_namespaced, application="shop") for one in manifests)
    world = World(kubernetes=(1, 35), ip_families=tuple(families.split()), charts=charts)
    return [said for check in CHECKS for said in check.run(tree, world) if isinstance(said, Complaint)]


def use(chart: str, version: str, **values: Any) -> ChartUse:
    """Say that Argo CD renders a chart, with the facts that the catalogue has of it."""
    return ChartUse(
        application="shop",
        chart=chart,
        version=version,
        namespace="n",
        release_name="r",
        values=values,
        facts=chart_facts(chart, version),
    )


def application(chart: str, **helm: Any) -> dict[str, Any]:
    """Make an Application of a chart."""
    source = {"chart": chart, "repoURL": "https://charts.example.org", "targetRevision": "1.0.0", "helm": helm}
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": "lab-shop", "namespace": "argocd"},
        "spec": {"source": source},
    }


def test_nothing_is_said_of_good_objects() -> None:
    """All of them together."""
    assert not find(*map(read, GOOD), charts=(use("rook-ceph", "v1.20.6"), use("ceph-csi-drivers", "1.0.4")))


@pytest.mark.parametrize(
    ("code", "text", "old", "new"),
    [
        ("rook-without-ip-family", CLUSTER, "network: {ipFamily: IPv6}, ", ""),
        ("rook-without-ip-family", CLUSTER, "ipFamily: IPv6", "ipFamily: IPv4"),
        ("every-disk-taken", CLUSTER, "mon: ", "storage: {useAllDevices: true}, mon: "),
        ("bad-device-filter", CLUSTER, "mon: ", 'storage: {deviceFilter: "sd(?=b)"}, mon: '),
        ("even-monitors", CLUSTER, "count: 3", "count: 4"),
        ("pool-of-two-kinds", POOL, "{size: 3}", "{size: 3}, erasureCoded: {dataChunks: 2, codingChunks: 1}"),
        ("pool-of-two-kinds", POOL, "replicated: {size: 3}", ""),
        ("single-copy", POOL, "size: 3", "size: 1"),
        ("calico-default-pool", INSTALLATION, 'ipPools: [{cidr: "2001:db8:1::/64", encapsulation: None}]', ""),
        ("pod-route-not-advertised", INSTALLATION, "{ipPools", "{bgp: Disabled, ipPools"),
        ("private-pods-without-nat", INSTALLATION, "2001:db8:1::/64", "fd00:1::/64"),
        ("bgp-mesh-off-without-peers", BGP, "true", "false"),
        ("bgp-peer-address-form", PEER, "2001:db8::1", "[2001:db8::1]"),
        ("bgp-peer-address-form", PEER, "2001:db8::1", "10.0.0.1/24"),
        ("bgp-peer-address-form", PEER, "2001:db8::1", "[192.0.2.1]:179"),
        ("bgp-password-in-plain", PEER, "asNumber", "password: hunter2, asNumber"),
        ("removed-volume-not-freed", CLASS, "rook-ceph.rbd.csi.ceph.com", "ceph.rook.io/block"),
        ("logs-lost-with-the-app", ELASTIC, "DeleteOnScaledownOnly", "DeleteOnScaledownAndClusterDeletion"),
        ("rejected-log-lines", FLUENT, "    Suppress_Type_Name On\n", ""),
        ("ipv4-only-listener", FLUENT, "HTTP_Listen ::", "HTTP_Listen 0.0.0.0"),
        ("environment-not-passed", PHP, "clear_env = no", ""),
    ],
)
def test_fault_is_found_at_its_place(code: str, text: str, old: str, new: str) -> None:
    """It alone, and the path leads into the object or to where the field should be."""
    manifest = read(text, (old, new))
    (complaint,) = find(manifest)
    assert complaint.code == code
    assert complaint.path[0] in manifest


def test_password_of_a_peer_is_not_shown() -> None:
    """Neither in words nor by its line."""
    (complaint,) = find(read(PEER, ("asNumber", "password: hunter2, asNumber")))
    assert complaint.hide_source
    assert "hunter2" not in complaint.message + complaint.help


def test_two_default_classes_are_found_with_each_other() -> None:
    """In one cluster; a second application may bring the second."""
    (complaint,) = find(read(CLASS), read(CLASS, ("fast", "slow")))
    assert complaint.code == "several-default-classes"
    assert [other.entry.name for other in complaint.others] == ["fast"]


@pytest.mark.parametrize("families", ["IPv4", "IPv4 IPv6", ""])
def test_family_may_be_left_open_where_ipv4_comes_first(families: str) -> None:
    """That is what Ceph assumes; and nothing is said where the families are not known."""
    assert not find(read(CLUSTER, ("network: {ipFamily: IPv6}, ", "")), families=families)


@pytest.mark.parametrize("address", ["2001:db8::1", "[2001:db8::1]:1179", "192.0.2.1", "192.0.2.1:1179"])
def test_address_of_a_peer_is_quiet_in_each_form(address: str) -> None:
    """Brackets belong around IPv6 only where a port follows."""
    assert not find(read(PEER, ("2001:db8::1", address)))


def test_peer_makes_up_for_a_mesh_and_for_nat() -> None:
    """A router that knows the pods."""
    mesh, pods = read(BGP, ("true", "false")), read(INSTALLATION, ("2001:db8:1::/64", "fd00:1::/64"))
    assert not find(mesh, pods, read(PEER))


def test_rook_without_its_drivers_is_found() -> None:
    """Since 1.20; before, the operator brings them."""
    cluster = read(CLUSTER)
    assert [one.code for one in find(cluster, charts=(use("rook-ceph", "v1.20.6"),))] == ["csi-drivers-missing"]
    assert not find(cluster, charts=(use("rook-ceph", "v1.19.10"),))


def test_key_type_is_asked_for_where_the_field_is_known() -> None:
    """Older releases have no such field."""
    cluster = read(CLUSTER, (", security: {cephx: {csi: {keyType: aes}}}", ""))
    drivers = use("ceph-csi-drivers", "1.0.4")
    assert [one.code for one in find(cluster, charts=(use("rook-ceph", "v1.20.6"), drivers))] == ["cephx-key-type"]
    assert not find(cluster, charts=(use("rook-ceph", "v1.18.11"), drivers))


def test_uninstall_hook_of_calico_is_found_unless_it_is_skipped() -> None:
    """By a Job of the same name from a later source."""
    chart, job = (
        use("tigera-operator", "v3.32.1"),
        {
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {"name": "tigera-operator-uninstall", "namespace": "n"},
        },
    )
    assert [one.code for one in find(application("tigera-operator"), charts=(chart,))] == ["cni-removed-with-its-app"]
    assert not find(application("tigera-operator"), job, charts=(chart,))


def test_harbor_names_every_value_that_is_missing() -> None:
    """And the list of families that breaks the chart."""
    found = find(application("harbor"), charts=(use("harbor", "1.19.1", ipFamily={"families": ["IPv6"]}),))
    assert [one.code for one in found] == ["harbor-secret-changes-every-render", "harbor-family-list-breaks-render"]
    assert "registry.credentials.existingSecret" in found[0].help


def test_password_that_a_chart_makes_up_is_found() -> None:
    """Unless a Secret is named, or what needs it is off."""
    stack = application("kube-prometheus-stack")

    def codes(**grafana: Any) -> list[str]:
        return [one.code for one in find(stack, charts=(use("kube-prometheus-stack", "88.5.3", grafana=grafana),))]

    assert codes() == ["random-password-in-chart"]
    assert not codes(enabled=False)
    assert not codes(admin={"existingSecret": "grafana-admin"})


def test_gateway_switch_of_a_newer_cert_manager_is_found() -> None:
    """1.20 refuses it and does not start; 1.21 wants it."""
    config = {"gatewayAPI": {"enabled": True}}
    old, new = use("cert-manager", "v1.20.3", config=config), use("cert-manager", "v1.21.1", config=config)
    assert [one.code for one in find(application("cert-manager"), charts=(old,))] == ["gateway-switch-by-version"]
    assert not find(application("cert-manager"), charts=(new,))


def test_monitors_are_dropped_where_nobody_tells_of_the_api() -> None:
    """Charts ask which APIs there are; `helm.apiVersions` answers."""
    chart = use("traefik", "41.3.0", metrics={"prometheus": {"serviceMonitor": {"enabled": True}}})
    if not any(
        one.startswith("monitoring.coreos.com/") for one in (chart.facts.api_versions_asked if chart.facts else ())
    ):
        pytest.fail("this chart does not ask for the API any more: choose another")
    assert [one.code for one in find(application("traefik"), charts=(chart,))] == ["monitor-dropped-silently"]
    assert not find(application("traefik", apiVersions=["monitoring.coreos.com/v1"]), charts=(chart,))
