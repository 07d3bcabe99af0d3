"""What objects need before they can be applied or run, as far as it is in the same tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.verify.argocd.application import Applications
from trimtab.verify.argocd.position import Owner, Positions
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

Wanted = tuple[str, str, str, str]
"""Group, kind, namespace and name of what is needed; for a definition, the name is the kind it defines."""

_CLAIM = ("", "PersistentVolumeClaim")
_CLASS = ("storage.k8s.io", "StorageClass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What makes something that others need."""

    owner: Owner
    entry: Entry | None = None
    """The object, where it stands in the tree."""
    words: str
    """What it is, for people."""


class Providers:
    """Everything in a tree that others may need."""

    def __init__(self, tree: Tree, world: World, positions: Positions) -> None:
        self._found: dict[tuple[str, Wanted], list[Provider]] = defaultdict(list)
        self._tree, self._positions = tree, positions
        self._add_definitions(tree, world)
        self._add_namespaces(positions.applications)

    def of(self, cluster: str, wanted: Wanted) -> list[Provider]:
        """Give all that provides something in a cluster; nothing where the tree does not have it."""
        found = self._found.get((cluster, wanted))
        return found if found is not None else self._look_up(cluster, wanted)

    def _look_up(self, cluster: str, wanted: Wanted) -> list[Provider]:
        found = [self._provide(entry) for entry in self._tree.owners(cluster, wanted) if entry.application]
        self._found[cluster, wanted] = found
        return found

    def _provide(self, entry: Entry) -> Provider:
        return Provider(
            owner=self._positions.find_owner(entry.cluster, entry.application), entry=entry, words=str(entry)
        )

    def _add_definitions(self, tree: Tree, world: World) -> None:
        for entry in tree.of_kind(*DEFINITIONS):
            if entry.application:
                spec = fields_of(entry.manifest, "spec")
                key = (*DEFINITIONS, text_of(spec, "group"), text_of(fields_of(spec, "names"), "kind"))
                self._found[entry.cluster, key].append(self._provide(entry))
        for chart in world.charts:
            if not chart.is_rendered:
                for kind in chart.facts.custom_kinds if chart.facts else ():
                    key = (*DEFINITIONS, kind.group, kind.kind)
                    words = f"the definition of {kind.kind}.{kind.group} in the chart '{chart.chart}'"
                    provider = Provider(owner=self._positions.find_owner(chart.cluster, chart.application), words=words)
                    self._found[chart.cluster, key].append(provider)

    def _add_namespaces(self, applications: Applications) -> None:
        """Add the namespaces that Argo CD creates; the objects of that kind are found when they are asked for."""
        for application in applications.every:
            name = text_of(application.destination, "namespace")
            if name and "CreateNamespace=true" in application.options:
                entry = application.entry
                key = (entry.cluster, ("", "Namespace", "", name))
                if key not in self._found:
                    self._look_up(*key)
                provider = Provider(
                    owner=self._positions.find_owner(entry.cluster, entry.name),
                    words=f"the Namespace that {entry} creates",
                )
                self._found[key].append(provider)


def iter_needs(entry: Entry) -> Iterator[Wanted]:
    """Give what the API server asks for before it takes an object: its kind's definition, its namespace."""
    if not is_built_in_group(entry.group):
        yield (*DEFINITIONS, entry.group, entry.kind)
    if entry.namespace:
        yield ("", "Namespace", "", entry.namespace)
    if (entry.group, entry.kind) == _CLAIM:
        yield from _class_of(fields_of(entry.manifest, "spec"))


def iter_pod_needs(pod: PodTemplate) -> Iterator[Wanted]:
    """Give what the pods of an object cannot start without."""
    namespace, spec = pod.entry.namespace, pod.spec
    account = text_of(spec, "serviceAccountName")
    if account and account != "default":
        yield "", "ServiceAccount", namespace, account
    if priority := text_of(spec, "priorityClassName"):
        yield "scheduling.k8s.io", "PriorityClass", "", priority
    for _, volume in iter_fields(spec, "volumes"):
        yield from _needs_of_volume(volume, namespace)
    for _, container in pod.iter_containers():
        yield from _needs_of_environment(container, namespace)
    for _, claim in iter_fields(fields_of(pod.entry.manifest, "spec"), "volumeClaimTemplates"):
        yield from _class_of(fields_of(claim, "spec"))


def _class_of(claim: Mapping[str, Any]) -> Iterator[Wanted]:
    if name := text_of(claim, "storageClassName"):
        yield (*_CLASS, "", name)


def _needs_of_volume(volume: Mapping[str, Any], namespace: str) -> Iterator[Wanted]:
    parts = [volume, *(source for _, source in iter_fields(fields_of(volume, "projected"), "sources"))]
    for part in parts:
        for field, kind, key in (
            ("configMap", "ConfigMap", "name"),
            ("secret", "Secret", "secretName"),
            ("secret", "Secret", "name"),
            ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
        ):
            source = fields_of(part, field)
            if (name := text_of(source, key)) and source.get("optional") is not True:
                yield "", kind, namespace, name


def _needs_of_environment(container: Mapping[str, Any], namespace: str) -> Iterator[Wanted]:
    sources = [fields_of(one, "valueFrom") for _, one in iter_fields(container, "env") if "valueFrom" in one]
    sources += [one for _, one in iter_fields(container, "envFrom")]
    for source in sources:
        for kind in ("ConfigMap", "Secret"):
            camel = kind[0].lower() + kind[1:]
            for field in (f"{camel}KeyRef", f"{camel}Ref"):
                named = fields_of(source, field)
                if (name := text_of(named, "name")) and named.get("optional") is not True:
                    yield "", kind, namespace, name
