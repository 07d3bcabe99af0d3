"""Where in plain data a secret stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.secrets.forms import SHORTEST, find_form
from trimtab.verify.secrets.words import is_secret, names_keys

_NESTED = frozenset({dict, list})
_PLAIN = frozenset({int, bool, float, type(None)})
"""Types of values that hold no text."""

_FLAG = re.compile(r"^(--?[A-Za-z][A-Za-z0-9_.-]*)(?:=(.*))?$", re.DOTALL)
_ASSIGNED = re.compile(
    r"^[ \t]*[\"']?([A-Za-z][A-Za-z0-9_.-]*)[\"']?[ \t]*[=:][ \t]*[\"']?([^\s\"'#;,]+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A secret in plain."""

    path: Path
    what: str
    """What it is, never its value."""


def iter_spots(value: Any) -> Iterator[Spot]:
    """Find secrets in an object or in values.

    Args:
        value: Mappings, lists and scalars.
    """
    return _iter_spots(value, ()) if _may_hold(value) else iter(())


def _may_hold(value: Any) -> bool:
    """Say whether a secret may be somewhere; where is only asked then, for to know takes ten times as long."""
    waiting = [value] if type(value) in _NESTED else [[value]]
    while waiting:
        one = waiting.pop()
        for inner in one.values() if type(one) is dict else one:
            kind = type(inner)
            if kind is str:
                if len(inner) >= SHORTEST and find_form(inner):
                    return True
            elif kind in _NESTED:
                waiting.append(inner)
            elif kind not in _PLAIN:
                return True
    return False


def _iter_spots(value: Any, path: Path) -> Iterator[Spot]:
    if isinstance(value, str):
        form = find_form(value)
        if form:
            yield Spot(path=path, what=form)
    elif isinstance(value, Mapping):
        yield from _in_mapping(value, path)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _iter_spots(item, (*path, position))


def iter_arguments(arguments: Any, path: Path) -> Iterator[Spot]:
    """Find secrets in the arguments of a program: `--password=…`, or `--password` and the next one."""
    if not isinstance(arguments, list):
        return
    for position, argument in enumerate(arguments):
        flag = _FLAG.match(argument) if isinstance(argument, str) else None
        if flag is None:
            continue
        following = arguments[position + 1] if position + 1 < len(arguments) else None
        if is_secret(flag[1], flag[2]):
            yield Spot(path=(*path, position), what=f"the value of {flag[1]}")
        elif flag[2] is None and is_secret(flag[1], following) and not str(following).startswith("-"):
            yield Spot(path=(*path, position + 1), what=f"the value of {flag[1]}")


def iter_environment(variables: Any, path: Path) -> Iterator[Spot]:
    """Find secrets in the variables of a container."""
    for position, variable in enumerate(variables if isinstance(variables, list) else ()):
        if not isinstance(variable, Mapping):
            continue
        name, value = variable.get("name"), variable.get("value")
        if isinstance(name, str) and is_secret(name, value):
            yield Spot(path=(*path, position, "value"), what=f"the variable {name}")


def iter_lines(text: str, path: Path) -> Iterator[Spot]:
    """Find secrets in a text of settings, line by line: `password = …`, `token: …`; one is enough."""
    for match in _ASSIGNED.finditer(text):
        if is_secret(match[1], match[2]) and not match[2].isdigit():
            yield Spot(path=path, what=f"the value of {match[1]}")
            return


def _in_mapping(value: Mapping[str, Any], path: Path) -> Iterator[Spot]:
    for key, inner in value.items():
        if isinstance(inner, str):
            form = find_form(inner)
            if form:
                yield Spot(path=(*path, key), what=form)
        else:
            yield from _iter_spots(inner, (*path, key))


def iter_named(value: Any, path: Path = ()) -> Iterator[Spot]:
    """Find secrets by the names of their keys alone, as Helm values have them."""
    if isinstance(value, Mapping):
        leads = names_keys(value)
        for key, inner in value.items():
            if isinstance(inner, str):
                if is_secret(str(key), inner) and not (leads and str(key).lower().endswith("key")):
                    yield Spot(path=(*path, key), what=f"the value of {key}")
            elif type(inner) not in _PLAIN:
                yield from iter_named(inner, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from iter_named(item, (*path, position))
