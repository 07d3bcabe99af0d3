"""Services: ports, addresses and what each type allows."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.addresses import find_address_fault
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.containers import out_of_range
from trimtab.verify.api_server.forms import find_label_fault, find_port_name_fault, find_subdomain_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, iter_fields, iter_specs, list_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_NO_ADDRESS = {"", "None"}
_DISTRIBUTIONS = ("PreferClose", "PreferSameZone", "PreferSameNode")


def check_services(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Services that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateService, validateServicePort:6780,
    ValidateServiceClusterIPsRelatedFields:8964, validateServiceExternalTrafficPolicy:6824), kubernetes v1.35.4
    pkg/registry/core/service/storage/alloc.go (initIPFamilyFields:104).
    """
    for entry, spec in iter_specs(tree, "", "Service"):
        kind = spec.get("type") or "ClusterIP"
        if kind == "ExternalName":
            yield from _check_external_name(entry, spec)
        else:
            yield from _check_ports(entry, spec, kind)
            yield from _check_addresses(entry, spec, kind)
            yield from _check_traffic(entry, spec, kind)
        if "trafficDistribution" in spec:
            yield from _check_distribution(entry, spec["trafficDistribution"])


def _check_external_name(entry: Entry, spec: Fields) -> Iterator[Complaint]:
    name = text_of(spec, "externalName").removesuffix(".")
    if not name:
        yield complain("missing-field", entry, ("spec",), "has no externalName", "write the host name it stands for")
    elif fault := find_subdomain_fault(name):
        yield complain("wrong-field-form", entry, ("spec", "externalName"), f"stands for '{name}', no host name", fault)
    if text_of(spec, "clusterIP") not in _NO_ADDRESS:
        what = "stands for an outside name and asks for an address"
        yield complain("contradicting-fields", entry, ("spec", "clusterIP"), what, "leave clusterIP away")


def _check_ports(entry: Entry, spec: Fields, kind: str) -> Iterator[Complaint]:
    ports = list(iter_fields(spec, "ports"))
    if not ports and spec.get("clusterIP") != "None":
        yield complain("missing-field", entry, ("spec",), "has no ports", "list them: spec.ports")
    names: set[str] = set()
    numbers: set[tuple[int | None, str]] = set()
    for position, port in ports:
        here = ("spec", "ports", position)
        yield from _check_port(entry, here, port, kind)
        yield from _check_port_name(entry, here, text_of(port, "name"), names, alone=len(ports) == 1)
        number = number_of(port, "port"), text_of(port, "protocol") or "TCP"
        if number in numbers and number[0] is not None:
            what = f"has the port {number[0]} ({number[1]}) twice"
            yield complain("duplicate-entry", entry, here, what, "leave one of them away")
        numbers.add(number)


def _check_port(entry: Entry, path: Path, port: Fields, kind: str) -> Iterator[Complaint]:
    for field in ("port", "targetPort", "nodePort"):
        number = number_of(port, field)
        if number is not None and not (field != "port" and number == 0) and not 1 <= number <= 65535:
            yield out_of_range(entry, (*path, field), number)
    target = text_of(port, "targetPort")
    if target and (fault := find_port_name_fault(target)):
        cure = f"write the number without quotes: {target}" if target.isdigit() else fault
        what = f"leads to a port with a name that Kubernetes refuses: '{target}'"
        yield complain("invalid-name", entry, (*path, "targetPort"), what, cure)
    if port.get("nodePort") and kind == "ClusterIP":
        what = f"has a node port and the type {kind}"
        yield complain(
            "contradicting-fields", entry, (*path, "nodePort"), what, "leave it away, or write type: NodePort"
        )


def _check_port_name(entry: Entry, path: Path, name: str, names: set[str], *, alone: bool) -> Iterator[Complaint]:
    if not name:
        if not alone:
            yield complain("missing-field", entry, path, "has several ports, and one without a name", "name each port")
        return
    if fault := find_label_fault(name):
        what = f"has a port with a name that Kubernetes refuses: '{name}'"
        yield complain("invalid-name", entry, (*path, "name"), what, fault)
    if name in names:
        yield complain(
            "duplicate-entry", entry, (*path, "name"), f"has two ports '{name}'", "give each a name of its own"
        )
    names.add(name)


