"""Layers of settings merged into one: maps merge by key, lists and scalars replace, null removes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from trimtab.documents.document import Document, Value
from trimtab.findings.finding import Place
from trimtab.findings.path import ROOT, Key, Path

FREE_FORM: tuple[Path, ...] = (
    ("components", "*", "values", "*"),
    ("constructs", "*", "settings"),
    ("patches", "*", "merge"),
    ("patches", "*", "json"),
)
"""Where a value is handed on as it is: below these, null is a value (Helm and RFC 7386 read it as "remove")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One file's part of a cluster's settings."""

    file: str
    document: Document
    value: Value = None
    """What to merge, where that is not the document's own value (a renamed setting under its new name)."""
    moved: Mapping[Path, Path] = field(default_factory=dict)
    """Where a path of `value` stands in the document, where it does not stand at that same path."""

    def place(self, path: Path) -> Place | None:
        """Give the place of a value in this file."""
        return self.document.places.value(self._written(path))

    def key_place(self, path: Path) -> Place | None:
        """Give the place of the key that `path` ends in."""
        return self.document.places.key(self._written(path))

    def _written(self, path: Path) -> Path:
        for length in range(len(path), 0, -1):
            if (old := self.moved.get(path[:length])) is not None:
                return old + path[length:]
        return path


@dataclass(frozen=True, slots=True)
class Node:
    """A value between layers: what it is so far, and which layers spoke of it, the latest first."""

    layers: tuple[Layer, ...]
    value: Value = None
    """A list or a scalar; null is a removal that has met nothing yet."""
    children: Mapping[str, Node] | None = None
    replaces: bool = False
    """Whether it is a mapping that lets nothing through from lower layers, because a later layer put it anew."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A cluster's settings as plain values, with every place that each of them came from."""

    value: dict[str, Value]
    root: Node
    useless_nulls: tuple[tuple[Path, Place], ...] = ()
    """Nulls that removed nothing, with their places: often meant as an empty mapping."""

    def places(self, path: Path) -> tuple[Place, ...]:
        """Give every place of the value at `path`: the layer that won first, then those it replaced or merged with."""
        return self._collect(path, Layer.place)

    def key_places(self, path: Path) -> tuple[Place, ...]:
        """Give every place of the key that `path` ends in, the layer that won first."""
        return self._collect(path, Layer.key_place)

    def place_of(self, path: Path) -> tuple[Place | None, bool]:
        """Give one place for `path`, and whether it is its own.

        Returns:
            The place and true; or the place of the key of the nearest ancestor that a file has, and false: a
            default and a derived fact stand in no file.
        """
        if found := self.places(path):
            return found[0], True
        return self._ancestor_place(path), False

    def key_place_of(self, path: Path) -> Place | None:
        """Give the place of the key that `path` ends in; without one, that of its value or of an ancestor."""
        found = self.key_places(path)
        return found[0] if found else self.place_of(path)[0]

    def _ancestor_place(self, path: Path) -> Place | None:
        for length in range(len(path) - 1, 0, -1):
            if found := self.key_places(path[:length]) or self.places(path[:length]):
                return found[0]
        found = self.places(ROOT)
        return first_line(found[0]) if found else None

    def _collect(self, path: Path, place: Callable[[Layer, Path], Place | None]) -> tuple[Place, ...]:
        found = (place(layer, path) for layer in _layers_of(self.root, path))
        return tuple(one for one in found if one is not None)


def first_line(place: Place) -> Place:
    """Cut a place that may span a whole file down to where it begins."""
    if place.end_line == place.line:
        return place
    return Place(
        file=place.file, line=place.line, column=place.column, end_line=place.line, end_column=place.column + 1
    )


def merge_layers(layers: Sequence[Layer]) -> Merged:
    """Merge layers, the lowest first.

    Maps merge by key; a list or a scalar replaces what is below it; null removes it. Inside a list nothing merges,
    and a key with null is as if it were not there. Below `FREE_FORM` null is a value like any other.
    """
    nodes = [_build_node(layer.document.value if layer.value is None else layer.value, ROOT, layer) for layer in layers]
    root = reduce(compose, nodes, Node((), children={}))
    useless: list[tuple[Path, Place]] = []
    value = _finish(root, ROOT, useless)
    return Merged(value if isinstance(value, dict) else {}, root, tuple(useless))


def compose(lower: Node, upper: Node) -> Node:
    """Lay one node over another; associative, so that layers may be grouped in any way."""
    layers = upper.layers + lower.layers
    if upper.children is None or upper.replaces:
        return Node(layers, upper.value, upper.children, upper.replaces)
    if lower.children is None:
        return Node(layers, None, upper.children, replaces=True)
    children = dict(lower.children)
    for key, child in upper.children.items():
        below = children.get(key)
        children[key] = child if below is None else compose(below, child)
    return Node(layers, None, children, lower.replaces)


def _build_node(value: Value, path: Path, layer: Layer) -> Node:
    if isinstance(value, dict):
        children = {key: _build_node(child, (*path, key), layer) for key, child in value.items()}
        return Node((layer,), children=children)
    return Node((layer,), _without_nulls(value, path) if isinstance(value, list) else value)


def _finish(node: Node, path: Path, useless: list[tuple[Path, Place]]) -> Value:
    if node.children is None:
        return node.value
    finished: dict[str, Value] = {}
    for key, child in node.children.items():
        below = (*path, key)
        if child.children is None and child.value is None and not is_free_form(path):
            _note_useless(child, below, useless)
        else:
            finished[key] = _finish(child, below, useless)
    return finished


def _note_useless(node: Node, path: Path, useless: list[tuple[Path, Place]]) -> None:
    if len(node.layers) == 1 and (place := node.layers[0].key_place(path)) is not None:
        useless.append((path, place))


def _without_nulls(value: Value, path: Path) -> Value:
    if is_free_form(path):
        return value
    if isinstance(value, list):
        return [_without_nulls(item, (*path, index)) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _without_nulls(item, (*path, key)) for key, item in value.items() if item is not None}
    return value


def is_free_form(path: Path) -> bool:
    """Tell whether what stands below `path` is handed on as it is."""
    return any(
        len(path) >= len(form) and all(want in ("*", key) for want, key in zip(form, path, strict=False))
        for form in FREE_FORM
    )


def _layers_of(root: Node, path: Sequence[Key]) -> tuple[Layer, ...]:
    node = root
    for key in path:
        if node.children is None:
            return node.layers[:1]
        child = node.children.get(str(key)) if isinstance(key, str) else None
        if child is None:
            return ()
        node = child
    return node.layers
