"""The Installation: pools, encapsulation, NAT, addresses and paths, each from the cluster."""

from __future__ import annotations

from typing import Any

import pytest

from calico_support.made import DUAL, IPV4, IPV6, ULA, make_cluster
from trimtab.plan.offers import MonitorSelector

FILLED_IN = {
    "name", "cidr", "blockSize", "encapsulation", "natOutgoing", "nodeSelector", "allowedUses", "assignmentMode",
    "disableBGPExport", "disableNewAllocations",
}  # fmt: skip
"""Every field of a pool that the operator fills in (tigera/operator v1.42.3 pkg/controller/ippool/defaults.go)."""


@pytest.mark.parametrize(("net", "ranges"), [("IPv4", IPV4), ("IPv6", IPV6), ("dual", DUAL), ("ULA", ULA)])
def test_calico_default_pool_is_never_taken(net: str, ranges: dict[str, Any]) -> None:
    """There is one pool for each pod range and none beside, under the name that the operator would give."""
    pools = make_cluster(net=net).pools
    assert list(pools) == ranges["pods"]
    assert {pool["name"] for pool in pools.values()} <= {"default-ipv4-ippool", "default-ipv6-ippool"}
    assert "192.168.0.0/16" not in pools


def test_a_pool_range_is_spelled_as_calico_spells_it() -> None:
    """The operator finds pools by the text of their range, so upper case or spare zeros would make a second pool."""
    made = make_cluster(network={"pods": ["2001:0DB8:1:0::/56"]})
    assert list(made.pools) == ["2001:db8:1::/56"]


@pytest.mark.parametrize("net", ["IPv4", "IPv6", "dual"])
def test_pools_say_all_that_the_operator_would_write_back(net: str) -> None:
    """A field left out of a pool would differ from the cluster for ever."""
    for pool in make_cluster(net=net).pools.values():
        assert set(pool) == FILLED_IN


@pytest.mark.parametrize("net", ["IPv4", "IPv6", "dual"])
@pytest.mark.parametrize(("bgp", "encapsulation", "switched"), [(None, "VXLAN", "Disabled"), ({}, "None", "Enabled")])
def test_pod_route_not_advertised_never(
    net: str, bgp: dict[str, Any] | None, encapsulation: str, switched: str
) -> None:
    """Pods of either family meet through an overlay, or BGP tells the way to them."""
    made = make_cluster({"bgp": bgp} if bgp is not None else {}, net=net)
    assert {pool["encapsulation"] for pool in made.pools.values()} == {encapsulation}
    assert made.installation["calicoNetwork"]["bgp"] == switched


@pytest.mark.parametrize(
    ("net", "network", "expected"),
    [
        ("IPv4", {}, ["Enabled"]),
        ("IPv6", {}, ["Disabled"]),
        ("ULA", {}, ["Enabled"]),
        ("dual", {}, ["Enabled", "Disabled"]),
        ("ULA", {"routed": True}, ["Disabled"]),
        ("dual", {"natOutgoing": True}, ["Enabled", "Enabled"]),
        ("IPv4", {"natOutgoing": False}, ["Disabled"]),
    ],
)
def test_private_pods_without_nat_never_unless_said(net: str, network: dict[str, Any], expected: list[str]) -> None:
    """Private ranges leave under the node's address, routed ones under their own, each family for itself."""
    assert [pool["natOutgoing"] for pool in make_cluster(net=net, network=network).pools.values()] == expected


@pytest.mark.parametrize(
    ("pods", "nodes", "size"),
    [
        ("2001:db8:1::/56", 3, 122),
        ("10.244.0.0/16", 3, 26),
        ("10.244.0.0/24", 4, 26),
        ("10.244.0.0/24", 5, 27),
        ("10.244.0.0/30", 9, 32),
        ("2001:db8:1::/124", 2, 125),
        ("2001:db8:1::/122", 0, 122),
    ],
)
def test_pod_range_too_small_for_usual_blocks(pods: str, nodes: int, size: int) -> None:
    """Blocks shrink where the range would not give each node one, never beyond one address."""
    services = {"services": IPV4["services"]} if "." in pods else {}
    [pool] = make_cluster(nodes=nodes, network={"pods": [pods], **services}).pools.values()
    assert pool["blockSize"] == size


