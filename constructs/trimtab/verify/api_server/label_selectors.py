"""Whether a workload selects its own pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_specs, list_of
from trimtab.verify.selecting import matches
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SELECTING = ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")


def check_selectors(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find workloads whose selector leaves out their own pods.

    Source: kubernetes v1.35.4 pkg/apis/apps/validation/validation.go (ValidateDeploymentSpec:638,
    ValidateDaemonSetSpec:440, ValidateStatefulSetSpec:127, ValidatePodTemplateSpecForReplicaSet:833).
    """
    for entry, spec in iter_specs(tree, "apps", *_SELECTING):
        selector = spec.get("selector")
        if isinstance(selector, Mapping):
            yield from _check_own_pods(entry, selector, fields_of(spec, "template", "metadata", "labels"))


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


CHECKS = (
    Check(
        name="selectors",
        codes=("selector-does-not-match",),
        run=check_selectors,
    ),
)
