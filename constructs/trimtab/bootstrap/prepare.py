"""The two scripts that a host is prepared and checked by, and how to reach the hosts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.bootstrap.addresses import control_planes, node_addresses
from trimtab.bootstrap.files import Files, quote, render_lines, render_script
from trimtab.bootstrap.firewall import TABLE, role_of
from trimtab.bootstrap.host_files import is_kubespray, plan_sysctl
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.component import ComponentSettings
from trimtab.settings.network import KubeProxyMode
from trimtab.settings.nodes import OperatingSystem

SSH = "ssh.conf"


def plan_preparation(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Files:
    """Give `prepare.sh`, `check.sh` and the hosts' addresses for ssh."""
    return {
        SSH: render_lines(*_iter_ssh(cluster)),
        "00-hosts/prepare.sh": render_script(_PREPARE_PURPOSE, *_HERE, *_iter_roles(cluster), *_PREPARE),
        "00-hosts/check.sh": render_script(
            _CHECK_PURPOSE, _HERE[1], *_iter_known(cluster), *_check(cluster, components)
        ),
    }


def _iter_ssh(cluster: Cluster) -> Iterator[str]:
    for node in cluster.nodes:
        if node.address:
            yield from (f"Host {node.name}", f"  HostName {node.address}", "  User root")


_PREPARE_PURPOSE = """Puts the files of a host in place and into effect: prepare.sh NODE [ROOT]
With ROOT, the top of an image that is to be booted later, the files are put there and nothing is started.
It can be run again at any time."""

_CHECK_PURPOSE = """Says of everything that a host must have whether it is there: check.sh NODE
The exit code is 1 where something is not."""

_HERE = ('here=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)', "node=${1:?usage: NODE}")

_PREPARE = (
    "root=${2:-}",
    'for layer in all "$os" "$role" "nodes/$node"; do',
    '  [ -d "$here/$layer/files" ] || continue',
    '  ( cd "$here/$layer/files" && find . -type f ) | while IFS= read -r file; do',
    "    case $file in",
    "      ./usr/local/sbin/* | ./etc/init.d/* | ./etc/periodic/*) mode=0755 ;;",
    "      *) mode=0644 ;;",
    "    esac",
    '    mkdir -p "$root/$(dirname "${file#./}")"',
    '    install -m "$mode" "$here/$layer/files/$file" "$root/${file#./}"',
    "  done",
    "done",
    'if [ -z "$root" ]; then sh "$here/$os/apply.sh"; fi',
)


_STRANGER = ('  *) echo "this cluster has no node $node" >&2; exit 2 ;;', "esac")


def _iter_roles(cluster: Cluster) -> Iterator[str]:
    yield "case $node in"
    yield from (f"  {node.name}) os={node.os} role={role_of(node).value} ;;" for node in cluster.nodes)
    yield from _STRANGER


def _iter_known(cluster: Cluster) -> Iterator[str]:
    yield "case $node in"
    yield from (f"  {node.name}) os={node.os} addresses={_addresses(node, cluster)} ;;" for node in cluster.nodes)
    yield from _STRANGER


def _addresses(node: NodeFacts, cluster: Cluster) -> str:
    return quote(" ".join(node_addresses(node, cluster)))


