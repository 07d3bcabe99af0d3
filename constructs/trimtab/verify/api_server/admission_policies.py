"""Policies that the API server applies itself, and what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_old_label_fault, find_subdomain_fault
from trimtab.verify.api_server.wildcards import check_wildcards
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_GROUP = "admissionregistration.k8s.io"
RULE_LISTS = ("apiGroups", "apiVersions", "operations")
"""Lists of a rule in which `*` stands alone."""
_NAME = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*\Z")
_RULES = ("resourceRules", "excludeResourceRules")


def check_policies(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find admission policies that the API server refuses, their expressions apart.

    Source: kubernetes v1.35.4 pkg/apis/admissionregistration/validation/validation.go
    (validateValidatingAdmissionPolicySpec:772, validateMutatingAdmissionPolicySpec:1372, validateParamKind:832).
    """
    for entry, spec in iter_specs(tree, _GROUP, "ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"):
        matched = fields_of(spec, "matchConstraints")
        if spec.get("matchConstraints") is not None and not list_of(matched, "resourceRules"):
            what = "does not say what it is about"
            yield complain("missing-field", entry, ("spec", "matchConstraints"), what, "write resourceRules")
        yield from _check_matched(entry, ("spec", "matchConstraints"), matched)
        yield from _check_parameters(entry, text_of(fields_of(spec, "paramKind"), "apiVersion"))
        yield from check_conditions(entry, ("spec", "matchConditions"), spec)
        for position, variable in iter_fields(spec, "variables"):
            name = text_of(variable, "name")
            if name and not _NAME.match(name):
                what, here = f"has a variable '{name}'", ("spec", "variables", position, "name")
                yield complain("invalid-name", entry, here, what, "it may hold letters, digits and '_'")
    for entry, spec in iter_specs(tree, _GROUP, "ValidatingAdmissionPolicy"):
        yield from _check_outcome(entry, spec)


def _check_matched(entry: Entry, path: Path, matched: Fields) -> Iterator[Complaint]:
    for key in _RULES:
        for position, rule in iter_fields(matched, key):
            yield from check_wildcards(entry, (*path, key, position), rule, RULE_LISTS)


def _check_parameters(entry: Entry, version: str) -> Iterator[Complaint]:
    group, _, name = version.rpartition("/")
    fault = (find_subdomain_fault(group) if group else None) or find_old_label_fault(name)
    if version and fault:
        what, here = f"takes parameters of the version '{version}'", ("spec", "paramKind", "apiVersion")
        yield complain("wrong-field-form", entry, here, what, "write group/version: v1, or example.org/v1")


def check_conditions(entry: Entry, path: Path, holder: Fields) -> Iterator[Complaint]:
    """Find match conditions with one name.

    Args:
        entry: The object.
        path: Where the conditions stand in it.
        holder: What has them: a webhook, or the spec of a policy.
    """
    yield from _check_twice(entry, path, holder, "name", "match conditions")


def _check_outcome(entry: Entry, spec: Fields) -> Iterator[Complaint]:
    if not list_of(spec, "validations") and not list_of(spec, "auditAnnotations"):
        what = "neither refuses nor notes anything"
        yield complain("missing-field", entry, ("spec",), what, "write validations, or auditAnnotations")
    yield from _check_twice(entry, ("spec", "auditAnnotations"), spec, "key", "annotations")
    for position, one in iter_fields(spec, "validations"):
        message, here = text_of(one, "message"), ("spec", "validations", position, "message")
        if message and (not message.strip() or "\n" in message.strip()):
            what = "has a message of several lines" if message.strip() else "has an empty message"
            yield complain("wrong-field-form", entry, here, what, "say in one line what is wrong")


def _check_twice(entry: Entry, path: Path, holder: Fields, key: str, those: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for position, one in iter_fields(holder, str(path[-1])):
        name = text_of(one, key)
        if name and name in seen:
            what = f"has two {those} '{name}'"
            yield complain("duplicate-entry", entry, (*path, position, key), what, "give each a name of its own")
        seen.add(name)


def check_bindings(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find bindings of policies that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/admissionregistration/validation/validation.go (validateParamRef:1198,
    validateValidationActions:926).
    """
    for entry, spec in iter_specs(tree, _GROUP, "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding"):
        asked, here = fields_of(spec, "paramRef"), ("spec", "paramRef")
        if spec.get("paramRef") is not None and bool(asked.get("name")) == (asked.get("selector") is not None):
            how = "by name and by labels" if asked.get("name") else "neither by name nor by labels"
            what = f"finds its parameters {how}"
            yield complain("contradicting-fields", entry, here, what, "write name or selector")
        yield from _check_matched(entry, ("spec", "matchResources"), fields_of(spec, "matchResources"))
        actions = list_of(spec, "validationActions")
        path = ("spec", "validationActions")
        if len(set(map(str, actions))) < len(actions):
            yield complain("duplicate-entry", entry, path, "lists an action twice", "leave one of them away")
        elif {"Deny", "Warn"} <= set(map(str, actions)):
            what = "refuses objects and warns of them"
            yield complain("contradicting-fields", entry, path, what, "leave Warn away")


CHECKS = (
    Check(
        name="admission policies",
        codes=("missing-field", "contradicting-fields", "wrong-field-form", "duplicate-entry", "invalid-name"),
        run=check_policies,
    ),
    Check(
        name="bindings of admission policies",
        codes=("contradicting-fields", "duplicate-entry"),
        run=check_bindings,
    ),
)
