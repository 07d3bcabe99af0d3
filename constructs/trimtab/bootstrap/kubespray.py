"""What kubespray is told: the inventory, and its variables under its own names (v2.31.0 unless another is named)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.bootstrap.addresses import anywhere, control_planes, in_brackets, node_addresses, plan_endpoint
from trimtab.bootstrap.amounts import count_bytes
from trimtab.bootstrap.containerd import authority_path, plan_mirror, plan_server
from trimtab.bootstrap.files import Files
from trimtab.bootstrap.host_files import plan_nameservers, plan_no_proxy
from trimtab.bootstrap.kubeadm import IMAGES
from trimtab.bootstrap.kubespray_source import installable_nodes
from trimtab.documents.writer import render_yaml
from trimtab.plan.cluster import POD_NETWORKS, Cluster
from trimtab.plan.node_mask import plan_node_mask
from trimtab.plan.nodes import CONTROL_PLANE_TAINT, NodeFacts
from trimtab.settings.component import ComponentSettings
from trimtab.settings.kubernetes import EndpointProvider

FOLDER = "10-kubespray/inventory"

_SWITCHES = {
    "argocd_enabled": "argocd",
    "cert_manager_enabled": "cert-manager",
    "gateway_api_enabled": "gateway-api",
    "local_path_provisioner_enabled": "local-path",
    "metallb_enabled": "metallb",
    "metrics_server_enabled": "metrics-server",
    "prometheus_operator_crds_enabled": "prometheus",
    "registry_enabled": "registry",
}
"""kubespray's switch to the word in `kubernetes.provides` (roles/kubespray_defaults/defaults/main/main.yml)."""


