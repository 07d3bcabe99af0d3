"""Host names that spell another namespace than the one a Service is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of
from trimtab.verify.tree import Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.workloads.reach import Reach
from trimtab.verify.world import World

_CODE = "namespace-in-host-name"
_HOST = re.compile(
    r"(?<![a-z0-9-])([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.svc(?![a-z0-9-])"
)


def check_host_names(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find host names of Services in environment, arguments and ConfigMaps that lead to no Service.

    One is said only where a Service of that name is in the namespace of whoever writes it, and none in the spelled one;
    of objects that name no namespace and that no Application applies, nobody knows where they go.
    """
    reach = Reach(tree)
    unseen = {(chart.cluster, chart.namespace) for chart in world.charts if not chart.is_rendered}
    for entry, path, text in _iter_texts(tree):
        if not entry.namespace:
            continue
        for name, namespace in _HOST.findall(text):
            if namespace == entry.namespace or (entry.cluster, namespace) in unseen:
                continue
            near = reach.find(entry.cluster, entry.namespace, name)
            if near is not None and reach.find(entry.cluster, namespace, name) is None:
                yield _complain(entry, path, name, namespace, near)


def _complain(entry: Entry, path: Path, name: str, namespace: str, near: Entry) -> Complaint:
    what = f"asks for the Service '{name}' in the namespace '{namespace}', where there is none"
    cure = f"write '{name}', or '{name}.{entry.namespace}.svc': the one of that name is in '{entry.namespace}'"
    return complain(_CODE, entry, path, what, cure, others=(Other(entry=near, message="this one is there"),))


def _iter_texts(tree: Tree) -> Iterator[tuple[Entry, Path, str]]:
    for pod in tree.pods:
        if is_own(pod.entry):
            for path, container in pod.iter_containers():
                for place, text in _iter_container_texts(container):
                    yield pod.entry, (*path, *place), text
    for entry in tree.of_kind("", "ConfigMap"):
        if is_own(entry):
            yield from _iter_held(entry, fields_of(entry.manifest, "data"))


def _iter_container_texts(container: Fields) -> Iterator[tuple[Path, str]]:
    for position, variable in iter_fields(container, "env"):
        value = variable.get("value")
        if isinstance(value, str) and ".svc" in value:
            yield ("env", position, "value"), value
    for field in ("args", "command"):
        for position, text in enumerate(list_of(container, field)):
            if isinstance(text, str) and ".svc" in text:
                yield (field, position), text


def _iter_held(entry: Entry, data: Mapping[str, object]) -> Iterator[tuple[Entry, Path, str]]:
    for key, text in data.items():
        if isinstance(text, str) and ".svc" in text:
            yield entry, ("data", key), text


CHECKS = (Check(name="host names of Services", codes=(_CODE,), run=check_host_names),)
