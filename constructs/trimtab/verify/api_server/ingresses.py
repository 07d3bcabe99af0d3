"""Ingresses: hosts, paths and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_subdomain_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_IN_PATHS = ("//", "/./", "/../", "%2f", "%2F")


def check_ingresses(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Ingresses that the API server refuses.

    Source: pkg/apis/networking/validation/validation.go (ValidateIngressSpec, validateIngressRules,
    validateHTTPIngressPath, validateIngressBackend).
    """
    for entry, spec in iter_specs(tree, "networking.k8s.io", "Ingress"):
        if not spec.get("rules") and not spec.get("defaultBackend"):
            yield complain("missing-field", entry, ("spec",), "leads nowhere", "give it rules, or a defaultBackend")
        if spec.get("defaultBackend"):
            yield from _check_backend(entry, ("spec", "defaultBackend"), fields_of(spec, "defaultBackend"))
        for position, rule in iter_fields(spec, "rules"):
            here = ("spec", "rules", position)
            yield from _check_host(entry, (*here, "host"), text_of(rule, "host"))
            for number, path in iter_fields(rule, "http", "paths"):
                yield from _check_path(entry, (*here, "http", "paths", number), path)


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


def _check_path(entry: Entry, here: Path, path: Fields) -> Iterator[Complaint]:
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
        yield from _check_backend(entry, (*here, "backend"), fields_of(path, "backend"))


def _check_backend(entry: Entry, path: Path, backend: Fields) -> Iterator[Complaint]:
    service, resource = backend.get("service"), backend.get("resource")
    if bool(service) == bool(resource):
        what = "has a backend of two kinds" if service else "has a backend without a service"
        yield complain("contradicting-fields", entry, path, what, "name a service or a resource")
    if service:
        port = fields_of(service, "port")
        if bool(port.get("name")) == bool(port.get("number")):
            what = f"does not say which port of the Service '{text_of(fields_of(service), 'name')}'"
            said = what if not port.get("name") else "names a port by name and by number"
            yield complain("contradicting-fields", entry, (*path, "service"), said, "write port.name or port.number")


CHECKS = (
    Check(name="ingresses", codes=("missing-field", "wrong-field-form", "contradicting-fields"), run=check_ingresses),
)
