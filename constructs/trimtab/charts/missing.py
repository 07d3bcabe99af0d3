"""What is said where a chart or a version is not there: what comes nearest, and the newest there are."""

from __future__ import annotations

from collections.abc import Sequence

from trimtab.catalogue.versions import is_version, parse_version
from trimtab.charts.errors import ChartError
from trimtab.charts.reference import name_list, shown_url
from trimtab.findings.suggest import suggest


def chart_not_found(chart: str, address: str, there: Sequence[str] = ()) -> ChartError:
    """Say that a repository has no such chart."""
    near = suggest(chart, there)
    listed = f"there are: {name_list(sorted(there))}" if there else "check the chart's name and its repository"
    return ChartError(
        "chart-not-found", f"{shown_url(address)} has no chart {chart}", f"did you mean {near}?" if near else listed
    )


def version_not_found(chart: str, version: str, address: str, there: Sequence[str]) -> ChartError:
    """Say that a chart has no such version."""
    newest = newest_first([one for one in there if is_version(one)])
    near = next((one for one in newest if one.lstrip("v") == version.lstrip("v")), None)
    same_minor = [one for one in newest if _minor(one) == _minor(version) != ""]
    listed = name_list(dict.fromkeys([*same_minor[:2], *newest]), most=6)
    return ChartError(
        "chart-version-not-found",
        f"{shown_url(address)} has no version {version} of {chart}",
        f"did you mean {near}?" if near else f"there are: {listed}" if listed else "no version is listed at all",
    )


def newest_first(versions: Sequence[str]) -> list[str]:
    """Sort versions, newest first, pre-releases after all releases.

    Raises:
        ValueError: One is no version.
    """
    parsed = [parse_version(one) for one in versions]
    return [one.text for one in sorted(parsed, key=lambda one: (not one.is_prerelease, one), reverse=True)]


def _minor(text: str) -> str:
    try:
        return parse_version(text).minor
    except ValueError:
        return ""
