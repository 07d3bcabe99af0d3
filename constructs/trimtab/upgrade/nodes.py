"""How Kubernetes itself is taken to another version: the commands, in order, node by node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from trimtab.bootstrap.addresses import control_planes
from trimtab.bootstrap.etcd import SNAPSHOT
from trimtab.bootstrap.kubespray import FOLDER as INVENTORY
from trimtab.bootstrap.kubespray_source import plan_source
from trimtab.bootstrap.ssh import render_on
from trimtab.catalogue.versions import parse_version
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.kubernetes import Distribution
from trimtab.settings.nodes import OperatingSystem

_OWN_WAYS = {
    Distribution.K3S: "https://docs.k3s.io/upgrades",
    Distribution.K0S: "https://docs.k0sproject.io/stable/upgrade/",
    Distribution.RKE2: "https://docs.rke2.io/upgrades/manual_upgrade",
    Distribution.MICROK8S: "https://microk8s.io/docs/upgrading",
}
_APT_LIST = "/etc/apt/sources.list.d/kubernetes.list"


def iter_commands(cluster: Cluster, version: str) -> Iterator[str]:
    """Give the commands that take a cluster's Kubernetes to a version; lines with `#` are words for people.

    They are run in the cluster's `bootstrap/`, after the new version was synthesized and committed.

    Args:
        cluster: The cluster, with the settings it will have.
        version: The minor or exact version of Kubernetes to go to.
    """
    distribution = cluster.settings.kubernetes.distribution
    if distribution == Distribution.KUBEADM and cluster.has_nodes:
        yield from _kubeadm(cluster, version)
    elif distribution == Distribution.KUBESPRAY:
        yield from _kubespray(cluster)
    elif distribution in _OWN_WAYS:
        yield f"# {distribution} has its own way, one minor at a time: {_OWN_WAYS[distribution]}"
    else:
        yield "# the settings name no node, or do not say who installed Kubernetes: no commands can be given"


def _kubeadm(cluster: Cluster, version: str) -> Iterator[str]:
    """Source: kubernetes.io, upgrading kubeadm clusters; upgrading Linux nodes; changing the package repository."""
    first, *planes = control_planes(cluster)
    yield from _snapshot(first, cluster)
    yield f"# the first control plane, {first.name}"
    yield render_on(first, _install(first, version, "kubeadm"))
    yield render_on(first, "kubeadm upgrade plan")
    yield render_on(first, 'kubeadm upgrade apply --yes "$(kubeadm version --output short)"')
    alone = cluster.is_single_node
    yield from _kubelet(first, version, alone=alone)
    workers = [node for node in cluster.nodes if not node.is_control_plane]
    for word, node in [*(("control plane", node) for node in planes), *(("worker", node) for node in workers)]:
        yield f"# the {word} {node.name}"
        yield render_on(node, _install(node, version, "kubeadm"))
        yield render_on(node, "kubeadm upgrade node")
        yield from _kubelet(node, version)
    yield "# every node shows the new version, and every Application is healthy"
    yield "kubectl get nodes"


def _snapshot(node: NodeFacts, cluster: Cluster) -> Iterator[str]:
    if cluster.settings.backup.etcd:
        yield "# first a copy of etcd"
        yield render_on(node, SNAPSHOT)
    else:
        yield "# first a copy of etcd: backup.etcd is not set, so that there is no script for it"


def _kubelet(node: NodeFacts, version: str, *, alone: bool = False) -> Iterator[str]:
    """A node that is alone is not drained: its pods could go nowhere."""
    if not alone:
        yield f"kubectl drain {node.name} --ignore-daemonsets --delete-emptydir-data --timeout 15m"
    yield render_on(node, _install(node, version, "kubelet", "kubectl"))
    yield render_on(node, _restart(node))
    if not alone:
        yield f"kubectl uncordon {node.name}"
    yield f"kubectl wait --for=condition=Ready node/{node.name} --timeout 10m"


def _install(node: NodeFacts, version: str, *packages: str) -> str:
    return _INSTALLERS[OperatingSystem(node.os)](version, packages)


def _apt(version: str, packages: tuple[str, ...]) -> str:
    minor = parse_version(version).minor
    wanted = version if version.count(".") == 2 else f"{minor}."
    names = " ".join(packages)
    pinned = quote_names(f"{package}={wanted}*" for package in packages)
    return (
        f"sed -i 's,/v1\\.[0-9]*/,/v{minor}/,' {_APT_LIST} && apt-get update && apt-mark unhold {names}"
        f" && apt-get install --yes {pinned} && apt-mark hold {names}"
    )


def _apk(version: str, packages: tuple[str, ...]) -> str:
    """An operator of fuzzy match, `~`, takes the newest of what begins so (apk-world(5))."""
    return f"apk add --update-cache {quote_names(f'{package}~{version}' for package in packages)}"


def _other(version: str, packages: tuple[str, ...]) -> str:
    return f"echo 'install {' and '.join(packages)} {version} the way of this system'"


def quote_names(names: Iterator[str]) -> str:
    """Quote package names for a shell that would read `*` and `~`."""
    return " ".join(f'"{name}"' for name in names)


_INSTALLERS: Mapping[OperatingSystem, Callable[[str, tuple[str, ...]], str]] = {
    OperatingSystem.ALPINE: _apk,
    OperatingSystem.DEBIAN: _apt,
    OperatingSystem.UBUNTU: _apt,
    OperatingSystem.RASPBIAN: _apt,
    OperatingSystem.OTHER: _other,
}


def _restart(node: NodeFacts) -> str:
    alpine = node.os == OperatingSystem.ALPINE
    return "rc-service kubelet restart" if alpine else "systemctl daemon-reload && systemctl restart kubelet"


def _kubespray(cluster: Cluster) -> Iterator[str]:
    """Source: kubespray docs/operations/upgrades.md (graceful upgrade, multiple upgrades)."""
    source = plan_source(cluster)
    planes = control_planes(cluster)
    if planes:
        yield from _snapshot(planes[0], cluster)
    yield f"# kubespray at its tag {source.tag}, which fixes the Kubernetes"
    yield from source.commands
    yield "# one node after the other: cordon, drain, upgrade, uncordon"
    yield f'inventory="$PWD/{INVENTORY}/hosts.yaml"'
    playbook = 'venv/bin/ansible-playbook --inventory "$inventory" --become --extra-vars serial=1 upgrade-cluster.yml'
    yield f"( cd {source.folder} && {playbook} )"
    yield "# every node shows the new version, and every Application is healthy"
    yield "kubectl get nodes"
