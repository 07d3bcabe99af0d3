"""What kubespray is told: its own names, and nothing that Argo CD owns."""

from __future__ import annotations

import pytest

ALL = "10-kubespray/inventory/group_vars/all/trimtab.yml"
CLUSTER = "10-kubespray/inventory/group_vars/k8s_cluster/trimtab.yml"
HOSTS = "10-kubespray/inventory/hosts.yaml"

KNOWN = {
    # kubespray v2.31.0: roles/kubespray_defaults/defaults/main/main.yml
    *("kube_version", "cluster_name", "kube_network_plugin", "ipv4_stack", "ipv6_stack", "kube_proxy_mode"),
    *("kube_service_addresses", "kube_service_addresses_ipv6", "kube_pods_subnet", "kube_pods_subnet_ipv6"),
    *("kube_network_node_prefix", "kube_network_node_prefix_ipv6", "enable_nodelocaldns", "upstream_dns_servers"),
    *("argocd_enabled", "cert_manager_enabled", "gateway_api_enabled", "local_path_provisioner_enabled"),
    *("metallb_enabled", "metrics_server_enabled", "prometheus_operator_crds_enabled", "registry_enabled"),
    *("kube_vip_enabled", "kube_vip_address", "ntp_package"),
    # roles/kubernetes/control-plane/defaults/main/
    *("kube_proxy_strict_arp", "kube_proxy_bind_address", "kube_proxy_healthz_bind_address"),
    *("kube_proxy_metrics_bind_address", "kube_controller_manager_bind_address", "kube_scheduler_bind_address"),
    "auto_renew_certificates",
    # roles/kubernetes/node/
    # (kubelet.env.v1beta1.j2; control-plane/templates/kubeadm-config.v1beta4.yaml.j2)
    "kubelet_flexvolumes_plugins_dir",
    *("kubelet_image_gc_high_threshold", "kubelet_image_gc_low_threshold", "kubelet_config_extra_args"),
    *("kube_vip_controlplane_enabled", "kube_vip_arp_enabled"),
    # roles/etcd_defaults, roles/etcd/templates/etcd.env.j2
    *("etcd_quota_backend_bytes", "etcd_listen_metrics_urls"),
    # inventory/sample/group_vars/all/all.yml, containerd.yml; roles/kubernetes/preinstall
    *("loadbalancer_apiserver", "loadbalancer_apiserver_localhost", "apiserver_loadbalancer_domain_name"),
    *("http_proxy", "https_proxy", "no_proxy", "ntp_enabled", "ntp_manage_config", "ntp_servers"),
    "containerd_registries_mirrors",
}
HOST_KEYS = {
    *("ansible_host", "ansible_user", "ip", "ip6", "access_ip", "access_ip6", "node_taints", "node_labels")
}  # docs/ansible/vars.md


def make(day0, family: str = "IPv4", **more):
    """Make a cluster of kubespray's."""
    kubernetes = {"distribution": "kubespray", **more.pop("kubernetes", {})}
    return day0(family, kubernetes=kubernetes, **more)


@pytest.mark.parametrize("family", ["IPv4", "IPv6", "dual"])
def test_every_variable_is_one_of_kubesprays(day0, family) -> None:
    """Ansible takes any name without a word: a misspelt one would do nothing."""
    made = make(
        day0,
        family,
        kubernetes={"version": "1.35.4", "endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"},
        network={
            "nameservers": ["9.9.9.9"],
            "timeServers": ["time.example.org"],
            "proxy": {"http": "http://proxy.example.org:3128"},
        },
        registries={"ghcr.io": {"mirror": "https://mirror.example.org/v2/ghcr"}},
    )
    given = {**made.document(ALL), **made.document(CLUSTER)}
    assert set(given) - KNOWN == set()
    hosts = made.document(HOSTS)["all"]["hosts"]
    assert {key for host in hosts.values() for key in host} - HOST_KEYS == set()


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("IPv4", {"kube_network_node_prefix": 24}),
        ("IPv6", {"kube_network_node_prefix_ipv6": 80}),
        ("dual", {"kube_network_node_prefix": 24, "kube_network_node_prefix_ipv6": 64}),
    ],
)
def test_pod_range_too_small_is_cut_by_kubesprays_prefix(day0, family, expected) -> None:
    """The block of each node fits the range, by the variable of its family."""
    given = make(day0, family).document(CLUSTER)
    assert {key: value for key, value in given.items() if "node_prefix" in key} == expected
    assert given["ipv6_stack"] is (family != "IPv4")
    assert given["ipv4_stack"] is (family != "IPv6")


