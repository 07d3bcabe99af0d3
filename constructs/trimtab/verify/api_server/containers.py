"""Containers: names, images, ports, environment."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_label_fault, find_port_name_fault, find_variable_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, number_of, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_MOST_PORTS = 65535


def check_containers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find containers that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateContainerCommon:3876,
    validateContainers:4025, validateInitContainers:3810, validateContainerPorts:2722, ValidateEnv:2761,
    validateEnvVarValueFrom:2810).
    """
    for pod in tree.pods:
        if not list_of(pod.spec, "containers") and "containers" in pod.spec:
            path = (*pod.path, "spec", "containers")
            yield complain("missing-field", pod.entry, path, "has no containers", "a pod needs at least one")
        names: set[str] = set()
        taken: set[tuple[int, str, str]] = set()
        for path, container in pod.iter_containers():
            yield from _check_name(pod.entry, path, text_of(container, "name"), names)
            yield from _check_image(pod.entry, path, container)
            if "ports" in container:
                yield from _check_ports(pod, path, container)
                if path[-2] == "containers":
                    yield from _check_host_ports(pod.entry, path, container, taken)
            if "env" in container:
                yield from _check_environment(pod.entry, path, container)


def _check_name(entry: Entry, path: Path, name: str, names: set[str]) -> Iterator[Complaint]:
    here = (*path, "name")
    if name in names:
        what = f"has two containers '{name}'"
        yield complain("duplicate-entry", entry, here, what, "give each a name of its own; init containers count too")
    elif name and (fault := find_label_fault(name)):
        yield complain(
            "invalid-name", entry, here, f"has a container with a name that Kubernetes refuses: '{name}'", fault
        )
    names.add(name)


def _check_image(entry: Entry, path: Path, container: Fields) -> Iterator[Complaint]:
    name, image = text_of(container, "name"), container.get("image")
    if not image:
        yield complain("missing-field", entry, path, f"has no image for the container '{name}'", "name one: image")
    elif isinstance(image, str) and image != image.strip():
        what = f"has blanks around the image of the container '{name}'"
        yield complain("wrong-field-form", entry, (*path, "image"), what, "take them away")


def _check_ports(pod: PodTemplate, path: Path, container: Fields) -> Iterator[Complaint]:
    entry, names = pod.entry, set()
    for position, port in iter_fields(container, "ports"):
        here = (*path, "ports", position)
        name = text_of(port, "name")
        for field in ("containerPort", "hostPort"):
            number = number_of(port, field)
            if number is not None and not (field == "hostPort" and number == 0) and not 1 <= number <= _MOST_PORTS:
                yield out_of_range(entry, (*here, field), number)
        inside, outside = number_of(port, "containerPort"), number_of(port, "hostPort")
        if pod.spec.get("hostNetwork") is True and inside and outside and inside != outside:
            what = f"is in the network of its node, and maps the port {inside} to {outside}"
            yield complain("contradicting-fields", entry, (*here, "hostPort"), what, "leave hostPort away")
        if name and (fault := find_port_name_fault(name)):
            what = f"has a port with a name that Kubernetes refuses: '{name}'"
            yield complain("invalid-name", entry, (*here, "name"), what, fault)
        if name in names:
            what = f"has two ports '{name}' in one container"
            yield complain("duplicate-entry", entry, (*here, "name"), what, "give each a name of its own")
        names |= {name} if name else set()


def _check_host_ports(
    entry: Entry, path: Path, container: Fields, taken: set[tuple[int, str, str]]
) -> Iterator[Complaint]:
    """Find a port of the node that two containers take (kubernetes v1.35.4, checkHostPortConflicts)."""
    for position, port in iter_fields(container, "ports"):
        number = number_of(port, "hostPort")
        key = number or 0, text_of(port, "protocol") or "TCP", text_of(port, "hostIP")
        if number and key in taken:
            what = f"takes the port {number} of its node twice"
            yield complain("duplicate-entry", entry, (*path, "ports", position, "hostPort"), what, "take another")
        taken.add(key)


def out_of_range(entry: Entry, path: Path, number: int) -> Complaint:
    """Say that a number is no port."""
    return complain("field-out-of-range", entry, path, f"has {number} for a port", f"write one from 1 to {_MOST_PORTS}")


def _check_environment(entry: Entry, path: Path, container: Fields) -> Iterator[Complaint]:
    for position, variable in iter_fields(container, "env"):
        here = (*path, "env", position)
        name = variable.get("name")
        if isinstance(name, str) and (fault := find_variable_fault(name)):
            what = f"has an environment variable with a name that Kubernetes refuses: '{name}'"
            yield complain("invalid-name", entry, (*here, "name"), what, fault)
        source = fields_of(variable, "valueFrom")
        given = [key for key, value in source.items() if value is not None]
        if source and variable.get("value"):
            what = f"gives the environment variable '{name}' both a value and valueFrom"
            yield complain("contradicting-fields", entry, here, what, "leave one of them away")
        elif "valueFrom" in variable and isinstance(variable["valueFrom"], dict) and len(given) != 1:
            said = f"{len(given)} sources" if given else "no source"
            what = f"gives the environment variable '{name}' {said}"
            yield complain("contradicting-fields", entry, (*here, "valueFrom"), what, "give it exactly one")


CHECKS = (
    Check(
        name="containers",
        codes=(
            "missing-field",
            "duplicate-entry",
            "invalid-name",
            "wrong-field-form",
            "field-out-of-range",
            "contradicting-fields",
        ),
        run=check_containers,
    ),
)
