"""The construct tree of a cluster as plain values: each node is looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from trimtab.synth.crossing import build_plain, restore
from trimtab.synth.node import ensure_node
from trimtab.synth.records import ChartObject

ensure_node()

import cdk8s  # noqa: E402
import constructs  # noqa: E402

from trimtab.synth.entry import Entry  # noqa: E402


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One construct of the tree."""

    construct: constructs.IConstruct
    path: str
    needs: tuple[str, ...]
    """The paths of the constructs it depends on."""
    invalid: tuple[str, ...]
    """What its validations said; each was asked once."""


def iter_seen(root: constructs.IConstruct) -> Iterator[Seen]:
    """Every construct below the root and the root itself, in the order of the tree."""
    for construct in root.node.find_all():
        node = construct.node
        yield Seen(
            construct=construct,
            path=node.path,
            needs=tuple(needed.node.path for needed in node.dependencies),
            invalid=_ask_validations(node),
        )


def _ask_validations(node: constructs.Node) -> tuple[str, ...]:
    try:
        return tuple(node.validate())
    except Exception as error:  # noqa: BLE001  a validation is the user's code and may raise anything
        return (f"the validation itself failed: {str(error).partition(chr(10))[0]}",)


def read_entry(entry: Entry) -> ChartObject:
    """An object that was added as a mapping, with what was done to the cdk8s object it became.

    Raises:
        RuntimeError: a patch cannot be applied.
    """
    manifest = entry.manifest
    if entry.api_object is not None:
        after = entry.api_object.to_json()
        manifest = cast("Mapping[str, object]", restore(entry.manifest, entry.before, after))
    return ChartObject(manifest=manifest, origin=entry.origin, construct_path=entry.path, from_user=entry.from_user)


def read_api_object(made: cdk8s.ApiObject, path: str, origin: tuple[str, ...]) -> ChartObject:
    """An object that the user made with cdk8s.

    Raises:
        RuntimeError: cdk8s cannot render it.
        TypeError: a `to_json` of the user's own gave a value that is not JSON.
    """
    manifest = cast("dict[str, object]", build_plain(made.to_json()))
    return ChartObject(manifest=manifest, origin=origin, construct_path=path, from_user=True)


def read_objects(chart: constructs.IConstruct, entries: Iterable[Entry]) -> list[ChartObject]:
    """All objects of one chart, those added as mappings first, without asking validations or dependencies.

    Raises:
        RuntimeError: cdk8s cannot render one of them.
    """
    added = list(entries)
    known = {entry.path for entry in added if entry.api_object is not None}
    made = [(one, one.node.path) for one in chart.node.find_all() if isinstance(one, cdk8s.ApiObject)]
    theirs = [read_api_object(one, path, ()) for one, path in made if path not in known]
    return [*map(read_entry, added), *theirs]
