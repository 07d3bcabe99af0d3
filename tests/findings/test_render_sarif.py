"""The SARIF log: what code scanning and reviewers' programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from trimtab.findings.code import Code
from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.render_sarif import Given, render_sarif
from trimtab.findings.report import Report
from trimtab.findings.sarif_places import FINGERPRINT
from trimtab.findings.sarif_rules import render_rule
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


def render(*findings: Finding, **given: Any) -> dict[str, Any]:
    """Write findings as SARIF and read the one run back."""
    log = json.loads(render_sarif(Report(findings=findings), Given(version="1.2.3", codes=CODES, **given)))
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


@pytest.mark.parametrize(("code", "done"), [(0, True), (1, True), (3, False), (70, False)])
def test_log_says_how_the_run_ended(code: int, done: bool) -> None:
    """Errors in settings are what a run is for; one that the outside world stopped has not done its work."""
    assert render(exit_code=code)["invocations"] == [{"executionSuccessful": done, "exitCode": code}]


def test_columns_count_utf_16() -> None:
    """A character outside of the first plane takes two units; the file's text is needed to know, and is not written."""
    place = Place(file="a.yaml", line=2, column=4, end_line=2, end_column=6)
    run = render(replace(FINDING, place=place), sources={"a.yaml": "x: 1\n\U0001f600: \U0001f600secret\n"})
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "utf16CodeUnits"
    assert (region["startColumn"], region["endColumn"]) == (5, 8)
    assert "secret" not in json.dumps(run)


def fingerprints(*findings: Finding) -> list[str]:
    """Give the fingerprints of findings in the report's order."""
    return [one["partialFingerprints"][FINGERPRINT] for one in render(*findings)["results"]]


def test_fingerprint_outlives_moved_lines() -> None:
    """A line that is put in above, or another wording, makes no new alert; another file or object does."""
    moved = replace(PLACE, line=9, end_line=9)
    assert fingerprints(FINDING) == fingerprints(replace(FINDING, place=moved, message="other words"))
    assert fingerprints(FINDING) != fingerprints(replace(FINDING, place=replace(PLACE, file="b.yaml")))
    assert fingerprints(FINDING) != fingerprints(replace(FINDING, about="ConfigMap shop/other"))


def test_fingerprints_tell_all_findings_apart() -> None:
    """Two that speak of the same are numbered; one that speaks of nothing is known by its message."""
    bare = replace(FINDING, about=None)
    one, two, three, four = fingerprints(
        FINDING, replace(FINDING, help="other"), bare, replace(bare, message="other words")
    )
    assert len({one, two, three, four}) == 4


def test_allowed_finding_is_a_result_with_a_suppression() -> None:
    """Its reason is the justification; where nobody asks for what is allowed it is not there."""
    allowed = replace(FINDING, code="unpinned-source", allowed="the tag is ours")
    results = render(FINDING, allowed=(allowed,))["results"]
    assert [one["ruleId"] for one in results] == ["duplicate-key", "unpinned-source"]
    assert "suppressions" not in results[0]
    suppression = {"kind": "external", "status": "accepted", "justification": "the tag is ours"}
    assert results[1]["suppressions"] == [suppression]


def test_rule_has_what_code_scanning_shows() -> None:
    """Help as text and as Markdown, in which a `<` begins no tag; weight, and tags to filter by."""
    code = Code(code="x", severity=Severity.NOTE, meaning="M.", why="A <b> c.", cure="Set `nodes.<name>`.", soft=True)
    rule = render_rule("x", code)
    assert "**Why.** A \\<b> c.\n\n**What to do.** Set `nodes.<name>`.\n\n" in rule["help"]["markdown"]
    assert "What to do: Set `nodes.<name>`." in rule["help"]["text"]
    assert rule["properties"]["problem.severity"] == "recommendation"
    assert "may-be-allowed" in rule["properties"]["tags"]


ALLOWED = {
    "result": {
        *("ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "partialFingerprints"),
        "suppressions",
    },
    "location": {"id", "message", "physicalLocation", "logicalLocations"},
    "physicalLocation": {"artifactLocation", "region"},
    "rule": {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
}
"""What we write of each object of SARIF's schema, which knows all of it and refuses any other key."""


def test_log_keeps_to_what_the_schema_demands() -> None:
    """Versions, required keys, no others, positions from 1, levels that exist, references that lead somewhere."""
    run = render(FINDING, replace(FINDING, severity=Severity.NOTE, place=None, path=("a", 1)), sources={})
    driver = run["tool"]["driver"]
    assert driver["name"]
    for result in run["results"]:
        assert set(result) <= ALLOWED["result"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in (*result.get("locations", ()), *result.get("relatedLocations", ())):
            assert set(location) <= ALLOWED["location"]
            assert set(location.get("physicalLocation", ())) <= ALLOWED["physicalLocation"]
            assert all(number >= 1 for number in location.get("physicalLocation", {}).get("region", {}).values())
    assert all(set(rule) <= ALLOWED["rule"] for rule in driver["rules"])
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