def test_a_block_size_is_taken_at_its_word() -> None:
    """What is set for one family leaves the other alone."""
    pools = make_cluster({"blockSize": {"IPv6": 120}}, net="dual").pools
    assert [pool["blockSize"] for pool in pools.values()] == [26, 120]


@pytest.mark.parametrize(
    ("net", "fields"),
    [
        ("IPv4", {"nodeAddressAutodetectionV4"}),
        ("IPv6", {"nodeAddressAutodetectionV6"}),
        ("dual", {"nodeAddressAutodetectionV4", "nodeAddressAutodetectionV6"}),
    ],
)
def test_node_address_ambiguous_in_no_family(net: str, fields: set[str]) -> None:
    """Each family of the pods says how the node's address is found, and no other family does."""
    network = make_cluster(net=net).installation["calicoNetwork"]
    assert {key for key in network if key.startswith("nodeAddress")} == fields
    assert {str(network[key]) for key in fields} == {str({"kubernetes": "NodeInternalIP"})}


def test_node_address_is_looked_for_in_the_nodes_ranges() -> None:
    """A range of the nodes' own is surer than what the kubelet happened to find."""
    made = make_cluster(net="dual", network={"nodes": ["2001:db8::/64"]})
    network = made.installation["calicoNetwork"]
    assert network["nodeAddressAutodetectionV6"] == {"cidrs": ["2001:db8::/64"]}
    assert network["nodeAddressAutodetectionV4"] == {"kubernetes": "NodeInternalIP"}


def test_node_address_as_it_is_asked_for() -> None:
    """An interface, a range, or Kubernetes' own word: exactly one of them is written."""
    wanted = {"IPv4": {"interface": "eth0"}, "IPv6": "NodeInternalIP"}
    made = make_cluster({"nodeAddress": wanted}, net="dual", network={"nodes": ["2001:db8::/64"]})
    network = made.installation["calicoNetwork"]
    assert network["nodeAddressAutodetectionV4"] == {"interface": "eth0"}
    assert network["nodeAddressAutodetectionV6"] == {"kubernetes": "NodeInternalIP"}


@pytest.mark.parametrize(
    ("mode", "dataplane"), [("iptables", "Iptables"), ("ipvs", "Iptables"), ("nftables", "Nftables")]
)
def test_calico_filters_as_kube_proxy_does(mode: str, dataplane: str) -> None:
    """The data plane follows kube-proxy's mode."""
    made = make_cluster(network={"kubeProxy": {"mode": mode}})
    assert made.installation["calicoNetwork"]["linuxDataplane"] == dataplane
    assert "data-planes-differ" not in made.codes


@pytest.mark.parametrize(
    ("kubernetes", "flex", "csi"),
    [
        ({"distribution": "kubeadm"}, "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/", "/var/lib/kubelet"),
        ({"distribution": "k0s"}, "/usr/libexec/k0s/kubelet-plugins/volume/exec/", "/var/lib/k0s/kubelet"),
        ({"distribution": "other"}, "None", "None"),
        ({"distribution": "other", "volumePluginDir": "/x/", "kubeletDir": "/y"}, "/x/", "/y"),
    ],
)
def test_kubelet_dir_mismatch_never(kubernetes: dict[str, str], flex: str, csi: str) -> None:
    """Plugins go where the kubelet looks; the operator appends to the path as it is, so that ends in a slash."""
    installation = make_cluster({"csi": True}, kubernetes={"version": "1.35", **kubernetes}).installation
    assert installation["flexVolumePath"] == flex
    assert installation["kubeletVolumePluginPath"] == csi


def test_no_csi_driver_unless_asked_for() -> None:
    """Most clusters have no use for Calico's CSI driver on every node."""
    assert make_cluster().installation["kubeletVolumePluginPath"] == "None"


CONTROL = {"roles": ["control-plane"], "address": "2001:db8::1"}


