"""Findings, sources and strategies that the tests of this room share."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.report import Report

LAB = "apps/clusters/lab.yaml"
PLATFORM = "apps/platform.yaml"


def span(file: str, line: int, column: int, length: int) -> Place:
    """Build a place within one line."""
    return Place(file=file, line=line, column=column, end_line=line, end_column=column + length)


@pytest.fixture
def unknown_setting() -> Finding:
    """Give the finding of the design's example."""
    return Finding(
        code="unknown-setting",
        severity=Severity.ERROR,
        message="unknown setting 'replica' of component 'harbor'",
        help="did you mean 'replicas'?",
        path=("components", "harbor", "replica"),
        place=span(LAB, 14, 3, 7),
        label="not a setting of harbor",
        related=(Related(message="the value it replaces", place=span(PLATFORM, 7, 5, 11)),),
    )


@pytest.fixture
def sources() -> dict[str, str]:
    """Give the two files the example points into."""
    return {LAB: "\n" * 13 + "  replica: 3\n", PLATFORM: "\n" * 6 + "    replicas: 2\n"}


@pytest.fixture(scope="session")
def any_report() -> st.SearchStrategy[Report]:
    """Give reports of any findings at all, in the files `a`, `b` and some with hostile names."""
    text = st.text(max_size=20)
    number = st.integers(min_value=-1, max_value=12)
    file = st.sampled_from(["a", "b"]) | text
    place = st.builds(Place, file=file, line=number, column=number, end_line=number, end_column=number)
    related = st.builds(Related, message=text, place=st.none() | place)
    finding = st.builds(
        Finding,
        code=text,
        severity=st.sampled_from(Severity),
        message=text,
        help=st.none() | text,
        path=st.lists(text | st.integers(min_value=0), max_size=3).map(tuple),
        place=st.none() | place,
        label=st.none() | text,
        related=st.lists(related, max_size=2).map(tuple),
        soft=st.booleans(),
        hide_source=st.booleans(),
    )
    return st.lists(finding, max_size=5).map(lambda findings: Report(tuple(findings)))
