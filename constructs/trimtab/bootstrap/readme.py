"""The way from bare hosts to a running root Application, step by step, each with its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trimtab.bootstrap.addresses import API_PORT, control_planes, in_brackets, plan_endpoint
from trimtab.bootstrap.containerd import iter_authorities
from trimtab.bootstrap.etcd import ETCDCTL, SNAPSHOT
from trimtab.bootstrap.files import quote, quote_all, render_block
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.bootstrap.joining import iter_kubeadm, iter_kubespray
from trimtab.bootstrap.names import endpoint_addresses, plane_addresses
from trimtab.bootstrap.network import iter_host_checks, iter_network
from trimtab.bootstrap.prepare import SSH, iter_storage_nodes
from trimtab.components.assemble import Plan
from trimtab.kube.argocd import application_name, is_at_home
from trimtab.plan.cluster import Cluster
from trimtab.plan.ranges import is_address
from trimtab.settings.kubernetes import EndpointProvider

Step = tuple[str, Callable[[Plan], Iterator[str]]]


def plan_readme(plan: Plan) -> str:
    """Give the page."""
    lines = list(_intro(plan))
    for number, (title, step) in enumerate(_steps(plan), 1):
        lines += ["", f"## {number}. {title}", "", *step(plan)]
    return "\n".join(lines) + "\n"


def _steps(plan: Plan) -> Iterator[Step]:
    yield "Names", _names
    yield "Hosts", _hosts
    if any(True for _ in iter_storage_nodes(plan.cluster, plan.settings)):
        yield "Disks", _disks
    if is_kubespray(plan.cluster):
        yield "Kubernetes, by kubespray", lambda plan: iter_kubespray(plan.cluster)
    else:
        yield "Kubernetes, by kubeadm", lambda plan: iter_kubeadm(plan.cluster)
    yield "The network of pods", iter_network
    yield "Secrets", _secrets
    yield "Argo CD", _argocd
    yield "The rest comes by itself", _rest
    yield "Copies of etcd", _backup


def _intro(plan: Plan) -> Iterator[str]:
    cluster = plan.cluster
    yield f"# {cluster.name}: from bare hosts to a running cluster"
    yield ""
    yield "Everything below is run in this folder, `bootstrap/`, on a machine that reaches the hosts by ssh and the"
    yield "cluster's API. It needs ssh, kubectl, helm and openssl" + (
        ", and git and Python for kubespray." if is_kubespray(cluster) else "."
    )
    yield "Each step ends in a check: go on when it says what it should. Every step can be run again."
    yield "The files are generated: change the settings and synth, never the files."
    yield ""
    yield "When something breaks later: [runbooks](runbooks/)."


def _names(plan: Plan) -> Iterator[str]:
    cluster, endpoint = plan.cluster, plan_endpoint(plan.cluster)
    yield "[names.md](names.md) lists every name with the address that its DNS record must have."
    if endpoint and not is_address(endpoint.host):
        yield f"The one that must be there now is `{endpoint.host}`. Check:"
        yield ""
        yield render_block(f"getent ahosts {endpoint.host}")
        wanted = endpoint_addresses(cluster)
        if wanted:
            yield ""
            yield f"It prints {' and '.join(wanted)}."
    else:
        yield "None has to be there yet: the hosts know each other by address. Check that these are the hosts you mean."
    if endpoint and endpoint.provider is EndpointProvider.NONE and len(control_planes(cluster)) > 1:
        planes = " and ".join(f"{in_brackets(a)}:{API_PORT}" for a in plane_addresses(cluster))
        yield ""
        yield f"Whatever answers at `{endpoint}` is yours: it must lead to {planes}, from the next step but one on."


def _hosts(plan: Plan) -> Iterator[str]:
    cluster = plan.cluster
    names = quote_all(node.name for node in cluster.nodes)
    yield f"`{SSH}` holds the addresses; it logs in as root. Hosts are installed with their operating system, name and"
    yield "address, and nothing else. Copy this folder to each of them and prepare it:"
    yield ""
    yield render_block(
        f"for node in {names}; do",
        f"  tar -c . | ssh -F {SSH} \"$node\" 'mkdir -p bootstrap && tar -C bootstrap -x'",
        f'  ssh -F {SSH} "$node" sh bootstrap/00-hosts/prepare.sh "$node"',
        "done",
    )
    yield from _authorities(cluster)
    yield from _memory_roots(cluster)
    yield from _etcd_volume(cluster)
    yield ""
    yield "Check: no line says WRONG."
    yield ""
    yield render_block(*iter_host_checks(cluster))
    if not is_kubespray(cluster):
        yield from _binaries(cluster)


def _authorities(cluster: Cluster) -> Iterator[str]:
    authorities = list(iter_authorities(cluster))
    if authorities:
        names = quote_all(node.name for node in cluster.nodes)
        yield from (
            "",
            "Registries that are trusted by a certificate of their own; paths count from the top of the repository:",
            "",
        )
        yield render_block(
            "top=$(git rev-parse --show-toplevel)",
            f"for node in {names}; do",
            *(
                f'  ssh -F {SSH} "$node" {quote(f"install -D -m 0644 /dev/stdin {path}")} < "$top"/{quote(file)}'
                for file, path in authorities
            ),
            "done",
        )


def _memory_roots(cluster: Cluster) -> Iterator[str]:
    nodes = [node for node in cluster.nodes if node.root == "tmpfs"]
    if nodes:
        yield ""
        yield f"The root of {', '.join(node.name for node in nodes)} lies in memory: what was just installed is gone at"
        yield "the next start. Put the same files into the image they boot from, its top in place of `/image`,"
        yield "and run `prepare.sh NODE` without it at each start, or let the image have packages and services already:"
        yield ""
        yield render_block(f"sh 00-hosts/prepare.sh {nodes[0].name} /image")


def _etcd_volume(cluster: Cluster) -> Iterator[str]:
    """An empty file system of ext4 has a directory in it, and kubeadm wants the folder to be empty."""
    if cluster.settings.kubernetes.etcd.own_volume:
        names = ", ".join(node.name for node in control_planes(cluster))
        yield ""
        yield f"etcd's data lies on a volume of its own, on {names}. Unless it is there, make it on each of them,"
        yield "of a partition or a logical volume that nobody uses; this deletes what is on `VOLUME`:"
        yield ""
        yield render_block(
            "mkfs.ext4 -L etcd /dev/VOLUME",
            "echo 'LABEL=etcd /var/lib/etcd ext4 defaults,noatime 0 2' >> /etc/fstab",
            "mkdir -p /var/lib/etcd && mount /var/lib/etcd && rmdir /var/lib/etcd/lost+found",
        )


def _binaries(cluster: Cluster) -> Iterator[str]:
    minor = ".".join(map(str, cluster.kubernetes_minor))
    yield ""
    yield f"Then kubeadm, kubelet, kubectl and crictl {minor} on every host: Alpine's come with `prepare.sh`;"
    yield "for others see"
    yield "<https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/>, and hold the"
    yield f"packages at {minor}. Check: each prints v{minor}."
    yield ""
    names = quote_all(node.name for node in cluster.nodes)
    yield render_block(f'for node in {names}; do ssh -F {SSH} "$node" kubeadm version --output short; done')


def _disks(plan: Plan) -> Iterator[str]:
    yield "Ceph takes blank disks alone, and passes over any with a signature on it. This only looks:"
    yield ""
    nodes = list(iter_storage_nodes(plan.cluster, plan.settings))
    names = quote_all(node.name for node in nodes)
    yield render_block(
        f'for node in {names}; do ssh -F {SSH} "$node" sh "bootstrap/00-hosts/nodes/$node/disks.sh"; done'
    )
    yield ""
    yield "A disk that is not blank, and whose data nobody wants, is wiped by its name, such as:"
    yield ""
    first = nodes[0]
    disk = first.disks[0].name
    yield render_block(f"ssh -F {SSH} {first.name} sh bootstrap/00-hosts/nodes/{first.name}/disks.sh --wipe {disk}")
    yield ""
    yield "Check: run the first command again; every disk is said to be blank."


def _secrets(_plan: Plan) -> Iterator[str]:
    yield "Make every Secret of [30-secrets.md](30-secrets.md). Check: each command there prints its Secret's keys."


def _argocd(plan: Plan) -> Iterator[str]:
    cluster = plan.cluster
    gitops = cluster.settings.gitops
    if not is_at_home(cluster):
        yield "Argo CD runs in another cluster: make this cluster known to it, and run this with its kubeconfig."
        yield ""
    yield f"The tree must be in Git first: {gitops.repo_url}, {gitops.target_revision}."
    yield ""
    yield render_block("sh 40-argocd/install.sh")
    yield ""
    yield "Check: the root is there, and soon Synced."
    yield ""
    root = application_name(cluster, "root")
    yield render_block(
        f"kubectl --namespace {gitops.namespace} get application {root}",
        f"kubectl --namespace {gitops.namespace} wait --for jsonpath='{{.status.sync.status}}'=Synced"
        f" --timeout 1800s application {root}",
    )


def _rest(plan: Plan) -> Iterator[str]:
    yield "In this order; each wave waits until the one before it is healthy:"
    yield ""
    waves: dict[int, list[str]] = {}
    for name, wave in plan.order.waves.items():
        waves.setdefault(wave, []).append(name)
    for wave in sorted(waves):
        yield f"- wave {wave}: {', '.join(sorted(waves[wave]))}"
    yield ""
    yield "Check: every line ends in `Synced   Healthy`."
    yield ""
    yield render_block(f"kubectl --namespace {plan.cluster.settings.gitops.namespace} get applications.argoproj.io")


def _backup(plan: Plan) -> Iterator[str]:
    backup = plan.cluster.settings.backup.etcd
    if backup is None:
        yield "None are made: `backup.etcd` is not set. Check that you have at least a copy of one control plane's"
        yield "`/etc/kubernetes/pki`."
        return
    first, *_ = control_planes(plan.cluster)
    yield f"Every control plane writes one every {backup.every} into `{backup.directory}` and keeps {backup.keep};"
    yield "fetch them from there, together with `/etc/kubernetes/pki`. Check: this makes one, and shows it."
    yield ""
    yield render_block(
        f"ssh -F {SSH} {first.name} {SNAPSHOT}",
        f"ssh -F {SSH} {first.name} ls -l {backup.directory}",
        f"ssh -F {SSH} {first.name} {ETCDCTL} endpoint status --write-out table",
    )