@pytest.mark.parametrize(
    ("more", "replicas", "tolerates"),
    [
        ({"nodes": 3}, 2, None),
        ({"nodes": 1}, 1, None),
        ({"nodes": 0}, 2, None),
        ({"nodes": 3, "size": "small"}, 1, None),
        (
            {"nodeDefaults": {"taints": ["a=b:NoSchedule"]}},
            1,
            [{"key": "a", "operator": "Equal", "value": "b", "effect": "NoSchedule"}],
        ),
        ({"nodeDefaults": {"roles": ["control-plane"], "schedulable": False}}, 2, None),
    ],
)
def test_nothing_schedulable_still_has_a_network(more: dict[str, Any], replicas: int, tolerates: Any) -> None:
    """No more replicas than nodes that take them; taints are tolerated where every node has one."""
    installation = make_cluster(**more).installation
    assert installation["controlPlaneReplicas"] == replicas
    assert installation.get("controlPlaneTolerations") == tolerates


def test_mixed_architectures_keep_calico_off_what_it_does_not_run_on() -> None:
    """The operator and the controllers go to a processor that their images exist for."""
    nodes = {"a": {"address": "2001:db8::1", "arch": "arm"}, "b": {"address": "2001:db8::2", "arch": "arm64"}}
    made = make_cluster(machines=nodes)
    assert made.installation["controlPlaneNodeSelector"] == {"kubernetes.io/arch": "arm64"}
    assert made.charts["calico-operator"].values["nodeSelector"] == {"kubernetes.io/arch": "arm64"}


def test_mtu_is_found_by_calico_unless_said() -> None:
    """The cluster's MTU is handed on, and left to Calico where there is none."""
    assert make_cluster(network={"mtu": 1400}).installation["calicoNetwork"]["mtu"] == 1400
    assert "mtu" not in make_cluster().installation["calicoNetwork"]


def test_resources_reach_the_container_of_that_name() -> None:
    """Amounts go to the workload's own containers; the API server's stand in its own object."""
    amounts = {"requests": {"cpu": "100m"}}
    made = make_cluster({"resources": {"node": amounts, "apiserver": amounts, "operator": amounts}})
    containers = made.installation["calicoNodeDaemonSet"]["spec"]["template"]["spec"]["containers"]
    assert containers == [{"name": "calico-node", "resources": amounts}]
    assert "apiServerDeployment" in made.objects("APIServer")["default"]["spec"]
    assert made.charts["calico-operator"].values["resources"] == amounts


def test_flows_are_watched_only_when_asked_for() -> None:
    """Goldmane and Whisker are upstream's default and ours not; the page brings the collector along."""
    assert {built.manifest["kind"] for built in make_cluster().built("calico")} == {"Installation", "APIServer"}
    assert make_cluster({"whisker": True}).objects("Goldmane")


def test_bpf_reaches_the_api_server_without_a_service() -> None:
    """The address goes into an environment variable, so an IPv6 one has no brackets."""
    kubernetes = {"version": "1.35", "endpoint": "[2001:db8::5]:6443"}
    made = make_cluster({"dataplane": "BPF"}, kubernetes=kubernetes)
    assert made.charts["calico-operator"].values["kubernetesServiceEndpoint"] == {"host": "2001:db8::5", "port": "6443"}
    assert "kubernetesServiceEndpoint" not in make_cluster(kubernetes=kubernetes).charts["calico-operator"].values


def test_every_derived_field_says_why() -> None:
    """A patch that undoes a derived field is told the reason, and every reason is about a field that may be there."""
    [built] = [built for built in make_cluster(net="dual").built("calico") if built.manifest["kind"] == "Installation"]
    for path in built.reasons:
        node: Any = built.manifest
        for key in path:
            assert key in node, path
            node = node[key]


def test_agents_answer_for_metrics_where_somebody_asks() -> None:
    """Felix is silent unless a port is named: with Prometheus it is the one that the nodes are asked on."""
    assert make_cluster(brought=(MonitorSelector(by="prometheus"),)).installation["nodeMetricsPort"] == 9091
    assert "nodeMetricsPort" not in make_cluster().installation
