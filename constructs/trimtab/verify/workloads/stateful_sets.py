"""StatefulSets whose pods cannot find each other."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, iter_specs, number_of, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.workloads.reach import Reach, is_headless
from trimtab.verify.world import World

_CODE = "stateful-set-without-headless-service"


def check_stateful_sets(tree: Tree, world: World) -> Iterator[Said]:
    """Find StatefulSets of several pods without the headless Service that gives each pod its name.

    Source: kubernetes.io/docs/concepts/workloads/controllers/statefulset, "Limitations" and "Stable Network ID".
    """
    reach = Reach(tree)
    unseen = {(chart.cluster, chart.namespace) for chart in world.charts if not chart.is_rendered}
    for entry, spec in iter_specs(tree, "apps", "StatefulSet"):
        if is_own(entry) and (number_of(spec, "replicas") or 1) > 1:
            yield from _check(entry, spec, reach, is_seen=(entry.cluster, entry.namespace) not in unseen)


def _check(entry: Entry, spec: Fields, reach: Reach, *, is_seen: bool) -> Iterator[Said]:
    name = text_of(spec, "serviceName")
    service = reach.find(entry.cluster, entry.namespace, name) if name else None
    if not name:
        what = "has several pods and names no Service"
        cure = "write serviceName, and add that Service with clusterIP: None"
        yield complain(_CODE, entry, ("spec",), what, cure)
    elif service is None and not is_seen:
        yield Unchecked(reason="the Service of a StatefulSet may come from a chart that is not rendered here")
    elif service is None:
        what = f"names the Service '{name}', which is not there"
        yield complain(_CODE, entry, ("spec", "serviceName"), what, f"add the Service '{name}' with clusterIP: None")
    else:
        yield from _check_service(entry, spec, name, service)


def _check_service(entry: Entry, spec: Fields, name: str, service: Entry) -> Iterator[Complaint]:
    others = (Other(entry=service, message="this is the Service"),)
    here = ("spec", "serviceName")
    pod = PodTemplate(entry=entry, path=("spec", "template"), template=spec.get("template") or {})
    if not is_headless(service):
        what = f"names the Service '{name}', which has an address of its own"
        cure = "write clusterIP: None there, or name a second Service that has it: only then each pod has a name"
        yield complain(_CODE, entry, here, what, cure, others=others)
    elif pod.labels and service.manifest["spec"].get("selector") and not _leads_to(service, pod):
        what = f"names the Service '{name}', which selects other pods"
        yield complain(_CODE, entry, here, what, "let the Service select labels that the pods have", others=others)


def _leads_to(service: Entry, pod: PodTemplate) -> bool:
    selector = service.manifest["spec"]["selector"]
    return bool(selector.items() <= pod.labels.items())


CHECKS = (Check(name="Services of StatefulSets", codes=(_CODE,), run=check_stateful_sets),)
