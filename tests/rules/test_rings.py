"""A ring is found in `check`, and in `synth` where only the user's constructs close it."""

from __future__ import annotations

from collections.abc import Callable

from trimtab.findings.finding import Finding

Find = Callable[..., list[Finding]]

SETTINGS = """
applications: {shop: {after: [search]}, search: {}}
constructs: {mine: {file: constructs/mine.py, application: search}}
"""
CONSTRUCT = """
from cdk8s import ApiObject

def build(chart, facts, settings):
    shop = ApiObject(chart.applications["shop"], "one", api_version="v1", kind="ConfigMap", metadata={"name": "one"})
    search = ApiObject(chart, "two", api_version="v1", kind="ConfigMap", metadata={"name": "two"})
    search.add_dependency(shop)
"""


def test_a_ring_that_a_construct_closes_is_found(find: Find) -> None:
    """`shop` is to come after `search`, and an object of `search` depends on one of `shop`."""
    found = find(SETTINGS, {"constructs/mine.py": CONSTRUCT}, synth=True)
    assert [finding.code for finding in found] == ["ring"]
    assert "search waits for shop (a dependency of constructs)" in found[0].message
