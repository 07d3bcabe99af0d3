"""ResourceQuotas: what a namespace may use altogether."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.resource_names import find_quota_resource_fault, is_counted, is_quota_resource
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of, texts_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_COMPUTE = frozenset({"cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"})
_OF_PODS = frozenset({"pods"})
_SCOPED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"),
        _OF_PODS | _COMPUTE,
    ),
    "BestEffort": _OF_PODS,
    "VolumeAttributesClass": frozenset({"persistentvolumeclaims", "requests.storage"}),
}
"""What a quota may count within a scope (helper.IsResourceQuotaScopeValidForResource)."""
_OPPOSED = (frozenset({"BestEffort", "NotBestEffort"}), frozenset({"Terminating", "NotTerminating"}))
_PLAIN_SCOPES = frozenset(_SCOPED) - {"PriorityClass", "VolumeAttributesClass"}


def check_quotas(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find ResourceQuotas that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateResourceQuotaSpec:8096,
    validateResourceQuotaScopes:7968, validateScopedResourceSelectorRequirement:8003).
    """
    for entry, spec in iter_specs(tree, "", "ResourceQuota"):
        hard = fields_of(spec, "hard")
        for name, amount in hard.items():
            yield from _check_hard(entry, ("spec", "hard", name), str(name), amount)
        yield from _check_scopes(entry, ("spec", "scopes"), texts_of(spec, "scopes"), hard)
        asked = [*iter_fields(spec, "scopeSelector", "matchExpressions")]
        here = ("spec", "scopeSelector", "matchExpressions")
        yield from _check_scopes(entry, here, [text_of(one, "scopeName") for _, one in asked], hard)
        for position, one in asked:
            yield from _check_requirement(entry, (*here, position), one)


def _check_hard(entry: Entry, path: Path, name: str, amount: object) -> Iterator[Complaint]:
    value = parse_quantity(amount)
    if fault := find_quota_resource_fault(name):
        what = f"limits '{name}', which no quota counts"
        yield complain("value-not-allowed", entry, path, what, fault, on_key=True)
    elif value is not None and value < 0:
        yield complain("field-out-of-range", entry, path, f"allows {amount} of {name}", "write 0 or more")
    elif value is not None and is_counted(name) and (value * 1000) % 1000 >= 1:
        yield complain("field-out-of-range", entry, path, f"allows {amount} of {name}", "write a whole number")


def _check_scopes(entry: Entry, path: Path, scopes: list[str], hard: Fields) -> Iterator[Complaint]:
    for scope in dict.fromkeys(scopes):
        counted = _SCOPED.get(scope)
        for name in sorted(map(str, hard)) if counted is not None else ():
            if is_quota_resource(name) and counted is not None and name not in counted:
                what, cure = f"counts {name} within the scope {scope}", f"count {', '.join(sorted(counted))} there"
                yield complain("contradicting-fields", entry, path, what, cure)
    for pair in _OPPOSED:
        if pair <= set(scopes):
            what = f"has the scopes {' and '.join(sorted(pair))}, and so counts nothing"
            yield complain("contradicting-fields", entry, path, what, "leave one of them away")


def _check_requirement(entry: Entry, path: Path, asked: Fields) -> Iterator[Complaint]:
    scope, operator, values = text_of(asked, "scopeName"), text_of(asked, "operator"), list_of(asked, "values")
    if scope in _PLAIN_SCOPES and operator != "Exists":
        what = f"asks for the scope {scope} by '{operator}'"
        yield complain("value-not-allowed", entry, (*path, "operator"), what, "write operator: Exists")
    elif operator in ("In", "NotIn") and not values:
        what = f"asks for the scope {scope} by {operator} without values"
        yield complain("missing-field", entry, path, what, "list the values")
    elif operator in ("Exists", "DoesNotExist") and values:
        what = f"asks for the scope {scope} by {operator} and lists values"
        yield complain("contradicting-fields", entry, path, what, "leave them away, or write In or NotIn")


CHECKS = (
    Check(
        name="quotas",
        codes=("value-not-allowed", "field-out-of-range", "contradicting-fields", "missing-field"),
        run=check_quotas,
    ),
)
