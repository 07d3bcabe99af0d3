"""How the API server shares itself out: FlowSchemas and PriorityLevelConfigurations."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.wildcards import check_wildcards
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_GROUP = "flowcontrol.apiserver.k8s.io"
_SUBJECTS = {"Group": "group", "ServiceAccount": "serviceAccount", "User": "user"}
_EXEMPT = "exempt"
_LEVELS = {"Exempt": "exempt", "Limited": "limited"}
_QUEUES, _HAND = 64, 8
"""Where nothing is said (pkg/apis/flowcontrol/v1/defaults.go)."""
_MOST_BITS = 60
"""Bits of a hash that a hand may use up (apiserver pkg/util/shufflesharding, MaxHashBits)."""


def check_flow_schemas(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find FlowSchemas that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/flowcontrol/validation/validation.go (ValidateFlowSchemaSpec:105,
    ValidateFlowSchemaSubject:158, ValidateFlowSchemaResourcePolicyRule:273).
    """
    for entry, spec in iter_specs(tree, _GROUP, "FlowSchema"):
        if spec.get("matchingPrecedence") == 1 and entry.name != _EXEMPT:
            what = "has the precedence that the schema 'exempt' has"
            yield complain("field-out-of-range", entry, ("spec", "matchingPrecedence"), what, "write 2 to 10000")
        for position, rule in iter_fields(spec, "rules"):
            yield from _check_rule(entry, ("spec", "rules", position), rule)


def _check_rule(entry: Entry, path: Path, rule: Fields) -> Iterator[Complaint]:
    if not list_of(rule, "resourceRules") and not list_of(rule, "nonResourceRules"):
        cure = "write resourceRules or nonResourceRules"
        yield complain("missing-field", entry, path, "has a rule for no requests", cure)
    for position, subject in iter_fields(rule, "subjects"):
        yield from _check_subject(entry, (*path, "subjects", position), subject)
    for position, asked in iter_fields(rule, "resourceRules"):
        here = (*path, "resourceRules", position)
        yield from check_wildcards(entry, here, asked, ("apiGroups", "namespaces", "resources", "verbs"))
        if not list_of(asked, "namespaces") and not asked.get("clusterScope"):
            what = "has a rule for resources of no namespace, and none of the cluster"
            yield complain("missing-field", entry, here, what, "write namespaces: ['*'], or clusterScope: true")
    for position, asked in iter_fields(rule, "nonResourceRules"):
        here = (*path, "nonResourceRules", position)
        yield from check_wildcards(entry, here, asked, ("nonResourceURLs", "verbs"))


def _check_subject(entry: Entry, path: Path, subject: Fields) -> Iterator[Complaint]:
    kind = text_of(subject, "kind")
    field = _SUBJECTS.get(kind)
    for other in _SUBJECTS.values() if field else ():
        is_there = subject.get(other) is not None
        if other == field and not is_there:
            yield complain("missing-field", entry, path, f"means a {kind} and does not say which", f"write {field}")
        elif other != field and is_there:
            what = f"means a {kind} and speaks of a {other}"
            yield complain("contradicting-fields", entry, (*path, other), what, "leave it away, or write another kind")


def check_priority_levels(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find PriorityLevelConfigurations that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/flowcontrol/validation/validation.go
    (ValidatePriorityLevelConfigurationSpec:395, ValidateLimitResponse:464,
    ValidatePriorityLevelQueuingConfiguration:484).
    """
    for entry, spec in iter_specs(tree, _GROUP, "PriorityLevelConfiguration"):
        kind = text_of(spec, "type")
        if kind in _LEVELS and (kind == "Exempt") != (entry.name == _EXEMPT):
            what = f"has the type {kind}"
            yield complain("value-not-allowed", entry, ("spec", "type"), what, "Exempt is what 'exempt' alone is")
        for other, field in _LEVELS.items():
            if kind in _LEVELS and other != kind and spec.get(field) is not None:
                what = f"has the type {kind} and says {field}"
                yield complain("contradicting-fields", entry, ("spec", field), what, f"write type: {other}")
        if kind == "Limited" and spec.get("limited") is None:
            yield complain("missing-field", entry, ("spec",), "does not say what it is limited to", "write limited")
        if kind == "Limited":
            yield from _check_response(entry, fields_of(spec, "limited", "limitResponse"))


def _check_response(entry: Entry, response: Fields) -> Iterator[Complaint]:
    kind, queuing, path = text_of(response, "type"), response.get("queuing"), ("spec", "limited", "limitResponse")
    if kind == "Queue" and queuing is None:
        yield complain("missing-field", entry, path, "does not say how requests wait", "write queuing: {} for defaults")
    elif kind == "Reject" and queuing is not None:
        what = "turns requests away and says how they wait"
        yield complain("contradicting-fields", entry, (*path, "queuing"), what, "write type: Queue")
    elif kind == "Queue":
        yield from _check_hand(entry, (*path, "queuing"), fields_of(queuing))


def _check_hand(entry: Entry, path: Path, queuing: Fields) -> Iterator[Complaint]:
    queues, hand = number_of(queuing, "queues") or _QUEUES, number_of(queuing, "handSize") or _HAND
    here = (*path, "handSize") if "handSize" in queuing else path
    if hand > queues > 0:
        what = f"deals {hand} of {queues} queues"
        yield complain("field-out-of-range", entry, here, what, f"write a handSize of {queues} at most")
    elif queues > 0 and log2(queues) * hand > _MOST_BITS:
        what = f"deals {hand} of {queues} queues, more than a hash can tell apart"
        yield complain("field-out-of-range", entry, here, what, f"write {int(_MOST_BITS / log2(queues))} at most")


CHECKS = (
    Check(
        name="flow schemas",
        codes=("field-out-of-range", "missing-field", "contradicting-fields"),
        run=check_flow_schemas,
    ),
    Check(
        name="priority levels",
        codes=("value-not-allowed", "contradicting-fields", "missing-field", "field-out-of-range"),
        run=check_priority_levels,
    ),
)
