"""Expressions in CEL that nobody evaluates here: whether the API server could compile them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from trimtab.verify.custom.cel.engine import SELF, RuleError, compile_rule
from trimtab.verify.custom.rules import strip_texts

_NO_CEL = re.compile(r"mismatched input|extraneous input|no viable alternative|token recognition|missing '")
"""How the engine says that something is no CEL at all, whatever functions there are."""
_UNKNOWN = re.compile(r"undeclared reference to '([A-Za-z_][A-Za-z0-9_]*)[.']")
_FIELD = re.compile(r"(?<![\w.?)\]])([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)")
_BARE = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)(?:\.[A-Za-z_][A-Za-z0-9_]*)*\s*")
_LIBRARIES = frozenset({"base64", "cel", "format", "google", "math", "optional"})
"""Names before a point that belong to functions."""
_SAID = {
    "BOOL": "true or false",
    "BYTES": "bytes",
    "DOUBLE": "a number",
    "INT": "a number",
    "NULL": "nothing",
    "STRING": "a text",
    "UINT": "a number",
}
"""Types that leave no doubt; of others only a value can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an expression can speak of, and what it must give."""

    names: tuple[str, ...] = SELF
    gives: tuple[str, ...] = ()
    """The types that it may give, by the engine's names for them; none where any will do."""
    others: frozenset[str] = frozenset()
    """Names that the API server knows and the engine is not told of."""
    untyped: frozenset[str] = frozenset()
    """Names of which the API server knows no type either: what they hold has none until it is compared."""
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names whose fields are all known, with their fields."""


def find_expression_fault(text: str, scope: Scope) -> str | None:
    """Say why the API server compiles no such expression; what only the engine here does not know is left alone.

    Args:
        text: The expression; an empty one is somebody else's matter.
        scope: What it can speak of.
    """
    if not text.strip():
        return None
    try:
        given = compile_rule(text, scope.names).gives
    except RuleError as error:
        return _read_error(str(error), text, scope) or _find_strange_field(text, scope)
    if scope.gives and given in _SAID and given not in scope.gives:
        return f"it gives {_SAID[given]}, where {_SAID[scope.gives[0]]} belongs"
    if scope.gives and (bare := _BARE.fullmatch(text)) and bare[1] in scope.untyped:
        return f"it gives what has no type, where {_SAID[scope.gives[0]]} belongs"
    return _find_strange_field(text, scope)


def _read_error(said: str, text: str, scope: Scope) -> str | None:
    if _NO_CEL.search(said):
        return said.partition(" expecting ")[0]
    name = found[1] if (found := _UNKNOWN.search(said)) else ""
    # A name before a bracket is a function, and one before a comma a variable of a comprehension.
    if not name or name in scope.others | _LIBRARIES or re.search(rf"\b{name}\s*[(,]", text):
        return None
    return f"there is no '{name}'"


def _find_strange_field(text: str, scope: Scope) -> str | None:
    for name, key in _FIELD.findall(strip_texts(text)) if scope.fields else ():
        if name in scope.fields and key not in scope.fields[name]:
            return f"'{name}' has no '{key}'"
    return None
