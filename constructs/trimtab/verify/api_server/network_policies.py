"""NetworkPolicies: ports and address blocks."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

from trimtab.findings.path import Path
from trimtab.verify.api_server.addresses import parse_block
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.containers import out_of_range
from trimtab.verify.api_server.forms import find_port_name_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World


def check_network_policies(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find NetworkPolicies that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/networking/validation/validation.go (ValidateNetworkPolicySpec:137,
    ValidateNetworkPolicyPort:71, ValidateNetworkPolicyPeer:107, ValidateIPBlock:246).
    """
    for entry, spec in iter_specs(tree, "networking.k8s.io", "NetworkPolicy"):
        for direction, side in (("ingress", "from"), ("egress", "to")):
            for position, rule in iter_fields(spec, direction):
                here = ("spec", direction, position)
                for number, port in iter_fields(rule, "ports"):
                    yield from _check_port(entry, (*here, "ports", number), port)
                for number, peer in enumerate(list_of(rule, side)):
                    if peer is None or isinstance(peer, dict):
                        yield from _check_peer(entry, (*here, side, number), fields_of(peer))


def _check_port(entry: Entry, path: Path, port: Fields) -> Iterator[Complaint]:
    first, last = port.get("port"), number_of(port, "endPort")
    if isinstance(first, int) and not 1 <= first <= 65535:
        yield out_of_range(entry, (*path, "port"), first)
    if isinstance(first, str) and (fault := find_port_name_fault(first)):
        cure = f"write the number without quotes: {first}" if first.isdigit() else fault
        what = f"is about a port with a name that Kubernetes refuses: '{first}'"
        yield complain("invalid-name", entry, (*path, "port"), what, cure)
    if last is not None and not isinstance(first, int):
        what = "has the end of a range of ports without its beginning"
        yield complain(
            "contradicting-fields", entry, (*path, "endPort"), what, "write the first port as a number: port"
        )
    elif last is not None and isinstance(first, int) and last < first:
        what = f"has a range of ports from {first} to {last}"
        yield complain("field-out-of-range", entry, (*path, "endPort"), what, "the last is not below the first")


def _check_peer(entry: Entry, path: Path, peer: Fields) -> Iterator[Complaint]:
    given = [key for key in ("podSelector", "namespaceSelector", "ipBlock") if peer.get(key) is not None]
    if not given:
        cure = "write podSelector, namespaceSelector or ipBlock; leave the list away to let everybody in"
        yield complain("missing-field", entry, path, "has a peer that is nobody", cure)
    elif "ipBlock" in given:
        if len(given) > 1:
            what = f"has a peer with ipBlock and {given[0]}"
            yield complain("contradicting-fields", entry, path, what, "make two peers of it")
        yield from _check_block(entry, (*path, "ipBlock"), fields_of(peer, "ipBlock"))


def _check_block(entry: Entry, path: Path, block: Fields) -> Iterator[Complaint]:
    whole = _network(text_of(block, "cidr"))
    if whole is None:
        what = f"has the address block '{block.get('cidr')}', which is none"
        yield complain("wrong-field-form", entry, (*path, "cidr"), what, "write it as 192.0.2.0/24")
    for position, text in enumerate(list_of(block, "except")):
        part, here = _network(text), (*path, "except", position)
        if part is None:
            what = f"has the address block '{text}', which is none"
            yield complain("wrong-field-form", entry, here, what, "write it as 192.0.2.0/28")
        elif whole is not None and not _is_within(part, whole):
            what = f"leaves out {text}, which is not a part of {block['cidr']}"
            yield complain("contradicting-fields", entry, here, what, "leave out only what the block holds")


def _network(text: object) -> IPv4Network | IPv6Network | None:
    return parse_block(text) if isinstance(text, str) else None


def _is_within(part: IPv4Network | IPv6Network, whole: IPv4Network | IPv6Network) -> bool:
    return part.version == whole.version and part != whole and part.subnet_of(whole)  # type: ignore[arg-type]


CHECKS = (
    Check(
        name="network policies",
        codes=(
            "missing-field",
            "contradicting-fields",
            "wrong-field-form",
            "field-out-of-range",
            "invalid-name",
        ),
        run=check_network_policies,
    ),
)