def _check_addresses(entry: Entry, spec: Fields, kind: str) -> Iterator[Complaint]:
    families = [family for family in list_of(spec, "ipFamilies") if isinstance(family, str)]
    if len(families) != len(set(families)) or len(families) > 2:
        what = f"lists the families {', '.join(families)}"
        yield complain("duplicate-entry", entry, ("spec", "ipFamilies"), what, "list IPv4 and IPv6 at most once each")
    if len(families) == 2 and spec.get("ipFamilyPolicy") in (None, "SingleStack"):
        what = "lists two families and asks for a single stack"
        cure = "write ipFamilyPolicy: PreferDualStack or RequireDualStack"
        yield complain("contradicting-fields", entry, ("spec", "ipFamilies"), what, cure)
    address = text_of(spec, "clusterIP")
    if address == "None" and kind in ("NodePort", "LoadBalancer"):
        what = f"is headless and of the type {kind}"
        yield complain("contradicting-fields", entry, ("spec", "clusterIP"), what, "leave one of them away")
    if address not in _NO_ADDRESS:
        yield from _check_address(entry, address, families)
    listed = list_of(spec, "clusterIPs")
    if listed and not address:
        what = "lists its addresses and does not name the first one"
        yield complain(
            "contradicting-fields", entry, ("spec", "clusterIPs"), what, "write the first one in clusterIP too"
        )
    if listed and address and listed[0] != address:
        what = f"has the address {address}, and {listed[0]} as the first of all"
        yield complain("contradicting-fields", entry, ("spec", "clusterIPs", 0), what, "write the same in both")


def _check_address(entry: Entry, address: str, families: list[str]) -> Iterator[Complaint]:
    here = ("spec", "clusterIP")
    if find_address_fault(address):
        cure = "write an address, None for a headless Service, or nothing"
        yield complain("wrong-field-form", entry, here, f"has the address '{address}', which is none", cure)
        return
    family = "IPv6" if ":" in address else "IPv4"
    if families and families[0] != family:
        what = f"has an address of {family} and {families[0]} as its first family"
        yield complain("contradicting-fields", entry, here, what, f"list {family} first, or leave the address away")


def _check_distribution(entry: Entry, wanted: object) -> Iterator[Complaint]:
    if isinstance(wanted, str) and wanted not in _DISTRIBUTIONS:
        what = f"spreads its traffic as '{wanted}'"
        cure = f"choose one of {', '.join(_DISTRIBUTIONS)}"
        yield complain("value-not-allowed", entry, ("spec", "trafficDistribution"), what, cure)


def _check_traffic(entry: Entry, spec: Fields, kind: str) -> Iterator[Complaint]:
    if spec.get("externalTrafficPolicy") and kind == "ClusterIP" and not list_of(spec, "externalIPs"):
        what = f"says how traffic from outside comes in, and has the type {kind}"
        cure = "leave it away, or write type: LoadBalancer or NodePort"
        yield complain("contradicting-fields", entry, ("spec", "externalTrafficPolicy"), what, cure)
    if spec.get("healthCheckNodePort") and not (
        kind == "LoadBalancer" and spec.get("externalTrafficPolicy") == "Local"
    ):
        what = "has a port for health checks, and none are made"
        cure = "leave it away, or write type: LoadBalancer and externalTrafficPolicy: Local"
        yield complain("contradicting-fields", entry, ("spec", "healthCheckNodePort"), what, cure)
    if kind != "LoadBalancer":
        for key in ("loadBalancerClass", "allocateLoadBalancerNodePorts"):
            if spec.get(key) is not None:
                what = f"says {key}, and has the type {kind}"
                yield complain(
                    "contradicting-fields", entry, ("spec", key), what, "leave it away, or write LoadBalancer"
                )


CHECKS = (
    Check(
        name="services",
        codes=(
            "missing-field",
            "wrong-field-form",
            "contradicting-fields",
            "field-out-of-range",
            "invalid-name",
            "duplicate-entry",
            "value-not-allowed",
        ),
        run=check_services,
    ),
)
