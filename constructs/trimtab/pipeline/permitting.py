"""Allowances for what stands in files: a code, a file or an object in it, a reason, a last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.suggest import suggest
from trimtab.pipeline.allowed_files import allows_file
from trimtab.rules.code import find_code
from trimtab.settings.verify_reading import LoadedConfig
from trimtab.settings.ways_out import Allowance

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Permit:
    code: str
    key: str
    allowance: Allowance

    @property
    def path(self) -> tuple[str, str, str]:
        return "allow", self.code, self.key


def permit_findings(findings: Sequence[Finding], loaded: LoadedConfig, shown: str, today: date) -> tuple[Finding, ...]:
    """Mark what the user allows with the reason, and report the allowances that allow nothing.

    Args:
        findings: All findings.
        loaded: What the user says.
        shown: What the paths of the tree begin with when they are shown; keys are relative to its top.
        today: The day on which allowances are held against their last day.
    """
    left = list(findings)
    for permit in _iter_permits(loaded):
        key = permit.key if permit.key == EVERYWHERE else f"{shown}{permit.key}"
        standing = [one for one in left if one.allowed is None and one.code == permit.code]
        matched = [one for one in standing if key == EVERYWHERE or allows_file(key, one)]
        problem = _problem(permit, matched, today)
        if problem is None:
            left = [replace(one, allowed=permit.allowance.reason) if one in matched else one for one in left]
        else:
            left.append(_tell(loaded, permit, *problem))
    return tuple(left)


def _iter_permits(loaded: LoadedConfig) -> Iterator[_Permit]:
    for code, places in loaded.config.allow.items() if loaded.config else ():
        for key, allowance in places.items():
            yield _Permit(code=code, key=key, allowance=allowance)


def _problem(permit: _Permit, matched: Sequence[Finding], today: date) -> tuple[str, Severity, str, str] | None:
    """Give code, severity, message and help of what is wrong with an allowance."""
    until, code = permit.allowance.until, permit.code
    if find_code(code) is None:
        from trimtab.rules.codes import CODES

        near = suggest(code, CODES)
        advice = f"did you mean '{near}'?" if near else "`trimtab explain` lists all codes"
        return "unknown-code", Severity.ERROR, f"there is no finding with the code '{code}'", advice
    if until is not None and until < today:
        message = f"this allowance ended on {until}"
        return "stale-allowance", Severity.WARNING, message, "mend what it allowed, or set a new day"
    if not matched:
        where = "in this tree" if permit.key == EVERYWHERE else f"in '{permit.key}'"
        message = f"this allows nothing: '{code}' is not found {where}"
        return "stale-allowance", Severity.WARNING, message, "remove it"
    if any(one.severity is Severity.ERROR and not one.soft for one in matched):
        message = f"'{code}' cannot be allowed: it would not work"
        return "hard-refusal-allowed", Severity.ERROR, message, "mend it, and remove the allowance"
    return None


def _tell(loaded: LoadedConfig, permit: _Permit, code: str, severity: Severity, message: str, advice: str) -> Finding:
    place = loaded.merged.key_place_of(permit.path) if loaded.merged else None
    return Finding(code=code, severity=severity, message=message, help=advice, path=permit.path, place=place)
