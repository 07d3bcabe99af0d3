"""Where pods may run, and how they resolve names: fields that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_subdomain_fault, find_value_fault
from trimtab.verify.api_server.resource_names import find_container_resource_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_COUNTED: Mapping[str, str] = {
    "In": "some",
    "NotIn": "some",
    "Exists": "no",
    "DoesNotExist": "no",
    "Gt": "one",
    "Lt": "one",
}
"""How many values go with an operator."""
_FIELDS = ("affinity", "tolerations", "topologySpreadConstraints")


def check_scheduling(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find what the API server refuses of where pods may run.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateTolerations:4360,
    validateAffinity:4261, ValidateNodeSelectorTerm:5019, validatePodAffinityTerm:5152,
    validateTopologySpreadConstraints:8742).
    """
    for pod in tree.pods:
        spec, path = pod.spec, (*pod.path, "spec")
        if not any(key in spec for key in _FIELDS):
            continue
        for position, toleration in iter_fields(spec, "tolerations"):
            yield from check_toleration(pod.entry, (*path, "tolerations", position), toleration)
        if "affinity" in spec:
            yield from _check_affinity(pod.entry, (*path, "affinity"), fields_of(spec, "affinity"))
        for position, spread in iter_fields(spec, "topologySpreadConstraints"):
            yield from _check_spread(pod.entry, (*path, "topologySpreadConstraints", position), spread)


