"""Monitors that scrape nothing, and monitors that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.suggest import suggest
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.references.places import Places, selects_nothing
from trimtab.verify.selecting import matches
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_MONITORING = "monitoring.coreos.com"


def check_monitors(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find monitors that select no Service or pod, ask for a port it does not have, or that no Prometheus picks up."""
    places = Places(tree, world)
    for entry, spec in iter_specs(tree, _MONITORING, "ServiceMonitor"):
        selector = fields_of(spec, "selector")
        if not entry.is_written or fields_of(spec, "namespaceSelector") or not selector:
            continue
        services = [
            one for one in tree.of_kind("", "Service") if _is_beside(one, entry) and matches(selector, _labels(one))
        ]
        if not services and not places.is_open(entry):
            yield selects_nothing(entry, ("spec", "selector"), "Service")
        elif services:
            yield from _endpoints(entry, spec, services)
    yield from _unread(tree)


def _endpoints(entry: Entry, spec: Fields, services: list[Entry]) -> Iterator[Complaint]:
    names = {text_of(port, "name") for one in services for _, port in iter_fields(one.manifest, "spec", "ports")}
    for position, endpoint in iter_fields(spec, "endpoints"):
        port = text_of(endpoint, "port")
        if port and port not in names:
            near = suggest(port, names - {""})
            yield Complaint(
                code="unknown-port",
                about=entry,
                path=("spec", "endpoints", position, "port"),
                message=f"{entry} scrapes the port '{port}', which {services[0]} has not",
                help=f"did you mean '{near}'?" if near else "name one of the Service's ports, by name",
                others=(Other(entry=services[0], message="the Service"),),
            )


def _unread(tree: Tree) -> Iterator[Complaint]:
    """Find monitors without the labels that every Prometheus of the tree wants."""
    servers = [(one, spec) for one, spec in iter_specs(tree, _MONITORING, "Prometheus")]
    for kind, field in (("ServiceMonitor", "serviceMonitorSelector"), ("PodMonitor", "podMonitorSelector")):
        for entry in tree.of_kind(_MONITORING, kind):
            here = [(one, spec) for one, spec in servers if one.cluster == entry.cluster]
            wanted = [spec.get(field) for _, spec in here]
            if not here or not entry.is_written or not all(isinstance(one, Mapping) for one in wanted):
                continue
            if not any(matches(one, _labels(entry)) for one in wanted if isinstance(one, Mapping)):
                yield Complaint(
                    code="monitor-not-picked-up",
                    about=entry,
                    path=("metadata", "labels"),
                    message=f"no Prometheus picks {entry} up: it lacks the labels of {here[0][0]}'s {field}",
                    help=f"give it the labels of that selector: {_words(fields_of(wanted[0], 'matchLabels'))}",
                    others=(Other(entry=here[0][0], message="the Prometheus", path=("spec", field)),),
                )


def _labels(entry: Entry) -> Fields:
    return fields_of(entry.manifest, "metadata", "labels")


def _is_beside(one: Entry, entry: Entry) -> bool:
    return one.cluster == entry.cluster and one.namespace == entry.namespace


def _words(labels: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in labels.items()) or "see its matchExpressions"


CHECKS = (
    Check(name="monitors", codes=("selects-nothing", "unknown-port", "monitor-not-picked-up"), run=check_monitors),
)
