"""Network policies that cut Prometheus off from what a monitor asks it to scrape."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.references.in_objects import NETWORKING
from trimtab.verify.selecting import fits, matches
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_MONITORING = "monitoring.coreos.com"
_SERVERS = ("Prometheus", "PrometheusAgent")


def check_scrapes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pods with a monitor that policies let nobody from another namespace reach on that port.

    Where a Prometheus is in the pods' own namespace, or may be, a rule for pods of that namespace is enough.
    """
    homes = {(one.cluster, one.namespace) for kind in _SERVERS for one in tree.of_kind(_MONITORING, kind)}
    is_anywhere = world.foreign and not homes
    for monitor, spec in iter_specs(tree, _MONITORING, "ServiceMonitor"):
        if fields_of(spec, "namespaceSelector"):
            continue
        ports = {text_of(endpoint, "port") for _, endpoint in iter_fields(spec, "endpoints")}
        for service in tree.of_kind("", "Service"):
            beside = service.cluster == monitor.cluster and service.namespace == monitor.namespace
            if beside and matches(fields_of(spec, "selector"), fields_of(service.manifest, "metadata", "labels")):
                is_near = is_anywhere or (service.cluster, service.namespace) in homes
                yield from _check(tree, monitor, service, ports, is_near=is_near)


def _check(tree: Tree, monitor: Entry, service: Entry, ports: set[str], *, is_near: bool) -> Iterator[Complaint]:
    selector = fields_of(service.manifest, "spec", "selector")
    for pod in tree.pods:
        is_behind = (pod.entry.cluster, pod.entry.namespace) == (service.cluster, service.namespace)
        if not is_behind or not selector or not fits(selector, pod.labels):
            continue
        policies = [(one, spec) for one, spec in _ingress_policies(tree, service) if _selects(spec, pod)]
        targets = _targets(service, ports, pod)
        if policies and not any(_lets_in(spec, targets, is_near=is_near) for _, spec in policies):
            yield Complaint(
                code="scrape-cut-off",
                about=policies[0][0],
                path=("spec", "ingress"),
                message=f"{policies[0][0]} lets nobody of another namespace reach what {monitor} scrapes",
                help="let the namespace of Prometheus in on that port",
                others=(Other(entry=monitor, message="the monitor"),),
            )


def _ingress_policies(tree: Tree, service: Entry) -> Iterator[tuple[Entry, Fields]]:
    for entry, spec in iter_specs(tree, NETWORKING, "NetworkPolicy"):
        kinds = list_of(spec, "policyTypes") or ("Ingress",)
        if (entry.cluster, entry.namespace) == (service.cluster, service.namespace) and "Ingress" in kinds:
            yield entry, spec


def _selects(spec: Fields, pod: PodTemplate) -> bool:
    return matches(fields_of(spec, "podSelector"), pod.labels)


def _targets(service: Entry, ports: set[str], pod: PodTemplate) -> set[object]:
    """Give the ports of the pod that are scraped, by number and by name."""
    named = {
        text_of(port, "name"): port.get("containerPort")
        for _, container in pod.iter_containers()
        for _, port in iter_fields(container, "ports")
    }
    found: set[object] = set()
    for _, port in iter_fields(service.manifest, "spec", "ports"):
        if text_of(port, "name") in ports:
            target = port.get("targetPort", port.get("port"))
            found |= {target, named.get(target) if isinstance(target, str) else target}
    return found - {None}


def _lets_in(spec: Fields, targets: set[object], *, is_near: bool) -> bool:
    """Say whether a rule lets other namespaces, or addresses, reach one of the ports; what is not told passes.

    With `is_near`, pods of the same namespace are enough.
    """
    for _, rule in iter_fields(spec, "ingress"):
        ports = [port for _, port in iter_fields(rule, "ports")]
        opened = {port.get("port") for port in ports}
        is_open = not ports or None in opened or bool(opened & targets) or any("endPort" in port for port in ports)
        peers = [peer for _, peer in iter_fields(rule, "from")]
        is_wide = not peers or any("namespaceSelector" in peer or "ipBlock" in peer for peer in peers)
        if is_open and (is_near or is_wide):
            return True
    return False


CHECKS = (Check(name="policies that cut a scrape", codes=("scrape-cut-off",), run=check_scrapes),)
