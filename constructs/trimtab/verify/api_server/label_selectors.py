"""Label selectors: their form, and whether a workload selects its own pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_key_fault, find_value_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.selecting import matches
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SELECTING = ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")


def check_selectors(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find workloads whose selector leaves out their own pods, and selectors that the API server refuses.

    Source: pkg/apis/apps/validation/validation.go (ValidateDeploymentSpec, ValidateDaemonSetSpec,
    ValidateStatefulSetSpec, ValidatePodTemplateSpecForReplicaSet), apimachinery pkg/apis/meta/v1/validation
    (ValidateLabelSelector).
    """
    for entry, spec in iter_specs(tree, "apps", *_SELECTING):
        selector = spec.get("selector")
        if isinstance(selector, Mapping):
            yield from _check_selector(entry, selector, ("spec", "selector"))
            yield from _check_own_pods(entry, selector, fields_of(spec, "template", "metadata", "labels"))
    for entry, spec in iter_specs(tree, "policy", "PodDisruptionBudget"):
        yield from _check_selector(entry, fields_of(spec, "selector"), ("spec", "selector"))
    for entry, spec in iter_specs(tree, "networking.k8s.io", "NetworkPolicy"):
        yield from _check_selector(entry, fields_of(spec, "podSelector"), ("spec", "podSelector"))


def _check_own_pods(entry: Entry, selector: Fields, labels: Fields) -> Iterator[Complaint]:
    if not fields_of(selector, "matchLabels") and not list_of(selector, "matchExpressions"):
        cure = "give it matchLabels that its pods have"
        yield complain("selector-does-not-match", entry, ("spec", "selector"), "has an empty selector", cure)
    elif not matches(selector, labels):
        wanted = ", ".join(f"{key}: {value}" for key, value in fields_of(selector, "matchLabels").items())
        has = ", ".join(f"{key}: {value}" for key, value in labels.items()) or "no labels"
        what = f"selects pods that it does not make: its template has {has}"
        cure = f"give spec.template.metadata.labels {wanted}" if wanted else "give the template the labels it selects"
        yield complain("selector-does-not-match", entry, ("spec", "selector"), what, cure)


def _check_selector(entry: Entry, selector: Fields, path: Path) -> Iterator[Complaint]:
    for key, value in fields_of(selector, "matchLabels").items():
        if isinstance(value, str) and (fault := find_key_fault(str(key)) or find_value_fault(value)):
            what = f"selects a label that cannot be: {key}={value}"
            yield complain("invalid-label", entry, (*path, "matchLabels", key), what, fault)
    for position, term in iter_fields(selector, "matchExpressions"):
        operator, values = text_of(term, "operator"), list_of(term, "values")
        here = (*path, "matchExpressions", position)
        if operator in ("In", "NotIn") and not values:
            yield complain("missing-field", entry, here, f"selects by {operator} without values", "list the values")
        elif operator in ("Exists", "DoesNotExist") and values:
            cure = "leave them away, or write In or NotIn"
            yield complain("contradicting-fields", entry, here, f"selects by {operator} and lists values", cure)


CHECKS = (
    Check(
        name="selectors",
        codes=("selector-does-not-match", "invalid-label", "missing-field", "contradicting-fields"),
        run=check_selectors,
    ),
)
