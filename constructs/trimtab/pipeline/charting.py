"""A planned and built cluster to charts of our own: an application each, and what installs them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trimtab.catalogue.chart import ChartPin, Release
from trimtab.catalogue.components import releases
from trimtab.catalogue.versions import parse_version
from trimtab.charts.errors import ChartError
from trimtab.components.assemble import Plan
from trimtab.components.releases import wanted_release
from trimtab.documents.canonical import order_manifest
from trimtab.findings.finding import Finding
from trimtab.kube.argocd import repository_url
from trimtab.kube.release import ChartRelease, GitFiles, is_rendered
from trimtab.own_charts.chart import fetched_paths, plan_chart
from trimtab.own_charts.ingredients import Ingredients
from trimtab.own_charts.installing import SCRIPT, Step, render_overview, render_script
from trimtab.pipeline.delivering import is_chart_hook
from trimtab.pipeline.locking import tell_error
from trimtab.pipeline.state import ClusterState
from trimtab.plan.application import OWN, Application

FindArchive = Callable[[ChartPin], bytes]
"""Gives the archive of a chart that the lock names, or raises ChartError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """The charts of a cluster, before anything touches the disk."""

    files: Mapping[str, bytes]
    """By path inside the folder that holds them all."""
    fetched: frozenset[str]
    """Where `helm dependency build` puts archives."""
    without: tuple[str, ...]
    """Applications that are no charts: upstream has only files for them."""
    findings: tuple[Finding, ...]


def list_components(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """List components and the user's own applications, each with its applications, in order."""
    own = {one.name for one in plan.applications if one.component == OWN}
    names = own | {one.component for one in plan.applications}
    return {name: tuple(one.name for one in plan.applications if _is_of(one, name)) for name in sorted(names)}


def _is_of(application: Application, name: str) -> bool:
    """Tell whether an application is a component's, or the user's own of that name."""
    return application.component == name or (application.component == OWN and application.name == name)


def plan_charts(
    cluster: ClusterState, *, component: str | None = None, find_archive: FindArchive | None = None
) -> Charts:
    """Give the charts of a cluster's applications.

    Args:
        cluster: A cluster with its plan and objects.
        component: Only this one's applications, or the user's own of that name; all where nothing is said.
        find_archive: Brings upstream's archives into the charts; nothing to leave them out.
    """
    plan = cluster.require_plan()
    wanted = [one for one in plan.applications if component is None or _is_of(one, component)]
    files: dict[str, bytes] = {}
    steps: list[Step] = []
    findings: list[Finding] = []
    for application in wanted:
        try:
            step = _plan_step(cluster, plan, application, find_archive)
            chart = plan_chart(step.chart) if step.chart else {}
        except ChartError as error:
            findings.append(tell_error(error, ()))
            continue
        steps.append(step)
        files.update((f"{application.name}/{path}", content) for path, content in chart.items())
    return Charts(
        files={**files, **_plan_around(cluster.name, steps, has_archives=find_archive is not None)},
        fetched=frozenset(_iter_fetched(steps)),
        without=tuple(step.name for step in steps if step.files),
        findings=tuple(findings),
    )


def _plan_around(cluster: str, steps: list[Step], *, has_archives: bool) -> dict[str, bytes]:
    return {
        "README.md": render_overview(cluster, steps, has_archives=has_archives).encode(),
        SCRIPT: render_script(cluster, steps).encode(),
    }


def _iter_fetched(steps: Iterable[Step]) -> Iterable[str]:
    for step in steps:
        if step.chart is not None:
            yield from (f"{step.name}/{path}" for path in fetched_paths(step.chart))


def _plan_step(cluster: ClusterState, plan: Plan, application: Application, find_archive: FindArchive | None) -> Step:
    source = plan.sources.get(application.name)
    # what we render ourselves lies among our objects, with the user's patches in it
    release = source if isinstance(source, ChartRelease) and not is_rendered(source) else None
    objects = cluster.objects.get(application.name, ())
    archive = find_archive(release.pin) if release and find_archive else None
    has_chart = bool(release or objects)
    return Step(
        wave=plan.order.waves[application.name],
        name=application.name,
        chart=_gather(cluster, plan, application, release, archive) if has_chart else None,
        files=_describe_files(source) if isinstance(source, GitFiles) else "",
    )


def _gather(
    cluster: ClusterState, plan: Plan, application: Application, release: ChartRelease | None, archive: bytes | None
) -> Ingredients:
    known = _find_release(plan, application.component)
    pin = release.pin if release else None
    return Ingredients(
        name=application.name,
        cluster=cluster.name,
        kubernetes=parse_version(plan.cluster.settings.kubernetes.version).minor,
        release_name=_name_release(plan, application),
        namespace=application.namespace,
        version=known.version if known else None,
        supported=known.kubernetes if known else None,
        release=release,
        address=repository_url(plan.cluster, pin.repo_url) if pin else "",
        facts=pin.facts if pin else None,
        manifests=tuple(order_manifest(one.manifest) for one in cluster.objects.get(application.name, ())),
        archive=archive,
        hooks=sum(map(is_chart_hook, cluster.objects.get(application.name, ()))),
    )


def _name_release(plan: Plan, application: Application) -> str:
    """Name the release: as upstream's chart wants it, else as the application, unless another has that name."""
    source = plan.sources.get(application.name)
    if isinstance(source, ChartRelease):
        return source.release_name
    taken = {(one.namespace, one.release_name) for one in plan.sources.values() if isinstance(one, ChartRelease)}
    is_taken = (application.namespace, application.name) in taken
    return f"{application.name}-objects" if is_taken else application.name


def _find_release(plan: Plan, component: str) -> Release | None:
    settings = plan.settings.get(component)
    return wanted_release(component, settings) if settings is not None and releases(component) else None


def _describe_files(files: GitFiles) -> str:
    return f"{files.pin.repo_url} {files.pin.revision} {files.pin.path}"
