"""The version of the settings format that a file is written in."""

from __future__ import annotations

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.suggest import suggest
from trimtab.settings.layers import Layer

FORMATS = ("trimtab/v1",)
"""The formats this release reads, the newest last."""


def check_format(layer: Layer) -> list[Finding]:
    """Check that a file's `apiVersion` is one we read; a file without one is in the newest."""
    value = layer.document.value
    found = value.get("apiVersion", FORMATS[-1]) if isinstance(value, dict) else FORMATS[-1]
    if found in FORMATS:
        return []
    near = suggest(found, FORMATS) if isinstance(found, str) else None
    said = f"'{found}'" if isinstance(found, str) and len(found) <= 40 else "this value"
    return [
        Finding(
            code="unknown-format",
            severity=Severity.ERROR,
            message=f"unknown settings format: apiVersion is {said}",
            help=f"did you mean '{near}'?" if near else f"this release reads {', '.join(FORMATS)}",
            path=("apiVersion",),
            place=layer.place(("apiVersion",)),
        )
    ]
