"""LimitRanges: what each pod, container or claim of a namespace may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from trimtab.findings.path import Path
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_key_fault
from trimtab.verify.api_server.resource_names import find_container_resource_fault, find_resource_fault, is_divisible
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_BOUNDS = ("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")
_DEFAULTS = ("default", "defaultRequest")
_TYPES = ("Container", "PersistentVolumeClaim", "Pod")
_ASCENDING = (
    ("min", "max"),
    ("min", "defaultRequest"),
    ("defaultRequest", "max"),
    ("defaultRequest", "default"),
    ("min", "default"),
    ("default", "max"),
)
"""Bounds of which the first must not be above the second."""


def check_limit_ranges(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find LimitRanges that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateLimitRange:7514).
    """
    for entry, spec in iter_specs(tree, "", "LimitRange"):
        seen: set[str] = set()
        for position, limit in iter_fields(spec, "limits"):
            path, kind = ("spec", "limits", position), text_of(limit, "type")
            yield from _check_type(entry, (*path, "type"), kind, seen)
            yield from _check_bounds(entry, path, limit, kind)


def _check_type(entry: Entry, path: Path, kind: str, seen: set[str]) -> Iterator[Complaint]:
    if kind and (("/" not in kind and kind not in _TYPES) or find_key_fault(kind)):
        what = f"limits what Kubernetes does not know: '{kind}'"
        yield complain("value-not-allowed", entry, path, what, f"write {', '.join(_TYPES)}, or a name with a domain")
    elif kind in seen:
        what = f"limits {kind} twice"
        yield complain("duplicate-entry", entry, path, what, "write one entry for each type")
    seen.add(kind)


def _check_bounds(entry: Entry, path: Path, limit: Fields, kind: str) -> Iterator[Complaint]:
    look = find_container_resource_fault if kind in ("Container", "Pod") else find_resource_fault
    for field in _DEFAULTS if kind == "Pod" else ():
        if fields_of(limit, field):
            what = f"has a {field} for whole pods"
            yield complain("contradicting-fields", entry, (*path, field), what, "write it for the type Container")
    for field in _BOUNDS:
        for name in fields_of(limit, field):
            if fault := look(str(name)):
                what = f"limits '{name}', which is no resource of its type"
                yield complain("value-not-allowed", entry, (*path, field, name), what, fault, on_key=True)
    if kind == "PersistentVolumeClaim" and not {*fields_of(limit, "min"), *fields_of(limit, "max")} & {"storage"}:
        what = "limits claims and does not say how large they may be"
        yield complain("missing-field", entry, path, what, "write min.storage or max.storage")
    for name in sorted({str(name) for field in _BOUNDS for name in fields_of(limit, field)}):
        yield from _check_amounts(entry, path, name, _amounts(limit, name, kind))


def _amounts(limit: Fields, name: str, kind: str) -> Mapping[str, Decimal]:
    """Give what is said of one resource; a container's limit is the most it may have, where nothing else is said.

    Source: kubernetes v1.35.4 pkg/apis/core/v1/defaults.go (SetDefaults_LimitRangeItem).
    """
    found: dict[str, Decimal] = {}
    for field in _BOUNDS:
        held = fields_of(limit, field)
        amount = parse_quantity(held[name] if held.get(name) is not None else 0) if name in held else None
        if amount is not None and not (kind == "Pod" and field in _DEFAULTS):
            found[field] = amount
    if kind == "Container" and "max" in found:
        found.setdefault("default", found["max"])
    return found


def _check_amounts(entry: Entry, path: Path, name: str, amounts: Mapping[str, Decimal]) -> Iterator[Complaint]:
    for lower, upper in _ASCENDING:
        if lower in amounts and upper in amounts and amounts[lower] > amounts[upper]:
            what = f"has {lower} above {upper} for {name}"
            yield complain("field-out-of-range", entry, (*path, lower, name), what, "lower it, or raise the other")
            return
    ratio, least, most = (amounts.get(field) for field in ("maxLimitRequestRatio", "min", "max"))
    here = (*path, "maxLimitRequestRatio", name)
    if ratio is not None and ratio < 1:
        what = f"wants limits of {name} below requests"
        yield complain("field-out-of-range", entry, here, what, "write 1 or more")
    elif ratio is not None and least and most is not None and ratio > most / least:
        what = f"allows limits of {name} {ratio:f} times as high as requests, which its min and max never do"
        yield complain("field-out-of-range", entry, here, what, "write max divided by min, or less")
    limit, request = amounts.get("default"), amounts.get("defaultRequest")
    if not is_divisible(name) and None not in (limit, request) and limit != request:
        what = f"has two defaults for {name}, which is not shared"
        yield complain("contradicting-fields", entry, (*path, "defaultRequest", name), what, "write the same in both")


CHECKS = (
    Check(
        name="limit ranges",
        codes=(
            "value-not-allowed",
            "duplicate-entry",
            "contradicting-fields",
            "missing-field",
            "field-out-of-range",
        ),
        run=check_limit_ranges,
    ),
)
