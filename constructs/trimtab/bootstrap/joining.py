"""How Kubernetes comes onto prepared hosts: kubeadm's commands, or kubespray's."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import API_PORT, control_planes, in_brackets, node_addresses, plan_endpoint
from trimtab.bootstrap.endpoint_files import KUBE_VIP_FILE
from trimtab.bootstrap.files import quote_all, render_block
from trimtab.bootstrap.kubeadm import DISCOVERY, FOLDER, PATCHES, needs_patch
from trimtab.bootstrap.kubespray import FOLDER as INVENTORY
from trimtab.bootstrap.kubespray_source import installable_nodes, plan_source
from trimtab.bootstrap.ssh import render_on
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.kubernetes import EndpointProvider

MANIFESTS = "/etc/kubernetes/manifests"
_PKI = (
    "ca.crt",
    "ca.key",
    "sa.key",
    "sa.pub",
    "front-proxy-ca.crt",
    "front-proxy-ca.key",
    "etcd/ca.crt",
    "etcd/ca.key",
)
"""What control planes share (kubernetes.io, creating highly available clusters, manual certificate distribution)."""


def iter_kubeadm(cluster: Cluster) -> Iterator[str]:
    """Give the way of kubeadm: the first control plane, the other ones, the workers."""
    first, *planes = control_planes(cluster)
    workers = [node for node in cluster.nodes if not node.is_control_plane]
    file = f"{FOLDER}/init-{first.name}.yaml"
    yield "First let kubeadm itself look at what it will be told:"
    yield ""
    yield render_block(render_on(first, f"kubeadm config validate --config bootstrap/{file}"))
    yield from ("", f"### The first control plane, {first.name}", "")
    with_vip = has_kube_vip(cluster)
    yield render_block(
        *(_vip(first, "super-admin.conf") if with_vip else ()),
        *_patches(first, cluster),
        render_on(first, f"kubeadm init --config bootstrap/{file}"),
        *(_vip(first, "admin.conf") if with_vip else ()),
        *iter_own_config(first, cluster),
    )
    yield from ("", "This file opens everything: it lies outside the repository, and is for nobody else.")
    if with_vip:
        yield "kube-vip uses `super-admin.conf` until the control plane is there: before, `admin.conf` may do nothing."
    yield from ("", f"Check: {first.name} is listed, NotReady for as long as there is no network of pods.", "")
    yield render_block("kubectl get nodes", "kubectl get --raw /readyz")
    if planes or workers:
        yield from _joining(first, planes, workers, cluster)
    yield from ("", "### All nodes", "", "Check: every node has the address that the settings name.", "")
    yield render_block(
        "kubectl get nodes --output custom-columns=NAME:.metadata.name,ADDRESS:.status.addresses[*].address"
    )
    yield from ("", "| node | address |", "|---|---|")
    yield from (f"| {node.name} | {', '.join(node_addresses(node, cluster))} |" for node in cluster.nodes)
    if any(node.labels or node.zone for node in cluster.nodes):
        yield from (
            "",
            "Then their labels:",
            "",
            render_block(f"sh {FOLDER}/labels.sh", "kubectl get nodes --show-labels"),
        )


def _joining(first: NodeFacts, planes: list[NodeFacts], workers: list[NodeFacts], cluster: Cluster) -> Iterator[str]:
    yield from ("", "### What the others are told", "")
    yield "The endpoint, the authority, and a token for two hours; it never lies in this folder."
    yield ""
    yield render_block(*_discovery(first, cluster))
    for node in planes:
        yield from ("", f"### The control plane {node.name}", "")
        yield render_block(
            f"{render_on(first, f'tar -C /etc/kubernetes/pki -c {quote_all(_PKI)}')} \\",
            f"  | {render_on(node, 'mkdir -p -m 0700 /etc/kubernetes/pki && tar -C /etc/kubernetes/pki -x')}",
            *_join(node, cluster),
            *(_vip(node, "admin.conf") if has_kube_vip(cluster) else ()),
        )
        yield from ("", "Check: it is listed, and etcd has a member more.", "")
        yield render_block("kubectl get nodes", render_on(first, "etcdctl-here member list --write-out table"))
    for node in workers:
        yield from ("", f"### The worker {node.name}", "", render_block(*_join(node, cluster)))
        yield from ("", "Check:", "", render_block(f"kubectl get node {node.name}"))


def _discovery(first: NodeFacts, cluster: Cluster) -> Iterator[str]:
    """A kubeconfig with a token in it is all that `discovery.file` needs (kubeadm app/discovery/discovery.go)."""
    endpoint = plan_endpoint(cluster)
    server = str(endpoint) if endpoint else f"{in_brackets(node_addresses(first, cluster)[0])}:{API_PORT}"
    config = f"kubectl config --kubeconfig {DISCOVERY}"
    authority = "--certificate-authority /etc/kubernetes/pki/ca.crt --embed-certs"
    yield render_on(first, f"{config} set-cluster {cluster.name} --server https://{server} {authority}")
    yield render_on(first, f'{config} set-credentials joining --token "$(kubeadm token create --ttl 2h)"')
    yield render_on(first, f"{config} set-context joining --cluster {cluster.name} --user joining")
    yield render_on(first, f"{config} use-context joining")


def _join(node: NodeFacts, cluster: Cluster) -> Iterator[str]:
    first, *_ = control_planes(cluster)
    yield f"{render_on(first, f'cat {DISCOVERY}')} \\"
    yield f"  | {render_on(node, f'mkdir -p /etc/kubernetes && umask 077 && cat > {DISCOVERY}')}"
    yield from _patches(node, cluster)
    yield render_on(node, f"kubeadm join --config bootstrap/{FOLDER}/join-{node.name}.yaml")
    yield render_on(node, f"rm {DISCOVERY}")


def _patches(node: NodeFacts, cluster: Cluster) -> Iterator[str]:
    if needs_patch(node, cluster):
        yield render_on(node, f"mkdir -p {PATCHES} && cp bootstrap/{FOLDER}/patches/*.yaml {PATCHES}")


def has_kube_vip(cluster: Cluster) -> bool:
    """Say whether kube-vip's static pod is among the files."""
    endpoint = plan_endpoint(cluster)
    return bool(endpoint and endpoint.address and endpoint.provider is EndpointProvider.KUBE_VIP)


