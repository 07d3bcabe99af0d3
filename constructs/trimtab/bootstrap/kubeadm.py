"""What kubeadm is told: the cluster once, every node, the kubelets and kube-proxy."""

from __future__ import annotations

from typing import Any

from trimtab.bootstrap.addresses import API_PORT, anywhere, control_planes, in_brackets, node_addresses, plan_endpoint
from trimtab.bootstrap.amounts import count_bytes
from trimtab.bootstrap.files import Files, render_lines
from trimtab.bootstrap.host_files import systems
from trimtab.catalogue.kubeadm_images import REGISTRY
from trimtab.components.mirrored import plan_prefixes
from trimtab.documents.writer import render_yaml
from trimtab.kube.objects import without_nothing
from trimtab.plan.cluster import Cluster
from trimtab.plan.node_mask import plan_node_mask
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.network import KubeProxyMode
from trimtab.settings.nodes import OperatingSystem

FOLDER = "10-kubeadm"
API_VERSION = "kubeadm.k8s.io/v1beta4"
"""Since kubeadm 1.31 (kubernetes cmd/kubeadm/app/apis/kubeadm/v1beta4/doc.go)."""

SOCKET = "unix:///run/containerd/containerd.sock"
DISCOVERY = "/etc/kubernetes/discovery.conf"
"""Where a node that joins finds the endpoint, the authority and a token that lives for two hours."""

PATCHES = "/etc/kubernetes/patches"

_PLUGINS = "/usr/libexec/kubernetes/kubelet-plugins/volume/exec"
"""Where the controller manager looks unless told (kubernetes cmd/kube-controller-manager, FlexVolumePluginDir)."""

IMAGES = {"imageGCHighThresholdPercent": 80, "imageGCLowThresholdPercent": 70, "imageMaximumGCAge": "336h0m0s"}
"""Images go from four fifths of the disk on, and after two weeks without use whatever the disk says: snapshots of
containerd once filled 30 GB in nine months. Fields: kubernetes staging/src/k8s.io/kubelet/config/v1beta1/types.go."""


def plan_kubeadm(cluster: Cluster) -> Files:
    """Give the file of `kubeadm init` on the first control plane, and that of `kubeadm join` on every other node."""
    first, *others = _members(cluster)
    objects = [
        plan_cluster_configuration(cluster),
        plan_init(first, cluster),
        plan_kubelet(cluster),
        plan_kube_proxy(cluster),
    ]
    files: Files = {f"{FOLDER}/init-{first.name}.yaml": "".join(map(render_yaml, objects))}
    # The first one too: once it is lost, it comes back by joining the others.
    for node in (first, *others) if len(control_planes(cluster)) > 1 else others:
        files[f"{FOLDER}/join-{node.name}.yaml"] = render_yaml(plan_join(node, cluster))
    if labels := _labels(cluster):
        files[f"{FOLDER}/labels.sh"] = labels
    if _odd_systems(cluster):
        files[f"{FOLDER}/patches/kubeletconfiguration+merge.yaml"] = render_yaml({"cgroupDriver": "cgroupfs"})
    return files


def _members(cluster: Cluster) -> tuple[NodeFacts, ...]:
    planes = control_planes(cluster)
    return (*planes, *(node for node in cluster.nodes if node not in planes))


def plan_cluster_configuration(cluster: Cluster) -> dict[str, Any]:
    """Give the ClusterConfiguration: ranges, endpoint, what the control plane listens on, etcd's quota."""
    network, endpoint = cluster.settings.network, plan_endpoint(cluster)
    address = anywhere(cluster)
    return without_nothing(
        {
            "apiVersion": API_VERSION,
            "kind": "ClusterConfiguration",
            "clusterName": cluster.name,
            "kubernetesVersion": _version(cluster.settings.kubernetes.version),
            "controlPlaneEndpoint": str(endpoint) if endpoint else None,
            **_mirrored(cluster),
            "networking": {
                "dnsDomain": cluster.settings.kubernetes.cluster_domain,
                "podSubnet": ",".join(_by_family(network.pods, cluster)),
                "serviceSubnet": ",".join(network.services),
            },
            "controllerManager": {
                "extraArgs": _arguments({"bind-address": address, **_masks(cluster), **_plugins(cluster)})
            },
            "scheduler": {"extraArgs": _arguments({"bind-address": address})},
            "etcd": {
                "local": {
                    "dataDir": "/var/lib/etcd",
                    "extraArgs": _arguments(
                        {
                            "quota-backend-bytes": str(count_bytes(cluster.settings.kubernetes.etcd.quota)),
                            "listen-metrics-urls": f"http://{in_brackets(address)}:2381",
                        }
                    ),
                }
            },
        }
    )


