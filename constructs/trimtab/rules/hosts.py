"""Rules on hosts: what keeps etcd, clocks and the endpoint in order, and what nobody would see before it fails."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from trimtab.bootstrap.addresses import API_PORT, plan_endpoint
from trimtab.bootstrap.amounts import GIBIBYTE, count_bytes
from trimtab.bootstrap.installers import has_bootstrap
from trimtab.bootstrap.kubespray_source import installable_nodes
from trimtab.findings.finding import Severity
from trimtab.plan.ranges import is_address, is_range
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.kubernetes import Distribution, EndpointProvider
from trimtab.settings.network import KubeProxyMode

_QUOTA = ("kubernetes", "etcd", "quota")
_SMALLEST, _LARGEST = GIBIBYTE, 8 * GIBIBYTE


def check_node_without_family(subject: Subject) -> Iterator[Problem]:
    """Find nodes with no address of the family that the cluster's Services come first in."""
    cluster = subject.cluster
    if not all(is_range(text) for text in cluster.settings.network.services):
        return
    first = int(cluster.ip_families[0][-1])
    for name, node in cluster.settings.nodes.items():
        known = [text for text in (node.address, node.secondary_address) if text and is_address(text)]
        if known and not any(ip_address(text).version == first for text in known):
            yield Problem(
                path=("nodes", name, "address"),
                message=f"{name} has no IPv{first} address, which is what the cluster's first Service range has",
                help=f"give its IPv{first} address too; or put the other family first in network.services",
            )


def check_etcd_quota(subject: Subject) -> Iterator[Problem]:
    """Find quotas of etcd so small that the cluster soon refuses all writes."""
    quota = subject.cluster.settings.kubernetes.etcd.quota
    if count_bytes(quota) < _SMALLEST:
        yield Problem(
            path=_QUOTA,
            message=f"{quota} is full within days: then the whole cluster refuses writes",
            help="write at least 1Gi; 4Gi is usual",
        )


def check_large_etcd_quota(subject: Subject) -> Iterator[Problem]:
    """Find quotas of etcd above what etcd itself suggests."""
    quota = subject.cluster.settings.kubernetes.etcd.quota
    if count_bytes(quota) > _LARGEST:
        yield Problem(
            path=_QUOTA,
            message=f"{quota} is more than etcd suggests, and all of it is kept in memory and copied at a restore",
            help="write 8Gi or less, and look for what writes so much",
        )


def check_clock_not_kept(subject: Subject) -> Iterator[Problem]:
    """Find hosts that are told of no time server."""
    if has_bootstrap(subject.cluster) and not subject.cluster.settings.network.time_servers:
        yield Problem(
            path=("network",),
            on_key=True,
            message="no time servers are named: nobody says that the hosts' clocks agree",
            help="name some in network.timeServers",
        )


def check_nothing_backed_up(subject: Subject) -> Iterator[Problem]:
    """Find clusters of which no snapshot of etcd is taken."""
    if has_bootstrap(subject.cluster) and subject.cluster.settings.backup.etcd is None:
        yield Problem(
            path=("nodes",),
            on_key=True,
            message="no snapshots of etcd are taken: what is lost there is lost for good",
            help="set backup.etcd: {every: 6h}, and fetch the snapshots from the hosts",
        )


def check_service_route_missing(subject: Subject) -> Iterator[Problem]:
    """Find kube-proxy in mode nftables on hosts for which no route to Services is written."""
    cluster = subject.cluster
    if cluster.settings.network.kube_proxy.mode is KubeProxyMode.NFTABLES and not has_bootstrap(cluster):
        yield Problem(
            path=("network", "kubeProxy", "mode"),
            message="in mode nftables a node without a route to Services answers with a wrong source address",
            help=f"give every host a route for {cluster.settings.network.services[0]}; with nodes named it is written",
        )


def check_control_plane_on_tmpfs(subject: Subject) -> Iterator[Problem]:
    """Find control planes whose root is in memory, and that have no disk for etcd."""
    for node in subject.cluster.nodes:
        if node.is_control_plane and node.root == "tmpfs" and node.data is None:
            named = node.name in subject.cluster.settings.nodes
            yield Problem(
                path=("nodes", node.name) if named else ("nodeDefaults", "root"),
                message=f"{node.name} keeps etcd and its certificates in memory: a restart loses them",
                help="name a directory on a real disk in `nodes.<name>.data`",
            )


