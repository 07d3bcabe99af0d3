"""What pods ask for of devices: ResourceClaims, their templates, and DeviceClasses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_subdomain_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_GROUP = "resource.k8s.io"
_SHAPES = ("exactly", "firstAvailable")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}\Z")


def check_claims(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find claims of devices that the API server refuses, and classes whose configuration says nothing.

    Source: kubernetes v1.35.4 pkg/apis/resource/validation/validation.go (validateDeviceClaim, validateDeviceRequest,
    validateDeviceConstraint, validateQualifiedName, validateDeviceConfiguration).
    """
    for entry, spec in iter_specs(tree, _GROUP, "ResourceClaim"):
        yield from _check_claim(entry, ("spec", "devices"), fields_of(spec, "devices"))
    for entry, spec in iter_specs(tree, _GROUP, "ResourceClaimTemplate"):
        yield from _check_claim(entry, ("spec", "spec", "devices"), fields_of(spec, "spec", "devices"))
    for entry, spec in iter_specs(tree, _GROUP, "DeviceClass"):
        yield from _check_configurations(entry, ("spec", "config"), spec)


def _check_claim(entry: Entry, path: Path, claim: Fields) -> Iterator[Complaint]:
    names: set[str] = set()
    for position, request in iter_fields(claim, "requests"):
        here, name = (*path, "requests", position), text_of(request, "name")
        given = [key for key in _SHAPES if request.get(key) not in (None, [])]
        if entry.version == "v1" and len(given) != 1:
            what = f"asks for '{name}' in two ways" if given else f"does not say what it asks for as '{name}'"
            yield complain("contradicting-fields", entry, here, what, f"write {' or '.join(_SHAPES)}")
        if name in names:
            what = f"asks twice for '{name}'"
            yield complain("duplicate-entry", entry, (*here, "name"), what, "give each a name of its own")
        names |= {name, *(f"{name}/{text_of(one, 'name')}" for _, one in iter_fields(request, "firstAvailable"))}
    for position, constraint in iter_fields(claim, "constraints"):
        yield from _check_requests(entry, (*path, "constraints", position), constraint, names)
        yield from _check_attribute(entry, (*path, "constraints", position), constraint)
    for position, configured in iter_fields(claim, "config"):
        yield from _check_requests(entry, (*path, "config", position), configured, names)
    yield from _check_configurations(entry, (*path, "config"), claim)


def _check_requests(entry: Entry, path: Path, holder: Fields, names: set[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for position, asked in enumerate(list_of(holder, "requests")):
        here, name = (*path, "requests", position), str(asked)
        if name in seen:
            yield complain("duplicate-entry", entry, here, f"speaks twice of the request '{name}'", "say it once")
        elif asked and name not in names:
            near = suggest(name, names)
            cure = f"did you mean '{near}'?" if near else f"write {join_or(sorted(names)) or 'one that is there'}"
            yield complain("value-not-allowed", entry, here, f"speaks of a request '{name}' that it lacks", cure)
        seen.add(name)


def _check_attribute(entry: Entry, path: Path, constraint: Fields) -> Iterator[Complaint]:
    attribute = constraint.get("matchAttribute")
    if attribute is None and constraint.get("distinctAttribute") is None:
        what = "has a constraint that says nothing"
        yield complain("missing-field", entry, path, what, "write matchAttribute or distinctAttribute")
    if not isinstance(attribute, str) or attribute.count("/") > 1:  # with two of them nobody looks any further
        return
    domain, _, name = attribute.rpartition("/")
    if find_subdomain_fault(domain.lower()) or len(domain) > 63 or not _IDENTIFIER.match(name):
        what = f"wants devices that share '{attribute}', which is no attribute"
        here = (*path, "matchAttribute")
        yield complain("wrong-field-form", entry, here, what, "write it with a domain: gpu.example.org/model")


def _check_configurations(entry: Entry, path: Path, holder: Fields) -> Iterator[Complaint]:
    for position, configured in iter_fields(holder, "config"):
        if configured.get("opaque") is None:
            what = "has a configuration that says nothing"
            yield complain("missing-field", entry, (*path, position), what, "write opaque")


CHECKS = (
    Check(
        name="claims of devices",
        codes=(
            "contradicting-fields",
            "duplicate-entry",
            "missing-field",
            "value-not-allowed",
            "wrong-field-form",
        ),
        run=check_claims,
    ),
)
