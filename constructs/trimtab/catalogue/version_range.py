"""A range of versions as charts write it in `kubeVersion`, read as Helm does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trimtab.catalogue.versions import Version, parse_version

_ANY = frozenset({"x", "X", "*"})
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SPACED = re.compile(r"(?<=[=<>!~^])\s+")
_ONE = re.compile(r"(?P<how>=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^|)v?(?P<version>[0-9xX*][0-9A-Za-z.*+-]*)")
_ALIKE = {"": "=", "==": "=", "=>": ">=", "=<": "<=", "~>": "~"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """One comparison; numbers that are left out, or are `x`, count as 0."""

    how: str
    version: Version
    given: int
    """How many numbers it names."""


def is_in_range(version: str, text: str) -> bool | None:
    """Say whether a version lies in a range; nothing where the range cannot be read.

    Parts joined by `||` are choices; those with commas or blanks between must all hold (Masterminds/semver v3,
    constraints.go, which Helm asks: pkg/chartutil/compatible.go).

    Raises:
        ValueError: `version` is not a version.
    """
    here = parse_version(version)
    choices = [_parse_all(part) for part in text.split("||")]
    if any(choice is None for choice in choices):
        return None
    return any(all(_holds(bound, here) for bound in choice) for choice in choices if choice is not None)


def _parse_all(text: str) -> list[_Bound] | None:
    text = _SPACED.sub("", _HYPHEN.sub(r">=\1 <=\2", text.strip()))
    bounds = [_parse(part) for part in re.split(r"[\s,]+", text) if part]
    known = [bound for bound in bounds if bound is not None]
    return known if known and len(known) == len(bounds) else None


def _parse(text: str) -> _Bound | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    numbers, dash, pre = found["version"].partition("+")[0].partition("-")
    parts = numbers.split(".")
    given = next((at for at, part in enumerate(parts) if part in _ANY), len(parts))
    whole = ".".join([*parts[:given], "0", "0", "0"][:3])
    try:
        version = parse_version(f"{whole}{dash}{pre}" if given == 3 else whole)
    except ValueError:
        return None
    return _Bound(how=_ALIKE.get(found["how"], found["how"]), version=version, given=given) if given <= 3 else None


def _holds(bound: _Bound, here: Version) -> bool:
    low = bound.version
    same = _numbers(here)[: bound.given] == _numbers(low)[: bound.given]
    match bound.how:
        case "=":
            return same if bound.given < 3 else here == low
        case "!=":
            return not same if bound.given < 3 else here != low
        case ">":
            return here > low and not (same and bound.given < 3)
        case "<=":
            return here <= low or (same and bound.given < 3)
        case "<":
            return here < low
        case ">=":
            return here >= low
        case "~":
            return here >= low and _numbers(here)[: min(bound.given, 2)] == _numbers(low)[: min(bound.given, 2)]
    return here >= low and _is_compatible(bound, here)


def _is_compatible(bound: _Bound, here: Version) -> bool:
    """Tell whether nothing changed that a caret forbids: the first number that is not 0."""
    there = _numbers(bound.version)[: bound.given]
    kept = next((at + 1 for at, number in enumerate(there) if number), bound.given)
    return _numbers(here)[:kept] == _numbers(bound.version)[:kept]


def _numbers(version: Version) -> tuple[int, int, int]:
    return version.major, version.minor_number, version.patch
