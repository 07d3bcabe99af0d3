"""Definitions of custom kinds that two own."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.operators.charts import find_application, path_of_values
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

_FORMS = ("crd.projectcalico.org.v1", "projectcalico.org.v3")
"""The charts of Calico's two forms of definitions; its operator takes one of them (operator pkg/apis/version.go:40)."""


def check_kinds(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find two definitions of one kind; the same one twice is found among the owners of objects."""
    first: dict[tuple[str, str, str], Entry] = {}
    for entry in tree.of_kind(*DEFINITIONS):
        spec = fields_of(entry.manifest, "spec")
        group, kind = text_of(spec, "group"), text_of(fields_of(spec, "names"), "kind")
        other = first.setdefault((entry.cluster, group, kind), entry)
        if group and kind and other.name != entry.name:
            yield Complaint(
                code="crd-owned-twice",
                about=entry,
                path=("spec", "names", "kind"),
                message=f"{entry} defines the kind {kind} of {group}, which another definition has already",
                help="leave the kind to one of them; the API server never accepts the names of the second",
                others=(Other(entry=other, message="the first", path=("spec", "names", "kind")),),
            )


def check_calico(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find both forms of Calico's definitions in one cluster."""
    first: dict[str, ChartUse] = {}
    for use in world.charts:
        if use.chart not in _FORMS:
            continue
        other = first.setdefault(use.cluster, use)
        owner, before = find_application(tree, use), find_application(tree, other)
        if other.chart != use.chart and owner is not None and before is not None:
            yield Complaint(
                code="calico-crds-owned-twice",
                about=owner,
                path=path_of_values(owner, use),
                message=f"{owner} brings Calico's definitions in one form, and {before} in the other:"
                " Calico is made for one alone",
                help=f"keep {_FORMS[0]}; {_FORMS[1]} is a preview",
                others=(Other(entry=before, message="the other form", path=path_of_values(before, other)),),
            )


CHECKS = (
    Check(name="definitions of one kind", codes=("crd-owned-twice",), run=check_kinds),
    Check(name="Calico's definitions", codes=("calico-crds-owned-twice",), run=check_calico),
)
