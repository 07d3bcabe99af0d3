"""CustomResourceDefinitions: names, versions and schemas."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_old_label_fault, find_subdomain_fault
from trimtab.verify.api_server.structural import is_structural, iter_schema_faults
from trimtab.verify.api_server.webhook_clients import check_client, check_reviews
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_CODE = "invalid-definition"
_LONGEST_WARNING = 256
"""Bytes."""


def check_definitions(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find definitions that the API server refuses.

    Source: apiextensions-apiserver v0.35.4 pkg/apis/apiextensions/validation/validation.go
    (ValidateCustomResourceDefinition:75, validateCustomResourceDefinitionSpec:353,
    ValidateCustomResourceDefinitionNames:785).
    """
    for entry, spec in iter_specs(tree, *DEFINITIONS):
        if entry.version == "v1":
            yield from _check_names(entry, spec)
            yield from _check_versions(entry, spec)
            yield from _check_conversion(entry, fields_of(spec, "conversion"))


def _check_names(entry: Entry, spec: Fields) -> Iterator[Complaint]:
    names, group = fields_of(spec, "names"), text_of(spec, "group")
    wanted = f"{text_of(names, 'plural')}.{group}"
    if group and names.get("plural") and entry.name and entry.name != wanted:
        what = "is not named for its plural and group"
        yield complain(_CODE, entry, ("metadata", "name"), what, f"name it '{wanted}'")
    fault = find_subdomain_fault(group) or (None if "." in group else "write a domain: example.org")
    if group and fault:
        yield complain(_CODE, entry, ("spec", "group"), f"has a group that Kubernetes refuses: '{group}'", fault)
    for key in ("plural", "singular"):
        text = text_of(names, key)
        if text and (fault := find_old_label_fault(text)):
            yield complain(_CODE, entry, ("spec", "names", key), f"has the {key} '{text}'", fault)
    if names.get("kind") and names["kind"] == names.get("listKind"):
        what = "has one name for an object and for a list of them"
        yield complain(_CODE, entry, ("spec", "names", "listKind"), what, f"name the list {names['kind']}List")
    if group.endswith((".k8s.io", ".kubernetes.io")):
        approved = "api-approved.kubernetes.io"
        if not fields_of(entry.manifest, "metadata", "annotations").get(approved):
            what = f"takes the group '{group}', which Kubernetes keeps for itself"
            yield complain(_CODE, entry, ("spec", "group"), what, f"take another, or annotate it with {approved}")


def _check_versions(entry: Entry, spec: Fields) -> Iterator[Complaint]:
    versions = list(iter_fields(spec, "versions"))
    stored = [position for position, version in versions if version.get("storage") is True]
    if len(stored) != 1:
        what = f"stores {len(stored)} of its versions" if stored else "stores none of its versions"
        yield complain(_CODE, entry, ("spec", "versions"), what, "set storage: true on exactly one")
    seen: set[str] = set()
    for position, version in versions:
        here, name = ("spec", "versions", position), text_of(version, "name")
        if name in seen:
            yield complain(_CODE, entry, (*here, "name"), f"has the version '{name}' twice", "leave one of them away")
        seen.add(name)
        if name and (fault := find_old_label_fault(name)):
            yield complain(_CODE, entry, (*here, "name"), f"has the version '{name}'", fault)
        yield from _check_warning(entry, here, version, name)
        schema = fields_of(version, "schema", "openAPIV3Schema")
        if not schema:
            what = f"has no schema for the version '{name}'"
            yield complain(_CODE, entry, here, what, "write schema.openAPIV3Schema")
        elif not is_structural(schema):
            for wrong in iter_schema_faults(schema):
                path = (*here, "schema", "openAPIV3Schema", *wrong.path)
                yield complain(_CODE, entry, path, wrong.message, wrong.help, on_key=wrong.on_key)


def _check_warning(entry: Entry, path: Path, version: Fields, name: str) -> Iterator[Complaint]:
    """Find warnings that nobody is shown (validateDeprecationWarning)."""
    warning, here = version.get("deprecationWarning"), (*path, "deprecationWarning")
    if not isinstance(warning, str):
        return
    if not version.get("deprecated"):
        what = f"warns of the version '{name}', which is not deprecated"
        yield complain(_CODE, entry, here, what, "write deprecated: true, or leave it away")
    elif not warning or len(warning.encode()) > _LONGEST_WARNING or not warning.isprintable():
        what = f"warns of the version '{name}' in words that cannot be shown"
        yield complain(_CODE, entry, here, what, f"write 1 to {_LONGEST_WARNING} characters in one line")


def _check_conversion(entry: Entry, conversion: Fields) -> Iterator[Complaint]:
    """Find conversions that nobody makes (validateCustomResourceConversion:612)."""
    strategy, webhook, here = conversion.get("strategy"), conversion.get("webhook"), ("spec", "conversion", "webhook")
    if strategy == "Webhook" and not isinstance(webhook, dict):
        what = "converts its objects by a webhook and does not say where that is"
        yield complain(_CODE, entry, ("spec", "conversion"), what, "write webhook, or strategy: None")
    elif strategy == "None" and webhook is not None:
        what = "does not convert its objects, and says where that is done"
        yield complain(_CODE, entry, here, what, "write strategy: Webhook, or leave it away")
    elif isinstance(webhook, dict):
        whose = "a webhook for conversion"
        if isinstance(webhook.get("clientConfig"), dict):
            yield from check_client(entry, (*here, "clientConfig"), webhook["clientConfig"], whose)
        if versions := list_of(webhook, "conversionReviewVersions"):
            yield from check_reviews(entry, (*here, "conversionReviewVersions"), versions, whose)


CHECKS = (
    Check(
        name="definitions",
        codes=(_CODE, "contradicting-fields", "wrong-field-form", "value-not-allowed", "duplicate-entry"),
        run=check_definitions,
    ),
)
