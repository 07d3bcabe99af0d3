"""`values.schema.json`: which values a chart of ours takes, closed where upstream's chart reads no other key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.catalogue.key_tree import ANY_NAME, Node, build_tree
from trimtab.kube.release import ChartRelease
from trimtab.own_charts.values import Path, Reasons

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that every helm reads."""

_GLOBAL_KEY = "global"

_TYPES: Mapping[str, tuple[str, ...]] = {
    "map": ("object", "null"),
    "list": ("array", "null"),
    "bool": ("boolean", "string", "null"),
    "int": ("number", "string", "null"),
    "number": ("number", "string", "null"),
    "string": ("string", "number", "boolean", "null"),
}
"""What may stand where upstream's own value has a type: null takes its value away, and text may be a template."""
_OPEN_TYPES = {key: (*_TYPES[key], "string") for key in ("map", "list")}
"""The same where a template writes the value out whole."""
_GLOBAL = {"type": "object"}
"""helm puts `global` into the values of every chart inside another, with all that the outer ones have there."""
_SILENT_CHART = {"type": "object", "properties": {"global": _GLOBAL}, "additionalProperties": False}
"""What helm puts there for a chart inside that has no values of its own, such as a library."""
_NOTHING: Any = object()


def build_values_schema(release: ChartRelease | None, facts: ChartFacts | None) -> Schema:
    """Build the schema of a chart's values; our own always agree with it.

    Args:
        release: Upstream's chart with our values and their reasons; nothing for a chart of our objects alone.
        facts: What is known of it; without them every value is let through.
    """
    properties: dict[str, Schema] = {"global": _GLOBAL}
    if release is not None:
        properties[release.pin.chart] = _describe_release(release, facts)
        properties["tags"] = {"type": "object"}
    ordered = {key: properties[key] for key in sorted(properties)}
    return {"$schema": DRAFT, "type": "object", "properties": ordered, "additionalProperties": False}


def _describe_release(release: ChartRelease, facts: ChartFacts | None) -> Schema:
    tree = build_tree(facts.keys) if facts else Node(is_open=True)
    return _Describer(release.reasons).describe([tree], release.values, ())


@dataclass(frozen=True, slots=True)
class _Describer:
    """Goes down the keys that a chart reads and our values together."""

    reasons: Reasons

    def describe(self, nodes: Sequence[Node], value: Any, at: Path) -> Schema:
        """Describe what may stand at a path: its types, the keys below, and why ours is what it is."""
        if len(at) > 1 and at[-1] == _GLOBAL_KEY:
            return {"type": sorted({"object", *_own_type(value)})}
        types = _types(nodes, value)
        return {
            **({"description": self.reasons[at]} if at in self.reasons else {}),
            **({"type": types} if types else {}),
            **self._describe_keys(nodes, value if isinstance(value, Mapping) else {}, at),
        }

    def _describe_keys(self, nodes: Sequence[Node], given: Mapping[str, Any], at: Path) -> Schema:
        is_open = any(node.is_open for node in nodes)
        if not is_open and not any(node.children or node.type == "map" for node in nodes):
            return {}
        names = {name for node in nodes for name in node.children if name != ANY_NAME}
        # a key of ours that the chart never reads is a finding of its own, and no reason to refuse the whole
        properties = {
            name: self.describe(_below(nodes, name) or _ANYTHING, given.get(name, _NOTHING), (*at, name))
            for name in sorted({*names, *(() if is_open else given)})
        }
        if is_open:
            told = {name: schema for name, schema in properties.items() if schema}
            return {"properties": told} if told else {}
        items = _below(nodes, ANY_NAME)
        if items:
            others: Schema | bool = self.describe(items, _NOTHING, (*at, ANY_NAME))
        else:
            others = False if at else _SILENT_CHART
        within = {} if at == (_GLOBAL_KEY,) else {_GLOBAL_KEY: _GLOBAL}
        return {"properties": {**within, **properties}, "additionalProperties": others}


_ANYTHING = (Node(type="any", is_open=True),)


def _below(nodes: Sequence[Node], name: str) -> list[Node]:
    """Give what is known of a key: what has its name, what has any name, and what lies in something free-form."""
    found = [node.children[key] for node in nodes for key in dict.fromkeys((name, ANY_NAME)) if key in node.children]
    return [*found, *(_ANYTHING if found and any(node.is_open for node in nodes) else ())]


def _types(nodes: Sequence[Node], value: Any) -> list[str]:
    """Give the types a value may have, ours among them; nothing where any will do."""
    kinds = [(_OPEN_TYPES if node.is_open else _TYPES).get(node.type) for node in nodes]
    if any(kind is None for kind in kinds) or not kinds:
        return []
    return sorted({name for kind in kinds if kind for name in kind} | set(_own_type(value)))


def _own_type(value: Any) -> tuple[str, ...]:
    """Give the type of a value of ours in JSON Schema's words; nothing where we have none."""
    if value is _NOTHING:
        return ()
    if value is None:
        return ("null",)
    names = {bool: "boolean", int: "number", float: "number", str: "string"}
    return (names.get(type(value)) or ("object" if isinstance(value, Mapping) else "array"),)
