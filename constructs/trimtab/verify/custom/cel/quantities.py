"""Quantities in rules: `quantity("500Mi").isLessThan(quantity("1Gi"))`, and versions, which compare alike.

Source: k8s.io/apiserver pkg/cel/library/quantity.go and semverlib.go.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from trimtab.plan.quantities import parse_quantity
from trimtab.verify.custom.cel.function import Function, tag, untag

_NUMBER = r"(?:0|[1-9]\d*)"
_PART = rf"(?:{_NUMBER}|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
_SEMVER = re.compile(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_PART}(?:\.{_PART})*))?(?:\+[0-9A-Za-z.-]+)?")


def parse_amount(text: str) -> Fraction:
    """Read a quantity; blanks around it count here, for nothing trims them.

    Raises:
        ValueError: It is none.
    """
    amount = parse_quantity(text) if text == text.strip() else None
    if amount is None:
        raise ValueError(f"no quantity: {text}")
    return Fraction(amount)


def _quantity(text: str) -> dict[str, str]:
    return tag("quantity", str(parse_amount(text)))


def _semver(text: str) -> dict[str, str]:
    if not _SEMVER.fullmatch(text):
        raise ValueError(f"no semantic version: {text}")
    return tag("semver", text.partition("+")[0])


def _reads(parse: Any) -> Any:
    def is_one(held: Any) -> bool:
        try:
            parse(held)
        except ValueError:
            return False
        return True

    return is_one


def _amount(held: dict[str, Any]) -> Fraction:
    return Fraction(untag(held, "quantity"))


def _order(held: dict[str, Any]) -> Any:
    if "$quantity" in held:
        return _amount(held)
    match = _SEMVER.fullmatch(untag(held, "semver"))
    if match is None:  # it was read before it was tagged
        raise ValueError("no semantic version")
    parts = match[4].split(".") if match[4] else []
    ranked = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
    return (int(match[1]), int(match[2]), int(match[3]), not parts, ranked)


def _compare(one: dict[str, Any], other: dict[str, Any]) -> int:
    left, right = _order(one), _order(other)
    return int(left > right) - int(left < right)


def _whole(held: dict[str, Any]) -> int:
    amount = _amount(held)
    if amount.denominator != 1 or not -(2**63) <= amount < 2**63:
        raise ValueError("the quantity is no whole number of 64 bits")
    return int(amount)


def _add(one: dict[str, Any], other: dict[str, Any] | int) -> dict[str, str]:
    more = _amount(other) if isinstance(other, dict) else Fraction(other)
    return tag("quantity", str(_amount(one) + more))


def _subtract(one: dict[str, Any], other: dict[str, Any] | int) -> dict[str, str]:
    less = _amount(other) if isinstance(other, dict) else Fraction(other)
    return tag("quantity", str(_amount(one) - less))


def _version_part(position: int) -> Any:
    return lambda held: _order({"$semver": untag(held, "semver")})[position]


FUNCTIONS = (
    Function("quantity", ("string",), "map", _quantity, is_member=False),
    Function("isQuantity", ("string",), "bool", _reads(parse_amount), is_member=False),
    Function("semver", ("string",), "map", _semver, is_member=False),
    Function("isSemver", ("string",), "bool", _reads(_semver), is_member=False),
    Function("isLessThan", ("map", "map"), "bool", lambda one, other: _compare(one, other) < 0),
    Function("isGreaterThan", ("map", "map"), "bool", lambda one, other: _compare(one, other) > 0),
    Function("compareTo", ("map", "map"), "int", _compare),
    Function("sign", ("map",), "int", lambda held: (_amount(held) > 0) - (_amount(held) < 0)),
    Function("isInteger", ("map",), "bool", _reads(_whole)),
    Function("asInteger", ("map",), "int", _whole),
    Function("asApproximateFloat", ("map",), "double", lambda held: float(_amount(held))),
    Function("add", ("map", "map"), "map", _add),
    Function("add", ("map", "int"), "map", _add),
    Function("sub", ("map", "map"), "map", _subtract),
    Function("sub", ("map", "int"), "map", _subtract),
    Function("major", ("map",), "int", _version_part(0)),
    Function("minor", ("map",), "int", _version_part(1)),
    Function("patch", ("map",), "int", _version_part(2)),
)
