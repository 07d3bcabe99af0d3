"""Renders kept in the user's cache: what went in is the key, the objects are the entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.charts.placing import is_crd
from trimtab.charts.rendering import Manifest, RenderRequest
from trimtab.doors.cache import Cache, open_cache

FORMAT = 1
"""Counts up when an entry looks different, or when the same text is read differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renders:
    """What two renders of one input hold, as the chart wrote it. Shared: nobody may change an object."""

    first: list[Manifest]
    second: list[Manifest]
    """Empty where it was like the first."""
    doubts: list[str]
    """What the output leaves to its reader."""


@dataclass(frozen=True, slots=True)
class RenderCache:
    """Renders by what went in.

    Definitions lie in entries of their own, by their content: they take nine tenths of the room, and releases of one
    chart have the same ones whatever their values.
    """

    _cache: Cache
    _definitions: dict[str, list[Manifest]] = field(default_factory=dict, compare=False, repr=False)

    def read(self, key: str) -> Renders | None:
        """Give the renders of a key; nothing where they are not here, or only in part."""
        entry = self._read(key)
        definitions = self._read_definitions(entry["definitions"]) if entry else None
        if entry is None or definitions is None:
            return None
        return Renders(first=[*definitions, *entry["first"]], second=entry["second"], doubts=entry["doubts"])

    def write(self, key: str, renders: Renders) -> None:
        """Keep renders; whoever reads them gets the definitions first."""
        definitions = [one for one in renders.first if is_crd(one)]
        text = _encode(definitions)
        digest = hashlib.sha256(text).hexdigest()
        self._definitions[digest] = definitions
        self._cache.write(digest, text)
        rest = [one for one in renders.first if not is_crd(one)]
        entry = {"definitions": digest, "first": rest, "second": renders.second, "doubts": renders.doubts}
        self._cache.write(key, _encode(entry))

    def _read_definitions(self, digest: str) -> list[Manifest] | None:
        if digest not in self._definitions:
            content = self._cache.read(digest)
            if content is None:
                return None
            self._definitions[digest] = json.loads(content)
        return self._definitions[digest]

    def _read(self, key: str) -> dict[str, Any] | None:
        content = self._cache.read(key)
        return None if content is None else json.loads(content)


def open_render_cache(environment: Mapping[str, str]) -> RenderCache | None:
    """Open the user's cache of renders; nothing where there is no folder that only this user can write to."""
    cache = open_cache(environment, "renders")
    return RenderCache(cache) if cache is not None else None


def make_key(request: RenderRequest, helm_version: str) -> str:
    """Digest all that decides what helm gives: archive, names, values, capabilities, and helm itself."""
    parts = {
        "format": FORMAT,
        "helm": helm_version,
        "archive": request.digest,
        "release": [request.release_name, request.namespace, request.include_crds],
        "cluster": [request.kube_version, sorted(set(request.api_versions))],
        "values": request.values,
    }
    return hashlib.sha256(_encode(parts)).hexdigest()


def _encode(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_to_plain).encode("ascii")


def _to_plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else list(value)