def test_installed_twice_by_distribution_is_switched_off(day0) -> None:
    """What Argo CD owns is off; what `provides` names stays kubespray's."""
    given = make(day0, components={"metallb": {}, "cert-manager": {}, "local-path": {}}).document(CLUSTER)
    assert not any(
        given[name] for name in ("metallb_enabled", "cert_manager_enabled", "local_path_provisioner_enabled")
    )
    assert given["kube_network_plugin"] == "calico"
    own = make(day0, kubernetes={"provides": ["coredns", "kube-proxy", "metallb"]}, components={"calico": {}})
    assert own.document(CLUSTER)["kube_network_plugin"] == "cni"
    assert own.document(CLUSTER)["metallb_enabled"] is True
    assert own.document(CLUSTER)["enable_nodelocaldns"] is False


@pytest.mark.parametrize(("components", "expected"), [({"metallb": {}}, True), ({}, False)])
def test_load_balancer_strict_arp_is_on_beside_metallb(day0, components, expected) -> None:
    """Kubespray itself refuses MetalLB with ipvs without it."""
    assert make(day0, components=components).document(CLUSTER)["kube_proxy_strict_arp"] is expected


def test_certificate_expired_is_renewed_by_kubespray(day0) -> None:
    """Its own timer renews them; it is off by default."""
    assert make(day0).document(CLUSTER)["auto_renew_certificates"] is True


def test_etcd_quota_is_one_variable_of_all_hosts(day0) -> None:
    """A quota on some members alone leaves the cluster read-only: it is a variable of the group `all`."""
    made = make(day0, kubernetes={"etcd": {"quota": "8Gi"}})
    assert made.document(ALL)["etcd_quota_backend_bytes"] == "8589934592"


def test_disk_full_of_images_is_prevented_by_age(day0) -> None:
    """Kubespray has no variable for the age, so it goes through the kubelet's extra settings."""
    given = make(day0).document(CLUSTER)
    assert given["kubelet_config_extra_args"]["imageMaximumGCAge"] == "336h0m0s"


def test_kubelet_dir_mismatch_is_settled_by_the_same_directory(day0) -> None:
    """Kubelets and the controller manager look for plugins where the settings say: one variable tells both."""
    given = make(day0, kubernetes={"volumePluginDir": "/opt/plugins"}).document(CLUSTER)
    assert given["kubelet_flexvolumes_plugins_dir"] == "/opt/plugins"
    assert "volumePluginDir" not in given["kubelet_config_extra_args"]


def test_targets_always_down_can_be_reached(day0) -> None:
    """Metrics of the control plane are bound to more than the host itself."""
    given = make(day0, "IPv6").document(CLUSTER)
    assert given["kube_proxy_metrics_bind_address"] == "[::]:10249"
    assert given["kube_controller_manager_bind_address"] == given["kube_scheduler_bind_address"] == "::"
    assert make(day0, "IPv6").document(ALL)["etcd_listen_metrics_urls"] == "http://[::]:2381"


def test_control_plane_that_works_is_in_both_groups(day0) -> None:
    """Which is how kubespray leaves its taint off."""
    nodes = {
        "a": {"address": "192.0.2.1", "roles": ["control-plane"], "schedulable": True},
        "b": {"address": "192.0.2.2", "labels": {"role": "infra"}, "taints": ["role=infra:NoSchedule"]},
    }
    inventory = make(day0, nodes=nodes).document(HOSTS)["all"]
    assert set(inventory["children"]["kube_node"]["hosts"]) == {"a", "b"}
    assert inventory["hosts"]["b"]["node_taints"] == ["role=infra:NoSchedule"]
    assert inventory["hosts"]["b"]["node_labels"] == {"role": "infra"}


def test_mixed_architectures_leave_out_what_cannot_be_installed(day0) -> None:
    """There are no binaries for 32-bit ARM: the node is not in the inventory, and the README says so."""
    nodes = {
        "a": {"address": "192.0.2.1", "roles": ["control-plane"], "arch": "arm64"},
        "pi3": {"address": "192.0.2.2", "arch": "arm"},
    }
    made = make(day0, nodes=nodes)
    assert set(made.document(HOSTS)["all"]["hosts"]) == {"a"}
    assert "Not in the inventory: pi3" in made["README.md"]


def test_tag_and_version_are_the_ones_of_the_settings(day0) -> None:
    """The tag is cloned; an exact version is handed on without its `v`, a minor is left to the tag."""
    made = make(day0, kubernetes={"version": "1.35.3", "distributionVersion": "2.31.0"})
    assert "--branch v2.31.0" in made["README.md"]
    assert made.document(CLUSTER)["kube_version"] == "1.35.3"
    assert "kube_version" not in make(day0).document(CLUSTER)
