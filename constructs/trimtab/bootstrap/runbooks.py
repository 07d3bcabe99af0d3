"""What to do when something has broken: a page a case."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes, in_brackets, node_addresses
from trimtab.bootstrap.etcd import ETCDCTL, RENEWAL
from trimtab.bootstrap.files import Files, quote, render_block
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.bootstrap.joining import MANIFESTS, iter_own_config
from trimtab.bootstrap.prepare import SSH, iter_storage_nodes
from trimtab.components.assemble import Plan
from trimtab.components.rook.settings import Settings as Rook
from trimtab.components.rook.storage import DEFAULT_DATA_DIR, wanted_namespace
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts

FOLDER = "runbooks"


def plan_runbooks(plan: Plan) -> Files:
    """Give the pages that this cluster may need."""
    cluster = plan.cluster
    pages = {
        "lost-node": _lost_node(plan),
        "full-etcd": _full_etcd(cluster),
        "expired-certificates": _expired_certificates(cluster),
        "broken-argocd": _broken_argocd(cluster),
    }
    if has_own_ceph(plan):
        pages["purge-ceph"] = _purge_ceph(plan)
    if cluster.settings.backup.etcd:
        pages["restore-etcd"] = _restore_etcd(cluster, cluster.settings.backup.etcd.directory)
    return {f"{FOLDER}/{name}.md": "\n".join(lines) + "\n" for name, lines in pages.items()}


def has_own_ceph(plan: Plan) -> bool:
    """Say whether Ceph runs on disks of this cluster."""
    return any(True for _ in iter_storage_nodes(plan.cluster, plan.settings))


def _on(node: NodeFacts | str, command: str) -> str:
    return f"ssh -F {SSH} {node if isinstance(node, str) else node.name} {quote(command)}"


def _lost_node(plan: Plan) -> Iterator[str]:
    cluster = plan.cluster
    first, *_ = control_planes(cluster)
    yield from ("# A node is lost", "", "In what follows `NODE` is its name. Run everything in this `bootstrap/`.", "")
    yield from ("## 1. Take it out of the cluster", "")
    yield render_block("kubectl drain NODE --ignore-daemonsets --delete-emptydir-data --force --timeout 120s")
    yield from (
        "",
        "A drain of a dead node ends by its time limit: go on.",
        "",
        render_block("kubectl delete node NODE"),
    )
    if len(control_planes(cluster)) > 1:
        yield from ("", "## 2. A control plane: take its member out of etcd", "")
        yield "On a control plane that lives (here the first; take another where it is the lost one):"
        yield ""
        yield render_block(
            _on(first, f"{ETCDCTL} member list --write-out table"), _on(first, f"{ETCDCTL} member remove ID")
        )
        yield from ("", "Do this before the node comes back: two members of one name keep etcd from electing.")
    yield from ("", "## 3. Bring it back under the same name", "")
    yield "Prepare the host as the README says, and check it. An old disk with `/var/lib/etcd` on it must be emptied."
    yield ""
    if is_kubespray(cluster):
        yield "Then `cluster.yml` for a control plane, with it last in its groups, or `scale.yml --limit NODE` for a"
        yield "worker: see nodes.md, or recover-control-plane.md with most of etcd lost, in kubespray docs/operations."
    else:
        yield "Then it joins as the README says, with a new token; kubeadm adds the member to etcd by itself."
        if len(control_planes(cluster)) > 1:
            yield f"The first control plane, {first.name}, comes back by its own `10-kubeadm/join-{first.name}.yaml`."
        else:
            yield f"{first.name} is the only control plane: it comes back by `kubeadm init` over a restored etcd."
    yield from (
        "",
        "Check:",
        "",
        render_block("kubectl get node NODE", _on(first, f"{ETCDCTL} endpoint health --cluster")),
    )
    if has_own_ceph(plan):
        yield from _lost_osd(plan)


def _lost_osd(plan: Plan) -> Iterator[str]:
    """Source: rook v1.20 Documentation/Storage-Configuration/Advanced/ceph-osd-mgmt.md, ceph-mon-health.md."""
    rook = plan.settings["rook"]
    namespace = wanted_namespace(rook) if isinstance(rook, Rook) else "rook-ceph"
    tool = f"kubectl --namespace {namespace} exec deploy/rook-ceph-tools -- ceph"
    yield from ("", "## 4. Ceph: its disks and its monitor", "")
    yield "Rook moves a monitor by itself after ten minutes. A disk that is gone is taken out by hand, one at a time:"
    yield ""
    yield render_block(
        f"{tool} osd tree",
        f"{tool} osd out ID",
        f"{tool} status   # wait until no placement group is degraded",
        f"kubectl --namespace {namespace} scale deployment rook-ceph-operator --replicas 0",
        f"kubectl --namespace {namespace} delete deployment rook-ceph-osd-ID",
        f"{tool} osd purge ID --yes-i-really-mean-it",
        f"kubectl --namespace {namespace} scale deployment rook-ceph-operator --replicas 1",
    )
    yield from ("", "A new disk must be blank: `00-hosts/nodes/NODE/disks.sh` shows it. Check:", "")
    yield render_block(f"{tool} status", f"kubectl --namespace {namespace} get pods --selector app=rook-ceph-mon")


def _full_etcd(cluster: Cluster) -> Iterator[str]:
    """Source: etcd.io, operations guide, maintenance, space quota."""
    quota = cluster.settings.kubernetes.etcd.quota
    yield from ("# etcd is full", "")
    yield "Everything can be read and nothing written: `etcdserver: mvcc: database space exceeded`."
    yield f"The quota is {quota} (`kubernetes.etcd.quota`), and must be the same on every member."
    yield from ("", "## 1. See which member is full", "")
    yield render_block(*(_on(node, f"{ETCDCTL} endpoint status --write-out table") for node in control_planes(cluster)))
    yield from ("", "## 2. Compact on one member, defragment on each, one after the other", "")
    first, *_ = control_planes(cluster)
    yield "`REVISION` is the revision that this prints:"
    yield ""
    yield render_block(
        _on(first, f"{ETCDCTL} endpoint status --write-out json | grep -o '\"revision\":[0-9]*'"),
        _on(first, f"{ETCDCTL} compact REVISION"),
        *(_on(node, f"{ETCDCTL} --command-timeout 120s defrag") for node in control_planes(cluster)),
    )
    yield from ("", "## 3. Lift the alarm", "")
    yield render_block(_on(first, f"{ETCDCTL} alarm disarm"), _on(first, f"{ETCDCTL} alarm list"))
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
    yield render_block(_on(first, keys))


def _expired_certificates(cluster: Cluster) -> Iterator[str]:
    """Source: kubernetes.io, certificate management with kubeadm."""
    yield from ("# Certificates have expired", "")
    yield "`x509: certificate has expired or is not yet valid`. First look at the clock: `date` and `chronyc tracking`."
    yield from ("", "On each control plane, one after the other:", "")
    for node in control_planes(cluster):
        if is_kubespray(cluster):
            yield render_block(_on(node, "/usr/local/bin/k8s-certs-renew.sh"))
        else:
            yield render_block(_on(node, "kubeadm certs check-expiration"), _on(node, RENEWAL))
    yield from ("", "Then your own kubeconfig is taken from there again:", "")
    first, *_ = control_planes(cluster)
    yield render_block(*iter_own_config(first, cluster))
    yield from (
        "",
        "A kubelet that has been down for longer than its certificate lives asks for a new one once it joins anew:",
    )
    yield "remove `/etc/kubernetes/kubelet.conf` and `/var/lib/kubelet/pki/kubelet-client*` there, and join as in the"
    yield "README."
    yield from ("", "Check:", "", render_block("kubectl get nodes", _on(first, "kubeadm certs check-expiration")))


def _broken_argocd(cluster: Cluster) -> Iterator[str]:
    namespace = cluster.settings.gitops.namespace
    here = f"kubectl --namespace {namespace}"
    yield from ("# Argo CD is broken", "")
    yield "Nothing else stops: what it brought goes on running. It can be put back at any time from this tree."
    yield from ("", "## 1. Stop it from doing more", "")
    yield render_block(f"{here} scale statefulset argocd-application-controller --replicas 0")
    yield from ("", "## 2. See what is wrong", "")
    yield render_block(f"{here} get pods", f"{here} get events --sort-by .lastTimestamp | tail -n 20")
    yield "Often: the Secret `argocd-redis` is missing, the repository cannot be reached, or a bad commit changed its"
    yield "own values."
    yield from (
        "",
        "## 3. Put it back",
        "",
        "Revert the commit in Git where one broke it. Then, in this `bootstrap/`:",
        "",
    )
    yield render_block("sh 40-argocd/install.sh")
    yield from ("", "It deletes nothing, and Applications stay as they are. Check:", "")
    yield render_block(f"{here} get applications.argoproj.io")
    yield from ("", "An Application whose sync hangs is freed by ending the operation:", "")
    yield render_block(f"{here} patch application NAME --type merge --patch '{{\"operation\": null}}'")


def _purge_ceph(plan: Plan) -> Iterator[str]:
    """Source: rook v1.20 Documentation/Getting-Started/ceph-teardown.md."""
    rook = plan.settings["rook"]
    data_dir = _data_dirs(plan, rook) if isinstance(rook, Rook) else {}
    yield from ("# Purge Ceph from the hosts", "")
    yield "**All data is lost.** Only at the very end of a teardown: the CephCluster must be gone from the cluster,"
    yield "and nothing of Rook's may run. Leftovers here keep the next installation from starting."
    yield ""
    yield render_block("kubectl get cephclusters.ceph.rook.io --all-namespaces")
    for node in iter_storage_nodes(plan.cluster, plan.settings):
        disks = [disk.name for disk in node.disks]
        yield from ("", f"## {node.name}", "")
        yield render_block(
            _on(node, f"rm -rf {quote(data_dir.get(node.name, DEFAULT_DATA_DIR))}"),
            _on(node, 'for name in /dev/mapper/ceph--*; do [ -e "$name" ] && dmsetup remove "$name"; done; true'),
            _on(node, "rm -rf /dev/ceph-* /dev/mapper/ceph--*"),
            *(_on(node, f"sh bootstrap/00-hosts/nodes/{node.name}/disks.sh --wipe {disk}") for disk in disks),
            _on(node, f"sh bootstrap/00-hosts/nodes/{node.name}/disks.sh"),
        )
    yield from ("", "Check: every disk is said to be blank.")


def _data_dirs(plan: Plan, rook: Rook) -> dict[str, str]:
    """Give where monitors keep their state on each node, as Rook's own builder works it out."""
    return {
        node.name: rook.data_dir_host_path
        or (f"{node.data}/rook" if node.root == "tmpfs" and node.data else DEFAULT_DATA_DIR)
        for node in plan.cluster.nodes
    }


