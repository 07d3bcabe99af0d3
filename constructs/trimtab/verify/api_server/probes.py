"""Probes and the hooks of a container's life: each does one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.containers import out_of_range
from trimtab.verify.api_server.forms import find_port_name_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_PROBE_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_HOOK_HANDLERS = ("exec", "httpGet", "tcpSocket", "sleep")
_ONCE = ("livenessProbe", "startupProbe")


def check_probes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find probes and hooks that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateProbe:3298, validateLivenessProbe:3259,
    validateStartupProbe:3285, validateHandler:3503, validateLifecycle:3593, validateInitContainers:3810).
    """
    for pod in tree.pods:
        for path, container in pod.iter_containers():
            for field in _PROBES:
                if container.get(field) is not None:
                    yield from _check_probe(pod.entry, path, container, field)
            for hook, handler in fields_of(container, "lifecycle").items():
                if hook in ("postStart", "preStop") and handler is not None:
                    yield from _check_handler(pod.entry, (*path, "lifecycle", hook), handler, _HOOK_HANDLERS)


def _check_probe(entry: Entry, path: Path, container: Fields, field: str) -> Iterator[Complaint]:
    here, probe = (*path, field), fields_of(container, field)
    if path[-2] == "initContainers" and container.get("restartPolicy") != "Always":
        what = f"has a {field} on the init container '{text_of(container, 'name')}'"
        cure = "take it away: only those with restartPolicy Always are probed"
        yield complain("contradicting-fields", entry, here, what, cure, on_key=True)
    yield from _check_handler(entry, here, probe, _PROBE_HANDLERS)
    if field in _ONCE and number_of(probe, "successThreshold") not in (None, 0, 1):
        what = f"has a {field} that must succeed {probe['successThreshold']} times"
        yield complain("field-out-of-range", entry, (*here, "successThreshold"), what, "only 1 is allowed there")
    for key, value in probe.items():
        if isinstance(value, int) and not isinstance(value, bool) and value < 0:
            yield complain(
                "field-out-of-range", entry, (*here, key), f"has {value} in {field}.{key}", "write 0 or more"
            )


def _check_handler(entry: Entry, path: Path, value: object, known: tuple[str, ...]) -> Iterator[Complaint]:
    handler = value if isinstance(value, Mapping) else {}
    given = [key for key in known if handler.get(key) is not None]
    if len(given) != 1:
        said = f"{' and '.join(given)} at once" if given else f"none of {', '.join(known)}"
        yield complain("contradicting-fields", entry, path, f"has {said} in {path[-1]}", "give it exactly one")
    for key in given:
        port = fields_of(handler, key).get("port")
        if isinstance(port, int) and not isinstance(port, bool) and not 1 <= port <= 65535:
            yield out_of_range(entry, (*path, key, "port"), port)
        elif isinstance(port, str) and (fault := find_port_name_fault(port)):
            cure = f"write the number without quotes: {port}" if port.isdigit() else fault
            what = f"asks a port with a name that Kubernetes refuses: '{port}'"
            yield complain("invalid-name", entry, (*path, key, "port"), what, cure)


CHECKS = (Check(name="probes", codes=("contradicting-fields", "field-out-of-range", "invalid-name"), run=check_probes),)
