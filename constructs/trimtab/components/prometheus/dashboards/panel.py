"""What dashboards are made of: a number, curves, or a table of series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trimtab.kube.objects import without_nothing

Kind = Literal["stat", "timeseries", "table"]

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
"""Whichever Prometheus is chosen at the top of the page; Grafana takes its default one first."""

_COLORS = ("green", "yellow", "red")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture of one question."""

    kind: Kind
    title: str
    queries: tuple[tuple[str, str], ...]
    """Each expression in PromQL, with the words beside its series: `{{name}}` is a label's value."""
    unit: str
    """A unit by Grafana's name: `short`, `s`, `bytes`, `percentunit`, `ops`."""
    about: str = ""
    """What it means and what is to be done, in a sentence or two."""
    width: int = 12
    """Of the 24 columns."""
    height: int = 7
    bounds: tuple[float, ...] = ()
    """Where it turns yellow, and where red; one bound turns red at once."""
    words: tuple[tuple[int, str, str], ...] = ()
    """Values that have a word of their own, with its colour."""
    falls: bool = False
    """Whether it is bad when the number is small."""

    def to_grafana(self, number: int, x: int, y: int) -> dict[str, Any]:
        """Give the panel as Grafana reads it (grafana.com, dashboards, JSON model).

        Args:
            number: Its id, unique on the page.
            x: Its first column.
            y: Its first row.
        """
        return without_nothing(
            {
                "id": number,
                "type": self.kind,
                "title": self.title,
                "description": self.about or None,
                "datasource": SOURCE,
                "gridPos": {"x": x, "y": y, "w": self.width, "h": self.height},
                "targets": [_target(i, *query, at_once=self.kind != "timeseries") for i, query in _enumerate(self)],
                "fieldConfig": {"defaults": self._field(), "overrides": []},
                "options": _OPTIONS.get(self.kind),
            }
        )

    def _field(self) -> dict[str, Any]:
        field: dict[str, Any] = {"unit": self.unit}
        if self.kind == "timeseries":
            field["min"] = 0
        if self.words:
            found = {str(value): {"text": text, "color": color} for value, text, color in self.words}
            field["mappings"] = [{"type": "value", "options": found}]
        if self.bounds:
            field["thresholds"] = {"mode": "absolute", "steps": _steps(self.bounds, falls=self.falls)}
        return field


_OPTIONS: Mapping[Kind, dict[str, Any]] = {
    "stat": {"colorMode": "value", "reduceOptions": {"calcs": ["lastNotNull"]}},
    "timeseries": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
}


def _enumerate(panel: Panel) -> Sequence[tuple[str, tuple[str, str]]]:
    return [(chr(ord("A") + place), query) for place, query in enumerate(panel.queries)]


def _target(letter: str, expression: str, legend: str, *, at_once: bool) -> dict[str, Any]:
    when = {"instant": True, "range": False} if at_once else {}
    return without_nothing({"refId": letter, "expr": expression, "legendFormat": legend or None, **when})


def _steps(bounds: tuple[float, ...], *, falls: bool) -> list[dict[str, Any]]:
    """Colour what lies above each bound; what is bad when small starts red."""
    colors = _COLORS if len(bounds) > 1 else ("green", "red")
    ordered = tuple(reversed(colors)) if falls else colors
    steps: list[dict[str, Any]] = [{"color": ordered[0], "value": None}]
    return [*steps, *({"color": c, "value": v} for c, v in zip(ordered[1:], sorted(bounds), strict=True))]


def stat(title: str, expression: str, unit: str = "short", **more: Any) -> Panel:
    """Give one number, a quarter of the page wide; `more` are fields of `Panel`."""
    return Panel(**{"width": 6, "height": 4, **more}, kind="stat", title=title, unit=unit, queries=((expression, ""),))


def curves(title: str, *queries: tuple[str, str], unit: str = "short", **more: Any) -> Panel:
    """Give curves over time, half of the page wide; `more` are fields of `Panel`."""
    return Panel(**more, kind="timeseries", title=title, unit=unit, queries=queries)


def table(title: str, expression: str, unit: str = "short") -> Panel:
    """Give a row for each that is found, as wide as the page."""
    return Panel(kind="table", title=title, unit=unit, queries=((expression, ""),), width=24, height=8)