def check_endpoint_without_address(subject: Subject) -> Iterator[Problem]:
    """Find endpoints that are to move between control planes and have no address to move."""
    kubernetes, endpoint = subject.cluster.settings.kubernetes, plan_endpoint(subject.cluster)
    provider = kubernetes.endpoint_provider
    if provider is not EndpointProvider.NONE and (endpoint is None or endpoint.address is None):
        what = "no endpoint is set" if endpoint is None else f"{endpoint.host} is a name"
        yield Problem(
            path=("kubernetes", "endpointProvider"),
            message=f"{provider} moves an address between the control planes, and {what}",
            help="set kubernetes.endpoint to host:port, and kubernetes.endpointAddress where the host is a name",
        )


def check_endpoint_is_node_address(subject: Subject) -> Iterator[Problem]:
    """Find an address that is to move, and is a node's own."""
    endpoint = plan_endpoint(subject.cluster)
    if endpoint is None or endpoint.provider is EndpointProvider.NONE or not is_address(endpoint.address or ""):
        return
    for name, node in subject.cluster.settings.nodes.items():
        own = [ip_address(text) for text in (node.address, node.secondary_address) if text and is_address(text)]
        if ip_address(str(endpoint.address)) in own:
            yield Problem(
                path=("kubernetes", "endpointProvider"),
                message=f"{endpoint.address} belongs to {name}, and {endpoint.provider} would move it to others",
                help="take an address of the nodes' network that nobody has",
                related=((("nodes", name, "address"), "who has it"),),
            )


def check_endpoint_port_taken(subject: Subject) -> Iterator[Problem]:
    """Find haproxy on the port that the API server beside it has."""
    endpoint = plan_endpoint(subject.cluster)
    if endpoint and endpoint.provider is EndpointProvider.HAPROXY_KEEPALIVED and endpoint.port == API_PORT:
        yield Problem(
            path=("kubernetes", "endpoint"),
            message=f"haproxy runs beside the API server, which has port {API_PORT} already",
            help="take another port, such as 8443",
            related=((("kubernetes", "endpointProvider"), "what brings haproxy"),),
        )


def check_kubespray_without_arm(subject: Subject) -> Iterator[Problem]:
    """Find nodes that kubespray has no binaries for."""
    cluster = subject.cluster
    kubernetes = cluster.settings.kubernetes
    if kubernetes.distribution is not Distribution.KUBESPRAY or kubernetes.distribution_version is None:
        return
    for node in cluster.nodes:
        if node not in installable_nodes(cluster):
            yield Problem(
                path=("nodes", node.name) if node.name in cluster.settings.nodes else ("nodeDefaults", "arch"),
                message=f"kubespray {kubernetes.distribution_version} has no binaries for {node.name}, a 32-bit ARM",
                help="run a 64-bit system where the board can; as it is the inventory leaves the node out",
            )


