"""The words for a value that a chart does not read: what it was, and what it is now."""

from __future__ import annotations

from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.catalogue.moved_values import trace_value
from trimtab.findings.path import Path, render_path


def tell_dead_value(facts: ChartFacts, key: Path) -> tuple[str, str]:
    """Say that a chart does not read a value, and what would be right.

    Args:
        facts: What is known of the chart.
        key: The path down to the first key that it does not know.

    Returns:
        The message, and the help.
    """
    fate = trace_value(facts, key)
    said = f"the chart {facts.chart} {facts.version} reads no value '{render_path(key)}'"
    if fate.until:
        said += f": {fate.until} was the last known version to read it"
        if fate.moved:
            return said, f"it is {fate.moved}"
        return said, f"it is now '{render_path(fate.now)}'" if fate.now else "remove it: no template reads it now"
    if fate.since:
        return said, f"{fate.since} is the first known version to read it: take that one, or remove it"
    if fate.now:
        return said, f"did you mean '{render_path(fate.now)}'?"
    return said, "remove it: a value that no template reads does nothing"
