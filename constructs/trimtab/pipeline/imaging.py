"""All images of a cluster: from its objects, from renders of its charts, and from what is known of the other charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.bootstrap.host_images import plan_host_images, plan_unknown_host_images
from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import releases
from trimtab.catalogue.picked_images import picked_images
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.components.releases import wanted_release
from trimtab.findings.path import get_value, render_path
from trimtab.images.calico import find_calico_images
from trimtab.images.find import find_images
from trimtab.images.listing import Listing, Needed, Unseen, plan_listing
from trimtab.images.operators import ELASTIC
from trimtab.images.reference import Reference, find_reference
from trimtab.images.use import How, ImageUse
from trimtab.images.values import Fragment, find_value_images
from trimtab.kube.release import ChartRelease, GitFiles
from trimtab.pipeline.state import ClusterState
from trimtab.plan.cluster import Cluster

Renders = Mapping[str, Rendered | NotRendered]
HOSTS = "hosts"
"""Stands where an application would for what the machines pull before there is a cluster: the folder `00-hosts`."""
_CALICO = "calico"
_ECK = "eck-operator"
NOT_RENDERED = "chart not rendered, so that its usual images are listed, needed here or not"
"""What is said of a chart whose archive, or helm, is not at hand."""


def list_images(cluster: ClusterState, renders: Renders) -> Listing:
    """List every image of a cluster.

    Args:
        cluster: A cluster with its objects.
        renders: Application to what its chart renders, or why it does not; one that is missing was not tried.
    """
    needed: list[Needed] = []
    unseen: list[Unseen] = []
    elastic = elastic_registry(cluster)
    for application in cluster.require_plan().applications:
        known, name = KnownImages(cluster, application.component), application.name
        assumed = list(_iter_assumed(cluster, name, renders))
        unseen += [found for found in assumed if isinstance(found, Unseen)]
        uses = [found for found in assumed if isinstance(found, ImageUse)]
        uses += [*iter_object_images(cluster, name), *iter_picked_images(cluster, name)]
        uses += _iter_rendered(name, renders, elastic)
        needed += [known.tell(name, use.reference, use.how) for use in uses]
    hosts = cluster.require_plan().cluster
    needed += _iter_hosts(hosts)
    unseen += [Unseen(application=HOSTS, why=why) for why in plan_unknown_host_images(hosts)]
    # the plan may be one that keeps upstream's names; what is asked for is in the settings
    registries = (cluster.settings or hosts.settings).registries
    mirrors = {host: (one.mirror, one.rewrite) for host, one in registries.items()}
    insecure = {host for host, one in registries.items() if one.insecure}
    return plan_listing(cluster.name, needed, mirrors=mirrors, insecure=insecure, unseen=unseen)


def _iter_hosts(cluster: Cluster) -> Iterator[Needed]:
    for one in plan_host_images(cluster):
        if reference := find_reference(one.image):
            yield Needed(application=HOSTS, reference=reference, how=one.how, architectures=one.architectures)


def iter_object_images(cluster: ClusterState, application: str) -> Iterator[ImageUse]:
    """Give the images that an application's own objects name, and those that Calico's operator takes for them."""
    manifests = [built.manifest for built in cluster.objects.get(application, ())]
    elastic = elastic_registry(cluster)
    for manifest in manifests:
        yield from find_images(manifest, elastic=elastic)
    settings = cluster.require_plan().settings.get(_CALICO)
    if settings is not None:
        version = wanted_release(_CALICO, settings).version
        yield from (use for _, use in find_calico_images(manifests, version))


def iter_picked_images(cluster: ClusterState, application: str) -> Iterator[ImageUse]:
    """Give the images that an operator picks for what an application's chart makes, as far as that is known."""
    source = cluster.require_plan().sources.get(application)
    if isinstance(source, ChartRelease):
        for image in picked_images(source.pin.chart, source.pin.version, source.values):
            if reference := find_reference(image):
                yield ImageUse(reference=reference, path=(), how=How.OPERATOR)


def elastic_registry(cluster: ClusterState) -> str:
    """Give what Elastic's operator puts before the names of its images: what its chart is told, else its own."""
    for source in cluster.require_plan().sources.values():
        if isinstance(source, ChartRelease) and source.pin.chart == _ECK:
            return str(get_value(source.values, ("config", "containerRegistry")) or ELASTIC)
    return ELASTIC


def _iter_rendered(application: str, renders: Renders, elastic: str) -> Iterator[ImageUse]:
    """Give what a chart's objects name, hooks that run among them; definitions name none."""
    rendered = renders.get(application)
    if isinstance(rendered, Rendered):
        manifests: Sequence[Mapping[str, Any]] = (*rendered.objects, *rendered.hooks)
        for manifest in manifests:
            yield from find_images(manifest, elastic=elastic)


def _iter_assumed(cluster: ClusterState, application: str, renders: Renders) -> Iterator[ImageUse | Unseen]:
    """Give what is known of a chart that was not rendered: its usual images, and those that our values name."""
    source = cluster.require_plan().sources.get(application)
    rendered = renders.get(application)
    if source is None or isinstance(rendered, Rendered):
        return
    chart, version = _name(source)
    facts = source.pin.facts
    images = [found for image in (facts.images if facts else ()) if (found := find_reference(image))]
    yield from (ImageUse(reference=reference, path=(), how=How.CHART) for reference in images)
    if facts is None:
        yield Unseen(application=application, why=f"nothing is known of {chart} {version}{_why(rendered)}")
    elif images:
        yield Unseen(application=application, why=f"{NOT_RENDERED}{_why(rendered)}")
    if isinstance(source, ChartRelease):
        for one in find_value_images(source.values, images):
            yield _tell(application, one) if isinstance(one, Fragment) else one


def _tell(application: str, fragment: Fragment) -> Unseen:
    where = render_path(fragment.path)
    return Unseen(application=application, why=f"its value {where} names a part of an image; the chart knows the rest")


def _why(rendered: Rendered | NotRendered | None) -> str:
    reason = rendered.findings[0].message if isinstance(rendered, NotRendered) and rendered.findings else ""
    return f" ({reason})" if reason else ""


def _name(source: ChartRelease | GitFiles) -> tuple[str, str]:
    if isinstance(source, ChartRelease):
        return source.pin.chart, source.pin.version
    return source.pin.component, source.pin.revision.removeprefix("v")


class KnownImages:
    """What the catalogue says of a component's images; an image that it does not name is not covered."""

    def __init__(self, cluster: ClusterState, component: str) -> None:
        """Look the component's release up.

        Args:
            cluster: A cluster with a plan.
            component: The name of a component; one that is no component of ours has nothing in the catalogue.
        """
        settings = cluster.require_plan().settings.get(component)
        release = wanted_release(component, settings) if settings and releases(component) else None
        self._architectures = release.architectures if release else ()
        self._names = frozenset(_iter_names(release)) if release else frozenset()

    def find_architectures(self, reference: Reference) -> tuple[str, ...]:
        """Give what an image exists for; nothing where the catalogue does not say."""
        return self._architectures if reference.name in self._names else ()

    def tell(self, application: str, reference: Reference, how: How) -> Needed:
        """Give the image with what the catalogue says of it; what an operator takes is of the same release."""
        architectures = self._architectures if how is How.OPERATOR else self.find_architectures(reference)
        return Needed(application=application, reference=reference, how=how, architectures=architectures)


def _iter_names(release: Release) -> Iterator[str]:
    charts = (pin.facts for pin in release.charts.values())
    for image in (*release.images.values(), *(image for facts in charts if facts for image in facts.images)):
        if reference := find_reference(image):
            yield reference.name
