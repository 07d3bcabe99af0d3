"""The one order in which a manifest's keys are written, so that the same object always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_MANIFEST_FIRST = ("apiVersion", "kind", "metadata")
_METADATA_FIRST = ("name", "namespace")
_PLAIN = frozenset({str, int, bool, float, type(None)})


def order_manifest(manifest: Mapping[str, object]) -> dict[str, object]:
    """Put a manifest's keys in order: apiVersion, kind, metadata (name and namespace first), then by name.

    Mappings inside are ordered by key, all the way down; lists keep their order, since it means something.
    """
    ordered = {key: _order(manifest[key]) for key in _first(_MANIFEST_FIRST, manifest)}
    metadata = manifest.get("metadata")
    if isinstance(metadata, Mapping):
        ordered["metadata"] = {key: _order(metadata[key]) for key in _first(_METADATA_FIRST, metadata)}
    return ordered


def _first(leading: tuple[str, ...], keys: Iterable[str]) -> list[str]:
    present = set(keys)
    return [key for key in leading if key in present] + sorted(present.difference(leading))


def _order(value: object) -> object:
    kind = type(value)
    if kind is dict:  # nearly all are, and asking for an abstract class takes longer than all the rest
        entries: dict[str, object] = value  # type: ignore[assignment]
        return {key: one if type(one := entries[key]) is str else _order(one) for key in sorted(entries)}
    if kind in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {key: _order(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_order(item) for item in value]
    return value