def _check(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Iterator[str]:
    yield "wrong=0"
    yield "check() {"
    yield "  what=$1"
    yield "  shift"
    yield '  if "$@" >/dev/null 2>&1; then echo "ok     $what"; else echo "WRONG  $what"; wrong=1; fi'
    yield "}"
    yield "for address in $addresses; do"
    yield '  check "the address $address" sh -c "ip -o address show to $address | grep -q ."'
    yield "done"
    yield "for module in $(cat /etc/modules-load.d/kubernetes.conf /etc/modules-load.d/ceph.conf 2>/dev/null); do"
    yield '  there="test -d /sys/module/$module || modinfo -F filename $module | grep -q builtin"'
    yield '  check "the module $module" sh -c "$there"'
    yield "done"
    for key, value in plan_sysctl(cluster, components).items():
        yield f'check "{key} is {value}" test "$(sysctl -n {key} 2>/dev/null)" = {value}'
    yield from _check_mounts(cluster)
    yield f'check "the firewall" nft list table {TABLE}'
    yield from _check_services(cluster)
    yield "exit $wrong"


def _check_mounts(cluster: Cluster) -> Iterator[str]:
    kubelet = cluster.kubelet_dir or "/var/lib/kubelet"
    yield f'if [ "$os" = {OperatingSystem.ALPINE.value} ]; then'
    yield f"  for directory in /sys /run {quote(kubelet)}; do"
    yield "    shared=\"grep ' $directory ' /proc/self/mountinfo | grep -q shared:\""
    yield '    check "$directory is a shared mount" sh -c "$shared"'
    yield "  done"
    yield "fi"


def _check_services(cluster: Cluster) -> Iterator[str]:
    if not is_kubespray(cluster):
        yield 'check "the clock is kept" chronyc waitsync 1 0.05'
        yield 'check "containerd answers" ctr version'
        yield 'check "containerd\'s registries" grep -q certs.d /etc/containerd/config.toml'
        swap = "swapon --noheadings 2>/dev/null | grep -q ."
        yield f'check "no swap" sh -c "! {swap}"'
    if cluster.settings.network.kube_proxy.mode is KubeProxyMode.NFTABLES:
        for family in cluster.ip_families:
            services = cluster.services(family)
            route = f"ip -{family[-1]} route show {services} | grep -q ."
            yield f'check "a route for Services, {services}" sh -c "{route}"'
    yield from _check_rules(cluster)
    yield from _check_etcd(cluster)


def has_kube_proxy(cluster: Cluster) -> bool:
    """Say whether kube-proxy writes the rules that lead to Services."""
    return "kube-proxy" in cluster.provides


def _check_rules(cluster: Cluster) -> Iterator[str]:
    """Look for kube-proxy's rules once there is a kubelet, each family where it is kept.

    `iptables-save` shows those of IPv4 alone: `ip6tables-save` shows the others. Both show what their own back end
    wrote; kube-proxy's may be the other one, whose rules `nft` shows (kubernetes-sigs/iptables-wrappers).
    """
    if not has_kube_proxy(cluster):
        return
    nftables = cluster.settings.network.kube_proxy.mode is KubeProxyMode.NFTABLES
    yield "if [ -f /etc/kubernetes/kubelet.conf ]; then"
    for family in cluster.ip_families:
        six = "6" if family == "IPv6" else ""
        found = "grep -q KUBE-SERVICES"
        rules = f"ip{six}tables-save -t nat | {found} || nft list table ip{six} nat | {found}"
        wanted = f"nft list table ip{six} kube-proxy" if nftables else f'sh -c "{rules}"'
        yield f'  check "kube-proxy\'s rules of {family}" {wanted}'
    yield "fi"


def _check_etcd(cluster: Cluster) -> Iterator[str]:
    """Compare devices: what is mounted again from elsewhere on the same disk is no volume of its own."""
    if cluster.settings.kubernetes.etcd.own_volume:
        yield "other=/var/lib/containerd"
        yield '[ -d "$other" ] || other=/var/lib'
        yield "case $node in"
        device = "test $(stat -c %d /var/lib/etcd) != $(stat -c %d $0)"
        yield f"  {' | '.join(node.name for node in control_planes(cluster))})"
        yield f'    check "etcd\'s own volume" sh -c \'mountpoint -q /var/lib/etcd && {device}\' "$other" ;;'
        yield "esac"


def iter_storage_nodes(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Iterator[NodeFacts]:
    """Give the nodes whose disks Ceph is to take."""
    return (node for node in cluster.nodes if node.disks and "rook" in components)
