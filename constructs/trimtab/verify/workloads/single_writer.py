"""Deployments that start the next pod before the last has let go of its volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.world import World

_CODE = "rolling-update-on-single-writer"
_SINGLE = {"ReadWriteOnce", "ReadWriteOncePod"}


def check_single_writers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Deployments that roll while their claim can be mounted on one node alone."""
    claims = {(claim.cluster, claim.namespace, claim.name): claim for claim in _iter_single(tree)}
    if not claims:
        return
    for entry, spec in iter_specs(tree, "apps", "Deployment"):
        if is_own(entry) and spec.get("replicas") != 0 and _starts_before_stop(fields_of(spec, "strategy")):
            yield from _check(entry, spec, claims)


def _check(entry: Entry, spec: Fields, claims: Mapping[tuple[str, str, str], Entry]) -> Iterator[Complaint]:
    for position, volume in iter_fields(spec, "template", "spec", "volumes"):
        name = text_of(fields_of(volume, "persistentVolumeClaim"), "claimName")
        claim = claims.get((entry.cluster, entry.namespace, name))
        if claim is not None:
            path = ("spec", "template", "spec", "volumes", position)
            what = f"starts its next pod before the last lets go of the volume '{name}', which one node alone can mount"
            cure = "write strategy: {type: Recreate}"
            others = (Other(entry=claim, message="this is the claim"),)
            yield complain(_CODE, entry, path, what, cure, others=others)


def _iter_single(tree: Tree) -> Iterator[Entry]:
    for entry, spec in iter_specs(tree, "", "PersistentVolumeClaim"):
        modes = list_of(spec, "accessModes")
        if modes and all(isinstance(mode, str) and mode in _SINGLE for mode in modes):
            yield entry


def _starts_before_stop(strategy: Fields) -> bool:
    surge = fields_of(strategy, "rollingUpdate").get("maxSurge")
    return strategy.get("type") != "Recreate" and surge not in (0, "0", "0%")


CHECKS = (Check(name="volumes of one node", codes=(_CODE,), run=check_single_writers),)
