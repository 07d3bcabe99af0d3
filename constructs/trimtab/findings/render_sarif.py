"""Findings for code scanning and for reviewers' programs: a log in SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.findings.code import Code
from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.finding import Finding
from trimtab.findings.path import render_path
from trimtab.findings.report import Report
from trimtab.findings.sarif_places import Regions, iter_fingerprints
from trimtab.findings.sarif_rules import render_rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that a log says beside what was found."""

    version: str
    """Our own version."""
    codes: Mapping[str, Code] = field(default_factory=dict)
    """What codes stand for."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The text of each file, to count columns in; no line of it is written."""
    allowed: tuple[Finding, ...] = ()
    """What was found and allowed: results with a suppression each."""
    exit_code: int = 0
    """The exit code that the run ends with."""


def render_sarif(report: Report, given: Given) -> str:
    """Write a report as one SARIF log with one run.

    Columns count UTF-16 code units, as editors and code scanning do; a finding without a place has no location. No line
    of any file is in it, so that no secret is.

    Args:
        report: What was found.
        given: What belongs to it.
    """
    findings = (*report.findings, *Report(findings=given.allowed).findings)
    used = sorted({finding.code for finding in findings})
    regions = Regions(given.sources)
    rules = [render_rule(code, given.codes.get(code)) for code in used]
    prints = iter_fingerprints(findings)
    run = {
        "tool": {"driver": {"name": "trimtab", "semanticVersion": given.version, "rules": rules}},
        "invocations": [_invocation(given.exit_code)],
        "columnKind": "utf16CodeUnits",
        "results": [
            {**_result(finding, used.index(finding.code), regions), "partialFingerprints": one}
            for finding, one in zip(findings, prints, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=True) + "\n"


def _invocation(exit_code: int) -> dict[str, Any]:
    # A run that finds errors has done its work; one that the outside world stopped has not (SARIF 2.1.0, 3.20.14).
    return {"executionSuccessful": exit_code in (ExitCode.OK, ExitCode.ERRORS), "exitCode": int(exit_code)}


def _result(finding: Finding, rule: int, regions: Regions) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": "\n".join(_iter_message(finding))},
    }
    if location := _location(finding, regions):
        result["locations"] = [location]
    related = [
        {"id": at, "message": {"text": one.message}, "physicalLocation": regions.render(one.place)}
        for at, one in enumerate(finding.related)
        if one.place is not None
    ]
    if related:
        result["relatedLocations"] = related
    if finding.allowed is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.allowed}]
    return result


def _iter_message(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.label:
        yield finding.label
    yield from (f"note: {one.message}" for one in finding.related if one.place is None)
    if finding.help:
        yield f"help: {finding.help}"


def _location(finding: Finding, regions: Regions) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.place is not None:
        location["physicalLocation"] = regions.render(finding.place)
    logical = finding.about or render_path(finding.path)
    if logical:
        location["logicalLocations"] = [{"fullyQualifiedName": logical}]
    return location
