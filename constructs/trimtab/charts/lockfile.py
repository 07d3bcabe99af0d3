"""`charts.lock`: which bytes each chart of each cluster is, as a file that Git can show changes of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from trimtab.charts.errors import ChartError
from trimtab.charts.reference import ChartKey
from trimtab.documents.reader import parse_yaml
from trimtab.documents.writer import render_yaml
from trimtab.findings.finding import Place

LOCK_FILE = "charts.lock"
"""Its name, at the top of the repository."""
FORMAT = 1
"""The version of the format that is written, and the newest that is read."""

_HEAD = "# Written by `trimtab lock`: commit it, do not edit it.\n"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_TEXTS = ("repoURL", "chart", "version", "url", "digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class LockEntry:
    """One chart release, and the digest of its archive."""

    key: ChartKey
    url: str
    """Where the archive was fetched: a file, or a registry's blob."""
    digest: str
    """`sha256:` and 64 hexadecimal digits, of the archive's bytes."""
    manifest_digest: str | None = None
    """The same of the registry's manifest, for OCI."""

    @property
    def sha256(self) -> str:
        """The digest's digits alone."""
        return self.digest.removeprefix("sha256:")


@dataclass(frozen=True, slots=True)
class Lock:
    """All that a lock holds, by key."""

    entries: Mapping[ChartKey, LockEntry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the entries in order."""
        ordered = {key: self.entries[key] for key in sorted(self.entries)}
        object.__setattr__(self, "entries", MappingProxyType(ordered))

    def find(self, repo_url: str, chart: str, version: str) -> LockEntry | None:
        """Find the entry of a chart release."""
        return self.entries.get(ChartKey(repo_url=repo_url, chart=chart, version=version))


def make_lock(entries: Iterable[LockEntry]) -> Lock:
    """Make a lock of entries in any order."""
    return Lock({entry.key: entry for entry in entries})


def render_lock(lock: Lock) -> str:
    """Write a lock: the same entries always give the same bytes."""
    return _HEAD + render_yaml({"lockVersion": FORMAT, "charts": [_value(entry) for entry in lock.entries.values()]})


def parse_lock(text: str | bytes) -> Lock:
    """Read what `render_lock` writes.

    Raises:
        ChartError: `chart-lock-unreadable`.
    """
    parsed = parse_yaml(text, file=LOCK_FILE)
    if parsed.findings:
        found = parsed.findings[0]
        raise _unreadable(found.message, found.place)
    value = parsed.documents[0].value if len(parsed.documents) == 1 else None
    rows = value.get("charts") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(rows, list):
        raise _unreadable("it holds no list of charts")
    if value.get("lockVersion") != FORMAT:
        raise _unreadable(f"its lockVersion is {value.get('lockVersion')!r}, and this release reads {FORMAT}")
    entries = [_entry(row) for row in rows]
    lock = make_lock(entries)
    if len(lock.entries) != len(entries):
        raise _unreadable("a chart is in it twice")
    return lock


def locate_entries(text: str | bytes) -> dict[ChartKey, Place]:
    """Say where each chart stands in the text of a lock that `parse_lock` reads."""
    [document] = parse_yaml(text, file=LOCK_FILE).documents
    spots = ((key, document.places.value(("charts", at, "chart"))) for at, key in enumerate(_keys(document.value)))
    return {key: place for key, place in spots if place is not None}


def _keys(value: Any) -> list[ChartKey]:
    return [_entry(row).key for row in value["charts"]]


def _value(entry: LockEntry) -> dict[str, str]:
    value = {
        "repoURL": entry.key.repo_url,
        "chart": entry.key.chart,
        "version": entry.key.version,
        "url": entry.url,
        "digest": entry.digest,
    }
    return {**value, "manifestDigest": entry.manifest_digest} if entry.manifest_digest else value


def _entry(row: Any) -> LockEntry:
    if not isinstance(row, Mapping) or any(not isinstance(row.get(name), str) for name in _TEXTS):
        raise _unreadable(f"an entry lacks one of {', '.join(_TEXTS)}")
    manifest = row.get("manifestDigest")
    for digest in (row["digest"], manifest):
        if digest is not None and not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
            raise _unreadable(f"{digest!r} is no digest")
    return LockEntry(
        key=ChartKey(repo_url=row["repoURL"], chart=row["chart"], version=row["version"]),
        url=row["url"],
        digest=row["digest"],
        manifest_digest=manifest,
    )


def _unreadable(why: str, place: Place | None = None) -> ChartError:
    return ChartError(
        "chart-lock-unreadable",
        f"{LOCK_FILE} cannot be read: {why}",
        f"take one side of the merge whole, git checkout --ours {LOCK_FILE}, then run `trimtab lock`",
        place,
    )
