"""A finished tree as the checks see it: its objects by kind and by identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trimtab.findings.path import Path, get_value
from trimtab.kube.manifests import Identity
from trimtab.verify.entry import Entry

POD_PATHS: Mapping[tuple[str, str], Path] = {
    ("", "Pod"): (),
    ("", "PodTemplate"): ("template",),
    ("", "ReplicationController"): ("spec", "template"),
    ("apps", "DaemonSet"): ("spec", "template"),
    ("apps", "Deployment"): ("spec", "template"),
    ("apps", "ReplicaSet"): ("spec", "template"),
    ("apps", "StatefulSet"): ("spec", "template"),
    ("batch", "CronJob"): ("spec", "jobTemplate", "spec", "template"),
    ("batch", "Job"): ("spec", "template"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PodTemplate:
    """The pods that an object makes, or is."""

    entry: Entry
    path: Path
    """Where in the object the template stands; its spec is one key below."""
    template: Mapping[str, Any]

    @property
    def spec(self) -> Mapping[str, Any]:
        """The pod's spec; empty where there is none."""
        spec = self.template.get("spec")
        return spec if type(spec) is dict or isinstance(spec, Mapping) else {}

    @property
    def labels(self) -> Mapping[str, Any]:
        """The labels its pods will have."""
        metadata = self.template.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, Mapping) else None
        return labels if isinstance(labels, Mapping) else {}

    def iter_containers(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """Give every container with its path in the object: init containers first, as they run."""
        for field in ("initContainers", "containers", "ephemeralContainers"):
            listed = self.spec.get(field)
            for position, container in enumerate(listed if isinstance(listed, list) else ()):
                if type(container) is dict or isinstance(container, Mapping):
                    yield (*self.path, "spec", field, position), container


class Tree:
    """All objects of a tree, those of every cluster in it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)

    def of_kind(self, group: str, kind: str) -> Sequence[Entry]:
        """Give the objects of a kind, whatever their version, in the tree's order."""
        return self._by_kind.get((group, kind), ())

    def find(self, cluster: str, identity: Identity) -> Entry | None:
        """Give the first object with an identity in a cluster."""
        return next(iter(self.owners(cluster, identity)), None)

    def owners(self, cluster: str, identity: Identity) -> Sequence[Entry]:
        """Give all objects with one identity in a cluster: more than one is one too many."""
        return self._by_identity.get((cluster, identity), ())

    @cached_property
    def pods(self) -> tuple[PodTemplate, ...]:
        """Everything that makes pods, of Kubernetes' own kinds."""
        return tuple(self._iter_pods())

    @cached_property
    def _by_kind(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.group, entry.kind].append(entry)
        return found

    @cached_property
    def _by_identity(self) -> Mapping[tuple[str, Identity], list[Entry]]:
        found: dict[tuple[str, Identity], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.name:
                found[entry.cluster, entry.identity].append(entry)
        return found

    def _iter_pods(self) -> Iterator[PodTemplate]:
        for kind, path in POD_PATHS.items():
            for entry in self.of_kind(*kind):
                template = get_value(entry.manifest, path)
                if isinstance(template, Mapping):
                    yield PodTemplate(entry=entry, path=path, template=template)
