"""Whether the fields that an Application ignores are any that their kind has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trimtab.catalogue.kubernetes.structures import Minor, Spec, find_structure, is_known, is_type, kinds_of, minors
from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.pointers import parse_pointer
from trimtab.verify.reading import text_of
from trimtab.verify.world import World

_MOST_NAMED = 8
EACH = object()
"""The step to all that is in a list or mapping."""
_STEP = re.compile(
    r"""\s*\??\s*(?:
      \.(?P<field>[A-Za-z_][A-Za-z0-9_]*)
    | \.?\s*\[\s*(?P<each>)\]
    | \.?\s*\[\s*(?P<position>-?[0-9]+)\s*\]
    | (?:\.\s*|\.?\s*\[\s*)(?P<text>"(?:[^"\\]|\\["\\/])*")(?:\s*\])?
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoField:
    """A path that no object of a kind has."""

    message: str
    """What is wrong, to follow the name of the kind."""
    help: str
    step: str = ""
    """The field that there is not."""
    meant: str = ""
    """The field that may be meant."""


def find_no_field(item: Mapping[str, Any], way: str, text: str, world: World) -> NoField | None:
    """Say why a path can lead to nothing in any object of a kind of Kubernetes' own.

    Args:
        item: The entry of ignoreDifferences, with kind and group.
        way: `jsonPointers` or `jqPathExpressions`.
        text: The pointer or expression.
        world: Says which version of Kubernetes.

    Returns:
        Nothing where it may lead somewhere, or the kind is not known.
    """
    minor = world.kubernetes if is_known(world.kubernetes) else minors()[-1]
    key = text_of(item, "group"), text_of(item, "kind")
    types = {name for (group, _, kind), name in kinds_of(minor).items() if (group, kind) == key}
    steps = tuple(_steps_of(way, text))
    faults = [_follow(minor, name, steps) for name in sorted(types)]
    first = faults[0] if faults and all(faults) else None
    if first is None or not first.meant:
        return first
    return replace(first, help=f"did you mean '{text.replace(first.step, first.meant)}'?")


def _steps_of(way: str, text: str) -> Iterator[object]:
    if way == "jsonPointers":
        for part in parse_pointer(text) or ():
            yield int(part) if re.fullmatch("[0-9]{1,9}", part) else part
        return
    at = 0
    # What stands after the plain beginning of an expression may be anything.
    while step := _STEP.match(text, at):
        at = step.end()
        if step["field"] is not None:
            yield step["field"]
        elif step["text"] is not None:
            yield json.loads(step["text"])
        else:
            yield EACH if step["position"] is None else int(step["position"])


def _follow(minor: Minor, name: str, steps: tuple[object, ...]) -> NoField | None:
    spec: Spec = name
    before = ""
    for step in steps:
        if is_type(spec):
            fields = find_structure(minor, str(spec)).fields
            if not isinstance(step, str):
                return None
            if step not in fields:
                return _tell_unknown(minor, step, before, fields)
            spec, before = fields[step], step
        elif isinstance(spec, list) and spec[0] == "list":
            if isinstance(step, str) and step != "-":
                return NoField(message=f"whose '{before}' is a list", help=f"go into the list: {before}[].{step}")
            spec = spec[1]
        elif isinstance(spec, list) and spec[0] == "map":
            spec = spec[1]
        else:
            return None
    return None


def _tell_unknown(minor: Minor, step: str, before: str, fields: Mapping[str, Spec]) -> NoField:
    within = f" in '{before}'" if before else ""
    below = _find_below(minor, step, fields)
    listed = ", ".join(sorted(fields)[:_MOST_NAMED])
    return NoField(
        message=f"which has no field '{step}'{within}",
        help=f"it is in '{below}'" if below else f"fields{within} are {listed}",
        step=step,
        meant=suggest(step, fields) or "",
    )


def _find_below(minor: Minor, step: str, fields: Mapping[str, Spec]) -> str | None:
    """Find a field that was left out on the way: `template.spec` before `containers`."""
    for key, spec in fields.items():
        if not is_type(spec):
            continue
        inner = find_structure(minor, str(spec)).fields
        if step in inner:
            return key
        for deeper, below in inner.items():
            if is_type(below) and step in find_structure(minor, str(below)).fields:
                return f"{key}.{deeper}"
    return None
