"""The findings of a whole run: sorted, each once, counted, with the exit code they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.path import render_path

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
_NOWHERE = Place(file="", line=0, column=0, end_line=0, end_column=0)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found.

    Findings stand by file, line, column, severity and code, those without a place last; equal ones count once.
    The order they are given in has no influence.
    """

    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Sort the findings and drop repeated ones."""
        object.__setattr__(self, "findings", tuple(sorted(set(self.findings), key=_rank)))

    @property
    def errors(self) -> int:
        """How many errors there are, soft ones included."""
        return self.counts()[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return self.counts()[Severity.WARNING]

    @property
    def notes(self) -> int:
        """How many notes there are."""
        return self.counts()[Severity.NOTE]

    def counts(self) -> dict[Severity, int]:
        """Count the findings of every severity, heaviest first, zeros included."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    def exit_code(self, strict: bool = False) -> ExitCode:
        """Say how a run with these findings ends.

        Args:
            strict: Whether a warning is enough to fail; notes never are.

        Returns:
            `ExitCode.ERRORS` or `ExitCode.OK`.
        """
        failed = self.errors or (strict and self.warnings)
        return ExitCode.ERRORS if failed else ExitCode.OK


def split_allowed(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Give the findings that stand, and those that were allowed."""
    given = tuple(findings)
    return tuple(one for one in given if one.allowed is None), tuple(one for one in given if one.allowed is not None)


def _rank(finding: Finding) -> tuple[object, ...]:
    # Everything after the code only settles ties, so that a report never depends on the order of discovery.
    place = finding.place or _NOWHERE
    return (
        finding.place is None,
        (place.file, place.line, place.column),
        (_WEIGHT[finding.severity], finding.code),
        (render_path(finding.path), finding.message, place.end_line, place.end_column),
        repr(finding),
    )
