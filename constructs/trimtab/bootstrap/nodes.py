"""Files of single hosts: what must be done at each boot, and the disks that Ceph is to take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.bootstrap.addresses import node_addresses
from trimtab.bootstrap.endpoint_files import INTERFACE
from trimtab.bootstrap.files import Files, quote, quote_all, render_script
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.component import ComponentSettings
from trimtab.settings.network import KubeProxyMode
from trimtab.settings.nodes import OperatingSystem

BOOT = "/usr/local/sbin/kubernetes-host"
STATE = ("/etc/kubernetes", "/etc/cni", "/opt/cni", "/var/lib/etcd", "/var/lib/containerd", "/var/lib/calico")
"""Directories beside the kubelet's that must survive a restart."""


def plan_node_files(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Files:
    """Give the files of every node."""
    files: Files = {}
    for node in cluster.nodes:
        folder = f"00-hosts/nodes/{node.name}"
        files[f"{folder}/files{BOOT}"] = render_script(
            f"What {node.name} needs at each boot, before containerd and the kubelet start.", *_boot(node, cluster)
        )
        if node.disks and "rook" in components:
            files[f"{folder}/disks.sh"] = _disks(node)
    return files


def _boot(node: NodeFacts, cluster: Cluster) -> Iterator[str]:
    kubelet = cluster.kubelet_dir or "/var/lib/kubelet"
    if node.root == "tmpfs" and node.data:
        yield from _state(node.data, (*STATE, kubelet, *_snapshots(node, cluster)))
    if node.os == OperatingSystem.ALPINE:
        yield from _mounts(kubelet)
    always = cluster.settings.network.kube_proxy.mode is KubeProxyMode.NFTABLES
    for address in node_addresses(node, cluster):
        family = "IPv6" if ":" in address else "IPv4"
        yield f"address={quote(address)}"
        yield "interface=$(ip -o address show to \"$address\" | awk '{ print $2; exit }')"
        yield 'if [ -z "$interface" ]; then echo "kubernetes-host: no interface has $address" >&2; exit 1; fi'
        if address == node_addresses(node, cluster)[0] and node.is_control_plane:
            yield "file=/etc/keepalived/keepalived.conf"
            yield f'if [ -f "$file" ]; then sed -i "s/{INTERFACE}/$interface/" "$file"; fi'
        if family == "IPv6":
            yield "# Forwarding makes the kernel deaf to router advertisements, and the default route with them."
            yield 'sysctl -q -w "net.ipv6.conf.$interface.accept_ra=2"'
        services = cluster.services(family)
        if services:
            yield from _service_route(services, family, always=always)


def _snapshots(node: NodeFacts, cluster: Cluster) -> tuple[str, ...]:
    """A snapshot in memory is none."""
    backup = cluster.settings.backup.etcd
    return (backup.directory,) if backup and node.is_control_plane else ()


def _state(data: str, directories: tuple[str, ...]) -> Iterator[str]:
    """The root file system forgets: what Kubernetes writes goes to the disk below `data`."""
    yield f"case $(stat -f -c %T {quote(data)}) in"
    yield f"  tmpfs | ramfs) echo {quote(f'kubernetes-host: {data} lies in memory')} >&2; exit 1 ;;"
    yield "esac"
    yield f"for directory in {quote_all(directories)}; do"
    yield f'  mkdir -p "$directory" {quote(data)}"/kubernetes$directory"'
    yield f'  mountpoint -q "$directory" || mount --bind {quote(data)}"/kubernetes$directory" "$directory"'
    yield "done"


def _mounts(kubelet: str) -> Iterator[str]:
    """Without systemd mounts are private, and what calico-node, CSI drivers and virt-handler mount is seen by nobody.

    Never the root itself: with some runtimes a pod's overlay then covered it.
    """
    yield f"kubelet={quote(kubelet)}"
    yield 'mkdir -p "$kubelet"'
    yield 'mountpoint -q "$kubelet" || mount --bind "$kubelet" "$kubelet"'
    yield 'for directory in /sys /run "$kubelet"; do mount --make-rshared "$directory"; done'


def _service_route(services: str, family: str, *, always: bool) -> Iterator[str]:
    ip = f"ip -{family[-1]}"
    route = f'{ip} route replace {services} dev "$interface" src "$address"'
    if always:
        yield "# kube-proxy in nftables mode translates the destination alone: the route decides the source address."
        yield route
    else:
        yield "# Without any route to Services their packets never reach kube-proxy's rules."
        yield f"if ! {ip} route show default | grep -q .; then {route}; fi"


def _disks(node: NodeFacts) -> str:
    names = [disk.name if disk.name.startswith("/") else f"/dev/{disk.name}" for disk in node.disks]
    return render_script(
        f"Shows the disks of {node.name} that Ceph is to take, and wipes the ones named after --wipe:\n"
        f"disks.sh; disks.sh --wipe {node.disks[0].name}",
        f"known={quote(' '.join(names))}",
        *_DISKS,
    )


_DISKS = (
    "if [ $# -eq 0 ]; then",
    "  for disk in $known; do",
    '    lsblk -o NAME,SIZE,TYPE,FSTYPE,MOUNTPOINT,SERIAL "$disk" || echo "$disk: not there"',
    '    found=$(wipefs --no-act "$disk") || continue',
    '    [ -z "$found" ] || echo "$found"',
    '    if [ -n "$found" ]; then echo "$disk: NOT blank, Ceph passes it over"; else echo "$disk: blank"; fi',
    "  done",
    "  exit 0",
    "fi",
    "if [ \"$1\" != --wipe ] || [ $# -lt 2 ]; then echo 'usage: disks.sh [--wipe DISK...]' >&2; exit 2; fi",
    "shift",
    'for name in "$@"; do',
    "  case $name in /*) disk=$name ;; *) disk=/dev/$name ;; esac",
    '  case " $known " in *" $disk "*) ;; *) echo "$disk is none of: $known" >&2; exit 2 ;; esac',
    '  if lsblk -n -o TYPE "$disk" | grep -qvE "^(disk|part)$"; then',
    '    echo "$disk is held by LVM, RAID or encryption" >&2; exit 1',
    "  fi",
    '  if lsblk -n -o MOUNTPOINT "$disk" | grep -q .; then echo "$disk is in use" >&2; exit 1; fi',
    '  wipefs --all "$disk"',
    "  # Ceph's own label lies in the first megabytes, and copies of it further up.",
    "  for gigabyte in 0 1 10 100 1000; do",
    '    dd if=/dev/zero of="$disk" bs=1M count=100 seek=$((gigabyte * 1024)) conv=fsync 2>/dev/null || true',
    "  done",
    '  blkdiscard "$disk" 2>/dev/null || true',
    '  partprobe "$disk" 2>/dev/null || true',
    '  echo "$disk: wiped"',
    "done",
)