RULES = (
    Rule(
        code="node-without-family",
        severity=Severity.ERROR,
        meaning="A node has no address of the cluster's first family.",
        why="The kubelet's node-ip and the API server's advertised address must be of the family of the first Service"
        " range (kubernetes cmd/kubeadm/app/apis/kubeadm/validation/validation.go, ValidateMixedArguments and"
        " ValidateAPIEndpoint; kubernetes.io, dual-stack support with kubeadm).",
        cure="Give the node an address of the first family in `network.services`, or put the other family first there.",
        check=check_node_without_family,
        early=True,
    ),
    Rule(
        code="etcd-quota",
        severity=Severity.ERROR,
        soft=True,
        meaning="etcd's database may grow to less than 1Gi.",
        why="A full database refuses every write of the cluster; one with a quota of 20Mi was full after five days, and"
        " compaction alone did not help (etcd.io, operations guide, maintenance, space quota).",
        cure="Set the quota to 1Gi or more; 4Gi is usual. If the database is full already: compact it, `etcdctl "
        "defrag` each member, then `etcdctl alarm disarm`.",
        check=check_etcd_quota,
    ),
    Rule(
        code="large-etcd-quota",
        severity=Severity.WARNING,
        meaning="etcd's database may grow beyond 8Gi.",
        why="8Gi is what etcd suggests as the most for usual environments, and it warns at start above that"
        " (etcd.io, system limits, storage size limit).",
        cure="Set 8Gi or less, and look for what writes so much: often events, or custom resources that a controller "
        "rewrites.",
        check=check_large_etcd_quota,
    ),
    Rule(
        code="clock-not-kept",
        severity=Severity.WARNING,
        meaning="No time servers are named for the hosts.",
        why="Ceph warns from 0.05 seconds of difference on, certificates and etcd's leases count on the clock, and a"
        " Raspberry Pi has none that survives a restart (Ceph documentation, monitor configuration reference,"
        " mon_clock_drift_allowed).",
        cure="Name your time servers in `network.timeServers`.",
        check=check_clock_not_kept,
    ),
    Rule(
        code="nothing-backed-up",
        severity=Severity.WARNING,
        meaning="Nobody takes snapshots of etcd.",
        why="All of the cluster's state lies there: with most members lost, a snapshot is the only way back"
        " (etcd.io, operations guide, disaster recovery).",
        cure="Set `backup.etcd: {every: 6h}`, and fetch the snapshots from the hosts.",
        check=check_nothing_backed_up,
    ),
    Rule(
        code="service-route-missing",
        severity=Severity.WARNING,
        meaning="kube-proxy runs in mode nftables, and nothing writes a route to Services on the hosts.",
        why="In this mode the destination alone is translated; the source address was chosen before by the routing"
        " table, and without a route it is one that the other side does not answer.",
        cure="Give every host a route to the Service range; for nodes that are named in `nodes` it is written.",
        check=check_service_route_missing,
    ),
    Rule(
        code="control-plane-on-tmpfs",
        severity=Severity.ERROR,
        soft=True,
        meaning="A control plane keeps its state in memory.",
        why="etcd's member and the certificates are gone after a restart; a second one before it is mended ends the"
        " cluster (etcd.io, operations guide, failure modes, majority failure).",
        cure="Name a directory on a real disk in `nodes.<name>.data`, or take the role control-plane from the node.",
        check=check_control_plane_on_tmpfs,
    ),
    Rule(
        code="endpoint-without-address",
        severity=Severity.ERROR,
        meaning="The endpoint is to be moved between control planes, and nobody says which address.",
        why="kube-vip and Keepalived announce an address, and no name (kube-vip.io, static pods; keepalived.conf(5)).",
        cure="Write an address into `kubernetes.endpoint`, or set `kubernetes.endpointAddress` where it is a name.",
        check=check_endpoint_without_address,
    ),
    Rule(
        code="endpoint-is-node-address",
        severity=Severity.ERROR,
        meaning="The address that is to be moved between control planes is a node's own.",
        why="When it moves, its owner loses the address that it is known by (keepalived.conf(5), virtual_ipaddress).",
        cure="Take an address of the nodes' network that no machine has.",
        check=check_endpoint_is_node_address,
    ),
    Rule(
        code="endpoint-port-taken",
        severity=Severity.ERROR,
        meaning="haproxy would listen on the port of the API server on the same host.",
        why="The API server listens on every address, so that the second one does not start"
        " (kubernetes/kubeadm docs/ha-considerations.md).",
        cure="Take another port in `kubernetes.endpoint`, such as 8443.",
        check=check_endpoint_port_taken,
    ),
    Rule(
        code="kubespray-without-arm",
        severity=Severity.WARNING,
        meaning="A node is one that kubespray cannot install.",
        why="kubespray has checksums of the kubelet for amd64, arm64 and ppc64le alone"
        " (kubespray v2.31.0 roles/kubespray_defaults/vars/main/checksums.yml).",
        cure="Install a 64-bit system on the node where the board can run one; else leave the node out of the cluster.",
        check=check_kubespray_without_arm,
    ),
)
