"""Settings that the schema accepts, made leaf by leaf from what the models say of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Any, Literal

from hypothesis import strategies as st

from trimtab.settings.subschema import Schema, resolve

Values = st.SearchStrategy[Any]

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\u2028\u2029\ufeff")
"""Every character that may stand in a YAML file as it is."""
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(LETTERS, max_size=8)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(LETTERS, max_size=5), inner, max_size=2),
    max_leaves=4,
)
"""What JSON has; no numbers that are not whole, whose spelling is another question."""
_FREE = st.dictionaries(st.text("abc", min_size=1, max_size=3), ANYTHING, max_size=2)


def _networks(version: Literal[4, 6]) -> Values:
    """Make networks, written as people do: without host bits."""
    bits = 32 if version == 4 else 128
    return st.builds(
        lambda address, length: str(ip_network((address, length), strict=False)),
        st.ip_addresses(v=version),
        st.integers(1, bits),
    )


_ADDRESSES = st.ip_addresses().map(str)
_CIDRS = _networks(4) | _networks(6)
_RANGES = _CIDRS | st.lists(st.ip_addresses(v=4), min_size=2, max_size=2).map(lambda two: f"{min(two)}-{max(two)}")
BY_TITLE: Mapping[str, Values] = {
    "an IP address": _ADDRESSES,
    "a range in CIDR form": _CIDRS,
    "a range: CIDR or first-last": _RANGES,
    "a date": st.dates().map(str),
    "a quantity": st.builds("{}{}".format, st.integers(0, 10**6), st.sampled_from(["", "m", "k", "Mi", "Gi", "Ti"])),
}
"""What the words of the models mean where a pattern allows more: real addresses, days that are in the calendar."""


def valid(schema: Schema, node: Schema) -> Values:
    """Make values that a part of a schema accepts.

    Args:
        schema: The whole schema, for what the part refers to.
        node: The part.
    """
    node = resolve(schema, node)
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "const" in node:
        return st.just(node["const"])
    if "anyOf" in node:
        return st.one_of([valid(schema, branch) for branch in node["anyOf"]])
    return _BY_TYPE[node.get("type")](schema, node)


def _lists(schema: Schema, node: Schema) -> Values:
    least, most = node.get("minItems", 0), min(node.get("maxItems", 2), 2)
    return st.lists(valid(schema, node["items"]), min_size=least, max_size=max(least, most))


def texts(node: Schema) -> Values:
    """Make texts of a form and length: upstream's examples, what the form means, and what its pattern allows."""
    least, most = node.get("minLength", 0), node.get("maxLength", 40)
    examples = [text for text in node.get("examples", ()) if isinstance(text, str)]
    found: list[Values] = [st.sampled_from(examples)] if examples else []
    if node.get("title") in BY_TITLE:
        found.append(BY_TITLE[node["title"]])
    elif node.get("format") == "date":
        found.append(BY_TITLE["a date"])
    elif "pattern" in node:
        made = st.from_regex(node["pattern"], fullmatch=True, alphabet=LETTERS)
        found.append(made.filter(lambda text: least <= len(text) <= most))
    else:
        found.append(st.text(LETTERS, min_size=least, max_size=most))
    return st.one_of(found)


def _mappings(schema: Schema, node: Schema) -> Values:
    known = {name: valid(schema, child) for name, child in node.get("properties", {}).items()}
    needed = {name: known.pop(name) for name in node.get("required", ())}
    more = node.get("additionalProperties")
    if more in (None, False):
        return st.deferred(lambda: _some_of(needed, known))
    named = node.get("propertyNames")
    names = valid(schema, {"type": "string", **named}) if named else st.text("abc", min_size=1)
    least = node.get("minProperties", 0)
    below = _FREE if more is True else valid(schema, more)
    return st.dictionaries(names, below, min_size=least, max_size=max(least, 2))


@st.composite
def _some_of(draw: st.DrawFn, needed: Mapping[str, Values], optional: Mapping[str, Values]) -> dict[str, Any]:
    """Make a mapping with all that is required and few of the rest: a mistake shows best where little else is."""
    made = {name: draw(strategy) for name, strategy in needed.items()}
    if optional:
        names = draw(st.lists(st.sampled_from(sorted(optional)), max_size=3, unique=True))
        made |= {name: draw(optional[name]) for name in names}
    return made


_BY_TYPE: Mapping[str | None, Callable[[Schema, Schema], Values]] = {
    "object": _mappings,
    "array": _lists,
    "string": lambda _, node: texts(node),
    "integer": lambda _, node: st.integers(node.get("minimum", -(2**53)), node.get("maximum", 2**53)),
    "number": lambda *_: st.floats(0.01, 0.99),
    "boolean": lambda *_: st.booleans(),
    None: lambda *_: ANYTHING,
}
