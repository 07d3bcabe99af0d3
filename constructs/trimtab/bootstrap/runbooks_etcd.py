"""Pages for when etcd is full, or must be restored."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes, in_brackets, node_addresses
from trimtab.bootstrap.etcd import ETCDCTL
from trimtab.bootstrap.files import render_block
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.bootstrap.joining import MANIFESTS
from trimtab.bootstrap.ssh import render_on
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts

_STOPPED = "/var/lib/stopped-manifests"


def iter_full_etcd(cluster: Cluster) -> Iterator[str]:
    """Give the page for an etcd that takes no more.

    Source: etcd.io, operations guide, maintenance, space quota.
    """
    quota = cluster.settings.kubernetes.etcd.quota
    yield from ("# etcd is full", "")
    yield "Everything can be read and nothing written: `etcdserver: mvcc: database space exceeded`."
    yield f"The quota is {quota} (`kubernetes.etcd.quota`), and must be the same on every member."
    yield from ("", "## 1. See which member is full", "")
    yield render_block(
        *(render_on(node, f"{ETCDCTL} endpoint status --write-out table") for node in control_planes(cluster))
    )
    yield from ("", "## 2. Compact on one member, defragment on each, one after the other", "")
    first, *_ = control_planes(cluster)
    yield "`REVISION` is the revision that this prints:"
    yield ""
    yield render_block(
        render_on(first, f"{ETCDCTL} endpoint status --write-out json | grep -o '\"revision\":[0-9]*'"),
        render_on(first, f"{ETCDCTL} compact REVISION"),
        *(render_on(node, f"{ETCDCTL} --command-timeout 120s defrag") for node in control_planes(cluster)),
    )
    yield from ("", "## 3. Lift the alarm", "")
    yield render_block(render_on(first, f"{ETCDCTL} alarm disarm"), render_on(first, f"{ETCDCTL} alarm list"))
    yield from ("", "Check: something can be written.", "")
    yield render_block("kubectl create configmap can-write --dry-run=server --output name")
    yield from ("", "## 4. Where that did not free enough", "")
    yield "Raise `kubernetes.etcd.quota`, synth, and put the same `--quota-backend-bytes` into"
    if is_kubespray(cluster):
        yield "`/etc/etcd.env` of every member by running kubespray with the new inventory; then lift the alarm again."
    else:
        yield "`/etc/kubernetes/manifests/etcd.yaml` of **every** control plane; then lift the alarm again."
        yield "kubeadm's own copy follows with `kubectl --namespace kube-system edit configmap kubeadm-config`."
    yield "A quota mended on some members alone leaves the cluster read-only. Then look for what writes so much:"
    yield ""
    keys = f"{ETCDCTL} get /registry --prefix --keys-only | cut -d / -f 3-4 | sort | uniq -c | sort -n | tail"
    yield render_block(render_on(first, keys))


def iter_restore_etcd(cluster: Cluster, directory: str) -> Iterator[str]:
    """Give the page for an etcd that has lost most of its members.

    Source: etcd.io, operations guide, disaster recovery; kubernetes.io, operating etcd clusters, restoring.

    Args:
        cluster: The cluster.
        directory: Where every control plane keeps its snapshots.
    """
    planes = control_planes(cluster)
    yield from ("# Restore etcd from a snapshot", "")
    yield "Only where most members are lost for good: with most of them alive, see [a lost node](lost-node.md)."
    yield f"Snapshots lie in `{directory}` of every control plane. Copy one, here `SNAPSHOT.db`, to `/var/lib` of each,"
    yield "and `etcdutl` of the etcd that runs here, which comes with its release."
    yield from ("", "## 1. Stop etcd and the API server everywhere, and restore", "")
    stop = "systemctl stop etcd" if is_kubespray(cluster) else f"mkdir -p {_STOPPED} && {_move(MANIFESTS, _STOPPED)}"
    for node in planes:
        yield render_block(
            render_on(node, stop),
            render_on(node, "mv /var/lib/etcd/member /var/lib/etcd/member.old"),
            render_on(node, _restore(node, planes, cluster)),
            render_on(node, "mv /var/lib/etcd/restored/member /var/lib/etcd/member"),
        )
        yield ""
    yield from ("## 2. Start them", "")
    start = "systemctl start etcd" if is_kubespray(cluster) else _move(_STOPPED, MANIFESTS)
    yield render_block(*(render_on(node, start) for node in planes))
    yield from ("", "Check:", "")
    yield render_block(render_on(planes[0], f"{ETCDCTL} endpoint health --cluster"), "kubectl get nodes")


def _move(source: str, target: str) -> str:
    return f"cd {source} && mv etcd.yaml kube-apiserver.yaml {target}"


def _restore(node: NodeFacts, planes: tuple[NodeFacts, ...], cluster: Cluster) -> str:
    """Give the command; a member's name is the node's with kubeadm, and has `etcd-` in front in our inventory."""
    prefix = "etcd-" if is_kubespray(cluster) else ""
    peers = {one.name: f"https://{in_brackets(node_addresses(one, cluster)[0])}:2380" for one in planes}
    members = ",".join(f"{prefix}{name}={url}" for name, url in peers.items())
    return (
        "etcdutl snapshot restore /var/lib/SNAPSHOT.db --data-dir /var/lib/etcd/restored "
        f"--name {prefix}{node.name} --initial-cluster {members} --initial-advertise-peer-urls {peers[node.name]}"
    )
