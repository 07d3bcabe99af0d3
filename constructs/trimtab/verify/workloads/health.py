"""Workloads that serve somebody and are never asked whether they still do."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.reading import iter_fields
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.workloads.reach import Reach
from trimtab.verify.world import World

_CODE = "no-health-probe"
_LASTING = {"Deployment", "StatefulSet", "DaemonSet"}
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


def check_health(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find workloads that a Service leads to and that have no probe at all: nothing notices when they hang.

    Workloads that nobody is led to are left in peace, and so are those of charts.
    """
    reach = Reach(tree)
    for pod in tree.pods:
        if pod.entry.kind in _LASTING and is_own(pod.entry) and not _is_probed(pod):
            service = next(reach.iter_services(pod), None)
            if service is not None:
                yield complain(
                    _CODE,
                    pod.entry,
                    (*pod.path, "spec", "containers"),
                    "is never asked whether it works",
                    "give its container a readinessProbe, so that the Service leads to it only while it answers",
                    others=(Other(entry=service, message="this leads to it"),),
                )


def _is_probed(pod: PodTemplate) -> bool:
    return any(container.get(probe) for _, container in iter_fields(pod.spec, "containers") for probe in _PROBES)


CHECKS = (Check(name="probes of what serves", codes=(_CODE,), run=check_health),)
