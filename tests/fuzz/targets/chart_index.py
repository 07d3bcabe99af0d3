"""The index of a chart repository: block by block, and whole."""

from __future__ import annotations

import contextlib

from trimtab.charts.errors import ChartError
from trimtab.charts.index import parse_index


def fuzz(data: bytes) -> None:
    """Read bytes as an index, and ask for all that it lists."""
    with contextlib.suppress(ChartError):
        index = parse_index(data, "https://charts.example.org/index.yaml")
        for chart in index.charts()[:5]:
            with contextlib.suppress(ChartError):
                for version in index.versions(chart)[:5]:
                    with contextlib.suppress(ChartError):
                        listed = index.find(chart, version)
                        assert listed is None or all(isinstance(url, str) for url in listed.urls)
