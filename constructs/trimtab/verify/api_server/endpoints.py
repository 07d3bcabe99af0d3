"""Addresses behind a Service that are written by hand: EndpointSlices and Endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from trimtab.findings.path import Path
from trimtab.verify.api_server.addresses import find_address_fault, parse_address
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_label_fault, find_subdomain_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_VERSIONS = {"IPv4": 4, "IPv6": 6}


def check_slices(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find EndpointSlices that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/discovery/validation/validation.go (validateEndpoints, validatePorts).
    """
    for entry in tree.of_kind("discovery.k8s.io", "EndpointSlice"):
        kind, names = text_of(entry.manifest, "addressType"), set[str]()
        for position, endpoint in iter_fields(entry.manifest, "endpoints"):
            for number, address in enumerate(list_of(endpoint, "addresses")):
                here = ("endpoints", position, "addresses", number)
                yield from _check_address(entry, here, address, kind)
        for position, port in iter_fields(entry.manifest, "ports"):
            name = text_of(port, "name")
            if name in names:
                what = f"has two ports '{name}'" if name else "has two ports without a name"
                yield complain("duplicate-entry", entry, ("ports", position), what, "give each a name of its own")
            names.add(name)


def _check_address(entry: Entry, path: Path, address: object, kind: str) -> Iterator[Complaint]:
    text = address if isinstance(address, str) else ""
    if fault := _find_fault(text, kind):
        yield complain("wrong-field-form", entry, path, f"has the address '{text}' in a slice of type {kind}", fault)


def _find_fault(text: str, kind: str) -> str | None:
    """Say why an address does not belong into a slice; of a type that nobody knows nothing is asked."""
    if kind == "FQDN":
        return _find_name_fault(text.removesuffix("."))
    wanted = _VERSIONS.get(kind)
    if wanted is None:
        return None
    address = _parse(text)
    if address is None or address.version != wanted:
        return f"write an address of {kind}"
    if wanted == 6 and str(address) != text:
        return f"write it in its short form: {address}"
    return _find_unreachable(text)


def _find_name_fault(text: str) -> str | None:
    """Check a name with a domain (apimachinery pkg/util/validation/validation.go, IsFullyQualifiedDomainName)."""
    if "." not in text:
        return "write a name with a domain: db.example.org"
    return find_subdomain_fault(text) or next(filter(None, map(find_label_fault, text.split("."))), None)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address as Go does: one of IPv4 within one of IPv6 is one of IPv4."""
    address = parse_address(text)
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


@lru_cache(maxsize=1 << 12)
def _find_unreachable(text: str) -> str | None:
    """Say why no Service may lead to an address.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateEndpointIP:8314).
    """
    address = _parse(text)
    if address is None:
        return None
    is_near = address.is_multicast and (address.packed[:3] == b"\xe0\x00\x00" or address.packed[:2] == b"\xff\x02")
    if address.is_unspecified or address.is_loopback or address.is_link_local or is_near:
        return "write one that other nodes reach: no 0.0.0.0, no loopback, no link-local one"
    return None


def check_endpoints(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Endpoints that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateEndpointSubsets,
    ValidateEndpointIP:8314).
    """
    for entry in tree.of_kind("", "Endpoints"):
        for position, subset in iter_fields(entry.manifest, "subsets"):
            here = ("subsets", position)
            if not list_of(subset, "addresses") and not list_of(subset, "notReadyAddresses"):
                what = "has ports and no addresses"
                yield complain("missing-field", entry, here, what, "list addresses or notReadyAddresses")
            for key in ("addresses", "notReadyAddresses"):
                for number, address in iter_fields(subset, key):
                    yield from _check_reach(entry, (*here, key, number, "ip"), address)


def _check_reach(entry: Entry, path: Path, address: Fields) -> Iterator[Complaint]:
    text = text_of(address, "ip")
    if not find_address_fault(text) and (fault := _find_unreachable(text)):
        yield complain("wrong-field-form", entry, path, f"leads to the address {text}", fault)


CHECKS = (
    Check(name="endpoint slices", codes=("wrong-field-form", "duplicate-entry"), run=check_slices),
    Check(name="endpoints", codes=("missing-field", "wrong-field-form"), run=check_endpoints),
)
