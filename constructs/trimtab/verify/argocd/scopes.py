"""Whether kinds live in a namespace, as far as Kubernetes, known charts and the definitions in a tree say it."""

from __future__ import annotations

from trimtab.catalogue.chart_facts import Scope
from trimtab.catalogue.kinds import scope
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

DEFINITIONS = ("apiextensions.k8s.io", "CustomResourceDefinition")


class Scopes:
    """The scope of every kind that is known of."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._added: dict[tuple[str, str], Scope] = {(kind.group, kind.kind): kind.scope for kind in world.kinds}
        for manifest in (*world.definitions, *(entry.manifest for entry in tree.of_kind(*DEFINITIONS))):
            spec = fields_of(manifest, "spec")
            key = (text_of(spec, "group"), text_of(fields_of(spec, "names"), "kind"))
            where = text_of(spec, "scope")
            if where in {"Namespaced", "Cluster"}:
                self._added[key] = "Cluster" if where == "Cluster" else "Namespaced"

    def find(self, group: str, kind: str) -> Scope | None:
        """Give the scope of a kind; nothing where nobody says it."""
        return self._added.get((group, kind)) or scope(group, kind)
