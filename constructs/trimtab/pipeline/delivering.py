"""Charts to objects: those that we deliver rendered, and on request those that Argo CD renders, to be looked at."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from trimtab.catalogue.chart import ChartPin
from trimtab.charts.errors import ChartError
from trimtab.charts.helm_version import check_helm
from trimtab.charts.hooks import is_hook
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.components.assemble import Plan
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path, render_path
from trimtab.kube.manifests import Built, Manifest, manifest_id, split_api_version
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.pipeline.state import ClusterState, State
from trimtab.pipeline.unchecked import tell_unchecked
from trimtab.plan.application import OWN, Application
from trimtab.rules.codes import CODES

if TYPE_CHECKING:  # what renders takes long to import, and most runs render nothing
    from trimtab.pipeline.rendering import Renderer

_NOT_AT_HAND = frozenset({"chart-not-locked", "archive-missing"})
_OF_OURS = frozenset({"hook-left-out"})
"""What is said of what we do to a render, and is not so where Argo CD renders."""


def deliver_clusters(state: State) -> State:
    """Put what charts render among the objects of every cluster that has them delivered rendered.

    With `with_charts` the charts that Argo CD renders are rendered too: they are looked at, never written.
    """
    wanted = {cluster.name: tuple(_iter_wanted(cluster, state)) for cluster in state.clusters}
    if not any(wanted.values()):
        return state
    from trimtab.pipeline.locking import load_lock_text, show_lock, tell_error
    from trimtab.pipeline.rendering import open_renderer

    try:
        renderer = open_renderer(state.options.root, os.environ)
    except ChartError as error:
        return show_lock(state, load_lock_text(state.options.root)).found(tell_error(error, ()))
    clusters = []
    for cluster in state.clusters:
        delivered, findings = _deliver(cluster, renderer, wanted[cluster.name])
        clusters.append(delivered)
        state = state.found(*findings)
    return replace(state, clusters=tuple(clusters))


def is_chart_hook(built: Built) -> bool:
    """Say whether an object is a hook of a chart that we render."""
    return built.from_chart and is_hook(dict(built.manifest))


def iter_built(plan: Plan, application: str, rendered: Rendered) -> Iterator[Built]:
    """Give what a chart renders as objects of its application: definitions first, then objects, then hooks.

    Each comes from its component, and from the user's values where there are any.
    """
    source = plan.sources[application]
    said = plan.application(application)
    own = (render_path(said.values_path),) if _has_values(plan, said) else ()
    origin = tuple(dict.fromkeys((render_path(said.path), *own, *source.origins)))
    for manifest in (*rendered.crds, *rendered.objects, *rendered.hooks):
        yield Built(manifest=manifest, id=_id(manifest), origin=origin, from_chart=True)


def _has_values(plan: Plan, application: Application) -> bool:
    """Tell whether the user has values for an application's chart."""
    if application.component == OWN:
        return bool(plan.cluster.settings.applications[application.name].values)
    return application.name in plan.settings[application.component].values


def _iter_wanted(cluster: ClusterState, state: State) -> Iterator[str]:
    for name, source in cluster.require_plan().sources.items():
        if isinstance(source, ChartRelease) and (is_rendered(source) or state.options.with_charts):
            yield name


def _deliver(cluster: ClusterState, renderer: Renderer, names: Collection[str]) -> tuple[ClusterState, list[Finding]]:
    from trimtab.pipeline.rendering import render_cluster

    plan = cluster.require_plan()
    said = check_helm(renderer.helm) if names else None
    about_helm = [] if said is None else [_about_delivery(cluster, said, names)]
    if said is not None and said.severity is Severity.ERROR:
        return cluster, about_helm
    answers = render_cluster(cluster, renderer, names)
    rendered = {name: answer for name, answer in answers.items() if isinstance(answer, Rendered)}
    ours = [name for name in answers if is_rendered(plan.sources[name])]
    findings = about_helm + [one for name in answers for one in _iter_findings(answers[name], is_ours=name in ours)]
    findings += [one for name in ours if name in rendered for one in _iter_nameless(cluster, name, rendered[name])]
    unseen = sum(_is_missing(answers[name]) for name in answers if name not in ours)
    if unseen:
        findings.append(tell_unchecked(cluster.name, "what charts render whose archives are not at hand", unseen))
    if any(one.severity is Severity.ERROR and not one.soft for one in findings):
        return cluster, findings
    added = {name: tuple(iter_built(plan, name, rendered[name])) for name in ours}
    objects = {name: (*cluster.objects.get(name, ()), *added.get(name, ())) for name in {**cluster.objects, **added}}
    digests = {name: digest for name in ours if (digest := find_digest(plan, name, renderer))}
    return replace(cluster, objects=objects, rendered=rendered, digests=digests), findings


def find_digest(plan: Plan, application: str, renderer: Renderer) -> str | None:
    """Give the digest of an application's chart, as the lock has it."""
    pin = plan.sources[application].pin
    entry = renderer.lock.find(pin.repo_url, pin.chart, pin.version) if isinstance(pin, ChartPin) else None
    return entry.digest if entry else None


def _iter_findings(answer: Rendered | NotRendered, *, is_ours: bool) -> Iterator[Finding]:
    passed = frozenset() if is_ours else _OF_OURS | _NOT_AT_HAND
    yield from (one for one in answer.findings if one.code not in passed)


def _is_missing(answer: Rendered | NotRendered) -> bool:
    return isinstance(answer, NotRendered) and any(one.code in _NOT_AT_HAND for one in answer.findings)


def _about_delivery(cluster: ClusterState, finding: Finding, names: Collection[str]) -> Finding:
    """Point to the setting that has charts rendered; nowhere where the command line says so."""
    plan = cluster.require_plan()
    ours = [plan.application(name) for name in names if is_rendered(plan.sources.get(name))]
    if not ours:
        return replace(finding, cluster=cluster.name)
    paths: list[Path] = [*((*one.path, "delivery") for one in ours), ("delivery",)]
    path = next((one for one in paths if cluster.loaded.merged.key_places(one)), paths[-1])
    return replace(finding, path=path, place=cluster.loaded.merged.key_place_of(path), cluster=cluster.name)


def _iter_nameless(cluster: ClusterState, application: str, rendered: Rendered) -> Iterator[Finding]:
    """Find objects that the API server is to name: no file can be one of them, each sync would make another."""
    path = cluster.require_plan().application(application).path
    for manifest in (*rendered.objects, *rendered.hooks):
        if not manifest["metadata"].get("name"):
            yield Finding(
                code="unnamed-object",
                severity=CODES["unnamed-object"].severity,
                soft=CODES["unnamed-object"].soft,
                message=f"the chart of '{application}' renders a {manifest['kind']} without a name",
                help="set a value that names it, or leave this chart to Argo CD: `delivery: values`",
                path=path,
                place=cluster.loaded.merged.key_place_of(path),
                cluster=cluster.name,
            )


def _id(manifest: Manifest) -> str:
    group, _ = split_api_version(manifest["apiVersion"])
    return "-".join(part for part in ("chart", manifest_id(manifest), group) if part)
