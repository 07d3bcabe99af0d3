"""Sources of Applications: what Argo CD refuses to read, and what it leaves out without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.settings.words import join_or
from trimtab.verify.argocd.application import Application, iter_applications
from trimtab.verify.argocd.refusing import refuse, tell_ignored
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_TOOLS = ("helm", "kustomize", "directory", "plugin")
_REF = re.compile(r"[a-zA-Z0-9_-]+")
_LONGEST_RELEASE = 53
"""Characters in the name of a Helm release (helm pkg/chart/v2/util/validate_name.go)."""
_DEAD_DIRECTORIES: tuple[Mapping[str, Any], ...] = ({}, {"recurse": False})


def check_sources(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find sources that Argo CD refuses, or reads otherwise than they are written."""
    for application in iter_applications(tree):
        yield from _check_kinds_of_source(application)
        for path, source in application.sources:
            yield from _check_source(application, path, source)
        yield from _check_references(application)


def _check_kinds_of_source(application: Application) -> Iterator[Complaint]:
    spec = application.spec
    written = [key for key in ("sourceHydrator", "sources", "source") if spec.get(key)]
    for loser in written[1:]:
        said = f"{application} has '{loser}' beside '{written[0]}', and Argo CD ignores it"
        yield tell_ignored(
            application, application.at("spec", loser), said, f"leave one of them out: '{written[0]}' wins"
        )
    if not written and not application.is_template:
        said = f"{application} has no source"
        yield refuse(application, application.at("spec"), said, "give it 'source', or a list of 'sources'")


def _check_source(application: Application, path: Path, source: Mapping[str, Any]) -> Iterator[Complaint]:
    named = [key for key in ("path", "chart", "ref") if text_of(source, key)]
    if not named or (named == ["ref"] and not application.has_many_sources):
        said = f"a source of {application} says neither 'path' nor 'chart'"
        yield refuse(application, path, said, "'path' is a folder in Git, 'chart' a chart of a Helm repository")
    if "chart" in named:
        yield from _check_chart(application, path, source)
    tools = [tool for tool in _TOOLS if isinstance(source.get(tool), Mapping)]
    if len([tool for tool in tools if source[tool]]) > 1:
        said = f"a source of {application} has {join_or(tools)} at once"
        yield refuse(application, (*path, tools[1]), said, "leave all but one out: one tool renders a source")
    if source.get("directory") in _DEAD_DIRECTORIES and not application.has_many_sources:
        said = f"Argo CD takes 'directory' out of {application} again: it says nothing that does not hold anyway"
        help_ = "leave it out, or say 'recurse: true' or 'include': as it is the Application stays OutOfSync for ever"
        yield tell_ignored(application, (*path, "directory"), said, help_)
    yield from _check_helm(application, (*path, "helm"), fields_of(source, "helm"))


def _check_chart(application: Application, path: Path, source: Mapping[str, Any]) -> Iterator[Complaint]:
    chart, name = text_of(source, "chart"), text_of(application.metadata, "name")
    is_named = text_of(fields_of(source, "helm"), "releaseName") or is_templated(name)
    if not is_named and len(name) > _LONGEST_RELEASE:
        said = f"the name of {application} is too long for Helm, which takes it for the release's"
        yield refuse(application, path, said, f"give 'helm.releaseName' of at most {_LONGEST_RELEASE} characters")
    if not text_of(source, "targetRevision"):
        said = f"the chart '{chart}' of {application} has no 'targetRevision'"
        yield refuse(application, path, said, "name the version of the chart")
    if text_of(source, "path"):
        said = f"{application} has 'path' beside 'chart', and Argo CD ignores it"
        yield tell_ignored(
            application, (*path, "path"), said, "a chart of a Helm repository has no folder: leave it out"
        )


def _check_helm(application: Application, path: Path, helm: Mapping[str, Any]) -> Iterator[Complaint]:
    if helm.get("values") and helm.get("valuesObject"):
        said = f"{application} has 'values' beside 'valuesObject', and Argo CD ignores the first"
        yield tell_ignored(application, (*path, "values"), said, "move all values into 'valuesObject'")
    if text_of(helm, "version") not in {"", "v3"}:
        said = f"{application} asks for version '{helm['version']}' of Helm, and Argo CD has only one"
        yield tell_ignored(application, (*path, "version"), said, "leave it out")


def _check_references(application: Application) -> Iterator[Complaint]:
    names: set[str] = set()
    for path, source in application.sources:
        ref = text_of(source, "ref")
        if not ref or is_templated(ref):
            continue
        if not application.has_many_sources:
            said = f"{application} has a 'ref' in its only 'source', and Argo CD ignores it"
            yield tell_ignored(
                application, (*path, "ref"), said, "write a list of 'sources' for a source to refer to another"
            )
        if not _REF.fullmatch(ref):
            said = f"the ref '{ref}' of {application} has characters that Argo CD refuses"
            yield refuse(
                application, (*path, "ref"), said, "letters, digits, '-' and '_'; the '$' is only where it is used"
            )
        elif ref in names:
            said = f"two sources of {application} have the ref '{ref}'"
            yield refuse(application, (*path, "ref"), said, "give each a name of its own")
        names.add(ref)
        if text_of(source, "chart"):
            said = f"the source '{ref}' of {application} is a chart, and only a folder in Git can be referred to"
            yield refuse(application, (*path, "ref"), said, "leave 'ref' out")
    for path, source in application.sources:
        yield from _check_value_files(application, path, source, names)


def _check_value_files(
    application: Application, path: Path, source: Mapping[str, Any], names: set[str]
) -> Iterator[Complaint]:
    helm = fields_of(source, "helm")
    for position, file in enumerate(list_of(helm, "valueFiles")):
        name = file[1:].partition("/")[0] if isinstance(file, str) and file.startswith("$") else ""
        if name and not is_templated(file) and name not in names and not name.startswith(("{", "ARGOCD_")):
            said = f"the values file '{file}' of {application} lies in a source '{name}' that it does not have"
            has = (
                f"its sources with a 'ref' are {', '.join(sorted(names))}"
                if names
                else "none of its sources has a 'ref'"
            )
            yield refuse(application, (*path, "helm", "valueFiles", position), said, has)


CHECKS = (
    Check(
        name="sources of Applications",
        codes=("invalid-application", "ignored-application-field"),
        run=check_sources,
    ),
)
