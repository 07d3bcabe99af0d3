"""A Helm repository for tests: an index over archives, and a resolver that asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chart_support.made import digest, make_archive
from chart_support.servers import Reply
from trimtab.charts.connecting import make_resolver
from trimtab.charts.credentials import Credentials
from trimtab.charts.reference import ChartKey, WantedChart
from trimtab.charts.resolving import Resolver
from trimtab.documents.writer import render_yaml
from trimtab.doors.cache import Cache
from trimtab.doors.http import DEFAULT_TIMEOUTS, Answer, HttpDoor, Request, Timeouts, Trust


def render_index(rows: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """Write an index of charts, each with its releases."""
    entries = {
        chart: [{"apiVersion": "v2", "name": chart, **release} for release in releases]
        for chart, releases in rows.items()
    }
    return render_yaml({"apiVersion": "v1", "entries": entries, "generated": "2026-11-01T00:00:00Z"}).encode()


def publish(*charts: tuple[str, str], **archives: bytes) -> dict[str, Reply | bytes | list[Reply]]:
    """Publish charts by name and version, as a table of paths; `archives` are taken instead of what would be made."""
    rows: dict[str, list[dict[str, Any]]] = {}
    files: dict[str, Reply | bytes | list[Reply]] = {}
    for name, version in charts:
        content = archives.get(name) or make_archive(name, version)
        path = f"{name}-{version}.tgz"
        files[f"/{path}"] = content
        release = {"version": version, "digest": digest(content).removeprefix("sha256:"), "urls": [path]}
        rows.setdefault(name, []).append(release)
    return {"/index.yaml": render_index(rows), **files}


def wanted(address: str, chart: str = "made", version: str = "1.0.0", **more: Any) -> WantedChart:
    """Want a chart of a repository."""
    return WantedChart(key=ChartKey(repo_url=address, chart=chart, version=version), **more)


@dataclass
class NoWaiting:
    """The real door, but nobody waits; how long one would have is noted."""

    door: HttpDoor
    waited: list[float] = field(default_factory=list)

    def fetch(self, request: Request) -> Answer:
        """Ask."""
        return self.door.fetch(request)

    def pause(self, seconds: float) -> None:
        """Note, and go on."""
        self.waited.append(seconds)


NOBODY = Credentials()


def make_door(trust: Mapping[tuple[str, int], Trust] | None = None, timeouts: Timeouts = DEFAULT_TIMEOUTS) -> NoWaiting:
    """Make a door that knows no proxy."""
    return NoWaiting(HttpDoor(agent="test", trust=trust or {}, timeouts=timeouts))


def resolver_of(door: NoWaiting | None = None, credentials: Credentials = NOBODY) -> Resolver:
    """Make a resolver that asks through a door."""
    door = door or make_door()
    return make_resolver(door, credentials, door.door._trust)


def cache_in(folder: Path) -> Cache:
    """Make a cache of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    return Cache(folder)
