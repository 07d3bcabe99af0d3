"""Which Services of a tree lead to which pods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import PodTemplate, Tree

Home = tuple[str, str]
"""A cluster and a namespace in it."""


class Reach:
    """The Services of a tree, by where they are."""

    def __init__(self, tree: Tree) -> None:
        self._services: Mapping[Home, list[Entry]] = defaultdict(list)
        for entry in tree.of_kind("", "Service"):
            self._services[entry.cluster, entry.namespace].append(entry)

    def find(self, cluster: str, namespace: str, name: str) -> Entry | None:
        """Give a Service by its name."""
        listed = self._services.get((cluster, namespace), ())
        return next((entry for entry in listed if entry.name == name), None)

    def iter_services(self, pod: PodTemplate) -> Iterator[Entry]:
        """Give the Services that lead to some pods."""
        for entry in self._services.get((pod.entry.cluster, pod.entry.namespace), ()):
            selector = fields_of(entry.manifest, "spec", "selector")
            if selector and selector.items() <= pod.labels.items():
                yield entry


def is_headless(service: Entry) -> bool:
    """Say whether a Service has no address of its own, so that its name leads to each pod."""
    return fields_of(service.manifest, "spec").get("clusterIP") == "None"
