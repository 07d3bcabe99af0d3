"""Rules on versions: what the catalogue knows, what fits the Kubernetes, what is known to be bad."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, newest_release, releases
from trimtab.catalogue.known_bad import find_known_bad
from trimtab.catalogue.versions import parse_version
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject


def check_unknown_release(subject: Subject) -> Iterator[Problem]:
    """Find versions that the catalogue does not hold."""
    for name, settings in subject.components.items():
        if settings.version and find_release(name, settings.version) is None:
            known = ", ".join(release.version for release in releases(name))
            yield Problem(
                path=("components", name, "version"),
                message=f"{settings.version} is no release of {name} that Trimtab knows",
                help=f"known are {known}; without 'version' the newest is taken",
            )


def check_kubernetes_out_of_range(subject: Subject) -> Iterator[Problem]:
    """Find releases that do not support the cluster's Kubernetes."""
    version = subject.cluster.settings.kubernetes.version
    for name, settings in subject.components.items():
        release = _release(name, settings.version)
        if release and release.kubernetes and version not in release.kubernetes:
            fitting = [one.version for one in releases(name) if one.kubernetes and version in one.kubernetes]
            yield Problem(
                path=("components", name, "version"),
                message=f"{name} {release.version} supports Kubernetes {release.kubernetes}, and this is {version}",
                help=f"set version to {_nearest(fitting, release.version)}"
                if fitting
                else f"no known release of {name} supports {version}",
                related=((("kubernetes", "version"), "the version of Kubernetes"),),
            )


def check_known_bad_version(subject: Subject) -> Iterator[Problem]:
    """Find versions with a fault that upstream has mended since."""
    kubernetes = subject.cluster.settings.kubernetes
    asked: list[tuple[str, str | None, Path]] = [
        (name, settings.version or newest_release(name).version, ("components", name, "version"))
        for name, settings in subject.components.items()
    ]
    asked.append((kubernetes.distribution, kubernetes.distribution_version, ("kubernetes", "distributionVersion")))
    for name, version, path in asked:
        bad = find_known_bad(name, version, frozenset(subject.cluster.architectures)) if version else None
        if bad:
            yield Problem(
                path=path, message=f"{name} {version} {bad.reason}", help=f"take {bad.fixed_in} or newer ({bad.source})"
            )


def _nearest(versions: list[str], current: str) -> str:
    """Give the nearest newer version, which one step may lead to, of those that come newest first; else the newest."""
    newer = [version for version in versions if parse_version(version) > parse_version(current)]
    return newer[-1] if newer else versions[0]


def _release(name: str, version: str | None) -> Release | None:
    return find_release(name, version) if version else newest_release(name)


RULES = (
    Rule(
        code="unknown-release",
        severity=Severity.ERROR,
        meaning="A component's version is not one that Trimtab has facts of.",
        why="Values, CRDs and ranges differ from release to release: without them nothing can be checked.",
        check=check_unknown_release,
    ),
    Rule(
        code="kubernetes-out-of-range",
        severity=Severity.ERROR,
        soft=True,
        meaning="A component does not support this version of Kubernetes.",
        why="Upstream tests each release with a range of versions only (the catalogue names the page of each).",
        check=check_kubernetes_out_of_range,
    ),
    Rule(
        code="known-bad-version",
        severity=Severity.ERROR,
        meaning="A version has a fault that lost data or broke clusters, and a later one mends it.",
        why="The catalogue's list names the fault and where upstream describes it.",
        check=check_known_bad_version,
    ),
)
