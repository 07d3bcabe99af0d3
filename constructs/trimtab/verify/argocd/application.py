"""An Application as the checks see it, one of its own or the one that an ApplicationSet makes many of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trimtab.catalogue.argocd_fields import GROUP
from trimtab.findings.path import ROOT, Path
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of, texts_of
from trimtab.verify.tree import Tree

_TEMPLATE: Path = ("spec", "template")
_CLUSTER = "trimtab.dev/cluster"
"""The label that Applications of ours bear."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Application:
    """An Application, or the template of some."""

    entry: Entry
    """The object that holds it."""
    manifest: Mapping[str, Any]
    """Its own metadata and spec."""
    base: Path = ROOT
    """Where in the object it stands."""

    @property
    def is_template(self) -> bool:
        """Whether an ApplicationSet fills it in."""
        return self.base != ROOT

    @property
    def spec(self) -> Mapping[str, Any]:
        """Its spec."""
        return fields_of(self.manifest, "spec")

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Its metadata."""
        return fields_of(self.manifest, "metadata")

    @property
    def project(self) -> str:
        """The project it belongs to; nothing said is `default`."""
        return text_of(self.spec, "project") or "default"

    @property
    def destination(self) -> Mapping[str, Any]:
        """Which cluster, and which namespace for objects that name none."""
        return fields_of(self.spec, "destination")

    @property
    def sync_policy(self) -> Mapping[str, Any]:
        """When and how it is synced."""
        return fields_of(self.spec, "syncPolicy")

    @property
    def options(self) -> Sequence[str]:
        """Its sync options."""
        return texts_of(self.sync_policy, "syncOptions")

    @property
    def prunes(self) -> bool:
        """Whether an object that goes from Git goes from the cluster without anybody asking."""
        automated = self.sync_policy.get("automated")
        return (
            isinstance(automated, Mapping) and automated.get("prune") is True and automated.get("enabled") is not False
        )

    @cached_property
    def sources(self) -> tuple[tuple[Path, Mapping[str, Any]], ...]:
        """The sources that Argo CD reads, with their places: `sources` wins over `source`."""
        spec: Path = (*self.base, "spec")
        if list_of(self.spec, "sources"):
            return tuple(((*spec, "sources", number), one) for number, one in iter_fields(self.spec, "sources"))
        source = self.spec.get("source")
        return (((*spec, "source"), source),) if isinstance(source, Mapping) else ()

    @property
    def has_many_sources(self) -> bool:
        """Whether it uses the list `sources`, of however many."""
        return bool(list_of(self.spec, "sources"))

    def at(self, *keys: str | int) -> Path:
        """Give the path of something in it, from the top of the object that holds it."""
        return (*self.base, *keys)

    def __str__(self) -> str:
        return str(self.entry)


def iter_applications(tree: Tree) -> Iterator[Application]:
    """Give every Application of a tree, then the template of every ApplicationSet."""
    for entry in tree.of_kind(GROUP, "Application"):
        yield Application(entry=entry, manifest=entry.manifest)
    for entry in tree.of_kind(GROUP, "ApplicationSet"):
        template = fields_of(entry.manifest, *map(str, _TEMPLATE))
        if template:
            yield Application(entry=entry, manifest=template, base=_TEMPLATE)


class Applications:
    """The Applications of a tree by the names that its objects know them by."""

    def __init__(self, tree: Tree) -> None:
        self.every = tuple(one for one in iter_applications(tree) if not one.is_template)
        self._by_name: dict[tuple[str, str], Application] = {}
        # In a tree of ours objects know the application's own name; Argo CD's has the cluster's before it.
        for one in self.every:
            cluster = text_of(fields_of(one.metadata, "labels"), _CLUSTER)
            if cluster and one.entry.name.startswith(f"{cluster}-"):
                own_name = one.entry.name.removeprefix(f"{cluster}-")
                self._by_name.setdefault((one.entry.cluster, own_name), one)
        for one in self.every:
            self._by_name.setdefault((one.entry.cluster, one.entry.name), one)

    def of(self, entry: Entry) -> Application | None:
        """Give the Application that applies an object."""
        return self.find(entry.cluster, entry.application)

    def find(self, cluster: str, name: str) -> Application | None:
        """Give an Application by the name that its objects have for it."""
        return self._by_name.get((cluster, name))
