"""What the cache keeps of a cluster: anybody may have written over it."""

from __future__ import annotations

from trimtab.findings.finding import Severity
from trimtab.findings.report import Report
from trimtab.pipeline.outcome import parse_outcome, render_outcome


def fuzz(data: bytes) -> None:
    """Read bytes as an outcome; what is taken can be told and written again."""
    outcome = parse_outcome(data)
    if outcome is not None:
        assert all(isinstance(finding.severity, Severity) for finding in outcome.findings)
        Report(outcome.findings)
        assert parse_outcome(render_outcome(outcome)) == outcome
