"""Values as jq has them: their types, their order and what is done with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trimtab.verify.argocd.jq.tokens import RichError
from trimtab.verify.custom.patterns import is_found, is_readable, translate_pattern

Value = Any
_ORDER = ("null", "false", "true", "number", "string", "array", "object")


class JqError(Exception):
    """What jq says of a value that it cannot do something with; `?` and `try` catch it."""


def type_of(value: Value) -> str:
    """Name the type of a value, as `type` does."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, Mapping):
        return "object"
    return {str: "string", list: "array", type(None): "null"}.get(type(value), "other")


def is_true(value: Value) -> bool:
    """Say whether a condition holds: all but null and false."""
    return value is not None and value is not False


def order_key(value: Value) -> tuple[Any, ...]:
    """Give what two values are compared by: null, false, true, numbers, texts, lists, mappings."""
    kind = type_of(value)
    name = ("true" if value else "false") if kind == "boolean" else kind
    rank = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    if kind == "array":
        return rank, [order_key(one) for one in value]
    if kind == "object":
        keys = sorted(map(str, value))
        return rank, keys, [order_key(value[key]) for key in keys if key in value]
    return (rank, value) if kind in {"number", "string"} else (rank,)


def calculate(sign: str, one: Value, other: Value) -> Value:
    """Add, take away, multiply or divide.

    Raises:
        JqError: The two do not go together.
        RichError: It is not done here.
    """
    kinds = {type_of(one), type_of(other)}
    if sign == "+" and "null" in kinds:
        return other if one is None else one
    if kinds == {"number"}:
        return _calculate_numbers(sign, one, other)
    if sign == "+" and kinds in ({"string"}, {"array"}):
        return one + other
    if sign == "+" and kinds == {"object"}:
        return {**one, **other}
    if sign == "-" and kinds == {"array"}:
        gone = [order_key(item) for item in other]
        return [item for item in one if order_key(item) not in gone]
    if sign in {"*", "/", "%"} and kinds & {"string", "object"}:
        raise RichError(sign)
    raise JqError(f"cannot {sign} these")


def _calculate_numbers(sign: str, one: float, other: float) -> float:
    if sign in {"/", "%"} and (other == 0 or (sign == "%" and int(other) == 0)):
        raise JqError("cannot divide by zero")
    try:
        if sign == "%":
            rest = abs(int(one)) % abs(int(other))
            return -rest if one < 0 else rest
        return {"+": one + other, "-": one - other, "*": one * other}[sign] if sign != "/" else one / other
    except (OverflowError, ValueError) as error:
        raise RichError("a number that large") from error


def contains(one: Value, other: Value) -> bool:
    """Say whether a value holds another one, part by part.

    Raises:
        JqError: The two are not of one type.
    """
    kind = type_of(one)
    if kind != type_of(other):
        raise JqError("cannot look for that")
    if kind == "object":
        return all(key in one and _may_contain(one[key], held) for key, held in other.items())
    if kind == "array":
        return all(any(_may_contain(item, held) for item in one) for held in other)
    return other in one if kind == "string" else order_key(one) == order_key(other)


def _may_contain(one: Value, other: Value) -> bool:
    if type_of(one) in {"object", "array", "string"} and type_of(one) == type_of(other):
        return contains(one, other)
    return order_key(one) == order_key(other)


def is_matched(pattern: str, flags: str, text: str) -> bool:
    """Say whether Go's regular expressions find a pattern in a text.

    Raises:
        JqError: The pattern cannot be read.
        RichError: A flag is not known here.
    """
    if set(flags) - set("gins"):
        raise RichError(f"the flags '{flags}' of test")
    wanted = "".join(sorted(set(flags) & set("is")))
    translated = translate_pattern(f"(?{wanted}){pattern}" if wanted else pattern)
    if not is_readable(translated):
        raise JqError(f"no regular expression: {pattern}")
    return is_found(translated, text)


def to_text(value: Value) -> str:
    """Write a value as `tostring` does."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
