"""The rules of a definition (`x-kubernetes-validations`), each with where it stands and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.custom.definitions import Schema, Version
from trimtab.verify.custom.values import Convert, escape_name, plan_conversion, type_times
from trimtab.verify.reading import fields_of, iter_fields, text_of

_TEXTS = re.compile(r"""[rR]?(\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|//[^\n]*""", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OLD = "oldSelf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as the engine is given it."""

    text: str
    """What is evaluated."""
    shown: str
    """What the definition says."""
    message: str
    message_text: str
    """What is evaluated for a message of its own; empty where there is none."""
    field: Path
    """Where the fault is, below what the rule is about."""
    is_transition: bool
    """Whether it compares with what was there before, and so says nothing of a new object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A place in a schema with rules on it or below it."""

    rules: tuple[Rule, ...]
    convert: Convert | None
    wanted: frozenset[str] | None
    """The fields that the rules can mean; nothing where they may mean all."""
    fields: Mapping[str, Node]
    items: Node | None
    each: Node | None

    def prepare(self, value: Any) -> Any:
        """Give a value as the rules want it: their own fields alone, with the names and types that they know."""
        if self.wanted is not None and isinstance(value, Mapping):
            value = {key: held for key, held in value.items() if escape_name(key) in self.wanted}
        return value if self.convert is None else self.convert(value)


@cache
def find_rules(version: Version) -> Node | None:
    """Give the rules of a version; nothing where it has none. What the API server drops of `status` has none."""
    return _plan(version.schema, without=frozenset({"status"}) if version.has_status else frozenset())


def iter_ruled(value: Any, node: Node, path: Path = ()) -> Iterator[tuple[Path, Node, Any]]:
    """Give every value that rules are about, with its path. A null is nothing to them."""
    if value is None:
        return
    if node.rules:
        yield path, node, value
    if isinstance(value, Mapping):
        for key, below in node.fields.items():
            if key in value:
                yield from iter_ruled(value[key], below, (*path, key))
        for key in value if node.each is not None else ():
            if node.each is not None and key not in node.fields:
                yield from iter_ruled(value[key], node.each, (*path, key))
    elif node.items is not None and isinstance(value, list | tuple):
        for position, item in enumerate(value):
            yield from iter_ruled(item, node.items, (*path, position))


def _plan(schema: Schema, without: frozenset[str] = frozenset()) -> Node | None:
    properties = {key: one for key, one in fields_of(schema, "properties").items() if isinstance(one, Mapping)}
    below = {key: _plan(one) for key, one in properties.items() if key not in without}
    fields = {key: node for key, node in below.items() if node is not None}
    items, each = (_plan(one) if isinstance(one, Mapping) else None for one in (schema.get("items"), _each(schema)))
    written = [rule for _, rule in iter_fields(schema, "x-kubernetes-validations") if text_of(rule, "rule")]
    if not (written or fields or items or each):
        return None
    wanted = _names(written) if properties else None
    typed = type_times(schema, "self", wanted) if written else "self"
    return Node(
        rules=tuple(_build(rule, typed) for rule in written),
        convert=plan_conversion(schema) if written else None,
        wanted=wanted,
        fields=fields,
        items=items,
        each=each,
    )


def _each(schema: Schema) -> object:
    return schema.get("additionalProperties")


def _names(rules: list[Schema]) -> frozenset[str]:
    texts = (text_of(rule, key) for rule in rules for key in ("rule", "messageExpression"))
    return frozenset(name for text in texts for name in _NAME.findall(text))


def _build(rule: Schema, typed: str) -> Rule:
    shown = text_of(rule, "rule").strip()
    names = set(_NAME.findall(strip_texts(shown)))
    text, told = _wrap(shown, rule, typed), text_of(rule, "messageExpression")
    return Rule(
        text=text,
        shown=" ".join(shown.split()),
        message=text_of(rule, "message").strip(),
        message_text=_wrap(told, rule, typed) if told else "",
        field=_read_path(text_of(rule, "fieldPath")),
        is_transition=_OLD in names and rule.get("optionalOldSelf") is not True,
    )


def strip_texts(text: str) -> str:
    """Give an expression without its texts and comments, in which names do not count."""
    return _TEXTS.sub(" ", text)


def _wrap(text: str, rule: Schema, typed: str) -> str:
    """Give a rule its types and, where it asks whether anything was there before, the answer: nothing."""
    if rule.get("optionalOldSelf") is True:
        text = f"cel.bind({_OLD}, optional.none(), {text}\n)"
    return text if typed == "self" else f"cel.bind(self, {typed}, {text}\n)"


def _read_path(text: str) -> Path:
    """Read `.spec.ports['a.b']`, all that a field path may be."""
    parts = re.findall(r"\.([^.\[\]]+)|\['((?:[^'\\]|\\.)*)'\]", text)
    return tuple(plain or quoted for plain, quoted in parts)
