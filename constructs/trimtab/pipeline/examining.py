"""The stages of `verify`: files to objects, objects to clusters, checks, and what of it all is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from trimtab.doors.clock import read_today
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.report import split_allowed
from trimtab.pipeline.checking_trees import check_clusters
from trimtab.pipeline.configurations import iter_configuration_findings, iter_kustomization_findings
from trimtab.pipeline.document_places import DocumentPlaces
from trimtab.pipeline.examined import iter_notes
from trimtab.pipeline.given import build_given, choose_version
from trimtab.pipeline.parsing_together import parse_together
from trimtab.pipeline.permitting import permit_findings
from trimtab.pipeline.tree_source import TreeSource
from trimtab.settings.verify_config import FILE_NAME, VerifyConfig
from trimtab.settings.verify_reading import LoadedConfig, load_config, plan_usual_config
from trimtab.verify.files.clusters import split_by_cluster
from trimtab.verify.files.found import NoObject
from trimtab.verify.files.gathering import Gathered, gather_objects
from trimtab.verify.kustomize.graph import Graph

_SECRET = re.compile(rb"^ *(?:- )?[\"']?kind[\"']?: *[\"']?Secret\b", re.MULTILINE).search


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found out about a tree."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    texts: Mapping[str, str]
    """The text of every file that a finding points into."""
    objects: int
    files: int
    allowed: tuple[Finding, ...] = ()
    """What was found and allowed, with the reasons."""


def examine_tree(
    source: TreeSource,
    *,
    config: Path | None = None,
    kubernetes: str | None = None,
    today: date | None = None,
    jobs: int = 1,
) -> Examined:
    """Make every check on a tree of files.

    Args:
        source: The tree.
        config: What the user says of it; a file at its top where nothing is named.
        kubernetes: The minor version of Kubernetes, before what the file says.
        today: The day on which allowances are held against their last day.
        jobs: How many processes may share reading and checks.
    """
    loaded = _load(source, config)
    if loaded.config is None:
        return Examined(findings=loaded.findings, notes=(), texts=loaded.texts, objects=0, files=0)
    contents = {file: source.files.contents[file] for file in _iter_wanted(source, loaded.config)}
    graph = Graph(contents)
    gathered = gather_objects(contents, partial(parse_together, jobs=jobs), graph)
    places = DocumentPlaces(contents, source.shown)
    given, problems = build_given(source, contents, loaded, kubernetes)
    split = split_by_cluster(gathered.objects, contents, given, graph)
    checked = check_clusters(split.clusters, places, jobs=jobs)
    findings = [
        *(_name(finding, source.shown) for finding in source.files.findings),
        *problems,
        *_iter_text_findings(gathered, contents, source.shown),
        *(_tell_no_object(problem, places) for problem in gathered.no_objects),
        *iter_configuration_findings(gathered, split, places),
        *iter_kustomization_findings(graph, source.files.names or None, places),
        *checked.told_once(),
    ]
    permitted = permit_findings(findings, loaded, source.shown, today or read_today())
    standing, allowed = split_allowed(permitted)
    return Examined(
        findings=standing,
        allowed=allowed,
        notes=tuple(iter_notes(source, gathered, split, checked.unchecked, choose_version(loaded.config, kubernetes))),
        texts={**loaded.texts, **_texts(permitted, contents, source.shown)},
        objects=len(gathered.objects),
        files=gathered.files,
    )


def _load(source: TreeSource, config: Path | None) -> LoadedConfig:
    if config is None and source.folder is not None and FILE_NAME in source.files.contents:
        config = source.folder / FILE_NAME
    return load_config(config) if config else LoadedConfig(config=plan_usual_config())


def _iter_wanted(source: TreeSource, config: VerifyConfig) -> Iterator[str]:
    for file in source.files.contents:
        if file != FILE_NAME and not any(fnmatchcase(file, pattern) for pattern in config.exclude):
            yield file


def _iter_text_findings(gathered: Gathered, contents: Mapping[str, bytes], shown: str) -> Iterator[Finding]:
    """Give what is wrong with texts; no line of a file with a Secret in it is shown."""
    for finding in gathered.findings:
        file = finding.place.file if finding.place else ""
        hidden = _SECRET(contents.get(file, b"")) is not None
        yield replace(_name(finding, shown), hide_source=finding.hide_source or hidden)


def _name(finding: Finding, shown: str) -> Finding:
    """Write the paths in a finding as the user would."""
    related = tuple(
        replace(one, place=replace(one.place, file=shown + one.place.file)) if one.place else one
        for one in finding.related
    )
    place = replace(finding.place, file=shown + finding.place.file) if finding.place else None
    return replace(finding, place=place, related=related)


def _tell_no_object(problem: NoObject, places: DocumentPlaces) -> Finding:
    return Finding(
        code="not-an-object",
        severity=Severity.ERROR,
        message=problem.message,
        help="every object has apiVersion, kind and metadata.name",
        place=places.find_no_object(problem),
    )


def _texts(findings: tuple[Finding, ...], contents: Mapping[str, bytes], shown: str) -> dict[str, str]:
    places = (place for one in findings for place in (one.place, *(other.place for other in one.related)) if place)
    named = {place.file for place in places}
    return {shown + file: contents[file].decode("utf-8", "replace") for file in contents if shown + file in named}
