"""From the text of an inventory back to its value, or to what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.path import Path, render_path
from trimtab.tree.index import FORMAT, ApplicationEntry, ChartSource, ExpectedSecret, Index
from trimtab.tree.paths import INDEX_NAME

_T = TypeVar("_T")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_HELP = "write the folder again from its settings"


class _WrongError(Exception):
    """A value is not what the inventory has at this path."""

    def __init__(self, path: Path, wanted: str) -> None:
        super().__init__(path, wanted)
        self.path = path
        self.wanted = wanted


def parse_index(text: str, *, file: str = INDEX_NAME) -> Index | Finding:
    """Read what `render_index` writes.

    Unknown keys are passed over, so that a later version may add some without a new format.

    Args:
        text: The inventory.
        file: Its path, as the finding shall name it.

    Returns:
        The inventory, or an `unreadable-index` finding.
    """
    try:
        return _index(json.loads(text))
    except json.JSONDecodeError as error:
        return _finding(f"the inventory is not JSON: {error.msg.lower()}", file, error.lineno, error.colno)
    except ValueError as error:
        if not str(error).startswith("Exceeds the limit"):
            raise
        return _finding("the inventory holds a number that is too long", file)
    except RecursionError:
        return _finding("the inventory is nested too deep", file)
    except _WrongError as wrong:
        return _finding(f"the inventory has no {wrong.wanted} at {render_path(wrong.path) or 'its top'}", file)


def _finding(message: str, file: str, line: int = 1, column: int = 1) -> Finding:
    place = Place(file=file, line=line, column=column, end_line=line, end_column=column)
    return Finding(code="unreadable-index", severity=Severity.ERROR, message=message, help=_HELP, place=place)


def _index(value: Any) -> Index:
    top = _mapping(value, ())
    if top.get("format") != FORMAT:
        raise _WrongError(("format",), f"format {FORMAT}")
    distribution = _mapping(top.get("distribution", {}), ("distribution",))
    network = _mapping(top.get("network", {}), ("network",))
    return Index(
        version=_text(top, "trimtab", ()),
        cluster=_text(top, "cluster", ()),
        kubernetes=_text(top, "kubernetes", ()),
        distribution=_text_or_none(distribution, "name", ("distribution",)),
        distribution_version=_text_or_none(distribution, "version", ("distribution",)),
        pods=_list(network, "pods", ("network",), _string) if network else (),
        services=_list(network, "services", ("network",), _string) if network else (),
        files=_digests(top, ()),
        applications=_list(top, "applications", (), _application),
        secrets=_list(top, "secrets", (), _secret),
        host_names=_list(top, "hostNames", (), _string),
    )


def _application(value: Any, path: Path) -> ApplicationEntry:
    entry = _mapping(value, path)
    wave = entry.get("wave")
    if not isinstance(wave, int) or isinstance(wave, bool):
        raise _WrongError((*path, "wave"), "whole number")
    return ApplicationEntry(
        name=_text(entry, "name", path),
        component=_text(entry, "component", path),
        version=_text_or_none(entry, "version", path),
        wave=wave,
        namespace=_text(entry, "namespace", path),
        chart=_chart(entry, path),
        release_name=_text_or_none(entry, "releaseName", path),
        delivery=_text_or_none(entry, "delivery", path),
        needs=_list(entry, "needs", path, _string),
        gives=_list(entry, "gives", path, _string),
        origins=_list(entry, "origins", path, _string),
        files=_digests(entry, path),
    )


def _chart(entry: dict[str, Any], path: Path) -> ChartSource | None:
    if entry.get("chart") is None:
        return None
    here = (*path, "chart")
    chart = _mapping(entry["chart"], here)
    return ChartSource(
        repo_url=_text(chart, "repoURL", here),
        name=_text(chart, "name", here),
        version=_text(chart, "version", here),
        digest=_text_or_none(chart, "digest", here),
    )


def _secret(value: Any, path: Path) -> ExpectedSecret:
    secret = _mapping(value, path)
    keys = _list(secret, "keys", path, _string)
    return ExpectedSecret(namespace=_text(secret, "namespace", path), name=_text(secret, "name", path), keys=keys)


def _mapping(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError(path, "mapping")
    return value


def _string(value: Any, path: Path) -> str:
    if not isinstance(value, str):
        raise _WrongError(path, "text")
    return value


def _text(mapping: dict[str, Any], key: str, path: Path) -> str:
    return _string(mapping.get(key), (*path, key))


def _text_or_none(mapping: dict[str, Any], key: str, path: Path) -> str | None:
    return None if mapping.get(key) is None else _text(mapping, key, path)


def _list(mapping: dict[str, Any], key: str, path: Path, read: Callable[[Any, Path], _T]) -> tuple[_T, ...]:
    items = mapping.get(key)
    if not isinstance(items, list):
        raise _WrongError((*path, key), "list")
    return tuple(read(item, (*path, key, at)) for at, item in enumerate(items))


def _digests(mapping: dict[str, Any], path: Path) -> dict[str, str]:
    here = (*path, "files")
    files = _mapping(mapping.get("files"), here)
    for name, digest in files.items():
        if not isinstance(digest, str) or not _DIGEST.match(digest):
            raise _WrongError((*here, name), "sha-256 digest")
    return files
