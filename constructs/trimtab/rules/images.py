"""Rules on images: processors that they lack, and mirrors that objects shall name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trimtab.catalogue.components import releases
from trimtab.components.mirrored import plan_prefixes
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.images.prefix import plan_prefix
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.words import join_and

if TYPE_CHECKING:
    from trimtab.images.chart_values import Kept

_WITH_RULES_OF_THEIR_OWN = frozenset({"harbor", "logging"})
_MOST = 3
_RENDER = "set `delivery: rendered` for them, or leave `rewrite` out: nodes know of the mirror"


def check_mixed_architectures(subject: Subject) -> Iterator[Problem]:
    """Find components that no node which takes pods has the right processor for."""
    usable = {node.arch for node in subject.cluster.schedulable_nodes}
    for name, settings in subject.components.items():
        if not usable or name in _WITH_RULES_OF_THEIR_OWN or not releases(name):
            continue
        release = wanted_release(name, settings)
        if release.architectures and not usable & set(release.architectures):
            yield Problem(
                path=("components", name),
                on_key=True,
                message=f"{name} {release.version} has images for {' and '.join(release.architectures)} alone,"
                f" and pods run on {' and '.join(sorted(usable))} here",
                help="add a node of such a processor, take a taint off one, or leave the component out",
                related=((("nodes",), "the machines"),),
            )


def check_rewrite_without_mirror(subject: Subject) -> Iterator[Problem]:
    """Find registries whose name shall be rewritten to one that no reference can have."""
    for host, registry in subject.cluster.settings.registries.items():
        if registry.rewrite and (registry.mirror is None or plan_prefix(registry.mirror) is None):
            what = "no mirror is named" if registry.mirror is None else f"no image's name can say {registry.mirror}"
            yield Problem(
                path=("registries", host, "rewrite"),
                message=f"images of {host} shall name its mirror, and {what}",
                help="name a mirror with HTTPS, its path beginning with /v2: https://mirror.example.org/v2/ghcr",
            )


def check_image_not_rewritten(subject: Subject) -> Iterator[Problem]:
    """Find images of a registry that Argo CD would write as they are: no value of ours moves them."""
    prefixes = plan_prefixes(subject.cluster)
    if not prefixes:
        return
    from trimtab.images.chart_values import find_kept  # most clusters pull from no mirror

    charts = _argocd_charts(subject)
    kept = [(name, one) for name, source in charts.items() for one in find_kept(source.pin, source.values, prefixes)]
    unknown = sorted(name for name, source in charts.items() if source.pin.facts is None)
    for host in prefixes:
        if fixed := [(name, one) for name, one in kept if one.registry == host and one.path is None]:
            yield _tell_fixed(host, sorted({name for name, _ in fixed}), sorted({one.name for _, one in fixed}))
        if unknown:
            yield _tell_unknown(host, unknown)
    for name, one in kept:
        if one.path is not None:
            yield _tell_given(subject, name, one, prefixes[one.registry], one.path)


def _argocd_charts(subject: Subject) -> dict[str, ChartRelease]:
    return {
        name: source
        for name, source in subject.sources.items()
        if isinstance(source, ChartRelease) and not is_rendered(source)
    }


def _tell_fixed(host: str, applications: list[str], images: list[str]) -> Problem:
    them = join_and(images[:_MOST]) if len(images) <= _MOST else f"{len(images)} images of {host}"
    return Problem(
        path=("registries", host, "rewrite"),
        message=f"Argo CD renders the charts of {join_and(applications)}, and no value of theirs moves {them}",
        help=_RENDER,
    )


def _tell_unknown(host: str, applications: list[str]) -> Problem:
    return Problem(
        path=("registries", host, "rewrite"),
        message=f"Argo CD renders the charts of {join_and(applications)}, of which nothing is known: what they pull"
        f" of {host} would keep its name",
        help=f"run `trimtab lock`, which works out what they pull, {_RENDER}",
    )


def _tell_given(subject: Subject, application: str, kept: Kept, prefix: str, value: Path) -> Problem:
    at = next(one.values_path for one in subject.applications if one.name == application)
    return Problem(
        path=(*at, *value),
        message=f"this value names {kept.name}, and images of {kept.registry} shall name its mirror",
        help=f"write {prefix} in the place of {kept.registry} here too, or leave the value out",
        related=((("registries", kept.registry, "rewrite"), "the registry"),),
    )


RULES = (
    Rule(
        code="mixed-architectures",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="An image does not exist for the processor of the machine that may have to run it.",
        why="The pod fails with `exec format error`, or no image is found for its platform; in a mixed cluster only on"
        " some machines, so that it looks like chance (opencontainers/image-spec image-index.md, platform).",
        cure="Add a node with a processor that the image exists for, take a taint off one, or leave the component "
        "out. An image of your own: build it for each architecture.",
        check=check_mixed_architectures,
    ),
    Rule(
        code="rewrite-without-mirror",
        severity=Severity.ERROR,
        meaning="References to images are to name a mirror, and no reference can name this one.",
        why="A reference is host, path and tag: always HTTPS, and the API always at `/v2`"
        " (opencontainers/distribution-spec spec.md, Endpoints).",
        cure="Name a mirror with HTTPS whose path begins with /v2, such as https://mirror.example.org/v2/ghcr; or "
        "leave `rewrite` out.",
        check=check_rewrite_without_mirror,
    ),
    Rule(
        code="image-not-rewritten",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="A registry's images are to name its mirror, and some would not.",
        why="Argo CD renders the chart and no value names the image, a value of yours names the registry, or an"
        " operator picks the image: what they write is not in our hands, and half of the images would still come from"
        " the registry.",
        cure="Name the mirror in the value that the message points at, or leave the value out. Set `delivery: rendered`"
        " for what is listed with a chart that no value moves. Or leave `rewrite` out: the nodes know of the mirror.",
        check=check_image_not_rewritten,
    ),
)
