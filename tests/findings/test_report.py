"""A report is sorted, has each finding once, counts them and knows the exit code."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.report import Report


def finding(code: str = "x", severity: Severity = Severity.ERROR, place: tuple[str, int, int] | None = None) -> Finding:
    """Build a finding of which only the sort key matters."""
    spot = Place(file=place[0], line=place[1], column=place[2], end_line=place[1], end_column=9) if place else None
    return Finding(code=code, severity=severity, message="m", place=spot)


def test_order() -> None:
    """File, line, column, severity, code; lines as numbers; what has no place comes last."""
    wanted = (
        finding(place=("a", 2, 1)),
        finding(place=("a", 10, 1)),
        finding(place=("a", 10, 2)),
        finding("y", Severity.ERROR, ("b", 1, 1)),
        finding("z", Severity.ERROR, ("b", 1, 1)),
        finding("a", Severity.WARNING, ("b", 1, 1)),
        finding("a", Severity.NOTE, ("b", 1, 1)),
        finding("b", Severity.ERROR),
        finding("a", Severity.WARNING),
    )
    assert Report(wanted[::-1]).findings == wanted


def test_equal_findings_count_once() -> None:
    """Two rules that say the very same thing say it once."""
    assert Report((finding(), finding(), finding("y"))).errors == 2


def test_findings_that_differ_only_in_help_both_stay() -> None:
    """Nothing that says more is dropped."""
    assert len(Report((finding(), replace(finding(), help="h"))).findings) == 2


def test_counts_name_every_severity() -> None:
    """A severity that did not occur counts zero."""
    report = Report((finding(severity=Severity.WARNING), finding("y", Severity.WARNING)))
    assert report.counts() == {Severity.ERROR: 0, Severity.WARNING: 2, Severity.NOTE: 0}


@pytest.mark.parametrize(
    ("severity", "relaxed", "strict"),
    [
        (Severity.ERROR, ExitCode.ERRORS, ExitCode.ERRORS),
        (Severity.WARNING, ExitCode.OK, ExitCode.ERRORS),
        (Severity.NOTE, ExitCode.OK, ExitCode.OK),
    ],
)
def test_exit_code(severity: Severity, relaxed: ExitCode, strict: ExitCode) -> None:
    """Errors always fail a run, warnings only a strict one, notes none."""
    report = Report((finding(severity=severity),))
    assert (report.exit_code(strict=False), report.exit_code(strict=True)) == (relaxed, strict)


def test_an_empty_report_is_fine() -> None:
    """No findings is the exit code 0, strict or not."""
    assert Report().exit_code(strict=True) == 0


def test_findings_that_differ_only_in_label_have_an_order() -> None:
    """Even the last detail settles a tie, so that output never changes between runs."""
    many = tuple(replace(finding(), label=str(number)) for number in range(20))
    assert Report(many).findings == Report(many[::-1]).findings == tuple(sorted(many, key=repr))


@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_discovery_does_not_matter(
    any_report: st.SearchStrategy[Report], data: st.DataObject, random: Random
) -> None:
    """Shuffled findings make the same report, and a report of a report is that report."""
    report = data.draw(any_report)
    shuffled = list(report.findings) * 2
    random.shuffle(shuffled)
    assert Report(tuple(shuffled)).findings == report.findings


def test_exit_codes_are_api() -> None:
    """The numbers that scripts rely on never change."""
    assert [code.value for code in ExitCode] == [0, 1, 2, 3, 4, 5, 70, 130]
