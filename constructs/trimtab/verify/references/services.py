"""Services and policies that select nothing, and ports that nobody opens."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.references.in_objects import GATEWAY, NETWORKING
from trimtab.verify.references.places import Places, selects_nothing
from trimtab.verify.selecting import fits, matches
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World


def check_services(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Services that no pod stands behind, and target ports that no container has."""
    places = Places(tree, world)
    for entry, spec in iter_specs(tree, "", "Service"):
        selector = fields_of(spec, "selector")
        if not selector or not entry.is_written:
            continue
        pods = [pod for pod in places.pods(entry) if fits(selector, pod.labels)]
        if not pods:
            if not places.is_open(entry):
                yield selects_nothing(entry, ("spec", "selector"), "pod")
            continue
        yield from _target_ports(entry, spec, pods)


def check_policies(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find disruption budgets and network policies that no pod belongs to."""
    places = Places(tree, world)
    for group, kind, field in (
        ("policy", "PodDisruptionBudget", "selector"),
        (NETWORKING, "NetworkPolicy", "podSelector"),
    ):
        for entry, spec in iter_specs(tree, group, kind):
            selector = fields_of(spec, field)
            if not selector or not entry.is_written or places.is_open(entry):
                continue
            if not any(matches(selector, pod.labels) for pod in places.pods(entry)):
                yield selects_nothing(entry, ("spec", field), "pod")


def check_backends(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Ingresses and routes that lead to a port which the Service does not have."""
    for entry, spec in iter_specs(tree, NETWORKING, "Ingress"):
        for number, rule in iter_fields(spec, "rules"):
            for position, one in iter_fields(rule, "http", "paths"):
                service = fields_of(one, "backend", "service")
                path: Path = ("spec", "rules", number, "http", "paths", position, "backend", "service", "port")
                port = fields_of(service, "port")
                yield from _port(
                    tree, entry, text_of(service, "name"), entry.namespace, port.get("name") or port.get("number"), path
                )
    for entry, spec in iter_specs(tree, GATEWAY, "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"):
        for number, rule in iter_fields(spec, "rules"):
            for position, backend in iter_fields(rule, "backendRefs"):
                path = ("spec", "rules", number, "backendRefs", position, "port")
                namespace = text_of(backend, "namespace") or entry.namespace
                yield from _port(tree, entry, text_of(backend, "name"), namespace, backend.get("port"), path)


def _target_ports(entry: Entry, spec: Fields, pods: list[PodTemplate]) -> Iterator[Complaint]:
    names = {
        text_of(port, "name")
        for pod in pods
        for _, one in pod.iter_containers()
        for _, port in iter_fields(one, "ports")
    }
    for position, port in iter_fields(spec, "ports"):
        target = port.get("targetPort")
        if isinstance(target, str) and not target.isdigit() and target not in names:
            near = suggest(target, names - {""})
            listed = ", ".join(sorted(names - {""})) or "none has a name"
            yield Complaint(
                code="unknown-port",
                about=entry,
                path=("spec", "ports", position, "targetPort"),
                message=f"{entry} leads to the port '{target}', which no container of its pods has",
                help=f"did you mean '{near}'?" if near else f"the ports of its pods: {listed}",
                others=(Other(entry=pods[0].entry, message="its pods"),),
            )


def _port(tree: Tree, entry: Entry, name: str, namespace: str, port: object, path: Path) -> Iterator[Complaint]:
    service = tree.find(entry.cluster, ("", "Service", namespace, name))
    if service is None or port is None or not entry.is_written:
        return
    several = tree.owners(entry.cluster, service.identity)  # of alternatives somebody applies one
    ports = [one for each in several for _, one in iter_fields(each.manifest, "spec", "ports")]
    known = {text_of(one, "name") for one in ports} | {one.get("port") for one in ports}
    if port not in known and text_of(fields_of(service.manifest, "spec"), "type") != "ExternalName":
        listed = ", ".join(
            str(one.get("port")) + (f" ({text_of(one, 'name')})" if text_of(one, "name") else "") for one in ports
        )
        yield Complaint(
            code="unknown-port",
            about=entry,
            path=path,
            message=f"{entry} leads to the port '{port}' of {service}, which has no such port",
            help=f"its ports: {listed or 'none'}",
            others=(Other(entry=service, message="the Service"),),
        )


CHECKS = (
    Check(name="Services", codes=("selects-nothing", "unknown-port"), run=check_services),
    Check(name="policies", codes=("selects-nothing",), run=check_policies),
    Check(name="ports of backends", codes=("unknown-port",), run=check_backends),
)