def check_runtime_classes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find runtime classes that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/node/validation/validation.go (validateOverhead, validateTolerations).
    """
    for entry in tree.of_kind("node.k8s.io", "RuntimeClass"):
        for position, toleration in iter_fields(entry.manifest, "scheduling", "tolerations"):
            yield from check_toleration(entry, ("scheduling", "tolerations", position), toleration)
        for name in fields_of(entry.manifest, "overhead", "podFixed"):
            if fault := find_container_resource_fault(str(name)):
                what = f"takes a resource '{name}' for itself, which Kubernetes does not know"
                here = ("overhead", "podFixed", name)
                yield complain("value-not-allowed", entry, here, what, fault, on_key=True)


def _check_affinity(entry: Entry, path: Path, affinity: Fields) -> Iterator[Complaint]:
    for here, term in _iter_node_terms(fields_of(affinity, "nodeAffinity")):
        yield from check_node_term(entry, (*path, "nodeAffinity", *here), term)


def check_toleration(entry: Entry, path: Path, toleration: Fields) -> Iterator[Complaint]:
    """Find what does not go together in a toleration.

    Args:
        entry: The object.
        path: Where the toleration stands in it.
        toleration: The toleration.
    """
    key, value, operator = (text_of(toleration, field) for field in ("key", "value", "operator"))
    if not key and operator != "Exists":
        what = "tolerates a taint without a key"
        yield complain("missing-field", entry, path, what, "name the key, or write operator: Exists for all taints")
    if toleration.get("tolerationSeconds") is not None and toleration.get("effect") != "NoExecute":
        what = "says how long it tolerates a taint that drives nothing away"
        cure = "write effect: NoExecute, or leave tolerationSeconds away"
        yield complain("contradicting-fields", entry, (*path, "tolerationSeconds"), what, cure)
    if operator == "Exists" and value:
        what = f"tolerates any value of the taint '{key}', and names one"
        cure = "leave value away, or write operator: Equal"
        yield complain("contradicting-fields", entry, (*path, "value"), what, cure)
    elif operator in ("", "Equal") and (fault := find_value_fault(value)):
        what = f"tolerates a taint with a value that cannot be: '{value}'"
        yield complain("invalid-label", entry, (*path, "value"), what, fault)


def _iter_node_terms(affinity: Fields) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for position, term in iter_fields(affinity, _REQUIRED, "nodeSelectorTerms"):
        yield (_REQUIRED, "nodeSelectorTerms", position), term
    for position, weighed in iter_fields(affinity, _PREFERRED):
        yield (_PREFERRED, position, "preference"), fields_of(weighed, "preference")


def check_node_term(entry: Entry, path: Path, term: Fields) -> Iterator[Complaint]:
    """Find what the API server refuses of a term that nodes are chosen by.

    Args:
        entry: The object.
        path: Where the term stands in it.
        term: The term.
    """
    for position, asked in iter_fields(term, "matchExpressions"):
        here = (*path, "matchExpressions", position)
        yield from _check_values(entry, here, asked)
        for number, value in enumerate(list_of(asked, "values") if _PREFERRED not in path else ()):
            if isinstance(value, str) and (fault := find_value_fault(value)):
                what = f"asks for nodes with a label that cannot be: {text_of(asked, 'key')}={value}"
                yield complain("invalid-label", entry, (*here, "values", number), what, fault)
    for position, asked in iter_fields(term, "matchFields"):
        here, key, values = (*path, "matchFields", position), text_of(asked, "key"), list_of(asked, "values")
        if key != "metadata.name":
            what = f"asks for nodes by the field '{key}'"
            yield complain("value-not-allowed", entry, (*here, "key"), what, "write metadata.name, or matchExpressions")
        elif text_of(asked, "operator") not in ("In", "NotIn"):
            what = f"asks for nodes by a field and '{text_of(asked, 'operator')}'"
            yield complain("value-not-allowed", entry, here, what, "write In or NotIn")
        elif len(values) != 1:
            what = f"asks for {len(values)} names of nodes in one field"
            yield complain("value-not-allowed", entry, here, what, "name one; add a term for each other")
        elif isinstance(values[0], str) and (fault := find_subdomain_fault(values[0])):
            what = f"asks for a node with a name that cannot be: '{values[0]}'"
            yield complain("invalid-name", entry, (*here, "values", 0), what, fault)


def _check_values(entry: Entry, path: Path, asked: Fields) -> Iterator[Complaint]:
    operator, values = text_of(asked, "operator"), list_of(asked, "values")
    wanted = _COUNTED.get(operator)
    if wanted == "some" and not values:
        yield complain("missing-field", entry, path, f"asks for nodes by {operator} without values", "list the values")
    elif wanted == "no" and values:
        what = f"asks for nodes by {operator} and lists values"
        yield complain("contradicting-fields", entry, path, what, "leave them away, or write In or NotIn")
    elif wanted == "one" and len(values) != 1:
        what = f"asks for nodes by {operator} with {len(values)} values"
        yield complain("value-not-allowed", entry, path, what, "write one number, in quotes")


def _check_spread(entry: Entry, path: Path, spread: Fields) -> Iterator[Complaint]:
    if spread.get("minDomains") is not None and spread.get("whenUnsatisfiable") == "ScheduleAnyway":
        what = "wants a least number of places, and runs anyway where there are fewer"
        cure = "write whenUnsatisfiable: DoNotSchedule, or leave minDomains away"
        yield complain("contradicting-fields", entry, (*path, "minDomains"), what, cure)
    if list_of(spread, "matchLabelKeys") and "labelSelector" not in spread:
        what = "counts pods by matchLabelKeys without a labelSelector"
        yield complain("missing-field", entry, (*path, "matchLabelKeys"), what, "add the labelSelector")


def check_resolving(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pods that ask no DNS at all (validatePodDNSConfig)."""
    for pod in tree.pods:
        if pod.spec.get("dnsPolicy") == "None" and not list_of(pod.spec, "dnsConfig", "nameservers"):
            what = "asks no DNS of the cluster's, and names no server of its own"
            cure = "list them in dnsConfig.nameservers, or leave dnsPolicy away"
            yield complain("missing-field", pod.entry, (*pod.path, "spec", "dnsPolicy"), what, cure)


CHECKS = (
    Check(
        name="where pods may run",
        codes=("invalid-label", "missing-field", "contradicting-fields", "value-not-allowed", "invalid-name"),
        run=check_scheduling,
    ),
    Check(
        name="runtime classes",
        codes=("missing-field", "contradicting-fields", "invalid-label", "value-not-allowed"),
        run=check_runtime_classes,
    ),
    Check(name="how pods resolve names", codes=("missing-field",), run=check_resolving),
)
