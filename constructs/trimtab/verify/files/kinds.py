"""Which kinds live in a namespace, with the definitions that a tree brings itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from trimtab.catalogue.chart_facts import CustomKind, Scope
from trimtab.catalogue.kinds import is_namespaced
from trimtab.kube.manifests import Manifest
from trimtab.verify.entry import IsNamespaced

CRD = "CustomResourceDefinition"


def know_scopes(definitions: Iterable[Manifest], kinds: Iterable[CustomKind]) -> IsNamespaced:
    """Give what says whether a kind lives in a namespace: the tree's own definitions first, then what others add.

    Args:
        definitions: CustomResourceDefinitions, well made or not.
        kinds: Kinds that are known otherwise.
    """
    scopes = {(kind.group, kind.kind): kind.scope for kind in kinds} | dict(_iter_scopes(definitions))

    @cache
    def say(group: str, kind: str) -> bool:
        known = scopes.get((group, kind))
        return is_namespaced(group, kind) if known is None else known == "Namespaced"

    return say


def _iter_scopes(definitions: Iterable[Manifest]) -> Iterator[tuple[tuple[str, str], Scope]]:
    for definition in definitions:
        spec = definition.get("spec")
        names = spec.get("names") if isinstance(spec, Mapping) else None
        if isinstance(spec, Mapping) and isinstance(names, Mapping):
            scope: Scope = "Cluster" if spec.get("scope") == "Cluster" else "Namespaced"
            yield (str(spec.get("group")), str(names.get("kind"))), scope
