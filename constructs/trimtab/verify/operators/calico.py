"""Objects of Calico's, as people write them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.operators.charts import find_application, path_of_values
from trimtab.verify.reading import fields_of, iter_fields
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_OPERATOR = "operator.tigera.io"
_PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")))
"""Addresses that no router of the internet knows (RFC 1918, 6598, 4193)."""

_WITH_PORT = re.compile(r"(?:\[(?P<v6>[^\[\]]*)\]|(?P<v4>[0-9.]+)):[0-9]{1,5}")

_GROUPS = ("projectcalico.org", "crd.projectcalico.org")


def check_installations(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find networks that fall back to Calico's own range, or whose pods on two machines never meet."""
    for entry in tree.of_kind(_OPERATOR, "Installation"):
        network = fields_of(entry.manifest, "spec", "calicoNetwork")
        pools = _of_cluster(tree, entry.cluster, "IPPool")
        if "ipPools" not in network and not pools:
            yield Complaint(
                code="calico-default-pool",
                about=entry,
                path=("spec", "calicoNetwork"),
                message=f"{entry} names no pool, so pods get addresses of 192.168.0.0/16, whatever the cluster's range",
                help="write `calicoNetwork.ipPools` with the pod range that kubeadm was given",
            )
        yield from _unrouted(entry, network)


def check_pools(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find private pods that nobody translates and nobody routes."""
    for entry in tree.of_kind(_OPERATOR, "Installation"):
        for position, pool in iter_fields(fields_of(entry.manifest, "spec", "calicoNetwork"), "ipPools"):
            if _is_private_without_nat(pool) and not _of_cluster(tree, entry.cluster, "BGPPeer"):
                yield Complaint(
                    code="private-pods-without-nat",
                    about=entry,
                    path=("spec", "calicoNetwork", "ipPools", position, "cidr"),
                    message=f"the pods of {pool['cidr']} are private, nothing translates their addresses"
                    f"{_nat_words(pool)}, and no BGP peer learns of them",
                    help="write `natOutgoing: Enabled`, or tell a router of them by a BGPPeer",
                )


def check_mesh(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find a mesh between the machines that is off where nobody else tells them of each other."""
    for group in _GROUPS:
        for entry in tree.of_kind(group, "BGPConfiguration"):
            off = fields_of(entry.manifest, "spec").get("nodeToNodeMeshEnabled") is False
            if off and entry.name == "default" and not _of_cluster(tree, entry.cluster, "BGPPeer"):
                yield Complaint(
                    code="bgp-mesh-off-without-peers",
                    about=entry,
                    path=("spec", "nodeToNodeMeshEnabled"),
                    message=f"{entry} switches the mesh between machines off, and there is no BGPPeer",
                    help="add the peers that tell the machines of each other's pods, or leave the mesh on",
                )


def check_passwords(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find peers whose password calico-node may not read, or that lies in plain."""
    for group in _GROUPS:
        for entry in tree.of_kind(group, "BGPPeer"):
            password = fields_of(entry.manifest, "spec").get("password")
            if isinstance(password, str):
                yield Complaint(
                    code="bgp-password-in-plain",
                    about=entry,
                    path=("spec", "password"),
                    message=f"{entry} holds its password in plain",
                    help="put it into a Secret in calico-system, and name that: `password: {secretKeyRef: {...}}`",
                    hide_source=True,
                )


def check_addresses(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find addresses of peers that Calico does not read (v3.32.1 libcalico-go/lib/validator/v3/validator.go:847)."""
    for group in _GROUPS:
        for entry in tree.of_kind(group, "BGPPeer"):
            address = fields_of(entry.manifest, "spec").get("peerIP")
            if isinstance(address, str) and address and not _is_peer(address):
                yield Complaint(
                    code="bgp-peer-address-form",
                    about=entry,
                    path=("spec", "peerIP"),
                    message=f"'{address}' is no address of a peer",
                    help="write 2001:db8::1, [2001:db8::1]:1179, 192.0.2.1 or 192.0.2.1:1179",
                )


def check_uninstall_hook(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Applications of the operator's chart whose deletion would take the network with it."""
    skipped = {job.cluster for job in tree.of_kind("batch", "Job") if job.name == "tigera-operator-uninstall"}
    for use in world.charts:
        hooks = use.facts.hooks if use.facts and use.chart == "tigera-operator" else ()
        if any(_is_pre_delete(one.hook) for one in hooks) and use.cluster not in skipped and not use.is_rendered:
            owner = find_application(tree, use)
            if owner is not None:
                yield Complaint(
                    code="cni-removed-with-its-app",
                    about=owner,
                    path=path_of_values(owner, use),
                    message=f"deleting {owner} runs the chart's Job that removes the pod network",
                    help="bring a Job 'tigera-operator-uninstall' with `argocd.argoproj.io/hook: Skip` from a later"
                    " source, and give the Application no finalizer",
                    others=tuple(
                        Other(entry=one, message="what would be removed")
                        for one in tree.of_kind(_OPERATOR, "Installation")[:1]
                    ),
                )


def _unrouted(entry: Entry, network: Mapping[str, Any]) -> Iterator[Complaint]:
    if network.get("bgp") != "Disabled":
        return
    for position, pool in iter_fields(network, "ipPools"):
        if pool.get("encapsulation") == "None":
            yield Complaint(
                code="pod-route-not-advertised",
                about=entry,
                path=("spec", "calicoNetwork", "ipPools", position, "encapsulation"),
                message=f"pods of {pool.get('cidr')} on two machines never meet: nothing wraps their packets, and"
                " BGP is off",
                help="write `encapsulation: VXLAN`, or `bgp: Enabled`",
            )


def _is_private_without_nat(pool: Mapping[str, Any]) -> bool:
    """Calico translates IPv4 unless told otherwise, and IPv6 only when told (operator v1.42.3 ippool/validation.go)."""
    try:
        network = ip_network(str(pool.get("cidr")), strict=False)
    except ValueError:
        return False
    usual = "Enabled" if network.version == 4 else "Disabled"
    is_private = any(network.version == one.version and network.subnet_of(one) for one in _PRIVATE)  # type: ignore[arg-type]
    return is_private and pool.get("natOutgoing", usual) == "Disabled"


def _nat_words(pool: Mapping[str, Any]) -> str:
    return "" if "natOutgoing" in pool else " (off for IPv6 unless it is asked for)"


def _is_peer(address: str) -> bool:
    match = _WITH_PORT.fullmatch(address)
    try:
        found = ip_address(match["v6"] or match["v4"] if match else address)
    except ValueError:
        return False
    return match is None or found.version == (6 if match["v6"] else 4)


def _of_cluster(tree: Tree, cluster: str, kind: str) -> list[Entry]:
    return [entry for group in _GROUPS for entry in tree.of_kind(group, kind) if entry.cluster == cluster]


def _is_pre_delete(hook: str | None) -> bool:
    return hook is not None and "pre-delete" in hook.split(",")


CHECKS = (
    Check(
        name="Calico's Installation",
        codes=("calico-default-pool", "pod-route-not-advertised"),
        run=check_installations,
    ),
    Check(name="Calico's pools", codes=("private-pods-without-nat",), run=check_pools),
    Check(name="Calico's mesh", codes=("bgp-mesh-off-without-peers",), run=check_mesh),
    Check(name="Calico's passwords", codes=("bgp-password-in-plain",), run=check_passwords),
    Check(name="addresses of Calico's peers", codes=("bgp-peer-address-form",), run=check_addresses),
    Check(name="Calico's uninstall hook", codes=("cni-removed-with-its-app",), run=check_uninstall_hook),
)
