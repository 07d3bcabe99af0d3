"""The SARIF log: what code scanning reads."""

from __future__ import annotations

import json
from typing import Any

from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.render_sarif import render_sarif
from trimtab.findings.report import Report
from trimtab.rules.codes import CODES

PLACE = Place(file="apps/a b.yaml", line=2, column=3, end_line=2, end_column=9)
FINDING = Finding(
    code="duplicate-key",
    severity=Severity.ERROR,
    message="duplicate key 'a'",
    help="keep one of the two",
    place=PLACE,
    related=(Related(message="first written here", place=PLACE), Related(message="a word more")),
    about="ConfigMap shop/note",
)


def render(*findings: Finding) -> dict[str, Any]:
    """Write findings as SARIF and read the one run back."""
    log = json.loads(render_sarif(Report(findings=findings), CODES, "1.2.3"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def test_result_has_all_its_places():
    """A finding is a result with its level, its place, its object, and related places; paths are URIs."""
    (result,) = render(FINDING)["results"]
    assert (result["ruleId"], result["level"]) == ("duplicate-key", "error")
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "apps/a%20b.yaml"
    assert physical["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 9}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "ConfigMap shop/note"}]
    assert [one["message"]["text"] for one in result["relatedLocations"]] == ["first written here"]
    assert result["message"]["text"].splitlines() == [
        "duplicate key 'a'",
        "note: a word more",
        "help: keep one of the two",
    ]


def test_rules_are_those_that_were_found():
    """Each code in the log is a rule with its meaning, its weight and help; results name them by position."""
    run = render(FINDING, Finding(code="unknown-alias", severity=Severity.ERROR, message="x"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["duplicate-key", "unknown-alias"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert rules[0]["shortDescription"]["text"] == CODES["duplicate-key"].meaning


def test_finding_without_place_has_no_location():
    """What stands in no file has no location, which SARIF allows."""
    (result,) = render(Finding(code="missing-file", severity=Severity.ERROR, message="x"))["results"]
    assert "locations" not in result


def test_empty_report_is_a_log_too():
    """A run without findings is a log without results, so that old alerts are closed."""
    assert render()["results"] == []
