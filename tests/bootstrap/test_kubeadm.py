"""What kubeadm is told: only fields that exist, with values that agree with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

FAMILIES = ("IPv4", "IPv6", "dual")
SHAPES = ("one", "many")

TEXT, NUMBER, FLAG = "text", "number", "flag"
_ARGUMENTS = [{"name": TEXT, "value": TEXT}]
_REGISTRATION = {
    "name": TEXT,
    "criSocket": TEXT,
    "taints": [{"key": TEXT, "value": TEXT, "effect": TEXT}],
    "kubeletExtraArgs": _ARGUMENTS,
    "ignorePreflightErrors": [TEXT],
    "imagePullPolicy": TEXT,
    "imagePullSerial": FLAG,
}
_LOCAL = {"advertiseAddress": TEXT, "bindPort": NUMBER}
_HEAD = {"apiVersion": TEXT, "kind": TEXT}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    # kubernetes cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go
    "ClusterConfiguration": {
        "clusterName": TEXT,
        "kubernetesVersion": TEXT,
        "controlPlaneEndpoint": TEXT,
        "certificatesDir": TEXT,
        "imageRepository": TEXT,
        "networking": {"serviceSubnet": TEXT, "podSubnet": TEXT, "dnsDomain": TEXT},
        "apiServer": {"extraArgs": _ARGUMENTS, "certSANs": [TEXT]},
        "controllerManager": {"extraArgs": _ARGUMENTS},
        "scheduler": {"extraArgs": _ARGUMENTS},
        "etcd": {"local": {"dataDir": TEXT, "extraArgs": _ARGUMENTS, "serverCertSANs": [TEXT]}},
    },
    "InitConfiguration": {
        "localAPIEndpoint": _LOCAL,
        "nodeRegistration": _REGISTRATION,
        "patches": {"directory": TEXT},
        "skipPhases": [TEXT],
    },
    "JoinConfiguration": {
        "nodeRegistration": _REGISTRATION,
        "discovery": {"file": {"kubeConfigPath": TEXT}},
        "controlPlane": {"localAPIEndpoint": _LOCAL},
        "patches": {"directory": TEXT},
    },
    # kubernetes staging/src/k8s.io/kubelet/config/v1beta1/types.go
    "KubeletConfiguration": {
        "address": TEXT,
        "cgroupDriver": TEXT,
        "rotateCertificates": FLAG,
        "imageGCHighThresholdPercent": NUMBER,
        "imageGCLowThresholdPercent": NUMBER,
        "imageMaximumGCAge": TEXT,
        "volumePluginDir": TEXT,
    },
    # kubernetes staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go
    "KubeProxyConfiguration": {"mode": TEXT, "metricsBindAddress": TEXT, "ipvs": {"strictARP": FLAG}},
}
VERSIONS = {
    "KubeletConfiguration": "kubelet.config.k8s.io/v1beta1",
    "KubeProxyConfiguration": "kubeproxy.config.k8s.io/v1alpha1",
}


def unknown(value: Any, known: Any, path: str) -> Iterator[str]:
    """Give the paths at which a value has a field or a type that the table does not."""
    if isinstance(known, Mapping) and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from unknown(inner, known[key], f"{path}.{key}") if key in known else [f"{path}.{key}"]
    elif isinstance(known, list) and isinstance(value, list):
        for item in value:
            yield from unknown(item, known[0], f"{path}[]")
    elif type(value) is not {TEXT: str, NUMBER: int, FLAG: bool}.get(str(known)):
        yield path


def arguments(values: list[dict[str, str]]) -> dict[str, str]:
    """Give extra arguments as a mapping."""
    return {one["name"]: one["value"] for one in values}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("shape", SHAPES)
def test_only_fields_that_kubeadm_knows_are_written(day0, family, shape) -> None:
    """Every field of every object is one of the documented types: kubeadm refuses unknown ones."""
    made = day0(family, shape, network={"kubeProxy": {"mode": "ipvs"}}, kubernetes={"version": "1.35.2"})
    objects = [
        one
        for path in made.files
        if path.startswith("10-kubeadm/") and path.endswith(".yaml")
        for one in made.documents(path).values()
    ]
    assert {one["kind"] for one in objects} >= set(FIELDS) - ({"JoinConfiguration"} if shape == "one" else set())
    assert [bad for one in objects for bad in unknown(one, {**_HEAD, **FIELDS[one["kind"]]}, one["kind"])] == []
    assert {one["apiVersion"] for one in objects} == {"kubeadm.k8s.io/v1beta4", *VERSIONS.values()}


def test_table_of_fields_finds_a_misspelt_one() -> None:
    """The check itself sees a wrong name and a wrong type."""
    wrong = {"networking": {"podSubnets": "10.0.0.0/16"}, "clusterName": 3}
    assert list(unknown(wrong, FIELDS["ClusterConfiguration"], "x")) == ["x.networking.podSubnets", "x.clusterName"]


MASKS = [
    ("IPv4", {}, {"node-cidr-mask-size": "24"}),
    ("IPv6", {}, {"node-cidr-mask-size": "80"}),
    ("IPv6", {"pods": ["2001:db8:1::/56"]}, {"node-cidr-mask-size": "64"}),
    ("dual", {}, {"node-cidr-mask-size-ipv6": "64", "node-cidr-mask-size-ipv4": "24"}),
]


@pytest.mark.parametrize(("family", "network", "expected"), MASKS)
def test_pod_range_too_small_is_cut_by_a_mask_that_fits(day0, family, network, expected) -> None:
    """A /64 for all pods is cut into blocks of /80; one flag for one family, one each for two."""
    made = day0(family, network=network).documents("10-kubeadm/init-n1.yaml")["ClusterConfiguration"]
    given = arguments(made["controllerManager"]["extraArgs"])
    assert {key: value for key, value in given.items() if key.startswith("node-cidr")} == expected


@pytest.mark.parametrize(("family", "node_ip"), [("IPv4", "192.0.2.2"), ("IPv6", "2001:db8::2")])
def test_node_address_ambiguous_is_said_by_node_ip(day0, family, node_ip) -> None:
    """The kubelet is told which address counts, whatever VPN the host is in besides."""
    join = day0(family).documents("10-kubeadm/join-n2.yaml")["JoinConfiguration"]
    assert arguments(join["nodeRegistration"]["kubeletExtraArgs"]) == {"node-ip": node_ip}
    assert join["controlPlane"]["localAPIEndpoint"]["advertiseAddress"] == node_ip


def test_node_of_two_families_says_both_the_first_one_first(day0) -> None:
    """In a dual-stack cluster node-ip is a pair in the order of the Service ranges."""
    join = day0("dual").documents("10-kubeadm/join-n4.yaml")["JoinConfiguration"]
    assert arguments(join["nodeRegistration"]["kubeletExtraArgs"]) == {"node-ip": "2001:db8::4,192.0.2.4"}
    assert "controlPlane" not in join


@pytest.mark.parametrize(
    ("family", "any_address"),
    [("IPv4", "0.0.0.0"), ("IPv6", "[::]"), ("dual", "[::]")],  # noqa: S104 - what is tested
)
def test_targets_always_down_listen_where_prometheus_can_reach_them(day0, family, any_address) -> None:
    """Controller manager, scheduler, etcd's metrics and kube-proxy's are bound to more than the host itself."""
    made = day0(family).documents("10-kubeadm/init-n1.yaml")
    cluster = made["ClusterConfiguration"]
    bound = {arguments(cluster[name]["extraArgs"])["bind-address"] for name in ("controllerManager", "scheduler")}
    assert bound == {any_address.strip("[]")}
    assert arguments(cluster["etcd"]["local"]["extraArgs"])["listen-metrics-urls"] == f"http://{any_address}:2381"
    assert made["KubeProxyConfiguration"]["metricsBindAddress"] == f"{any_address}:10249"


@pytest.mark.parametrize(("quota", "number"), [("2Gi", "2147483648"), ("8Gi", "8589934592"), ("5G", "5000000000")])
def test_etcd_quota_is_one_number_for_all_members(day0, quota, number) -> None:
    """It stands in the one ClusterConfiguration that every member is made from, in bytes."""
    made = day0(kubernetes={"etcd": {"quota": quota}})
    cluster = made.documents("10-kubeadm/init-n1.yaml")["ClusterConfiguration"]
    assert arguments(cluster["etcd"]["local"]["extraArgs"])["quota-backend-bytes"] == number
    assert "quota" not in "".join(text for path, text in made.files.items() if "/join-" in path)


def test_disk_full_of_images_is_prevented_by_the_kubelet(day0) -> None:
    """Images go by age too, not only when the disk is nearly full."""
    kubelet = day0().documents("10-kubeadm/init-n1.yaml")["KubeletConfiguration"]
    assert kubelet["imageMaximumGCAge"] == "336h0m0s"
    assert kubelet["imageGCLowThresholdPercent"] < kubelet["imageGCHighThresholdPercent"] < 85


def test_nothing_schedulable_does_not_happen_to_one_node(day0) -> None:
    """The only node has no taint; beside a worker a control plane keeps its own."""
    alone = day0(shape="one").documents("10-kubeadm/init-n1.yaml")["InitConfiguration"]
    among = day0().documents("10-kubeadm/init-n1.yaml")["InitConfiguration"]
    assert alone["nodeRegistration"]["taints"] == []
    assert among["nodeRegistration"]["taints"] == [
        {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}
    ]


def test_load_balancer_strict_arp_is_on_with_ipvs_alone(day0) -> None:
    """Ipvs would answer for addresses of other nodes; the other modes have no such setting."""
    ipvs = day0(network={"kubeProxy": {"mode": "ipvs"}}).documents("10-kubeadm/init-n1.yaml")
    assert ipvs["KubeProxyConfiguration"]["ipvs"] == {"strictARP": True}
    assert "ipvs" not in day0().documents("10-kubeadm/init-n1.yaml")["KubeProxyConfiguration"]


@pytest.mark.parametrize(("system", "driver"), [("alpine", "cgroupfs"), ("debian", "systemd"), ("raspbian", "systemd")])
def test_kubelet_and_containerd_agree_on_cgroups(day0, system, driver) -> None:
    """Without systemd both use cgroupfs."""
    made = day0(nodeDefaults={"os": system})
    assert made.documents("10-kubeadm/init-n1.yaml")["KubeletConfiguration"]["cgroupDriver"] == driver
    said = made[f"00-hosts/{system}/files/etc/containerd/config.toml"]
    assert f"SystemdCgroup = {str(driver == 'systemd').lower()}" in said


def test_odd_host_gets_its_own_cgroup_driver(day0) -> None:
    """Kubeadm has one KubeletConfiguration for all: a host without systemd among others has a patch."""
    nodes = {
        "a": {"address": "2001:db8::1", "roles": ["control-plane"]},
        "b": {"address": "2001:db8::2", "os": "alpine"},
    }
    made = day0(nodes=nodes)
    assert made.document("10-kubeadm/patches/kubeletconfiguration+merge.yaml") == {"cgroupDriver": "cgroupfs"}
    assert "patches" in made.documents("10-kubeadm/join-b.yaml")["JoinConfiguration"]
    assert "patches" not in made.documents("10-kubeadm/init-a.yaml")["InitConfiguration"]


def test_joining_node_finds_its_token_outside_the_tree(day0) -> None:
    """The discovery file is made on the first control plane; no file of the tree has a token."""
    made = day0()
    join = made.documents("10-kubeadm/join-n4.yaml")["JoinConfiguration"]
    assert join["discovery"] == {"file": {"kubeConfigPath": "/etc/kubernetes/discovery.conf"}}
    assert "kubeadm token create" in made["README.md"]
    assert "rm /etc/kubernetes/discovery.conf" in made["README.md"]


def test_kubelet_dir_mismatch_controller_manager_is_told_the_kubelets_plugin_directory(day0) -> None:
    """It has a default of its own, and is told where the settings name another one; with the default it is not."""
    file = "10-kubeadm/init-n1.yaml"
    for directory, told in (("/opt/plugins", ["/opt/plugins"]), (None, [])):
        kubernetes = {"volumePluginDir": directory} if directory else {}
        manager = day0(kubernetes=kubernetes).documents(file)["ClusterConfiguration"]["controllerManager"]
        assert [one["value"] for one in manager["extraArgs"] if one["name"] == "flex-volume-plugin-dir"] == told
