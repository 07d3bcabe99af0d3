"""The shop."""


def make(chart, facts, settings):
    """Add the shop."""
