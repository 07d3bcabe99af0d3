"""The objects of `projectcalico.org/v3`: BGP, its peers, the right to read passwords, pools for load balancers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trimtab.components.calico.offers import SYSTEM, gives_addresses
from trimtab.components.calico.peers import render_peer
from trimtab.components.calico.pools import load_balancer_block_size, load_balancer_ranges
from trimtab.components.calico.settings import Bgp, Peer, Settings
from trimtab.kube.manifests import Manifest
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.cluster import Cluster

API_VERSION = "projectcalico.org/v3"
RBAC = "rbac.authorization.k8s.io/v1"
READER = "bgp-passwords"
"""The Role that lets calico-node read the peers' passwords."""


def plan_bgp_configuration(bgp: Bgp, cluster: Cluster) -> Manifest:
    """Give the cluster's BGP: its number, the mesh, and the ranges that are announced beside the pods'."""
    services = [str(cidr) for cidr in cluster.settings.network.services] if "services" in bgp.advertise else []
    balancers = load_balancer_ranges(cluster) if "loadBalancers" in bgp.advertise else ()
    spec = {
        "asNumber": bgp.as_number,
        "nodeToNodeMeshEnabled": bgp.node_to_node_mesh,
        "listenPort": bgp.listen_port,
        "serviceClusterIPs": _blocks(services),
        "serviceExternalIPs": _blocks(bgp.external_ips),
        "serviceLoadBalancerIPs": _blocks(balancers),
    }
    return plan_object(API_VERSION, "BGPConfiguration", "default", spec=without_nothing(spec))


def plan_peer(name: str, peer: Peer) -> Manifest:
    """Give a peer.

    Raises:
        ValueError: Its address is none.
    """
    password = peer.password and {"secretKeyRef": {"name": peer.password.secret_name, "key": peer.password.key}}
    spec = {
        "peerIP": render_peer(peer),
        "asNumber": peer.as_number,
        "nodeSelector": peer.node_selector,
        "nextHopMode": peer.next_hop_mode,
        "maxRestartTime": peer.max_restart_time,
        "sourceAddress": peer.source_address,
        "password": password,
    }
    return plan_object(API_VERSION, "BGPPeer", name, spec=without_nothing(spec))


def iter_password_rights(bgp: Bgp) -> Iterator[Manifest]:
    """Let calico-node read exactly the Secrets that hold the peers' passwords.

    Source: tigera/docs calico_versioned_docs/version-3.32/reference/resources/bgppeer.mdx:73-164.
    """
    secrets = sorted({peer.password.secret_name for peer in bgp.peers.values() if peer.password})
    if not secrets:
        return
    rule = {"apiGroups": [""], "resources": ["secrets"], "resourceNames": secrets, "verbs": ["get", "list", "watch"]}
    yield plan_object(RBAC, "Role", READER, namespace=SYSTEM, rules=[rule])
    yield plan_object(
        RBAC,
        "RoleBinding",
        READER,
        namespace=SYSTEM,
        roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": READER},
        subjects=[{"kind": "ServiceAccount", "name": "calico-node", "namespace": SYSTEM}],
    )


def iter_load_balancer_pools(settings: Settings, cluster: Cluster) -> Iterator[Manifest]:
    """Give a pool for each range of load balancers; Calico's controllers give Services addresses from it.

    They do so for all Services unless told otherwise, in each release held (projectcalico/calico v3.30.7
    kube-controllers/pkg/config/runconfig.go:626).
    """
    for cidr in load_balancer_ranges(cluster) if gives_addresses(settings, cluster) else ():
        spec = {
            "cidr": cidr,
            "blockSize": load_balancer_block_size(cidr),
            "allowedUses": ["LoadBalancer"],
            "assignmentMode": "Automatic",
            "nodeSelector": "all()",
            "ipipMode": "Never",
            "vxlanMode": "Never",
        }
        yield plan_object(API_VERSION, "IPPool", f"load-balancers-{re.sub('[:./]', '-', cidr)}", spec=spec)


def _blocks(ranges: Any) -> list[dict[str, str]] | None:
    return [{"cidr": cidr} for cidr in ranges] or None
