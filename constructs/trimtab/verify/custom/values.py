"""Values as a rule's engine wants them: named, and of the types that their schema gives them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from trimtab.verify.custom.definitions import Schema
from trimtab.verify.custom.formats import normal_name

Convert = Callable[[Any], Any]

_WORDS = "true false null in as break const continue else for function if import let loop package namespace return"
_RESERVED = frozenset({*_WORDS.split(), "var", "void", "while"})
_SPECIAL = (("__", "__underscores__"), (".", "__dot__"), ("-", "__dash__"), ("/", "__slash__"))


def escape_name(name: str) -> str:
    """Give the name by which rules call a field.

    Source: k8s.io/apiserver pkg/cel/escaping.go; the reserved words are those of CEL.
    """
    if name in _RESERVED:
        return f"__{name}__"
    for special, word in _SPECIAL:
        name = name.replace(special, word)
    return name


def plan_conversion(node: Schema) -> Convert | None:
    """Work out what must be done to values of a schema's node; nothing where they are right as they are."""
    if node.get("x-kubernetes-int-or-string"):
        return None
    plain = _SCALARS.get((str(node.get("type", "")), normal_name(str(node.get("format", "")))))
    plain = plain or _SCALARS.get((str(node.get("type", "")), ""))
    if plain is not None:
        return plain
    if isinstance(node.get("items"), Mapping) and (inner := plan_conversion(node["items"])) is not None:
        return lambda value: [inner(item) for item in value] if isinstance(value, list) else value
    if isinstance(node.get("properties"), Mapping):
        return _plan_fields(node["properties"])
    if isinstance(node.get("additionalProperties"), Mapping):
        each = plan_conversion(node["additionalProperties"])
        if each is not None:
            return lambda value: {key: each(one) for key, one in value.items()} if isinstance(value, dict) else value
    return None


def type_times(node: Schema, name: str, wanted: frozenset[str] | None = None, depth: int = 0) -> str:
    """Write an expression that gives the times and durations below a value their type; the name alone without any.

    The engine takes them from no one but its own functions, so they are given to rules as texts.

    Args:
        node: The schema of the value.
        name: What the value is called.
        wanted: The fields that count; nothing for all of them.
        depth: How deep the expression stands in another.
    """
    if node.get("type") == "string":
        return _TIMES.get(normal_name(str(node.get("format", ""))), "{}").format(name)
    inner = f"{name}{depth}"
    if isinstance(node.get("items"), Mapping):
        item = type_times(node["items"], inner, depth=depth + 1)
        return name if item == inner else f"{name}.map({inner}, {item})"
    if not isinstance(node.get("properties"), Mapping):
        return name
    fields = {escape_name(key): one for key, one in node["properties"].items() if isinstance(one, Mapping)}
    typed = {
        key: type_times(one, inner, depth=depth + 1) for key, one in fields.items() if wanted is None or key in wanted
    }
    if all(text == inner for text in typed.values()):
        return name
    return "{" + ", ".join(_give(key, name, inner, text) for key, text in typed.items()) + "}"


def _give(key: str, name: str, inner: str, text: str) -> str:
    return f"?'{key}': {name}.?{key}" + ("" if text == inner else f".optMap({inner}, {text})")


_TIMES = {"datetime": "timestamp({})", "date": "timestamp({} + 'T00:00:00Z')", "duration": "duration({})"}


def _plan_fields(properties: Schema) -> Convert | None:
    inner = {key: plan_conversion(one) for key, one in properties.items() if isinstance(one, Mapping)}
    changes = {key: (escape_name(key), convert) for key, convert in inner.items()}
    changes = {key: (name, convert) for key, (name, convert) in changes.items() if name != key or convert is not None}
    if not changes:
        return None

    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        found = {}
        for key, held in value.items():
            name, change = changes.get(key, (key, None))
            found[name] = held if change is None or held is None else change(held)
        return found

    return convert


def _to_double(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _to_bytes(value: Any) -> Any:
    try:
        return base64.b64decode(value)
    except (binascii.Error, TypeError, ValueError):
        return value


_SCALARS: Mapping[tuple[str, str], Convert] = {
    ("number", ""): _to_double,
    ("string", "byte"): _to_bytes,
}
