"""Which kinds live in a namespace, with the definitions that a tree brings itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from trimtab.catalogue.chart_facts import CustomKind, Scope
from trimtab.catalogue.kinds import scope as find_scope
from trimtab.kube.manifests import Manifest
from trimtab.verify.entry import IsNamespaced

CRD = "CustomResourceDefinition"


def know_scopes(definitions: Iterable[Manifest], kinds: Iterable[CustomKind]) -> IsNamespaced:
    """Give what says whether a kind lives in a namespace: the tree's own definitions first, then what others add.

    A kind that nobody knows does, as kustomize takes it (kyaml, openapi.IsNamespaceScoped): one object in two
    namespaces is taken for two then, and not two for one.

    Args:
        definitions: CustomResourceDefinitions, well made or not.
        kinds: Kinds that are known otherwise.
    """
    scopes = {(kind.group, kind.kind): kind.scope for kind in kinds} | dict(_iter_scopes(definitions))

    @cache
    def say(group: str, kind: str) -> bool:
        return (scopes.get((group, kind)) or find_scope(group, kind)) != "Cluster"

    return say


def _iter_scopes(definitions: Iterable[Manifest]) -> Iterator[tuple[tuple[str, str], Scope]]:
    for definition in definitions:
        spec = definition.get("spec")
        names = spec.get("names") if isinstance(spec, Mapping) else None
        if isinstance(spec, Mapping) and isinstance(names, Mapping):
            scope: Scope = "Cluster" if spec.get("scope") == "Cluster" else "Namespaced"
            yield (str(spec.get("group")), str(names.get("kind"))), scope
