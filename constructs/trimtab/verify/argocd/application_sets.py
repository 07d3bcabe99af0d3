"""ApplicationSets: templates in the wrong language, one name for many Applications, and steps that are never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.argocd_fields import GROUP
from trimtab.findings.path import Path
from trimtab.settings.words import join_and
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_GO = re.compile(r"\{\{-?\s*\.[A-Za-z_][^{}]*\}\}")
_PLAIN = re.compile(r"\{\{\s*(name|server|url|branch|cluster|path|path\.basename|path\.path|values\.\w+)\s*\}\}")
"""Parameters as they are written without Go's templates; no function of Go's bears such a name."""
_ASKING = ("clusterDecisionResource", "clusters", "plugin", "pullRequest", "scmProvider")
"""Generators that ask a cluster or a server (argo-cd v3.5.1 pkg/apis/application/v1alpha1, applicationset_types.go)."""


def check_application_sets(tree: Tree, world: World) -> Iterator[Said]:
    """Find ApplicationSets that make no Applications, or not those that are meant, and name what no tree tells."""
    for entry in tree.of_kind(GROUP, "ApplicationSet"):
        spec = fields_of(entry.manifest, "spec")
        yield from _check_language(entry, spec)
        yield from _check_name(entry, spec)
        yield from _check_strategy(entry, spec)
        if asking := sorted({key for one in _iter_generators(spec) for key in _ASKING if key in one}):
            yield Unchecked(reason=f"what ApplicationSets make of {join_and(asking)}, which only Argo CD knows")
        if "applyNestedSelectors" in spec:
            yield Complaint(
                code="ignored-application-field",
                about=entry,
                path=("spec", "applyNestedSelectors"),
                on_key=True,
                message=f"{entry} has 'applyNestedSelectors', which Argo CD ignores since 3.0",
                help="leave it out: nested selectors always count",
            )


def _check_language(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    uses_go = spec.get("goTemplate") is True
    wrong = _PLAIN if uses_go else _GO
    for path, text in _iter_texts(spec.get("template"), ("spec", "template")):
        if found := wrong.search(text):
            fault = "no template of Go's" if uses_go else "not filled in"
            name = found[1] if uses_go else ""
            help_ = f"write '{{{{ .{name} }}}}'" if uses_go else "add 'goTemplate: true' to the spec"
            said = f"'{found[0]}' of {entry} is {fault}"
            yield Complaint(code="invalid-application-set", about=entry, path=path, message=said, help=help_)
            return


def _iter_generators(holder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for _, generator in iter_fields(holder, "generators"):
        yield generator
        for joined in ("matrix", "merge"):
            yield from _iter_generators(fields_of(generator, joined))


def _iter_texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _iter_texts(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _iter_texts(inner, (*path, position))


def _check_name(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    name = text_of(fields_of(spec, "template", "metadata"), "name")
    count = sum(len(list_of(fields_of(one, "list"), "elements")) for _, one in iter_fields(spec, "generators"))
    if name and not is_templated(name) and count > 1 and "templatePatch" not in spec:
        yield Complaint(
            code="invalid-application-set",
            about=entry,
            path=("spec", "template", "metadata", "name"),
            message=f"{entry} makes {count} Applications, all with the name '{name}'",
            help="put a parameter of the generator into the name",
        )


def _check_strategy(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    strategy = fields_of(spec, "strategy")
    steps = list_of(fields_of(strategy, "rollingSync"), "steps")
    type_ = text_of(strategy, "type")
    if type_ == "RollingSync" and not steps:
        said = f"{entry} syncs in steps and has none: none of its Applications is ever synced"
        yield Complaint(
            code="invalid-application-set",
            about=entry,
            path=("spec", "strategy"),
            message=said,
            help="add rollingSync.steps, which choose Applications by their labels",
        )
    elif steps and type_ != "RollingSync":
        yield Complaint(
            code="ignored-application-field",
            about=entry,
            path=("spec", "strategy", "rollingSync"),
            on_key=True,
            message=f"{entry} has steps, and Argo CD ignores them",
            help="add 'type: RollingSync' to the strategy",
        )


CHECKS = (
    Check(
        name="ApplicationSets",
        codes=("invalid-application-set", "ignored-application-field"),
        run=check_application_sets,
    ),
)
