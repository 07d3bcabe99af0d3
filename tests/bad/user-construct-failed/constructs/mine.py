"""The shop."""


def build(chart, facts, settings):
    """Add the shop."""
    chart.add({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": settings["name"]}})