def plan_init(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    """Give the InitConfiguration of the first control plane."""
    return {
        "apiVersion": API_VERSION,
        "kind": "InitConfiguration",
        "localAPIEndpoint": _local_endpoint(node, cluster),
        "nodeRegistration": _registration(node, cluster),
        **_patches(node, cluster),
    }


def plan_join(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    """Give the JoinConfiguration of another node; the token is in a file that the first control plane makes."""
    wanted = {
        "apiVersion": API_VERSION,
        "kind": "JoinConfiguration",
        "discovery": {"file": {"kubeConfigPath": DISCOVERY}},
        "nodeRegistration": _registration(node, cluster),
        **_patches(node, cluster),
    }
    if node.is_control_plane:
        wanted["controlPlane"] = {"localAPIEndpoint": _local_endpoint(node, cluster)}
    return wanted


def plan_kubelet(cluster: Cluster) -> dict[str, Any]:
    """Give what all kubelets share."""
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "cgroupDriver": "cgroupfs" if systems(cluster) == (OperatingSystem.ALPINE,) else "systemd",
        **({"address": "::"} if cluster.is_ipv6_only else {}),
        "rotateCertificates": True,
        **IMAGES,
        **({"volumePluginDir": cluster.volume_plugin_dir} if cluster.volume_plugin_dir else {}),
    }


def plan_kube_proxy(cluster: Cluster) -> dict[str, Any]:
    """Give kube-proxy's configuration; kubeadm fills in the pod range."""
    mode = cluster.settings.network.kube_proxy.mode
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": str(mode),
        "metricsBindAddress": f"{in_brackets(anywhere(cluster))}:10249",
        **({"ipvs": {"strictARP": True}} if mode is KubeProxyMode.IPVS else {}),
    }


def _by_family(ranges: list[str], cluster: Cluster) -> list[str]:
    """Order the pod ranges as the Service ranges are: the first one's family is the cluster's first."""
    return [cidr for family in cluster.ip_families if (cidr := cluster.pods(family)) and cidr in ranges]


def _version(version: str) -> str:
    """Give an exact version as a tag; a minor as the label that kubeadm looks up, or replaces by its own version."""
    return f"v{version}" if version.count(".") == 2 else f"stable-{version}"


def _mirrored(cluster: Cluster) -> dict[str, Any]:
    """Give where kubeadm pulls from, if that shall be a mirror: CoreDNS lies one step lower only upstream.

    Source: kubernetes cmd/kubeadm/app/images/images.go, GetDNSImage.
    """
    prefix = plan_prefixes(cluster).get(REGISTRY)
    return {"imageRepository": prefix, "dns": {"imageRepository": f"{prefix}/coredns"}} if prefix else {}


def _masks(cluster: Cluster) -> dict[str, str]:
    """Give the length of a node's block: one flag for one family, two for both.

    Source: kubernetes cmd/kube-controller-manager/app/core.go, setNodeCIDRMaskSizes.
    """
    masks = {
        family: plan_node_mask(cidr, len(cluster.nodes))
        for family in cluster.ip_families
        if (cidr := cluster.pods(family))
    }
    known = {family: str(mask) for family, mask in masks.items() if mask is not None}
    if cluster.is_dual_stack:
        return {f"node-cidr-mask-size-{family.lower()}": mask for family, mask in known.items()}
    return {"node-cidr-mask-size": next(iter(known.values()))} if known else {}


def _plugins(cluster: Cluster) -> dict[str, str]:
    """Tell the controller manager where the kubelets look for volume plugins, where that is not its own default.

    kubeadm mounts the directory by the same flag (kubernetes cmd/kubeadm/app/phases/controlplane/volumes.go).
    """
    where = cluster.volume_plugin_dir
    return {"flex-volume-plugin-dir": where} if where and where != _PLUGINS else {}


def _arguments(arguments: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in arguments.items()]


def _local_endpoint(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    return {"advertiseAddress": node_addresses(node, cluster)[0], "bindPort": API_PORT}


def _registration(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    """Give what the node says of itself: its name, which of its addresses counts, and exactly its taints."""
    return {
        "name": node.name,
        "criSocket": SOCKET,
        "kubeletExtraArgs": _arguments({"node-ip": ",".join(node_addresses(node, cluster))}),
        "taints": [_taint(taint) for taint in node.taints],
    }


def _taint(text: str) -> dict[str, str]:
    key_value, _, effect = text.rpartition(":")
    key, has_value, value = key_value.partition("=")
    return {"key": key, **({"value": value} if has_value else {}), "effect": effect}


def _odd_systems(cluster: Cluster) -> bool:
    """Say whether hosts with systemd and hosts without it live side by side."""
    found = systems(cluster)
    return OperatingSystem.ALPINE in found and len(found) > 1


def _patches(node: NodeFacts, cluster: Cluster) -> dict[str, Any]:
    return {"patches": {"directory": PATCHES}} if needs_patch(node, cluster) else {}


def needs_patch(node: NodeFacts, cluster: Cluster) -> bool:
    """Say whether a node without systemd lives among others, so that its kubelet is told another cgroup driver."""
    return node.os == OperatingSystem.ALPINE and _odd_systems(cluster)


def _labels(cluster: Cluster) -> str | None:
    """Label nodes from outside: a kubelet may not give itself every label (NodeRestriction)."""
    lines = []
    for node in cluster.nodes:
        labels = dict(node.labels)
        if node.zone:
            labels["topology.kubernetes.io/zone"] = node.zone
        if labels:
            words = " ".join(f"'{key}={value}'" for key, value in sorted(labels.items()))
            lines.append(f"kubectl label node {node.name} --overwrite {words}")
    return render_lines("#!/bin/sh", "# The labels of all nodes.", "set -eu", *lines) if lines else None