def _vip(node: NodeFacts, config: str) -> Iterator[str]:
    replaced = f'sed "s,path: .*admin.conf.*,path: /etc/kubernetes/{config},"'
    yield render_on(node, f"mkdir -p {MANIFESTS} && {replaced} bootstrap/{KUBE_VIP_FILE} > {MANIFESTS}/kube-vip.yaml")


def iter_kubespray(cluster: Cluster) -> Iterator[str]:
    """Give the way of kubespray: its tag, its inventory, its one playbook."""
    source = plan_source(cluster)
    tag, where = source.tag, source.folder
    yield f"The tag fixes which Kubernetes and which network can be installed: {tag}. What Argo CD owns is off in"
    yield f"[the variables]({INVENTORY}/group_vars/k8s_cluster/trimtab.yml)."
    yield ""
    yield render_block(*source.commands)
    left_out = [node.name for node in cluster.nodes if node not in installable_nodes(cluster)]
    if left_out:
        yield ""
        yield f"Not in the inventory: {', '.join(left_out)}."
        yield "kubespray has no binaries for 32-bit ARM: they join by hand, with a kubeadm and a kubelet that you have."
    yield ""
    yield "Check: every host answers, and the inventory is the one you mean."
    yield ""
    yield render_block(
        f"{where}/venv/bin/ansible --inventory {INVENTORY}/hosts.yaml all --module-name ping",
        f"{where}/venv/bin/ansible-inventory --inventory {INVENTORY}/hosts.yaml --graph",
    )
    yield from ("", "Then:", "")
    first, *_ = control_planes(cluster)
    domain = cluster.settings.kubernetes.cluster_domain
    yield render_block(
        f'inventory="$PWD/{INVENTORY}/hosts.yaml"',
        f'( cd {where} && venv/bin/ansible-playbook --inventory "$inventory" --become cluster.yml )',
        *iter_own_config(first, cluster),
        f"kubectl config set-cluster {domain} --server https://{_server(first, cluster)}",
    )
    yield from ("", "This file opens everything: it is for nobody else. Check: every node is Ready.", "")
    yield render_block("kubectl get nodes --output wide", render_on(first, "etcdctl-here endpoint health --cluster"))


def iter_own_config(first: NodeFacts, cluster: Cluster) -> Iterator[str]:
    """Give the commands that fetch a kubeconfig; never into this folder, which is copied to hosts and lies in Git."""
    yield 'mkdir -p "$HOME/.kube"'
    yield f'( umask 077 && {render_on(first, "cat /etc/kubernetes/admin.conf")} > "$HOME/.kube/{cluster.name}" )'
    yield f'export KUBECONFIG="$HOME/.kube/{cluster.name}"'


def _server(first: NodeFacts, cluster: Cluster) -> str:
    endpoint = plan_endpoint(cluster)
    return str(endpoint) if endpoint else f"{in_brackets(node_addresses(first, cluster)[0])}:{API_PORT}"
