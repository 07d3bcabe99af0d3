"""How Argo CD applies an object: on the server's side or on the client's."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.catalogue.argocd_names import SYNC_OPTIONS
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, list_of
from trimtab.verify.tree import Tree


class Applying:
    """What a tree's Applications say of how their objects are applied."""

    def __init__(self, tree: Tree) -> None:
        self._applications: Mapping[tuple[str, str], Fields] = {
            (entry.cluster, entry.name): entry.manifest for entry in tree.of_kind("argoproj.io", "Application")
        }
        self._said: dict[tuple[str, str], bool | None] = {}

    def is_server_side(self, entry: Entry) -> bool | None:
        """Say whether an object is applied on the server's side.

        Returns:
            Nothing where no Application of the tree applies it, so that nobody here knows. `Replace=true` counts as
            the server's side: it writes no annotation either.
        """
        own = fields_of(entry.manifest["metadata"], "annotations").get(SYNC_OPTIONS)
        said = _parse(own.split(",")) if isinstance(own, str) else None
        return self._ask(entry.cluster, entry.application) if said is None else said

    def _ask(self, cluster: str, application: str) -> bool | None:
        if (cluster, application) not in self._said:
            found = self._find(cluster, application)
            options = list_of(found, "spec", "syncPolicy", "syncOptions") if found is not None else ()
            self._said[cluster, application] = None if found is None else bool(_parse(options))
        return self._said[cluster, application]

    def _find(self, cluster: str, application: str) -> Fields | None:
        """Our own Applications bear the cluster's name in front."""
        names = (f"{cluster}-{application}", application) if application else ()
        found = (self._applications.get((cluster, name)) for name in names)
        return next((one for one in found if one is not None), None)


def _parse(options: object) -> bool | None:
    """Find the last word on it; nothing where there is none."""
    said = None
    for option in options if isinstance(options, list | tuple) else ():
        key, _, value = str(option).strip().partition("=")
        if key in ("ServerSideApply", "Replace"):
            said = value == "true" or bool(said)
    return said
