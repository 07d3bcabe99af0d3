"""What GitHub Actions reads from a log."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.render_github import render_github
from trimtab.findings.report import Report


def test_an_annotation(unknown_setting: Finding) -> None:
    """File, span and code are properties; related places and help follow the message on lines of their own."""
    assert render_github(Report((unknown_setting,))) == (
        "::error file=apps/clusters/lab.yaml,line=14,col=3,endLine=14,endColumn=10,title=unknown-setting"
        "::unknown setting 'replica' of component 'harbor'"
        "%0Anote: apps/platform.yaml:7:5: the value it replaces%0Ahelp: did you mean 'replicas'?\n"
    )


def test_escaping() -> None:
    """Percent and line breaks are escaped everywhere, colon and comma in properties only."""
    place = Place(file="a,b:c%\n.yaml", line=1, column=1, end_line=1, end_column=2)
    finding = Finding(code="x", severity=Severity.WARNING, message="100%: a, b\nc\x1b", place=place)
    assert render_github(Report((finding,))) == (
        "::warning file=a%2Cb%3Ac%25␊.yaml,line=1,col=1,endLine=1,endColumn=2,title=x::100%25: a, b%0Ac␛\n"
    )


def test_a_span_of_many_lines_has_no_columns(unknown_setting: Finding) -> None:
    """GitHub takes columns only within one line."""
    place = Place(file="f", line=1, column=3, end_line=2, end_column=4)
    assert "::error file=f,line=1,endLine=2,title=" in render_github(Report((replace(unknown_setting, place=place),)))


def test_without_a_place_the_setting_is_named() -> None:
    """A note about a derived value is a notice that says the settings path."""
    finding = Finding(code="x", severity=Severity.NOTE, message="m", path=("a", 0))
    assert render_github(Report((finding,))) == "::notice title=x::m%0Aat: a[0]\n"


@given(data=st.data())
def test_no_text_can_forge_a_command(any_report: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """Any finding is exactly one printable line, whose properties are those we wrote."""
    report = data.draw(any_report)
    lines = render_github(report).split("\n")
    assert len(lines) == len(report.findings) + 1
    for line, finding in zip(lines, report.findings, strict=False):
        properties = line.removeprefix("::").partition("::")[0].partition(" ")[2]
        assert properties.count(",") == (
            5 if finding.place and finding.place.line == finding.place.end_line else 3 if finding.place else 0
        )
        assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in line)
