"""A schema's type in words: what one may write there."""

from __future__ import annotations

import json
from typing import Any

from trimtab.reference.lookup import iter_forms
from trimtab.settings.subschema import Schema, resolve
from trimtab.settings.words import join_or, name_type

_UNITS = {
    "a quantity": "a quantity as Kubernetes writes it",
    "a duration": "a duration as Go writes it",
}
"""Forms whose unit stands in the value itself; every other number names its unit in its description."""


def describe_type(schema: Schema, node: Schema) -> str:
    """Say what a value may be: `a whole number, 1 to 10`, `a list, each item a DNS label`."""
    return join_or(dict.fromkeys(_describe_form(schema, form) for form in iter_forms(schema, node)))


def _describe_form(schema: Schema, form: Schema) -> str:
    if "const" in form:
        return render_plain(form["const"])
    if "enum" in form:
        return f"one of {join_or(map(render_plain, form['enum']))}"
    match form.get("type"):
        case "string":
            return _describe_text(form)
        case "integer" | "number" as kind:
            return name_type(kind) + _describe_limits(form)
        case "array":
            return _describe_list(schema, form)
        case "object":
            return _describe_mapping(schema, form)
        case "boolean":
            return "true or false"
    return "anything"


def _describe_text(form: Schema) -> str:
    title = form.get("title")
    longest = f" of at most {form['maxLength']} characters" if "maxLength" in form and title is None else ""
    return str(_UNITS.get(title, title)) if title else f"text{longest}"


def _describe_limits(form: Schema) -> str:
    low, high = form.get("minimum"), form.get("maximum")
    if low is not None and high is not None:
        return f", {low} to {high}"
    if low is not None:
        return f", {low} or more"
    return f", {high} or less" if high is not None else ""


def _describe_list(schema: Schema, form: Schema) -> str:
    fewest, most = form.get("minItems"), form.get("maxItems")
    count = {
        (True, True): f" of {fewest} to {most}",
        (True, False): f" of at least {fewest}",
        (False, True): f" of at most {most}",
    }.get((fewest is not None, most is not None), "")
    return f"a list{count}, each item {describe_type(schema, resolve(schema, form['items']))}"


def _describe_mapping(schema: Schema, form: Schema) -> str:
    if form.get("properties"):
        return "a mapping"
    values = form.get("additionalProperties")
    if not isinstance(values, dict):
        return "a mapping, handed on as it is"
    named = form.get("propertyNames", {})
    keys = describe_type(schema, {"type": "string", **named}) if named else "any text"
    return f"a mapping: each key {keys}, each value {describe_type(schema, resolve(schema, values))}"


def render_plain(value: Any) -> str:
    """Write a value as it may stand in a settings file, on one line."""
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
