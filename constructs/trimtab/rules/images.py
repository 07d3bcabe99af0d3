"""Rules on images: processors that they lack, and mirrors that objects shall name."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import releases
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.images.reference import find_reference
from trimtab.images.rewrite import plan_prefix
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.rules.rule import Problem, Rule, Subject

_WITH_RULES_OF_THEIR_OWN = frozenset({"harbor", "logging"})


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
    """Find charts that Argo CD renders, and whose images of a registry would keep their names."""
    for host, registry in subject.cluster.settings.registries.items():
        if not registry.rewrite or registry.mirror is None or plan_prefix(registry.mirror) is None:
            continue
        left = sorted(name for name in subject.sources if host in _find_registries(subject, name))
        if left:
            yield Problem(
                path=("registries", host, "rewrite"),
                message=f"Argo CD renders the charts of {', '.join(left)}: their images of {host} keep their names",
                help="set `delivery: rendered` for these components, or leave `rewrite` out: nodes know of the mirror",
            )


def _find_registries(subject: Subject, name: str) -> set[str]:
    source = subject.sources[name]
    if not isinstance(source, ChartRelease) or is_rendered(source):
        return set()
    facts = chart_facts(source.pin.chart, source.pin.version)
    found = (find_reference(image) for image in (facts.images if facts else ()))
    return {reference.registry for reference in found if reference}


RULES = (
    Rule(
        code="mixed-architectures",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="An image does not exist for the processor of the machine that may have to run it.",
        why="The pod fails with `exec format error`, or no image is found for its platform; in a mixed cluster only on"
        " some machines, so that it looks like chance (opencontainers/image-spec image-index.md, platform).",
        check=check_mixed_architectures,
    ),
    Rule(
        code="rewrite-without-mirror",
        severity=Severity.ERROR,
        meaning="References to images are to name a mirror, and no reference can name this one.",
        why="A reference is host, path and tag: always HTTPS, and the API always at `/v2`"
        " (opencontainers/distribution-spec spec.md, Endpoints).",
        check=check_rewrite_without_mirror,
    ),
    Rule(
        code="image-not-rewritten",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="A registry's images are to name its mirror, and some would not.",
        why="Argo CD renders the chart, or an operator picks the image: what they write is not in our hands, and half"
        " of the images would still come from the registry.",
        check=check_image_not_rewritten,
    ),
)
