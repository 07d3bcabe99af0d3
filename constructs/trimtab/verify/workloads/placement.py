"""Pods that may run on none of the nodes that the cluster has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of
from trimtab.verify.selecting import matches
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import KnownNode, World

_SURE = frozenset(
    {"kubernetes.io/arch", "kubernetes.io/os", "node-role.kubernetes.io/control-plane", "topology.kubernetes.io/zone"}
)
"""Labels that no node has beyond those that follow from the settings; others somebody may put on by hand."""
_KEEPS_OFF = ("NoSchedule", "NoExecute")
_MOST_NAMED = 5


def check_placement(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pods that ask for a node that there is not, or only for nodes that they do not tolerate.

    Source: pkg/scheduler/framework/plugins/nodeaffinity (GetRequiredNodeAffinity), plugins/tainttoleration.
    """
    if not world.nodes:
        return
    sure = _SURE | {key for node in world.nodes for key in node.labels if key != "kubernetes.io/hostname"}
    if all("kubernetes.io/hostname" in node.labels for node in world.nodes):
        sure |= {"kubernetes.io/hostname"}
    for pod in tree.pods:
        if pod.entry.is_written and ("nodeSelector" in pod.spec or "affinity" in pod.spec):
            yield from _check(pod, world.nodes, sure)


def _check(pod: PodTemplate, nodes: tuple[KnownNode, ...], sure: frozenset[str]) -> Iterator[Complaint]:
    wanted = {key: value for key, value in fields_of(pod.spec, "nodeSelector").items() if key in sure}
    left = [node for node in nodes if all(node.labels.get(key) == value for key, value in wanted.items())]
    if wanted and not left:
        yield _no_node(pod, ("nodeSelector",), wanted, nodes)
        return
    terms = list(iter_fields(pod.spec, *_REQUIRED)) if "affinity" in pod.spec else []
    fitting = [node for node in left if not terms or any(_may_fit(term, node, sure) for _, term in terms)]
    if terms and not fitting:
        yield _no_node(pod, _REQUIRED, {}, nodes)
    elif (wanted or len(fitting) < len(nodes)) and not any(_tolerates(pod, node) for node in fitting):
        taints = sorted({taint for node in fitting for taint in node.taints})
        where = "nodeSelector" if wanted else "affinity"
        yield _complain(
            pod,
            (where,),
            f"may only run on {_name(fitting)}, and tolerates not all of its taints: {', '.join(taints)}",
            "add tolerations for them, or ask for other nodes",
        )


_REQUIRED = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")


def _may_fit(term: Mapping[str, Any], node: KnownNode, sure: frozenset[str]) -> bool:
    """Say whether a node may fit a term, as far as its labels are known."""
    asked = [one for _, one in iter_fields(term, "matchExpressions") if text_of(one, "key") in sure]
    # `Gt` and `Lt` are taken to fit; a node's own name is the one field that can be asked for.
    named = [one for _, one in iter_fields(term, "matchFields")]
    return matches({"matchExpressions": asked}, node.labels) and all(
        not list_of(one, "values") or "kubernetes.io/hostname" not in sure or _is_named(one, node) for one in named
    )


def _is_named(field: Mapping[str, Any], node: KnownNode) -> bool:
    return (node.name in list_of(field, "values")) is (text_of(field, "operator") != "NotIn")


def _tolerates(pod: PodTemplate, node: KnownNode) -> bool:
    tolerations = [one for _, one in iter_fields(pod.spec, "tolerations")]
    taints = [_split(taint) for taint in node.taints]
    return all(
        any(_covers(one, key, value, effect) for one in tolerations)
        for key, value, effect in taints
        if effect in _KEEPS_OFF
    )


def _split(taint: str) -> tuple[str, str, str]:
    name, _, effect = taint.rpartition(":")
    key, _, value = name.partition("=")
    return key, value, effect


def _covers(toleration: Mapping[str, Any], key: str, value: str, effect: str) -> bool:
    if text_of(toleration, "effect") not in {"", effect} or text_of(toleration, "key") not in {"", key}:
        return False
    return text_of(toleration, "operator") not in {"", "Equal"} or text_of(toleration, "value") == value


def _no_node(pod: PodTemplate, path: Path, wanted: Mapping[str, Any], nodes: tuple[KnownNode, ...]) -> Complaint:
    asked = ", ".join(f"{key}={value}" for key, value in wanted.items()) or "what its affinity requires"
    missed = next(
        (key for key, value in wanted.items() if not any(node.labels.get(key) == value for node in nodes)), None
    )
    if missed is None:
        nearest = max(nodes, key=lambda node: sum(node.labels.get(key) == value for key, value in wanted.items()))
        known = ", ".join(f"{key}={nearest.labels[key]}" for key in wanted if key in nearest.labels)
        help_ = f"the nearest is {nearest.name} with {known}" if known else "the nodes are those of the settings"
        return _complain(pod, path, f"may run on no node: none has {asked}", help_)
    has = sorted({node.labels[missed] for node in nodes if missed in node.labels})
    near = suggest(str(wanted[missed]), has)
    help_ = (
        f"did you mean '{near}'?" if near else f"the nodes have {missed}={', '.join(has[:_MOST_NAMED]) or 'nothing'}"
    )
    return _complain(pod, (*path, missed), f"may run on no node: none has {asked}", help_)


def _complain(pod: PodTemplate, path: Path, what: str, help_: str) -> Complaint:
    return Complaint(
        code="no-node-fits",
        about=pod.entry,
        path=(*pod.path, "spec", *path),
        message=f"{pod.entry} {what}",
        help=help_,
    )


def _name(nodes: list[KnownNode]) -> str:
    names = [node.name for node in nodes]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


CHECKS = (Check(name="nodes for pods", codes=("no-node-fits",), run=check_placement),)
