"""What a user wants of a lock."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.charts.reference import ChartKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asked for."""

    update: bool = False
    """Look again at what is locked."""
    accept: frozenset[str] = frozenset()
    """Charts whose published content may have changed: by name, or by name and version, `chart@version`."""
    offline: bool = False
    """Ask nobody."""

    def accepts(self, key: ChartKey) -> bool:
        """Say whether other content is taken for a chart."""
        return bool({key.chart, f"{key.chart}@{key.version}"} & self.accept)


AS_IT_IS = Wish()
"""No flag at all: what is locked stays, what is missing is looked up."""