def plan_kubespray(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Files:
    """Give the inventory and the variables of all hosts, and those of the cluster."""
    return {
        f"{FOLDER}/hosts.yaml": render_yaml(plan_inventory(cluster)),
        f"{FOLDER}/group_vars/all/trimtab.yml": render_yaml(plan_host_variables(cluster)),
        f"{FOLDER}/group_vars/k8s_cluster/trimtab.yml": render_yaml(plan_variables(cluster, components)),
    }


def plan_inventory(cluster: Cluster) -> dict[str, Any]:
    """Give hosts and groups. A control plane that takes workloads is in both groups, which leaves its taint off.

    Source: kubespray v2.31.0 inventory/sample/inventory.ini, docs/ansible/inventory.md.
    """
    nodes = installable_nodes(cluster)
    planes = [node for node in control_planes(cluster) if node in nodes]
    workers = [node for node in nodes if not node.is_control_plane or CONTROL_PLANE_TAINT not in node.taints]
    return {
        "all": {
            "hosts": {node.name: _host(node, cluster) for node in nodes},
            "children": {
                "kube_control_plane": {"hosts": {node.name: {} for node in planes}},
                "etcd": {"hosts": {node.name: {"etcd_member_name": f"etcd-{node.name}"} for node in planes}},
                "kube_node": {"hosts": {node.name: {} for node in workers}},
                "k8s_cluster": {"children": {"kube_control_plane": {}, "kube_node": {}}},
            },
        }
    }


def _host(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    addresses = node_addresses(node, cluster)
    host: dict[str, Any] = {"ansible_host": addresses[0], "ansible_user": "root"}
    for address in addresses:
        suffix = "6" if ":" in address else ""
        host |= {f"ip{suffix}": address, f"access_ip{suffix}": address}
    taints = [taint for taint in node.taints if taint != CONTROL_PLANE_TAINT]
    labels = dict(node.labels) | ({"topology.kubernetes.io/zone": node.zone} if node.zone else {})
    return host | ({"node_taints": taints} if taints else {}) | ({"node_labels": labels} if labels else {})


def plan_host_variables(cluster: Cluster) -> dict[str, Any]:
    """Give the variables of all hosts: endpoint, proxy, time, names, etcd's quota."""
    network = cluster.settings.network
    variables: dict[str, Any] = {
        "etcd_quota_backend_bytes": str(count_bytes(cluster.settings.kubernetes.etcd.quota)),
        "etcd_listen_metrics_urls": f"http://{in_brackets(anywhere(cluster))}:2381",
        **_endpoint(cluster),
    }
    if network.proxy:
        variables["http_proxy"] = network.proxy.http
        variables["https_proxy"] = network.proxy.https or network.proxy.http
        variables["no_proxy"] = ",".join(plan_no_proxy(cluster))
    if network.nameservers:
        variables["upstream_dns_servers"] = plan_nameservers(cluster)
    if network.time_servers:
        servers = [f"{server} iburst" for server in network.time_servers]
        variables |= {"ntp_enabled": True, "ntp_manage_config": True, "ntp_package": "chrony", "ntp_servers": servers}
    return variables | _registries(cluster)


def _endpoint(cluster: Cluster) -> dict[str, Any]:
    endpoint = plan_endpoint(cluster)
    if endpoint is None:
        return {}
    variables: dict[str, Any] = {
        "loadbalancer_apiserver": {"address": endpoint.address or endpoint.host, "port": endpoint.port},
        "loadbalancer_apiserver_localhost": False,
    }
    if endpoint.provider is EndpointProvider.KUBE_VIP and endpoint.address:
        variables |= {"kube_vip_enabled": True, "kube_vip_controlplane_enabled": True, "kube_vip_arp_enabled": True}
        variables["kube_vip_address"] = endpoint.address
    name = endpoint.host if endpoint.host != endpoint.address else None
    return variables | ({"apiserver_loadbalancer_domain_name": name} if name else {})


def _registries(cluster: Cluster) -> dict[str, Any]:
    mirrors = []
    for host, registry in sorted(cluster.settings.registries.items()):
        mirror: dict[str, Any] = {"host": plan_mirror(host, registry), "capabilities": ["pull", "resolve"]}
        mirror["skip_verify"] = registry.insecure
        mirror |= {"override_path": True} if registry.mirror and "/v2" in registry.mirror else {}
        mirror |= {"ca": [authority_path(host)]} if registry.ca_file else {}
        mirrors.append({"prefix": host, "server": plan_server(host), "mirrors": [mirror]})
    return {"containerd_registries_mirrors": mirrors} if mirrors else {}


def plan_variables(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> dict[str, Any]:
    """Give the variables of the cluster: versions, ranges, kube-proxy, certificates, and what is Argo CD's."""
    return {
        **({"kube_version": version} if (version := _version(cluster)) else {}),
        "cluster_name": cluster.settings.kubernetes.cluster_domain,
        "kube_network_plugin": _plugin(cluster),
        **_ranges(cluster),
        "kube_proxy_mode": str(cluster.settings.network.kube_proxy.mode),
        "kube_proxy_strict_arp": _needs_strict_arp(cluster, components),
        "kube_proxy_bind_address": anywhere(cluster),
        "kube_proxy_healthz_bind_address": f"{in_brackets(anywhere(cluster))}:10256",
        "kube_proxy_metrics_bind_address": f"{in_brackets(anywhere(cluster))}:10249",
        "kube_controller_manager_bind_address": anywhere(cluster),
        "kube_scheduler_bind_address": anywhere(cluster),
        "auto_renew_certificates": True,
        "kubelet_image_gc_high_threshold": IMAGES["imageGCHighThresholdPercent"],
        "kubelet_image_gc_low_threshold": IMAGES["imageGCLowThresholdPercent"],
        "kubelet_config_extra_args": {"imageMaximumGCAge": IMAGES["imageMaximumGCAge"]},
        **_plugins(cluster),
        "enable_nodelocaldns": "nodelocaldns" in cluster.provides,
        **{switch: word in cluster.provides for switch, word in _SWITCHES.items()},
    }


def _needs_strict_arp(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> bool:
    """Say whether something announces addresses: kubespray refuses MetalLB and kube-vip beside ipvs without it."""
    moves = cluster.settings.kubernetes.endpoint_provider is EndpointProvider.KUBE_VIP
    return moves or bool({"metallb", "kube-vip"} & {*components, *cluster.provides})


def _plugins(cluster: Cluster) -> dict[str, Any]:
    """Give where volume plugins lie: kubelets and the controller manager are told by one variable, or disagree.

    Source: kubespray v2.31.0 roles/kubernetes/node/templates/kubelet.env.v1beta1.j2:18,
    roles/kubernetes/control-plane/templates/kubeadm-config.v1beta4.yaml.j2:403.
    """
    where = cluster.volume_plugin_dir
    return {"kubelet_flexvolumes_plugins_dir": where} if where else {}


def _version(cluster: Cluster) -> str | None:
    """Give an exact version, without the `v` that kubespray dropped in 2.28; a minor is left to the tag."""
    version = cluster.settings.kubernetes.version
    return version if version.count(".") == 2 else None


def _plugin(cluster: Cluster) -> str:
    """Give the plugin's name; `cni` installs none and leaves it to Argo CD."""
    provided = sorted(set(cluster.provides) & POD_NETWORKS)
    return provided[0] if provided else "cni"


def _ranges(cluster: Cluster) -> dict[str, Any]:
    variables: dict[str, Any] = {
        "ipv4_stack": "IPv4" in cluster.ip_families,
        "ipv6_stack": "IPv6" in cluster.ip_families,
    }
    for family in cluster.ip_families:
        suffix = "_ipv6" if family == "IPv6" else ""
        pods = cluster.pods(family)
        variables[f"kube_service_addresses{suffix}"] = cluster.services(family)
        variables[f"kube_pods_subnet{suffix}"] = pods
        if pods and (mask := plan_node_mask(pods, len(cluster.nodes))):
            variables[f"kube_network_node_prefix{suffix}"] = mask
    return variables
