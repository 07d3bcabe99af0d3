"""Which ports of the hosts the chosen components need, and from whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trimtab.bootstrap.addresses import API_PORT, plan_endpoint
from trimtab.components.calico.settings import Settings as Calico
from trimtab.components.rook.settings import Settings as Rook
from trimtab.kube.felix import FELIX_PORT
from trimtab.plan.cluster import Cluster
from trimtab.settings.component import ComponentSettings
from trimtab.settings.kubernetes import Distribution, EndpointProvider

From = Literal["anywhere", "nodes", "control planes", "cluster", "peers"]
"""Who may come: the world, the nodes, the control planes, nodes and pods, or the routers of BGP."""

SSH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """One port that is open on hosts."""

    number: str
    """A port or a range `first-last`; a protocol number where `protocol` is `ip`."""
    protocol: Literal["tcp", "udp", "ip"] = "tcp"
    source: From
    what: str
    control_plane_only: bool = False


def plan_ports(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> tuple[Port, ...]:
    """Give the ports of the control plane, the pod network and the components that use the hosts' own network."""
    found = [*_kubernetes(cluster), *_endpoint(cluster), *_network(cluster, components), *_components(components)]
    found += [
        Port(number=str(port), source="anywhere", what="network.inboundPorts")
        for port in sorted(set(cluster.settings.network.inbound_ports) - {SSH})
    ]
    return tuple(dict.fromkeys(found))


def _kubernetes(cluster: Cluster) -> Iterator[Port]:
    """Source: kubernetes.io, reference, networking, ports and protocols."""
    yield Port(number=str(SSH), source="anywhere", what="ssh")
    yield Port(number=str(API_PORT), source="anywhere", what="kube-apiserver", control_plane_only=True)
    yield Port(number="2379-2380", source="control planes", what="etcd", control_plane_only=True)
    yield Port(number="10250", source="cluster", what="kubelet")
    if "nodelocaldns" in cluster.provides:
        # It listens on an address of the host that pods ask.
        yield Port(number="53", protocol="udp", source="cluster", what="nodelocaldns")
        yield Port(number="53", source="cluster", what="nodelocaldns")


def _endpoint(cluster: Cluster) -> Iterator[Port]:
    endpoint = plan_endpoint(cluster)
    if endpoint and endpoint.provider is EndpointProvider.HAPROXY_KEEPALIVED:
        yield Port(number=str(endpoint.port), source="anywhere", what="haproxy", control_plane_only=True)
        # RFC 9568, section 1: VRRP is IP protocol 112.
        yield Port(number="112", protocol="ip", source="control planes", what="keepalived", control_plane_only=True)


def _network(cluster: Cluster, components: Mapping[str, ComponentSettings]) -> Iterator[Port]:
    """Source: docs.tigera.io, Calico, system requirements, network requirements."""
    calico = components.get("calico")
    if isinstance(calico, Calico):
        yield Port(number="5473", source="nodes", what="calico typha")
        if calico.bgp is not None:
            port = str(calico.bgp.listen_port or 179)
            yield Port(number=port, source="nodes", what="BGP between nodes")
            if calico.bgp.peers:
                yield Port(number=port, source="peers", what="BGP with the routers")
        wrapped = calico.encapsulation or ("None" if calico.bgp is not None else "VXLAN")
        yield from _encapsulation(wrapped)
    elif "calico" in cluster.provides and cluster.settings.kubernetes.distribution is Distribution.KUBESPRAY:
        # kubespray v2.31.0 roles/network_plugin/calico_defaults: backend vxlan, mode Always.
        yield from _encapsulation("VXLAN")
    elif {"flannel", "canal"} & set(cluster.provides):
        yield Port(number="8472", protocol="udp", source="nodes", what="flannel's VXLAN")


def _encapsulation(word: str) -> Iterator[Port]:
    if word.startswith("VXLAN"):
        yield Port(number="4789", protocol="udp", source="nodes", what="VXLAN between nodes")
    if word.startswith("IPIP"):
        yield Port(number="4", protocol="ip", source="nodes", what="IP in IP between nodes")


def _components(components: Mapping[str, ComponentSettings]) -> Iterator[Port]:
    if "metallb" in components:
        # metallb v0.16 charts/metallb/values.yaml, speaker.memberlist.mlBindPort.
        for protocol in ("tcp", "udp"):
            yield Port(number="7946", protocol=protocol, source="nodes", what="metallb memberlist")
    if "prometheus" in components:
        yield from _METRICS
        if "calico" in components:
            yield Port(number=str(FELIX_PORT), source="cluster", what="metrics of calico's agents")
        if "metallb" in components:
            yield Port(number="9120", source="cluster", what="metrics of metallb's speakers")
    rook = components.get("rook")
    if isinstance(rook, Rook) and rook.network.host_network:
        yield from _CEPH


_METRICS = (
    Port(number="9100", source="cluster", what="metrics of the host"),
    Port(number="10249", source="cluster", what="metrics of kube-proxy"),
    Port(number="2381", source="cluster", what="metrics of etcd", control_plane_only=True),
    Port(number="10257", source="cluster", what="metrics of kube-controller-manager", control_plane_only=True),
    Port(number="10259", source="cluster", what="metrics of kube-scheduler", control_plane_only=True),
)
"""kubernetes cmd/kubeadm/app/constants and pkg/cluster/ports; node-exporter's own 9100."""

_CEPH = (
    Port(number="3300", source="cluster", what="ceph monitors"),
    Port(number="6789", source="cluster", what="ceph monitors, the old protocol"),
    Port(number="6800-7568", source="cluster", what="ceph daemons"),
    Port(number="9283", source="cluster", what="metrics of ceph"),
)
"""Ceph documentation, network configuration reference: ms_bind_port_min and ms_bind_port_max, mgr/prometheus."""
