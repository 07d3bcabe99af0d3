"""What to do when something has broken: a page a case."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes
from trimtab.bootstrap.etcd import ETCDCTL, RENEWAL
from trimtab.bootstrap.files import Files, quote, render_block
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.bootstrap.joining import iter_own_config
from trimtab.bootstrap.prepare import iter_storage_nodes
from trimtab.bootstrap.runbooks_etcd import iter_full_etcd, iter_restore_etcd
from trimtab.bootstrap.ssh import render_on
from trimtab.components.assemble import Plan
from trimtab.components.rook.settings import Settings as Rook
from trimtab.components.rook.storage import DEFAULT_DATA_DIR, wanted_namespace
from trimtab.plan.cluster import Cluster

FOLDER = "runbooks"


def plan_runbooks(plan: Plan) -> Files:
    """Give the pages that this cluster may need."""
    cluster = plan.cluster
    pages = {
        "lost-node": _lost_node(plan),
        "full-etcd": iter_full_etcd(cluster),
        "expired-certificates": _expired_certificates(cluster),
        "broken-argocd": _broken_argocd(cluster),
    }
    if has_own_ceph(plan):
        pages["purge-ceph"] = _purge_ceph(plan)
    if cluster.settings.backup.etcd:
        pages["restore-etcd"] = iter_restore_etcd(cluster, cluster.settings.backup.etcd.directory)
    return {f"{FOLDER}/{name}.md": "\n".join(lines) + "\n" for name, lines in pages.items()}


def has_own_ceph(plan: Plan) -> bool:
    """Say whether Ceph runs on disks of this cluster."""
    return any(True for _ in iter_storage_nodes(plan.cluster, plan.settings))


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
            render_on(first, f"{ETCDCTL} member list --write-out table"),
            render_on(first, f"{ETCDCTL} member remove ID"),
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
        render_block("kubectl get node NODE", render_on(first, f"{ETCDCTL} endpoint health --cluster")),
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


def _expired_certificates(cluster: Cluster) -> Iterator[str]:
    """Source: kubernetes.io, certificate management with kubeadm."""
    yield from ("# Certificates have expired", "")
    yield "`x509: certificate has expired or is not yet valid`. First look at the clock: `date` and `chronyc tracking`."
    yield from ("", "On each control plane, one after the other:", "")
    for node in control_planes(cluster):
        if is_kubespray(cluster):
            yield render_block(render_on(node, "/usr/local/bin/k8s-certs-renew.sh"))
        else:
            yield render_block(render_on(node, "kubeadm certs check-expiration"), render_on(node, RENEWAL))
    yield from ("", "Then your own kubeconfig is taken from there again:", "")
    first, *_ = control_planes(cluster)
    yield render_block(*iter_own_config(first, cluster))
    yield from (
        "",
        "A kubelet that has been down for longer than its certificate lives asks for a new one once it joins anew:",
    )
    yield "remove `/etc/kubernetes/kubelet.conf` and `/var/lib/kubelet/pki/kubelet-client*` there, and join as in the"
    yield "README."
    yield from ("", "Check:", "", render_block("kubectl get nodes", render_on(first, "kubeadm certs check-expiration")))


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
            render_on(node, f"rm -rf {quote(data_dir.get(node.name, DEFAULT_DATA_DIR))}"),
            render_on(node, 'for name in /dev/mapper/ceph--*; do [ -e "$name" ] && dmsetup remove "$name"; done; true'),
            render_on(node, "rm -rf /dev/ceph-* /dev/mapper/ceph--*"),
            *(render_on(node, f"sh bootstrap/00-hosts/nodes/{node.name}/disks.sh --wipe {disk}") for disk in disks),
            render_on(node, f"sh bootstrap/00-hosts/nodes/{node.name}/disks.sh"),
        )
    yield from ("", "Check: every disk is said to be blank.")


def _data_dirs(plan: Plan, rook: Rook) -> dict[str, str]:
    """Give where monitors keep their state on each node, as Rook's own builder works it out."""
    return {
        node.name: rook.data_dir_host_path
        or (f"{node.data}/rook" if node.root == "tmpfs" and node.data else DEFAULT_DATA_DIR)
        for node in plan.cluster.nodes
    }
