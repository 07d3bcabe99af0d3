"""Two renders of one input, and the fields in which they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from trimtab.catalogue.stable_values import find_stable_values
from trimtab.charts.rendering import Identity, Manifest, Unstable, identify
from trimtab.findings.path import ROOT, Path

_NAME: Path = ("metadata", "name")


def find_unstable(chart: str, first: Sequence[Manifest], second: Sequence[Manifest]) -> tuple[Unstable, ...]:
    """Give the fields in which two renders differ, in the order of the first.

    Objects are paired by identity; one that the other render has not differs in its name, since two renders of one
    input write the same kinds.
    """
    others = _group(second)
    found: list[Unstable] = []
    for identity, manifests in _group(first).items():
        pairs = zip(manifests, others.pop(identity, []), strict=False)
        fields = [field for one, other in pairs for field in _iter_differences(one, other, ROOT)]
        if not fields and not _same_count(identity, manifests, second):
            fields = [_NAME]
        found += [_describe(chart, identity, field) for field in dict.fromkeys(fields)]
    found += [_describe(chart, identity, _NAME) for identity in others if not _has_partner(identity, found)]
    return tuple(found)


def _group(manifests: Sequence[Manifest]) -> dict[Identity, list[Manifest]]:
    groups: dict[Identity, list[Manifest]] = defaultdict(list)
    for manifest in manifests:
        groups[identify(manifest)].append(manifest)
    return dict(groups)


def _same_count(identity: Identity, manifests: Sequence[Manifest], others: Sequence[Manifest]) -> bool:
    return len(manifests) == sum(identify(other) == identity for other in others)


def _has_partner(identity: Identity, found: Sequence[Unstable]) -> bool:
    """Say whether the object of the second render is one of the first under another name, which is told already."""
    return any(one.field == _NAME and one.identity.kind == identity.kind for one in found)


def _iter_differences(one: Any, other: Any, at: Path) -> Iterator[Path]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if key in one and key in other:
                yield from _iter_differences(one[key], other[key], (*at, key))
            else:
                yield (*at, key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for position, (item, twin) in enumerate(zip(one, other, strict=True)):
            yield from _iter_differences(item, twin, (*at, position))
    elif one != other or type(one) is not type(other):
        yield at


def _describe(chart: str, identity: Identity, field: Path) -> Unstable:
    values = find_stable_values(chart, identity.kind, identity.name, field)
    return Unstable(identity=identity, field=field, values=values)
