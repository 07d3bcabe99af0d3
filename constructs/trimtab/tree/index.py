"""The inventory of a cluster's folder, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
"""The only format of the inventory there is so far; a change that an older reader would misread raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSource:
    """Where a chart comes from."""

    repo_url: str
    name: str
    version: str
    digest: str | None = None
    """`sha256:` and the digits of the archive that we rendered; nothing where Argo CD renders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationEntry:
    """One application: what it is, when it comes, and the files that are its own."""

    name: str
    component: str
    wave: int
    namespace: str
    version: str | None = None
    """The component's release; nothing for the user's own, and in inventories of 0.1.0."""
    chart: ChartSource | None = None
    release_name: str | None = None
    delivery: str | None = None
    """`values` when Argo CD renders the chart, `rendered` when we did; nothing without a chart."""
    needs: tuple[str, ...] = ()
    """The capabilities it waits for, in words."""
    gives: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """The settings paths that its builders were given."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 in hexadecimal by path inside the cluster's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedSecret:
    """A Secret that the tree refers to and somebody else makes."""

    namespace: str
    name: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The inventory of a cluster's folder."""

    version: str
    """The version of the tool that wrote it."""
    cluster: str
    kubernetes: str
    distribution: str | None = None
    """Who installed Kubernetes; nothing in inventories of 0.1.0, as with the fields up to `services`."""
    distribution_version: str | None = None
    pods: tuple[str, ...] = ()
    """The ranges of pods, as they were written."""
    services: tuple[str, ...] = ()
    """The ranges of Services, as they were written."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files that belong to no application; the inventory itself is not among them."""
    applications: tuple[ApplicationEntry, ...] = ()
    secrets: tuple[ExpectedSecret, ...] = ()
    host_names: tuple[str, ...] = ()


def index_digests(index: Index) -> dict[str, str]:
    """Gather the digests of all files that the inventory knows, by path inside the cluster's folder."""
    digests = dict(index.files)
    for entry in index.applications:
        digests.update(entry.files)
    return digests


def render_index(index: Index) -> str:
    """Write the inventory as JSON: the same bytes for the same inventory, and one line for each thing in a list.

    Applications, Secrets, host names and files are sorted, so that a change touches its own lines alone.
    """
    lines = [f'  "{key}": {value}' for key, value in _fields(index)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _fields(index: Index) -> Iterator[tuple[str, str]]:
    yield "format", str(FORMAT)
    yield "trimtab", _line(index.version)
    yield "cluster", _line(index.cluster)
    yield "kubernetes", _line(index.kubernetes)
    yield "distribution", _line({"name": index.distribution, "version": index.distribution_version})
    yield "network", _line({"pods": list(index.pods), "services": list(index.services)})
    yield "files", _rows([f"{_line(path)}: {_line(index.files[path])}" for path in sorted(index.files)], "{}")
    entries = sorted(index.applications, key=lambda entry: entry.name)
    yield "applications", _rows([_line(application_value(entry)) for entry in entries], "[]")
    secrets = sorted(index.secrets, key=lambda secret: (secret.namespace, secret.name))
    yield "secrets", _rows([_line(_secret_value(secret)) for secret in secrets], "[]")
    yield "hostNames", _rows([_line(name) for name in sorted(index.host_names)], "[]")


def application_value(entry: ApplicationEntry) -> dict[str, Any]:
    """Turn an application's entry into the value that stands for it in JSON, keys in a fixed order."""
    return {
        "name": entry.name,
        "component": entry.component,
        "version": entry.version,
        "wave": entry.wave,
        "namespace": entry.namespace,
        "chart": _chart_value(entry.chart),
        "releaseName": entry.release_name,
        "delivery": entry.delivery,
        "needs": sorted(entry.needs),
        "gives": sorted(entry.gives),
        "origins": sorted(entry.origins),
        "files": {path: entry.files[path] for path in sorted(entry.files)},
    }


def _chart_value(chart: ChartSource | None) -> dict[str, str] | None:
    if chart is None:
        return None
    known = {"repoURL": chart.repo_url, "name": chart.name, "version": chart.version}
    return {**known, "digest": chart.digest} if chart.digest else known


def _secret_value(secret: ExpectedSecret) -> dict[str, Any]:
    return {"namespace": secret.namespace, "name": secret.name, "keys": sorted(secret.keys)}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def _rows(rows: Sequence[str], brackets: str) -> str:
    inside = ",".join(f"\n    {row}" for row in rows)
    return f"{brackets[0]}{inside}\n  {brackets[1]}" if rows else brackets
