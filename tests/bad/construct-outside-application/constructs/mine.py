"""A chart beside the applications."""

from cdk8s import Chart


def build(chart, facts, settings):
    """Add it."""
    Chart(chart.node.scope, "beside")
