"""What is wrong with a file while it is read: findings at the place of an event, and at the path that was come to."""

from __future__ import annotations

from typing import Any, TypeAlias

from trimtab.documents.document import Limits, Ruler, Spot
from trimtab.findings.finding import Finding, Related, Severity
from trimtab.findings.path import Key

Event: TypeAlias = Any
"""An event of PyYAML; its stubs call every mark and anchor optional, wherever they never are."""


class LimitError(Exception):
    """A file that asks for more than its limits; nothing after this point is read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Faults:
    """The findings of one file, as it is read."""

    def __init__(self, ruler: Ruler, limits: Limits, findings: list[Finding]) -> None:
        """Append what is wrong to `findings`."""
        self._ruler = ruler
        self._limits = limits
        self._findings = findings
        self.path: list[Key] = []
        """Where in the document its reader stands, who moves it."""

    def report(self, event: Event, code: str, message: str, cure: str | None) -> None:
        """Tell of an event that is wrong in itself."""
        self._findings.append(self._finding(event, code, message, cure))

    def report_duplicate(self, event: Event, key: str, first: Spot) -> None:
        """Tell of a key that stands there already."""
        related = (Related(message="first written here", place=self._ruler.measure(first)),)
        message = f"duplicate key '{key}'"
        self._findings.append(self._finding(event, "duplicate-key", message, "keep one of the two", related))

    def report_late_merge(self, event: Event, key: str, first: Spot) -> None:
        """Tell of a merge key that brings what stands before it."""
        related = (Related(message="written here", place=self._ruler.measure(first)),)
        message = f"merge key after '{key}', which it brings too: Kubernetes and YAML differ on which one holds"
        self._findings.append(self._finding(event, "merge-key", message, "write '<<' before all other keys", related))

    def too_many(self, event: Event) -> LimitError:
        """Give what ends the reading of a file with more values than may be."""
        message = f"more than {self._limits.max_values} values, counting what aliases stand for"
        return LimitError(self._finding(event, "too-many-values", message, "split the file, or repeat less by alias"))

    def too_deep(self, event: Event) -> LimitError:
        """Give what ends the reading of a file whose values are nested deeper than may be."""
        message = f"values nested deeper than {self._limits.max_depth} levels"
        return LimitError(self._finding(event, "too-deep", message, None))

    def _finding(
        self, event: Event, code: str, message: str, cure: str | None, related: tuple[Related, ...] = ()
    ) -> Finding:
        place = self._ruler.measure(event)
        path = tuple(self.path)
        return Finding(
            code=code, severity=Severity.ERROR, message=message, help=cure, path=path, place=place, related=related
        )
