"""The table of clusters and components is what the trees hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "clusters.md").read_text()


def _rows() -> dict[str, set[str]]:
    """Give the clusters of each component, as the table says."""
    table = PAGE.split("## Components")[1].split("## What")[0]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if line.startswith("|")
    ]
    clusters = lines[0][1:]
    return {name: {c for c, cell in zip(clusters, cells, strict=True) if cell} for name, *cells in lines[2:]}


def test_the_table_is_what_lies_in_dist():
    """A component is marked for a cluster exactly when the cluster's inventory has an application of it."""
    found: dict[str, set[str]] = {}
    for index in (ROOT / "dist").glob("*/index.json"):
        for application in json.loads(index.read_text())["applications"]:
            found.setdefault(application["component"], set()).add(index.parent.name)
    assert _rows() == found


def test_every_link_of_the_page_leads_somewhere():
    """Links are relative and there."""
    links = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
