"""Expressions in CEL of admission policies, of webhooks and of devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Said, Unchecked
from trimtab.verify.custom.cel.engine import has_engine
from trimtab.verify.custom.expressions import Scope, find_expression_fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

Expressions = Iterator[tuple[Path, str, Scope]]
"""Where each stands, what it says, and what it can speak of."""

_ADMISSION, _DEVICES = "admissionregistration.k8s.io", "resource.k8s.io"
_NO_ENGINE = "expressions of policies and webhooks (CEL) are not compiled: install trimtab[cel]"
_REQUEST = frozenset(
    {
        *("dryRun", "kind", "name", "namespace", "operation", "options", "requestKind", "requestResource"),
        *("requestSubResource", "resource", "subResource", "userInfo"),
    }
)
"""Source: apiserver v0.35.4 pkg/admission/plugin/cel/compile.go (BuildRequestType)."""
_BASE = Scope(
    names=("namespaceObject", "object", "oldObject", "request"),
    untyped=frozenset({"object", "oldObject", "params"}),
    fields={"request": _REQUEST},
)
_CONDITION = replace(_BASE, names=("authorizer", *_BASE.names), gives=("BOOL",))
_DEVICE = Scope(
    names=("device",),
    gives=("BOOL",),
    fields={"device": frozenset({"allowMultipleAllocations", "attributes", "capacity", "driver"})},
)
"""Source: dynamic-resource-allocation v0.35.4 cel/compile.go."""


def check_expressions(tree: Tree, world: World) -> Iterator[Said]:
    """Find expressions that the API server cannot compile.

    Source: kubernetes v1.35.4 pkg/apis/admissionregistration/validation/validation.go
    (validateMatchConditionsExpression:1100, validateValidationExpression:1087, validateMessageExpression:1115,
    validateAuditAnnotation:1128, validateVariable:999), pkg/apis/resource/validation/validation.go
    (validateCELSelector:316).
    """
    for (group, kind), iterate in _KINDS.items():
        for entry in tree.of_kind(group, kind):
            listed = [*iterate(entry.manifest)]
            if listed and not has_engine():
                yield Unchecked(reason=_NO_ENGINE)
                continue
            for path, text, scope in listed:
                if wrong := find_expression_fault(text, scope):
                    what = f"has an expression that cannot be compiled: {wrong}"
                    cure = f"mend it: it is in CEL, and knows {', '.join(scope.names)}"
                    yield complain("wrong-field-form", entry, path, what, cure)


def _iter_hooks(manifest: Fields) -> Expressions:
    for position, hook in iter_fields(manifest, "webhooks"):
        yield from _iter_listed(("webhooks", position, "matchConditions"), hook, "expression", _CONDITION)


def _iter_policy(manifest: Fields) -> Expressions:
    spec = fields_of(manifest, "spec")
    more = ("params",) if spec.get("paramKind") is not None else ()
    condition = replace(_CONDITION, names=(*_CONDITION.names, *more))
    yield from _iter_listed(("spec", "matchConditions"), spec, "expression", condition)
    variables = [text_of(variable, "name") for _, variable in iter_fields(spec, "variables")]
    names = (*condition.names, *(("variables",) if variables else ()))
    for position, (path, text, scope) in enumerate(
        _iter_listed(("spec", "variables"), spec, "expression", replace(condition, names=names, gives=()))
    ):
        yield path, text, replace(scope, fields=_with_variables(variables[:position]))
    full = replace(condition, names=names, fields=_with_variables(variables))
    message = replace(full, names=tuple(name for name in names if name != "authorizer"), gives=("STRING",))
    yield from _iter_listed(("spec", "validations"), spec, "expression", full)
    yield from _iter_listed(("spec", "validations"), spec, "messageExpression", message)
    noted = replace(full, gives=("STRING", "NULL"))
    yield from _iter_listed(("spec", "auditAnnotations"), spec, "valueExpression", noted)


def _with_variables(names: list[str]) -> Mapping[str, frozenset[str]]:
    return {**_BASE.fields, "variables": frozenset(names)}


def _iter_listed(path: Path, holder: Fields, key: str, scope: Scope) -> Expressions:
    for position, one in iter_fields(holder, str(path[-1])):
        yield (*path, position, key), text_of(one, key), scope


def _iter_class(manifest: Fields) -> Expressions:
    yield from _iter_selectors(("spec", "selectors"), fields_of(manifest, "spec"))


def _iter_claim(manifest: Fields) -> Expressions:
    yield from _iter_requests(("spec",), fields_of(manifest, "spec"))


def _iter_claim_template(manifest: Fields) -> Expressions:
    yield from _iter_requests(("spec", "spec"), fields_of(manifest, "spec", "spec"))


def _iter_requests(path: Path, spec: Fields) -> Expressions:
    for position, request in iter_fields(spec, "devices", "requests"):
        here = (*path, "devices", "requests", position)
        yield from _iter_selectors((*here, "exactly", "selectors"), fields_of(request, "exactly"))
        for number, choice in iter_fields(request, "firstAvailable"):
            yield from _iter_selectors((*here, "firstAvailable", number, "selectors"), choice)


def _iter_selectors(path: Path, holder: Fields) -> Expressions:
    for position, selector in iter_fields(holder, "selectors"):
        yield (*path, position, "cel", "expression"), text_of(fields_of(selector, "cel"), "expression"), _DEVICE


_KINDS: Mapping[tuple[str, str], Callable[[Fields], Expressions]] = {
    (_ADMISSION, "MutatingWebhookConfiguration"): _iter_hooks,
    (_ADMISSION, "ValidatingWebhookConfiguration"): _iter_hooks,
    (_ADMISSION, "MutatingAdmissionPolicy"): _iter_policy,
    (_ADMISSION, "ValidatingAdmissionPolicy"): _iter_policy,
    (_DEVICES, "DeviceClass"): _iter_class,
    (_DEVICES, "ResourceClaim"): _iter_claim,
    (_DEVICES, "ResourceClaimTemplate"): _iter_claim_template,
}

CHECKS = (Check(name="expressions of policies", codes=("wrong-field-form",), run=check_expressions),)
