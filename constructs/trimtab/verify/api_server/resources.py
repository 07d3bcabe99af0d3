"""What containers request and are limited to."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.resource_names import find_container_resource_fault, is_divisible
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World


def check_resources(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find requests above limits, negative amounts, and resources that no container can ask for.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateContainerResourceRequirements:7821,
    validateContainerResourceName:7439, ValidateNonnegativeQuantity:380).
    """
    for pod in tree.pods:
        for path, container in pod.iter_containers():
            resources = container.get("resources")
            if resources:
                yield from _check_resources(pod.entry, (*path, "resources"), fields_of(resources))
        if "resources" in pod.spec:
            yield from _check_resources(pod.entry, (*pod.path, "spec", "resources"), fields_of(pod.spec, "resources"))


def _check_resources(entry: Entry, path: Path, resources: Fields) -> Iterator[Complaint]:
    requests, limits = fields_of(resources, "requests"), fields_of(resources, "limits")
    for field, amounts in (("requests", requests), ("limits", limits)):
        for name, amount in amounts.items():
            yield from _check_amount(entry, (*path, field, name), str(name), amount)
    for name in requests.keys() - limits.keys():
        if not is_divisible(str(name)):
            what = f"requests {requests[name]} of {name} without a limit"
            cure = "limit it to the same amount: it is not shared"
            yield complain("requests-above-limits", entry, (*path, "requests", name), what, cure)
    for name in requests.keys() & limits.keys():
        asked, most = parse_quantity(requests[name]), parse_quantity(limits[name])
        if asked is not None and most is not None and asked > most:
            what = f"requests {requests[name]} of {name}, and is limited to {limits[name]}"
            yield complain(
                "requests-above-limits", entry, (*path, "requests", name), what, "lower the request, or raise the limit"
            )
        elif None not in (asked, most) and asked != most and not is_divisible(str(name)):
            what = f"requests {requests[name]} of {name}, and is limited to {limits[name]}"
            yield complain(
                "requests-above-limits",
                entry,
                (*path, "requests", name),
                what,
                "write the same amount: it is not shared",
            )


def _check_amount(entry: Entry, path: Path, name: str, amount: object) -> Iterator[Complaint]:
    value = parse_quantity(amount)
    if value is not None and value < 0:
        yield complain("field-out-of-range", entry, path, f"asks for {amount} of {name}", "write 0 or more")
    if fault := find_container_resource_fault(name):
        what = f"asks for a resource '{name}', which Kubernetes does not know"
        yield complain("value-not-allowed", entry, path, what, fault, on_key=True)


CHECKS = (
    Check(
        name="resources of containers",
        codes=("requests-above-limits", "field-out-of-range", "value-not-allowed"),
        run=check_resources,
    ),
)
