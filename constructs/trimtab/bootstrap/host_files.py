"""Files that every host has, whatever its operating system: modules, sysctl, time, names, the way to the proxy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address

from trimtab.bootstrap.addresses import plan_endpoint
from trimtab.bootstrap.files import Files, render_lines
from trimtab.plan import proxy
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.component import ComponentSettings
from trimtab.settings.kubernetes import Distribution
from trimtab.settings.network import KubeProxyMode
from trimtab.settings.nodes import OperatingSystem

ALL = "00-hosts/all/files"


def is_kubespray(cluster: Cluster) -> bool:
    """Say whether kubespray prepares the container runtime, names and time of the hosts itself."""
    return cluster.settings.kubernetes.distribution is Distribution.KUBESPRAY


def plan_host_files(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Files:
    """Give the files that are the same on all hosts, and what differs by operating system or node."""
    files: Files = {
        f"{ALL}/etc/modules-load.d/kubernetes.conf": render_lines(*plan_modules(cluster, components)),
        f"{ALL}/etc/sysctl.d/90-kubernetes.conf": render_lines(*_sysctl(cluster, components)),
    }
    for node in cluster.nodes:
        if modules := plan_node_modules(node, components):
            files[f"00-hosts/nodes/{node.name}/files/etc/modules-load.d/ceph.conf"] = render_lines(*modules)
    if not is_kubespray(cluster):
        files |= _time(cluster) | _names(cluster) | _proxy(cluster)
    return files


def plan_modules(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> tuple[str, ...]:
    """Give the kernel modules that every host loads at boot.

    Source: kubernetes.io, container runtimes, prerequisites; kubernetes pkg/proxy/ipvs/README.md.
    """
    mode = cluster.settings.network.kube_proxy.mode
    modules = ["overlay", "br_netfilter", "nf_conntrack"]
    modules += ["ip_vs", "ip_vs_rr", "ip_vs_wrr", "ip_vs_sh"] if mode is KubeProxyMode.IPVS else []
    modules += ["nf_tables"] if mode is KubeProxyMode.NFTABLES else []
    return tuple(modules + (["vxlan"] if "calico" in components else []))


def plan_node_modules(node: NodeFacts, components: Mapping[str, ComponentSettings]) -> tuple[str, ...]:
    """Give the modules that Ceph's volumes need on a node, of those that its kernel has."""
    if "rook" not in components:
        return ()
    has = node.kernel_modules
    block = ("rbd",) if has.rbd else ("nbd",) if has.nbd else ()
    return (*block, *(("ceph",) if has.ceph else ()))


def plan_sysctl(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Mapping[str, str]:
    """Give the kernel's settings by key.

    Source: kubernetes.io, container runtimes, prerequisites; kernel documentation, ip-sysctl (forwarding switches
    router advertisements off unless `accept_ra` is 2).
    """
    settings = {
        "net.bridge.bridge-nf-call-iptables": "1",
        "net.bridge.bridge-nf-call-ip6tables": "1",
        "fs.inotify.max_user_instances": "8192",
        "fs.inotify.max_user_watches": "524288",
    }
    if "IPv4" in cluster.ip_families:
        settings["net.ipv4.ip_forward"] = "1"
    if "IPv6" in cluster.ip_families:
        for scope in ("all", "default"):
            settings[f"net.ipv6.conf.{scope}.forwarding"] = "1"
        settings["net.ipv6.conf.default.accept_ra"] = "2"
    if "logging" in components:
        # Elasticsearch documentation, virtual memory.
        settings["vm.max_map_count"] = "1048576"
    return dict(sorted(settings.items()))


def _sysctl(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Iterator[str]:
    return (f"{key} = {value}" for key, value in plan_sysctl(cluster, components).items())


def _time(cluster: Cluster) -> Files:
    """Give chrony's configuration where time servers are named; both families of systems read it at this path."""
    servers = cluster.settings.network.time_servers
    if not servers:
        return {}
    lines = [
        *(f"server {server} iburst" for server in servers),
        "driftfile /var/lib/chrony/chrony.drift",
        "# A Raspberry Pi starts in the past: any step is taken, in the first three updates.",
        "makestep 1 3",
        "rtcsync",
    ]
    return {f"00-hosts/{os}/files/etc/chrony/chrony.conf": render_lines(*lines) for os in systems(cluster)}


def systems(cluster: Cluster) -> tuple[str, ...]:
    """Give the operating systems of the nodes, sorted."""
    return tuple(sorted({str(node.os) for node in cluster.nodes}))


def plan_nameservers(cluster: Cluster) -> list[str]:
    """Give the name servers of the cluster's families; all where none is, for hosts may have more than the cluster."""
    servers = cluster.settings.network.nameservers
    return [text for text in servers if f"IPv{ip_address(text).version}" in cluster.ip_families] or servers


def _names(cluster: Cluster) -> Files:
    servers = plan_nameservers(cluster)
    if not servers:
        return {}
    lines = render_lines(*(f"nameserver {ip_address(server)}" for server in servers))
    resolved = render_lines("[Resolve]", f"DNS={' '.join(servers)}")
    return {
        f"00-hosts/{os}/files/etc/systemd/resolved.conf.d/kubernetes.conf"
        if os == OperatingSystem.UBUNTU
        else f"00-hosts/{os}/files/etc/resolv.conf": resolved if os == OperatingSystem.UBUNTU else lines
        for os in systems(cluster)
    }


def plan_no_proxy(cluster: Cluster) -> tuple[str, ...]:
    """Give what hosts reach without the proxy: what everything in the cluster does, and the API server's endpoint."""
    return proxy.plan_no_proxy(cluster, *_endpoint(cluster))


def _endpoint(cluster: Cluster) -> tuple[str, ...]:
    endpoint = plan_endpoint(cluster)
    return (endpoint.host,) if endpoint else ()


def _proxy(cluster: Cluster) -> Files:
    words = proxy.plan_proxy_environment(cluster, *_endpoint(cluster))
    if not words:
        return {}
    files: Files = {}
    for os in systems(cluster):
        if os == OperatingSystem.ALPINE:
            lines = [f'export {key}="{value}"' for key, value in words.items()]
            files[f"00-hosts/{os}/files/etc/conf.d/containerd"] = render_lines(*lines)
        else:
            lines = ["[Service]", *(f'Environment="{key}={value}"' for key, value in words.items())]
            path = f"00-hosts/{os}/files/etc/systemd/system/containerd.service.d/http-proxy.conf"
            files[path] = render_lines(*lines)
    return files
