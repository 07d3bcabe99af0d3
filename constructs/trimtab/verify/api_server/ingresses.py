"""Ingresses: hosts, paths and where they lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import (
    RELAXED_SERVICES,
    Look,
    find_label_fault,
    find_old_label_fault,
    find_port_name_fault,
    find_segment_fault,
    find_subdomain_fault,
)
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_NAMED: Mapping[str, Look] = {
    "apiGroup": find_subdomain_fault,
    "kind": find_segment_fault,
    "name": find_segment_fault,
}
_IN_PATHS = ("//", "/./", "/../", "%2f", "%2F")


def check_ingresses(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Ingresses that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/networking/validation/validation.go (ValidateIngressSpec:358,
    validateIngressRules:419, validateHTTPIngressPath:468, validateIngressBackend:507).
    """
    form = find_label_fault if world.kubernetes >= RELAXED_SERVICES else find_old_label_fault
    for entry, spec in iter_specs(tree, "networking.k8s.io", "Ingress"):
        if not spec.get("rules") and not spec.get("defaultBackend"):
            yield complain("missing-field", entry, ("spec",), "leads nowhere", "give it rules, or a defaultBackend")
        if isinstance(spec.get("defaultBackend"), dict):
            yield from _check_backend(entry, ("spec", "defaultBackend"), fields_of(spec, "defaultBackend"), form)
        for position, rule in iter_fields(spec, "rules"):
            here = ("spec", "rules", position)
            yield from _check_host(entry, (*here, "host"), text_of(rule, "host"))
            for number, path in iter_fields(rule, "http", "paths"):
                yield from _check_path(entry, (*here, "http", "paths", number), path, form)


def _check_host(entry: Entry, path: Path, host: str) -> Iterator[Complaint]:
    if not host:
        return
    fault = "write the name that leads to the address" if _is_address(host) else None
    fault = fault or find_subdomain_fault(host.removeprefix("*."))
    if fault:
        yield complain("wrong-field-form", entry, path, f"serves the host '{host}', which is no host name", fault)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _check_path(entry: Entry, here: Path, path: Fields, form: Look) -> Iterator[Complaint]:
    text, kind = text_of(path, "path"), path.get("pathType")
    if kind in ("Exact", "Prefix"):
        wrong = next((part for part in _IN_PATHS if part in text), None)
        if not text.startswith("/"):
            what = f"has the path '{text}' of the type {kind}"
            yield complain("wrong-field-form", entry, here, what, "begin it with '/'")
        elif wrong or text.endswith(("/..", "/.")):
            what = f"has the path '{text}' of the type {kind}"
            yield complain("wrong-field-form", entry, (*here, "path"), what, f"write it without '{wrong or text[-2:]}'")
    elif kind == "ImplementationSpecific" and text and not text.startswith("/"):
        yield complain("wrong-field-form", entry, (*here, "path"), f"has the path '{text}'", "begin it with '/'")
    if isinstance(path.get("backend"), dict):
        yield from _check_backend(entry, (*here, "backend"), fields_of(path, "backend"), form)


def _check_backend(entry: Entry, path: Path, backend: Fields, form: Look) -> Iterator[Complaint]:
    service, resource = backend.get("service"), backend.get("resource")
    if (service is None) == (resource is None):
        what = "has a backend of two kinds" if service else "has a backend without a service"
        yield complain("contradicting-fields", entry, path, what, "name a service or a resource")
    if isinstance(service, dict):
        yield from _check_service(entry, (*path, "service"), service, form)
    if isinstance(resource, dict):
        yield from _check_resource(entry, (*path, "resource"), resource)


def _check_resource(entry: Entry, path: Path, resource: Fields) -> Iterator[Complaint]:
    """Find references that name nothing (validateIngressTypedLocalObjectReference:592)."""
    for field, look in _NAMED.items():
        text = text_of(resource, field)
        if not text and (field != "apiGroup" or resource.get(field) is not None):
            what = f"leads to an object without its {field}"
            yield complain("missing-field", entry, path, what, f"write its {field}")
        elif fault := look(text) if text else None:
            what = f"leads to an object of which the {field} cannot be: '{text}'"
            yield complain("wrong-field-form", entry, (*path, field), what, fault)


def _check_service(entry: Entry, path: Path, service: Fields, form: Look) -> Iterator[Complaint]:
    name, port = text_of(service, "name"), fields_of(service, "port")
    if name and (fault := form(name)):
        what = f"leads to a Service with a name that Kubernetes refuses: '{name}'"
        yield complain("invalid-name", entry, (*path, "name"), what, fault)
    if bool(port.get("name")) == bool(port.get("number")):
        what = f"does not say which port of the Service '{name}'"
        said = what if not port.get("name") else "names a port by name and by number"
        yield complain("contradicting-fields", entry, path, said, "write port.name or port.number")
    elif fault := find_port_name_fault(text_of(port, "name")) if port.get("name") else None:
        what = f"leads to a port with a name that Kubernetes refuses: '{port['name']}'"
        yield complain("invalid-name", entry, (*path, "port", "name"), what, fault)


def check_classes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find parameters of classes whose place is not said (validateIngressClassParametersReference)."""
    for entry, spec in iter_specs(tree, "networking.k8s.io", "IngressClass"):
        parameters, here = fields_of(spec, "parameters"), ("spec", "parameters")
        if not parameters:
            continue
        within = parameters.get("scope") == "Namespace"
        if within and not parameters.get("namespace"):
            what = "has parameters in a namespace and does not say in which"
            yield complain("missing-field", entry, here, what, "write their namespace")
        elif not within and parameters.get("namespace") is not None:
            what = "has parameters for the whole cluster in a namespace"
            cure = "write scope: Namespace, or leave namespace away"
            yield complain("contradicting-fields", entry, (*here, "namespace"), what, cure)


CHECKS = (
    Check(
        name="ingresses",
        codes=("missing-field", "wrong-field-form", "contradicting-fields", "invalid-name"),
        run=check_ingresses,
    ),
    Check(name="ingress classes", codes=("missing-field", "contradicting-fields"), run=check_classes),
)
