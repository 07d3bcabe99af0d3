"""Rules on what the user pins beside the catalogue: images of operators, tags that move, kubespray's Kubernetes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.kubespray import SOURCE, TAGS, find_tag
from trimtab.catalogue.operator_images import OPERATOR_TAGS, operator_version
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path, get_value
from trimtab.kube.pins import find_moving_image, is_moving_tag
from trimtab.plan.application import OWN
from trimtab.rules.given_values import iter_given_values
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.kubernetes import Distribution


def check_image_does_not_fit_chart(subject: Subject) -> Iterator[Problem]:
    """Find images of operators that belong to another version than their chart."""
    for path, release, values in iter_given_values(subject):
        if release.pin.component == OWN:
            continue  # a chart of that name may be another's
        wanted = operator_version(release.pin)
        for at in OPERATOR_TAGS.get(release.pin.chart, ()):
            tag = get_value(values, at)
            if isinstance(tag, str) and not is_moving_tag(tag) and _plain(tag) != _plain(wanted):
                yield Problem(
                    path=(*path, *at),
                    message=f"the image is of {tag}, and the chart {release.pin.chart} {release.pin.version} brings the"
                    f" CRDs and rights of {wanted}",
                    help=f"remove it, and set components.{path[1]}.version to the release that you want",
                )


def _plain(version: str) -> str:
    return version.partition("@")[0].removeprefix("v")


def check_unpinned_source(subject: Subject) -> Iterator[Problem]:
    """Find Helm values that ask for an image under a tag that moves."""
    for path, _, values in iter_given_values(subject):
        for at, wrong in _iter_moving(values, ()):
            yield Problem(path=(*path, *at), message=wrong, help="name a version, or better a digest")


def _iter_moving(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    items = value.items() if isinstance(value, Mapping) else enumerate(value if isinstance(value, list) else ())
    for key, below in items:
        if isinstance(below, str):
            wrong = _find_moving(key, below)
            if wrong:
                yield (*at, key), wrong
        else:
            yield from _iter_moving(below, (*at, key))


def _find_moving(key: object, text: str) -> str | None:
    if key in ("tag", "imageTag") and is_moving_tag(text):
        return f"the tag '{text}' moves"
    wrong = find_moving_image(text) if key == "image" and ":" in text else None
    return f"the image '{text}' {wrong}" if wrong else None


def check_kubespray_brings_another_kubernetes(subject: Subject) -> Iterator[Problem]:
    """Find versions of Kubernetes that the tag of kubespray does not install."""
    kubernetes = subject.cluster.settings.kubernetes
    if kubernetes.distribution != Distribution.KUBESPRAY or not kubernetes.distribution_version:
        return
    tag = find_tag(kubernetes.distribution_version)
    if tag is None:
        return
    said, wanted = kubernetes.distribution_version, kubernetes.version
    related: tuple[tuple[Path, str], ...] = ((("kubernetes", "distributionVersion"), "the tag of kubespray"),)
    if wanted not in tag.kubernetes:
        fitting = next((one.version for one in TAGS if wanted in one.kubernetes), None)
        yield Problem(
            path=("kubernetes", "version"),
            message=f"kubespray {said} installs Kubernetes {tag.kubernetes}, and this is {wanted}",
            help=f"take the tag {fitting}" if fitting else f"no known tag installs {wanted} ({SOURCE})",
            related=related,
        )
    elif wanted.count(".") == 1 and not tag.installs.startswith(f"{wanted}."):
        yield Problem(
            path=("kubernetes", "version"),
            message=f"kubespray {said} installs {tag.installs} where no patch of Kubernetes is named: this is {wanted}",
            help=f"name the whole version, {wanted}.x, or write {tag.kubernetes.newest}",
            related=related,
        )


RULES = (
    Rule(
        code="image-does-not-fit-chart",
        severity=Severity.ERROR,
        soft=True,
        meaning="The image of an operator is overridden with one of another version than its chart.",
        why="The operator meets CRDs and rights of another release: it waits for kinds that are not there, or writes"
        " fields that nobody keeps (rook/rook Documentation/Upgrade/rook-upgrade.md: CRDs and RBAC come first).",
        cure="Remove the override of the image, and set the component's `version` to the release that you want.",
        check=check_image_does_not_fit_chart,
    ),
    Rule(
        code="unpinned-source",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="An image, chart or repository is asked for under a name that moves.",
        why="What runs changes without a commit, differs from node to node, and cannot be taken back"
        " (kubernetes.io, images: avoid latest in production).",
        cure="Name a version, or better a digest: image:1.2.3@sha256:…; for a repository in Git, a tag or a commit.",
        check=check_unpinned_source,
    ),
    Rule(
        code="kubespray-brings-another-kubernetes",
        severity=Severity.ERROR,
        soft=True,
        meaning="The tag of kubespray installs another Kubernetes than the settings say.",
        why="A tag has checksums of three minors and no others, and installs its newest where no patch is named"
        " (kubernetes-sigs/kubespray roles/kubespray_defaults, kube_version).",
        cure="Set `kubernetes.version` to a version that this tag of kubespray installs, or take another tag in "
        "`kubernetes.distributionVersion`.",
        check=check_kubespray_brings_another_kubernetes,
    ),
)
