"""Values whose type a chart cannot mean, told by the type of its own value: only what surely fails, or misleads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.catalogue.key_tree import EACH_FLAG, OPEN_FLAG
from trimtab.findings.path import ROOT, Path, render_path

_NO = frozenset({"false", "no", "off"})
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongType:
    """A value of a type that the chart does not take."""

    path: Path
    message: str
    help: str


def iter_wrong_types(facts: ChartFacts, values: Mapping[str, Any]) -> Iterator[WrongType]:
    """Find values with which templates fail, or that they read as the opposite.

    What is empty stays silent, for charts ask whether a value is set before they read it; so does a text where a map
    or a list is free-form, for many a chart takes a template there.

    Args:
        facts: What is known of the chart.
        values: The values it is given.
    """
    yield from _iter_below(facts, values, ROOT, "")


def _iter_below(facts: ChartFacts, values: Mapping[str, Any], at: Path, prefix: str) -> Iterator[WrongType]:
    for key, value in values.items():
        path, dotted = (*at, key), prefix + str(key).replace(".", "\\.")
        flagged = facts.keys.get(dotted)
        if flagged is None:
            continue
        if isinstance(value, Mapping):
            if not flagged.endswith((OPEN_FLAG, EACH_FLAG)):
                yield from _iter_below(facts, value, path, f"{dotted}.")
        elif value:
            yield from _judge(facts, value, path, dotted, flagged)


def _judge(facts: ChartFacts, value: Any, path: Path, dotted: str, flagged: str) -> Iterator[WrongType]:
    if flagged == "map":
        names = _names_below(facts, dotted)
        if names:
            shown = ", ".join(f"'{name}'" for name in names[:_MOST_NAMED])
            yield WrongType(
                path=path,
                message=f"{_name(facts, path)} is a map, and is given {_word(value)}",
                help=f"write a map with keys such as {shown}",
            )
    elif flagged.startswith("list") and isinstance(value, bool | int | float):
        message = f"{_name(facts, path)} is a list, and is given {_word(value)}"
        yield WrongType(path=path, message=message, help="write a list")
    elif flagged == "bool" and isinstance(value, str) and value.strip().lower() in _NO:
        yield WrongType(
            path=path,
            message=f'{_name(facts, path)} is given the text "{value}", which templates take for true',
            help="write it without quotes: false",
        )


def _names_below(facts: ChartFacts, dotted: str) -> list[str]:
    """Give the names of the keys right below a key."""
    start = f"{dotted}."
    return [key.removeprefix(start) for key in facts.keys if key.startswith(start) and "." not in key[len(start) :]]


def _name(facts: ChartFacts, path: Path) -> str:
    return f"'{render_path(path)}' of the chart {facts.chart} {facts.version}"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return f"the switch {str(value).lower()}"
    return "a list" if isinstance(value, list) else "a text" if isinstance(value, str) else "a number"