def _restore_etcd(cluster: Cluster, directory: str) -> Iterator[str]:
    """Source: etcd.io, operations guide, disaster recovery; kubernetes.io, operating etcd clusters, restoring."""
    planes = control_planes(cluster)
    yield from ("# Restore etcd from a snapshot", "")
    yield "Only where most members are lost for good: with most of them alive, see [a lost node](lost-node.md)."
    yield f"Snapshots lie in `{directory}` of every control plane. Copy one, here `SNAPSHOT.db`, to `/var/lib` of each,"
    yield "and `etcdutl` of the etcd that runs here, which comes with its release."
    yield from ("", "## 1. Stop etcd and the API server everywhere, and restore", "")
    stop = "systemctl stop etcd" if is_kubespray(cluster) else f"mkdir -p {_STOPPED} && {_move(MANIFESTS, _STOPPED)}"
    for node in planes:
        yield render_block(
            _on(node, stop),
            _on(node, "mv /var/lib/etcd/member /var/lib/etcd/member.old"),
            _on(node, _restore(node, planes, cluster)),
            _on(node, "mv /var/lib/etcd/restored/member /var/lib/etcd/member"),
        )
        yield ""
    yield from ("## 2. Start them", "")
    start = "systemctl start etcd" if is_kubespray(cluster) else _move(_STOPPED, MANIFESTS)
    yield render_block(*(_on(node, start) for node in planes))
    yield from ("", "Check:", "")
    yield render_block(_on(planes[0], f"{ETCDCTL} endpoint health --cluster"), "kubectl get nodes")


_STOPPED = "/var/lib/stopped-manifests"


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
