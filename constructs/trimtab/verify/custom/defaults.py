"""What the API server does to an object before it looks at it: it drops nulls and puts in defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.verify.custom.definitions import Schema

_NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Plan:
    """Where below a schema's node defaults stand."""

    defaults: Mapping[str, Any]
    """Field to what it holds where it is left out, or null though null is not allowed."""
    nullable: frozenset[str]
    """Those of them that may be null."""
    fields: Mapping[str, Plan]
    items: Plan | None
    each: Plan | None
    """For every field that is not declared."""


def plan_defaults(node: Schema) -> Plan | None:
    """Work out where the defaults of a schema are; nothing where it has none."""
    properties = {key: one for key, one in _properties(node).items() if isinstance(one, Mapping)}
    found = {key: one["default"] for key, one in properties.items() if one.get("default") is not None}
    nullable = frozenset(key for key in found if properties[key].get("nullable"))
    below = {key: plan_defaults(one) for key, one in properties.items()}
    fields = {key: plan for key, plan in below.items() if plan is not None}
    items, each = (plan_defaults(one) if isinstance(one, Mapping) else None for one in _parts(node))
    return Plan(found, nullable, fields, items, each) if found or fields or items or each else None


def apply_defaults(value: Any, plan: Plan) -> Any:
    """Give a value with its defaults; what does not change is not copied, and nothing is changed in place.

    Source: apiextensions-apiserver pkg/apiserver/schema/defaulting/algorithm.go. Items and fields that are not
    declared get none of their own: the API server asks for a default there only where one is null.
    """
    if isinstance(value, Mapping):
        return _apply_to_fields(value, plan)
    if isinstance(value, list | tuple) and plan.items is not None:
        items = [apply_defaults(item, plan.items) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _apply_to_fields(value: Mapping[str, Any], plan: Plan) -> Mapping[str, Any]:
    changed: dict[str, Any] = {}
    for key, default in plan.defaults.items():
        held = value.get(key, _NOTHING)
        if held is _NOTHING or (held is None and key not in plan.nullable):
            changed[key] = default
    for key, below in plan.fields.items():
        held = changed.get(key, value.get(key))
        if held is not None and (new := apply_defaults(held, below)) is not held:
            changed[key] = new
    if plan.each is not None:
        for key, held in value.items():
            if key not in plan.fields and (new := apply_defaults(held, plan.each)) is not held:
                changed[key] = new
    return {**value, **changed} if changed else value


def prune_nulls(value: Any, node: Schema | None) -> Any:
    """Give a value without the nulls that its schema does not allow and has no default for.

    Source: apiextensions-apiserver pkg/apiserver/schema/defaulting/prunenulls.go.
    """
    if isinstance(value, Mapping):
        kept = {key: held for key, held in value.items() if not _is_pruned(held, _field(node, key))}
        return {key: prune_nulls(held, _field(node, key)) for key, held in kept.items()}
    if isinstance(value, list | tuple):
        items = node.get("items") if node is not None else None
        return [prune_nulls(item, items if isinstance(items, Mapping) else None) for item in value]
    return value


def _is_pruned(value: object, node: Schema | None) -> bool:
    return value is None and node is not None and not node.get("nullable") and node.get("default") is None


def _field(node: Schema | None, key: str) -> Schema | None:
    if node is None:
        return None
    found = _properties(node).get(key, node.get("additionalProperties"))
    return found if isinstance(found, Mapping) else None


def _properties(node: Schema) -> Schema:
    properties = node.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _parts(node: Schema) -> tuple[object, object]:
    return node.get("items"), node.get("additionalProperties")
