"""What makes one address lead to every control plane: kube-vip as a static pod, or haproxy and Keepalived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.bootstrap.addresses import API_PORT, Endpoint, control_planes, in_brackets, node_addresses, plan_endpoint
from trimtab.bootstrap.files import Files, render_lines
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.components.mirrored import plan_prefixes
from trimtab.documents.writer import render_yaml
from trimtab.images.rewrite import rewrite_images
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.kubernetes import EndpointProvider

KUBE_VIP_VERSION = "v1.2.3"
_IMAGES = {"ghcr.io": "ghcr.io/kube-vip/kube-vip", "docker.io": "docker.io/plndr/kube-vip"}
"""Where the project publishes the same image (kube-vip issue 1165)."""

KUBE_VIP_FILE = "10-kubeadm/kube-vip.yaml"
INTERFACE = "INTERFACE-OF-THE-ADDRESS"
"""What the host replaces at its boot by the interface that has its address."""


def plan_endpoint_files(cluster: Cluster) -> Files:
    """Give the files of the endpoint's provider; none where somebody else's load balancer stands in front."""
    endpoint = plan_endpoint(cluster)
    if endpoint is None or endpoint.address is None:
        return {}
    if endpoint.provider is EndpointProvider.KUBE_VIP:
        if is_kubespray(cluster):
            return {}
        pod = plan_kube_vip(endpoint.address, endpoint.port, plan_kube_vip_image(cluster))
        return {KUBE_VIP_FILE: render_yaml(rewrite_images(pod, plan_prefixes(cluster)))}
    if endpoint.provider is EndpointProvider.HAPROXY_KEEPALIVED:
        return dict(_iter_balancers(endpoint, endpoint.address, cluster))
    return {}


def plan_kube_vip_image(cluster: Cluster) -> str:
    """Give the image from a registry that the nodes can reach: over IPv6 alone ghcr.io answers only by a mirror."""
    settings = cluster.settings
    mirrored = "ghcr.io" in settings.registries and settings.registries["ghcr.io"].mirror
    host = "docker.io" if cluster.is_ipv6_only and not (settings.network.nat64 or mirrored) else "ghcr.io"
    return f"{_IMAGES[host]}:{KUBE_VIP_VERSION}"


def plan_kube_vip(address: str, port: int, image: str) -> dict[str, Any]:
    """Give the static pod that moves the address to whichever control plane holds the lease.

    Source: kube-vip.io, installation, static pod, ARP; kube-vip pkg/kubevip/config_envvar.go.
    """
    environment = {
        "address": address,
        "port": str(port),
        "vip_arp": "true",
        "vip_subnet": "128" if ":" in address else "32",
        "cp_enable": "true",
        "cp_namespace": "kube-system",
        "svc_enable": "false",
        "vip_leaderelection": "true",
        "vip_leaseduration": "15",
        "vip_renewdeadline": "10",
        "vip_retryperiod": "2",
    }
    kubeconfig = {"name": "kubeconfig", "hostPath": {"path": "/etc/kubernetes/admin.conf", "type": "File"}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "kube-vip", "namespace": "kube-system"},
        "spec": {
            "hostNetwork": True,
            "hostAliases": [{"ip": "::1" if ":" in address else "127.0.0.1", "hostnames": ["kubernetes"]}],
            "priorityClassName": "system-node-critical",
            "containers": [
                {
                    "name": "kube-vip",
                    "image": image,
                    "args": ["manager"],
                    "env": [{"name": name, "value": value} for name, value in environment.items()],
                    "securityContext": {"capabilities": {"add": ["NET_ADMIN", "NET_RAW"], "drop": ["ALL"]}},
                    "volumeMounts": [{"name": "kubeconfig", "mountPath": "/etc/kubernetes/admin.conf"}],
                }
            ],
            "volumes": [kubeconfig],
        },
    }


def _iter_balancers(endpoint: Endpoint, address: str, cluster: Cluster) -> Iterator[tuple[str, str]]:
    planes = control_planes(cluster)
    haproxy = render_lines(*_haproxy(endpoint, address, planes, cluster))
    for rank, node in enumerate(planes):
        folder = f"00-hosts/nodes/{node.name}/files/etc"
        yield f"{folder}/haproxy/haproxy.cfg", haproxy
        yield f"{folder}/keepalived/keepalived.conf", render_lines(*_keepalived(node, rank, address, planes, cluster))
        # An address that is not here yet must still be listened on: Keepalived brings it later.
        bound = "net.ipv6.ip_nonlocal_bind" if ":" in address else "net.ipv4.ip_nonlocal_bind"
        yield f"{folder}/sysctl.d/91-endpoint.conf", render_lines(f"{bound} = 1")


def _haproxy(endpoint: Endpoint, address: str, planes: tuple[NodeFacts, ...], cluster: Cluster) -> Iterator[str]:
    """Source: kubernetes/kubeadm docs/ha-considerations.md; HAProxy configuration manual."""
    yield from ("global", "  log /dev/log local0", "  maxconn 20000", "", "defaults", "  log global", "  mode tcp")
    yield from ("  option tcplog", "  timeout connect 5s", "  timeout client 1h", "  timeout server 1h", "")
    yield "frontend kubernetes"
    yield f"  bind {address}:{endpoint.port}"
    yield from ("  default_backend control-planes", "", "backend control-planes", "  option httpchk GET /healthz")
    yield from ("  http-check expect status 200", "  balance roundrobin")
    for node in planes:
        where = f"{in_brackets(node_addresses(node, cluster)[0])}:{API_PORT}"
        yield f"  server {node.name} {where} check check-ssl verify none inter 3s fall 3 rise 2"


def _keepalived(
    node: NodeFacts, rank: int, address: str, planes: tuple[NodeFacts, ...], cluster: Cluster
) -> Iterator[str]:
    """Source: Keepalived's manual page keepalived.conf(5); unicast, since routers and VPNs drop multicast."""
    own, *_ = node_addresses(node, cluster)
    others = [node_addresses(other, cluster)[0] for other in planes if other is not node]
    yield from ("vrrp_script haproxy {", '  script "/usr/bin/pgrep -x haproxy"', "  interval 2", "  fall 2", "}", "")
    yield from ("vrrp_instance kubernetes {", f"  state {'BACKUP' if rank else 'MASTER'}", f"  interface {INTERFACE}")
    yield from ("  virtual_router_id 51", f"  priority {150 - 10 * rank}", "  advert_int 1", f"  unicast_src_ip {own}")
    yield from ("  unicast_peer {", *(f"    {other}" for other in others), "  }")
    yield from ("  virtual_ipaddress {", f"    {address}/{128 if ':' in address else 32}", "  }")
    yield from ("  track_script {", "    haproxy", "  }", "}")
