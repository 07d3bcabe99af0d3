"""Findings for code scanning: a log in SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from trimtab.findings.code import Code
from trimtab.findings.finding import Finding, Place
from trimtab.findings.path import render_path
from trimtab.findings.report import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(report: Report, codes: Mapping[str, Code], version: str) -> str:
    """Write a report as one SARIF log with one run.

    Columns count characters, as all our places do; a finding without a place has no location. No line of any file is
    in it, so that no secret is.

    Args:
        report: What was found.
        codes: What the codes in it stand for.
        version: Our own version.
    """
    used = sorted({finding.code for finding in report.findings})
    driver = {
        "name": "trimtab",
        "semanticVersion": version,
        "rules": [_rule(code, codes.get(code)) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, used.index(finding.code)) for finding in report.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=True) + "\n"


def _rule(name: str, code: Code | None) -> dict[str, Any]:
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.meaning},
        "fullDescription": {"text": f"{code.meaning} {code.why}"},
        "help": {"text": f"{code.why} {code.weight} See docs/rules/{name}.md, or `trimtab explain {name}`."},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": "\n".join(_iter_message(finding))},
    }
    if (location := _location(finding)) is not None:
        result["locations"] = [location]
    related = [
        {"id": at, "message": {"text": one.message}, "physicalLocation": _physical(one.place)}
        for at, one in enumerate(finding.related)
        if one.place is not None
    ]
    if related:
        result["relatedLocations"] = related
    return result


def _iter_message(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.label:
        yield finding.label
    yield from (f"note: {one.message}" for one in finding.related if one.place is None)
    if finding.help:
        yield f"help: {finding.help}"


def _location(finding: Finding) -> dict[str, Any] | None:
    location: dict[str, Any] = {}
    if finding.place is not None:
        location["physicalLocation"] = _physical(finding.place)
    logical = finding.about or render_path(finding.path)
    if logical:
        location["logicalLocations"] = [{"fullyQualifiedName": logical}]
    return location or None


def _physical(place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    uri = quote(place.file.encode("utf-8", "surrogateescape"))
    return {"artifactLocation": {"uri": uri}, "region": region}
