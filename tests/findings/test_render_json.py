"""What programs read."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from trimtab.findings.finding import Finding
from trimtab.findings.json_schema import findings_schema
from trimtab.findings.path import parse_path
from trimtab.findings.render_json import render_json
from trimtab.findings.report import Report

GOLDEN = """\
{
  "findings": [
    {
      "code": "unknown-setting",
      "severity": "error",
      "message": "unknown setting 'replica' of component 'harbor'",
      "help": "did you mean 'replicas'?",
      "path": "components.harbor.replica",
      "place": {
        "file": "apps/clusters/lab.yaml",
        "line": 14,
        "column": 3,
        "endLine": 14,
        "endColumn": 10
      },
      "related": [
        {
          "message": "the value it replaces",
          "place": {
            "file": "apps/platform.yaml",
            "line": 7,
            "column": 5,
            "endLine": 7,
            "endColumn": 16
          }
        }
      ],
      "soft": false
    }
  ],
  "counts": {
    "errors": 1,
    "warnings": 0,
    "notes": 0
  }
}
"""


def test_the_shape(unknown_setting: Finding) -> None:
    """Names and their order are part of the API."""
    assert render_json(Report((unknown_setting,))) == GOLDEN


def test_the_schema_is_a_schema() -> None:
    """It is valid in the dialect it names."""
    Draft202012Validator.check_schema(findings_schema())


def test_the_schema_refuses_what_is_not_in_the_shape() -> None:
    """A key more or less is not valid."""
    check = Draft202012Validator(findings_schema())
    document = json.loads(GOLDEN)
    assert check.is_valid(document)
    assert not check.is_valid({**document, "more": 1})
    assert not check.is_valid({"findings": []})


@given(data=st.data())
def test_any_report_is_valid_ascii(any_report: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """It fits the schema, has no raw control character, and its paths read back."""
    report = data.draw(any_report)
    text = render_json(report)
    document = json.loads(text)
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    Draft202012Validator(findings_schema()).validate(document)
    assert [parse_path(item["path"]) for item in document["findings"]] == [item.path for item in report.findings]
