"""The objects that kustomizations bring, each as it is applied by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trimtab.kube.manifests import Manifest
from trimtab.verify.entry import IsNamespaced
from trimtab.verify.files.folders import folder_of
from trimtab.verify.files.found import Found
from trimtab.verify.kustomize.changing import Changer, Changes
from trimtab.verify.kustomize.generated import iter_generated
from trimtab.verify.kustomize.graph import Graph, Part
from trimtab.verify.kustomize.kustomization import Kustomization
from trimtab.verify.kustomize.layers import Layer, read_layer
from trimtab.verify.kustomize.patches import GoneError

_NOTHING = Changes()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brought:
    """What one kustomization brings."""

    folder: str
    objects: tuple[Found, ...]
    """Objects that stand in files."""
    generated: tuple[Found, ...]
    """ConfigMaps and Secrets that do not."""
    is_whole: bool
    """Whether that is all it brings."""
    namespaces: frozenset[str] = frozenset()
    """The namespaces that it, what it builds upon, and their charts name: where else it may bring what."""


class Builder:
    """Builds kustomizations from the objects in a tree's files."""

    def __init__(
        self, graph: Graph, files: Mapping[str, bytes], objects: Iterable[Found], is_namespaced: IsNamespaced
    ) -> None:
        """Make it ready.

        Args:
            graph: The kustomizations.
            files: The bytes of all files by path.
            objects: All objects of the tree.
            is_namespaced: Which kinds live in a namespace.
        """
        self.graph = graph
        self._files, self._is_namespaced = files, is_namespaced
        self._by_file: dict[str, list[Found]] = defaultdict(list)
        for found in objects:
            self._by_file[found.file].append(found)
        self._layers: dict[str, Layer] = {}
        self._made: dict[tuple[str, Layer | None], Brought] = {}

    def build(self, folder: str, outer: Layer | None = None) -> Brought:
        """Build a kustomization.

        Args:
            folder: Its folder.
            outer: What whoever applies it changes on top.
        """
        key = folder, outer
        if key not in self._made:
            self._made[key] = self._build(self.graph.by_folder[folder], outer)
        return self._made[key]

    def _build(self, root: Kustomization, outer: Layer | None) -> Brought:
        parts = self.graph.list_parts(root)
        accounts = {
            str(found.manifest["metadata"].get("name"))
            for part in parts
            for found in self._by_file.get(part.file, ())
            if found.manifest["kind"] == "ServiceAccount"
        }
        objects: dict[tuple[int, str], Found] = {}
        generated: dict[tuple[object, ...], Found] = {}
        for part in parts:
            changer = Changer(self._layers_of(part, outer), self._is_namespaced, accounts)
            for found in self._by_file.get(part.file, ()):
                changed = _change(found, changer)
                if changed is not None:  # one file may come by two ways, to two namespaces
                    objects.setdefault((id(found), str(changed.manifest["metadata"].get("namespace"))), changed)
            for found in self._iter_generated(part):
                changed = _change(found, changer)
                if changed is not None:
                    _add_generated(generated, _with_hash(changed))
        return Brought(
            folder=root.folder,
            objects=tuple(_open_added(objects.values(), generated.values())),
            generated=tuple(generated.values()),
            is_whole=self.graph.is_whole(root),
            namespaces=frozenset(name for one in self.graph.iter_all(root) for name in one.iter_namespaces()),
        )

    def _layers_of(self, part: Part, outer: Layer | None) -> Sequence[Layer]:
        layers = [self._layer(one) for one in part.layers]
        return [*layers, outer] if outer else layers

    def _layer(self, one: Kustomization) -> Layer:
        if one.file not in self._layers:
            self._layers[one.file] = read_layer(self.graph, one, self._files)
        return self._layers[one.file]

    def _iter_generated(self, part: Part) -> Iterator[Found]:
        one = self.graph.by_folder.get(folder_of(part.file))
        if one is not None and one.file == part.file:
            for manifest, path in iter_generated(one):
                yield Found(manifest=manifest, file=one.file, document=0, path=path)

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Kind and name of everything that any kustomization brings, renamed or not."""
        found = set()
        for root in self.graph.roots:
            brought = self.build(root.folder)
            for one in (*brought.objects, *brought.generated):
                kind, name = str(one.manifest["kind"]), str(one.manifest["metadata"].get("name"))
                begin, end = one.changes.renamed if one.changes else ("", "")
                found |= {(kind, name), (kind, f"{begin}{name}{end}")}
        return frozenset(found)


def _change(found: Found, changer: Changer) -> Found | None:
    try:
        manifest, changes = changer.change(found.manifest)
    except GoneError:
        return None
    return (
        found
        if manifest is found.manifest and changes == _NOTHING
        else replace(found, manifest=manifest, changes=changes)
    )


def _open_added(objects: Iterable[Found], generated: Iterable[Found]) -> Iterator[Found]:
    """Give objects, without the keys of those that a generator adds to: it may bring others."""
    names = {(one.manifest["kind"], one.manifest["metadata"]["name"]) for one in generated}
    for found in objects:
        is_added_to = (found.manifest["kind"], found.manifest["metadata"].get("name")) in names
        if is_added_to and found.manifest["apiVersion"] == "v1":
            changes = replace(found.changes or _NOTHING, is_open=True)
            yield replace(found, manifest={**found.manifest, "data": {}}, changes=changes)
        else:
            yield found


def _with_hash(found: Found) -> Found:
    """Say that the name of what is generated ends in a hash of its content, so that no other object has it."""
    changes = found.changes or _NOTHING
    begin, end = changes.renamed
    return replace(found, changes=replace(changes, renamed=(begin, f"{end}-{found.file}")))


def _add_generated(generated: dict[tuple[object, ...], Found], found: Found) -> None:
    """Add what is generated; where two kustomizations add to one, its keys are those of both, if both are known."""
    metadata = found.manifest["metadata"]
    key = found.manifest["kind"], metadata.get("namespace"), metadata["name"]
    other = generated.get(key)
    if other is not None:
        one, two = other.manifest["data"], found.manifest["data"]
        manifest: Manifest = {**found.manifest, "data": {**one, **two} if one and two else {}}
        found = replace(found, manifest=manifest)
    generated[key] = found
