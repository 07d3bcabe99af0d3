"""Where upstream documents what a component's settings become: its charts, and what the catalogue was read from."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.components import releases


def list_upstream(component: str) -> tuple[str, ...]:
    """Give the sources of a component's newest release in words; none where the catalogue does not know it."""
    return tuple(dict.fromkeys(_iter_upstream(component)))


def _iter_upstream(component: str) -> Iterator[str]:
    for release in releases(component)[:1]:
        for chart in release.charts.values():
            yield f"the values of chart `{chart.chart}` {chart.version}, from {chart.repo_url}"
        for files in release.files.values():
            yield f"`{files.path}` of {files.repo_url} at {files.revision}"
        for told, source in release.source.items():
            yield f"{told}: {source}"
