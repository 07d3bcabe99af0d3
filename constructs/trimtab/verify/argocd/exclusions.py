"""Kinds that Argo CD leaves out: those of its defaults, or those that its settings in the tree name instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.argocd_defaults import is_excluded
from trimtab.documents.reader import parse_yaml
from trimtab.verify.argocd.globs import is_match
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.reading import texts_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

EXCLUSIONS = "resource.exclusions"
INCLUSIONS = "resource.inclusions"

_Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What one Argo CD leaves out (argo-cd v3.5.1 util/settings/resources_filter.go)."""

    excluded: _Rows | None
    """What its settings exclude; nothing where its defaults hold."""
    included: _Rows
    """Where there are any, all that it looks at."""

    @property
    def is_default(self) -> bool:
        """Whether nobody changed what it leaves out."""
        return self.excluded is None and not self.included

    def leave_out(self, group: str, kind: str) -> bool:
        """Say whether objects of a kind are never applied."""
        if self.included and not _is_named(self.included, group, kind):
            return True
        return is_excluded(group, kind) if self.excluded is None else _is_named(self.excluded, group, kind)


def find_exclusions(tree: Tree, world: World, cluster: str) -> Exclusions:
    """Give what the Argo CD of a cluster leaves out."""
    settings = Installed(tree, world).find_settings(cluster) or {}
    excluded = _read(settings[EXCLUSIONS]) if EXCLUSIONS in settings else None
    return Exclusions(excluded, _read(settings.get(INCLUSIONS, "")))


def _read(text: object) -> _Rows:
    documents = parse_yaml(text, file=EXCLUSIONS).documents if isinstance(text, str) else ()
    rows = documents[0].value if documents else []
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _is_named(rows: _Rows, group: str, kind: str) -> bool:
    # A row for some clusters alone does not say that objects of this one are left out.
    return any(
        _fits(texts_of(row, "apiGroups"), group) and _fits(texts_of(row, "kinds"), kind)
        for row in rows
        if texts_of(row, "clusters") in ([], ["*"])
    )


def _fits(patterns: list[str], text: str) -> bool:
    return not patterns or any(is_match(pattern, text) for pattern in patterns)
