"""What a tree does not show and may still be there: what is rendered elsewhere, made by operators, or mirrored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.kube.manifests import Identity
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_RENDERERS = (
    ("argoproj.io", "ApplicationSet"),
    ("helm.toolkit.fluxcd.io", "HelmRelease"),
    ("kustomize.toolkit.fluxcd.io", "Kustomization"),
    ("helm.cattle.io", "HelmChart"),
)
"""Kinds that stand for objects which are rendered elsewhere."""

_MAKES_NOTHING = frozenset(
    {
        "argoproj.io",
        "bitnami.com",
        "cert-manager.io",
        "external-secrets.io",
        "gateway.networking.k8s.io",
        "metallb.io",
        "monitoring.coreos.com",
        "projectcalico.org",
    }
)
"""Groups whose objects make nothing that others name, or of which it is known what they make."""

_MIRRORS = (
    "reflector.v1.k8s.emberstack.com/",
    "replicator.v1.mittwald.de/",
    "kubed.appscode.com/sync",
)
"""How annotations begin that have an object, or the Secret it makes, copied into other namespaces."""

_SHORTEST = 3


class Unseen:
    """All that may be there though the tree does not show it; looked through only when something is missing."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._tree, self._world = tree, world

    def may_bring(self, cluster: str, identity: Identity) -> bool:
        """Say whether something that is not shown may bring an object."""
        _, kind, namespace, name = identity
        if (kind, name) in self._world.elsewhere:
            return True
        if name.encode() in self._world.unread.words or name in self._mirrored:
            return True
        if not namespace and any(where[0] == cluster for where in self._filled):
            return True
        if namespace and (cluster, namespace) in self._filled:
            return True
        return any(self._names_it(one, name) for one in self._makers_in(cluster, namespace))

    def _makers_in(self, cluster: str, namespace: str) -> Iterator[Entry]:
        for where in {namespace, ""}:
            yield from self._makers.get((cluster, where), ())

    def _names_it(self, maker: Entry, name: str) -> bool:
        """Say whether an operator may give this name to what it makes: it begins with its object's, or stands in it."""
        begins = len(maker.name) >= _SHORTEST and name.startswith(maker.name)
        return begins or name in self._texts(maker)

    def _texts(self, maker: Entry) -> frozenset[str]:
        if maker not in self._of_maker:
            self._of_maker[maker] = frozenset(_iter_texts(maker.manifest.get("spec")))
        return self._of_maker[maker]

    @cached_property
    def _of_maker(self) -> dict[Entry, frozenset[str]]:
        return {}

    @cached_property
    def _makers(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._tree.entries if self._world.foreign else ():
            if not is_built_in_group(entry.group) and entry.group not in _MAKES_NOTHING:
                found[entry.cluster, entry.namespace].append(entry)
        return found

    @cached_property
    def _filled(self) -> frozenset[tuple[str, str]]:
        """The namespaces that are filled from elsewhere, by whom may also bring what belongs to the cluster."""
        found = set(self._world.filled)
        for kind in _RENDERERS if self._world.foreign else ():
            for entry in self._tree.of_kind(*kind):
                target = text_of(fields_of(entry.manifest, "spec"), "targetNamespace")
                found.add((entry.cluster, target or entry.namespace))
        return frozenset(found)

    @cached_property
    def _mirrored(self) -> frozenset[str]:
        found = set()
        for entry in self._tree.entries:
            spec = fields_of(entry.manifest, "spec")
            for holder in (entry.manifest, fields_of(spec, "secretTemplate"), fields_of(spec, "template")):
                annotations = holder.get("annotations") or fields_of(holder, "metadata", "annotations")
                if isinstance(annotations, Mapping) and any(str(key).startswith(_MIRRORS) for key in annotations):
                    found |= {entry.name, text_of(spec, "secretName")}
        return frozenset(found - {""})


def _iter_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _iter_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _iter_texts(inner)
