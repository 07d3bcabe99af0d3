"""Images of what was built: mirrors are written into the objects, and what could not be pulled or run is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from trimtab.catalogue.hosts import has_ipv6
from trimtab.catalogue.picked_images import IMAGE_SET
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.components.mirrored import plan_prefixes
from trimtab.findings.finding import Finding
from trimtab.findings.path import Path
from trimtab.images.find import find_images
from trimtab.images.placing import find_unplaced_pod, iter_container_images
from trimtab.images.reference import find_reference, host_of
from trimtab.images.rewrite import find_left, rewrite_images
from trimtab.kube.manifests import Built, object_identity, render_identity
from trimtab.kube.release import is_rendered
from trimtab.pipeline.delivering import iter_built
from trimtab.pipeline.imaging import KnownImages, elastic_registry, iter_object_images, iter_picked_images
from trimtab.pipeline.origins import find_path, find_place
from trimtab.pipeline.state import ClusterState, State
from trimtab.rules.codes import CODES


def rewrite_clusters(state: State) -> State:
    """Write mirrors into the objects of every cluster whose settings ask for it, and find what is wrong with images.

    That is: those that cannot be pulled, that a machine could not run, or that rewriting cannot reach.
    """
    rewritten = tuple(map(_rewrite, state.clusters))
    found = (one for pair in zip(state.clusters, rewritten, strict=True) for one in _check(*pair))
    return replace(state.found(*found), clusters=rewritten)


def check_chart_images(cluster: ClusterState, rendered: Mapping[str, Rendered | NotRendered]) -> Iterator[Finding]:
    """Find images on hosts that an IPv6-only cluster cannot reach, in charts that Argo CD renders.

    Args:
        cluster: A cluster with a plan.
        rendered: Application to what its chart renders.
    """
    plan, elastic = cluster.require_plan(), elastic_registry(cluster)
    for application, chart in rendered.items():
        if isinstance(chart, Rendered) and not is_rendered(plan.sources.get(application)):
            for built in iter_built(plan, application, chart):
                yield from _iter_unreachable(cluster, built, elastic)


def _rewrite(cluster: ClusterState) -> ClusterState:
    prefixes = plan_prefixes(cluster.require_plan().cluster)
    if not prefixes:
        return cluster
    objects = {
        name: tuple(replace(one, manifest=rewrite_images(one.manifest, prefixes)) for one in built)
        for name, built in cluster.objects.items()
    }
    return replace(cluster, objects=objects)


def _check(cluster: ClusterState, rewritten: ClusterState) -> Iterator[Finding]:
    yield from _iter_left(cluster, rewritten)
    yield from check_chart_images(cluster, cluster.rendered)
    elastic = elastic_registry(cluster)
    for application in cluster.require_plan().applications:
        known = KnownImages(cluster, application.component)
        for built in cluster.objects.get(application.name, ()):
            yield from _iter_unreachable(cluster, built, elastic)
            yield from _iter_unrunnable(cluster, built, known)


def _iter_left(cluster: ClusterState, rewritten: ClusterState) -> Iterator[Finding]:
    """Find images that an operator would still pick of a registry, with everything rewritten that can be."""
    prefixes = plan_prefixes(cluster.require_plan().cluster)
    for application in cluster.require_plan().applications if prefixes else ():
        uses = (*iter_object_images(rewritten, application.name), *iter_picked_images(cluster, application.name))
        left = find_left(uses, prefixes)
        for registry in sorted({use.reference.registry for use in left}):
            count = len({use.reference for use in left if use.reference.registry == registry})
            images = f"{count} image{'s' if count > 1 else ''}"
            path: Path = ("registries", registry, "rewrite")
            yield _finding(
                cluster,
                "image-not-rewritten",
                f"an operator picks {images} of {registry} for the application '{application.name}',"
                " which no object of ours names",
                _advise(cluster, application.name),
                path,
            )


def _advise(cluster: ClusterState, application: str) -> str:
    if any(iter_picked_images(cluster, application)):
        return (
            "leave `rewrite` out: nodes know of the mirror; or name the images in a ConfigMap beside the operator,"
            f" and that in the values of {application}: {'.'.join(IMAGE_SET)}"
        )
    return "leave `rewrite` out: nodes know of the mirror; or tell the operator of the mirror with a patch"


def _iter_unreachable(cluster: ClusterState, built: Built, elastic: str) -> Iterator[Finding]:
    """Find images on hosts that an IPv6-only cluster cannot reach, once for each object and host."""
    plan = cluster.require_plan().cluster
    if not plan.is_ipv6_only or plan.settings.network.nat64:
        return
    mirrored = {host for host, one in plan.settings.registries.items() if one.mirror}
    uses = find_images(built.manifest, elastic=elastic)
    registries = {use.reference.registry for use in uses} - mirrored
    for registry in sorted(registries):
        if has_ipv6(host_of(registry)) is False:
            yield _at(
                cluster,
                built,
                "image-without-ipv6",
                f"{render_identity(object_identity(built.manifest))} names an image on {registry}, which has no IPv6,"
                " and this cluster has nothing else",
                f"set registries: {{{registry}: {{mirror: …}}}}, or network.nat64",
            )


def _iter_unrunnable(cluster: ClusterState, built: Built, known: KnownImages) -> Iterator[Finding]:
    """Find pods that may be put on a machine whose processor their image lacks."""
    plan = cluster.require_plan().cluster
    pod = find_unplaced_pod(built.manifest) if plan.has_nodes else None
    usable = {node.arch for node in plan.schedulable_nodes}
    for _, image in iter_container_images(built.manifest, pod) if pod is not None else ():
        reference = find_reference(image)
        architectures = known.find_architectures(reference) if reference else ()
        lacking = sorted(usable - set(architectures)) if architectures else []
        if lacking:
            yield _at(
                cluster,
                built,
                "mixed-architectures",
                f"{render_identity(object_identity(built.manifest))} may run on {' or '.join(lacking)}, for which"
                f" {image} does not exist",
                "give its pods a nodeSelector for kubernetes.io/arch, with a patch where the object is ours",
            )


def _at(cluster: ClusterState, built: Built, code: str, message: str, advice: str) -> Finding:
    path = find_path(built.origin)
    return replace(_finding(cluster, code, message, advice, path), place=find_place(cluster, built.origin))


def _finding(cluster: ClusterState, code: str, message: str, advice: str, path: Path) -> Finding:
    told = CODES[code]
    return Finding(
        code=code,
        severity=told.severity,
        soft=told.soft,
        message=message,
        help=advice,
        path=path,
        place=cluster.loaded.merged.key_place_of(path),
        cluster=cluster.name,
    )
