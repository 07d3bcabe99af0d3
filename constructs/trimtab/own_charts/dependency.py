"""The upstream chart as helm's dependency: its address, and the digest by which helm holds a lock against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from trimtab.charts.reference import HttpRepository, parse_address

Dependency = Mapping[str, str]
"""Name, version and repository, in helm's own order."""

GENERATED = "0001-01-01T00:00:00Z"
"""When a lock was made, which helm never reads: its zero, so that the same settings give the same bytes."""


def plan_dependency(name: str, version: str, address: str) -> Dependency:
    """Say where helm finds a chart.

    It has no alias, which would become the chart's name in its templates, and no condition, whose key could be one of
    the chart's own.

    Args:
        name: The chart.
        version: Exactly this one.
        address: The repository as settings write it.

    Raises:
        ChartError: `chart-address-refused`.
    """
    return {"name": name, "version": version, "repository": helm_repository(address)}


def helm_repository(address: str) -> str:
    """Give a repository's address as helm wants it: with `oci://` where it is a registry.

    Raises:
        ChartError: `chart-address-refused`.
    """
    found = parse_address(address)
    if isinstance(found, HttpRepository):
        return found.url.rstrip("/")
    return f"oci://{found.registry}/{found.path}".rstrip("/")


def archive_name(dependency: Dependency) -> str:
    """Name the archive as helm does when it fetches it."""
    return f"{dependency['name']}-{dependency['version']}.tgz"


def describe_lock(dependencies: Sequence[Dependency]) -> Mapping[str, object]:
    """Give what a Chart.lock says, so that helm finds it in step with the Chart.yaml."""
    locked = [{key: one[key] for key in ("name", "repository", "version")} for one in dependencies]
    return {"dependencies": locked, "digest": lock_digest(dependencies), "generated": GENERATED}


def lock_digest(dependencies: Sequence[Dependency]) -> str:
    """Work out the digest of a lock whose versions are those asked for.

    Source: helm v3.18.0 internal/resolver/resolver.go, HashReq: SHA-256 over the JSON of what is asked and what is
    locked, as Go writes it.
    """
    rows = [{key: one[key] for key in ("name", "version", "repository")} for one in dependencies]
    text = json.dumps([rows, rows], separators=(",", ":"), ensure_ascii=False)
    for sign in "<>&":  # what Go writes as an escape
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
