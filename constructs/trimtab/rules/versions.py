"""Rules on versions: what the catalogue knows, what fits the Kubernetes, what is known to be bad."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, join_releases, newest_of_minor, newest_release, releases
from trimtab.catalogue.known_bad import find_known_bad
from trimtab.catalogue.versions import parse_version
from trimtab.components.own_releases import is_too_old, iter_refusals
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.component import ComponentSettings
from trimtab.settings.folders import PLATFORM_FILE


def check_unknown_release(subject: Subject) -> Iterator[Problem]:
    """Find versions that neither the catalogue nor the repository's own releases hold."""
    for name, settings in subject.components.items():
        if settings.version and find_release(name, settings.version, settings.own_releases) is None:
            known = ", ".join(release.version for release in join_releases(name, settings.own_releases))
            entry = _entry(subject, name, settings.version)
            yield Problem(
                path=("components", name, "version"),
                message=f"{settings.version} is no release of {name} that Trimtab knows",
                help=f"known are {known}; without 'version' the newest is taken{entry}",
            )


def _entry(subject: Subject, name: str, version: str) -> str:
    """Name the entry that would take a version; what is older than all that is known cannot be taken."""
    if is_too_old(name, version) or version in subject.cluster.settings.releases.get(name, {}):
        return ""
    return f"; to take it untried, write 'releases: {{{name}: {{{version}: {{}}}}}}' in {PLATFORM_FILE}"


def check_untried_patch(subject: Subject) -> Iterator[Problem]:
    """Find releases of the repository's own that are patches of a minor in the catalogue."""
    for path, release in _iter_own(subject):
        if _has_minor(release):
            yield Problem(
                path=path,
                message=f"{release.component} {release.version} is a patch that Trimtab's tests have not seen;"
                f" it is taken for one like {release.like}{_tell_files(release)}",
                help="read its release notes, and `git diff dist/`; a newer Trimtab may know it",
            )


def check_untried_minor(subject: Subject) -> Iterator[Problem]:
    """Find releases of the repository's own of a minor that the catalogue does not hold."""
    for path, release in _iter_own(subject):
        if not _has_minor(release):
            yield Problem(
                path=path,
                message=f"{release.component} {release.version} is of a minor that Trimtab does not know;"
                f" it would get the values of {release.like}{_tell_files(release)}",
                help="take a newer Trimtab, or try it in a cluster that nobody needs and allow it there with a reason",
            )


def _iter_own(subject: Subject) -> Iterator[tuple[Path, Release]]:
    for name, settings in subject.components.items():
        release = _release(settings, name)
        if release and release.is_own:
            yield ("components", name, "version"), release


def _has_minor(release: Release) -> bool:
    return newest_of_minor(release.component, release.version) is not None


def _tell_files(release: Release) -> str:
    """Say what nobody looks at: files in Git, which no lock fetches."""
    return ", and its files in Git are taken to be those of that release" if release.files else ""


def check_unusable_release_entry(subject: Subject) -> Iterator[Problem]:
    """Find entries of `releases` that make no release."""
    for one in iter_refusals(subject.cluster.settings.releases):
        yield Problem(path=one.path, message=one.message, help=one.help, on_key=one.on_key)


def check_kubernetes_out_of_range(subject: Subject) -> Iterator[Problem]:
    """Find releases that do not support the cluster's Kubernetes."""
    version = subject.cluster.settings.kubernetes.version
    for name, settings in subject.components.items():
        release = _release(settings, name)
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


def _release(settings: ComponentSettings, name: str) -> Release | None:
    wanted = settings.version
    return find_release(name, wanted, settings.own_releases) if wanted else newest_release(name)


RULES = (
    Rule(
        code="unknown-release",
        severity=Severity.ERROR,
        meaning="A component's version is not one that Trimtab has facts of.",
        why="Values, CRDs and ranges differ from release to release: without them nothing can be checked.",
        cure="Take one of the versions that the message lists; without `version` the newest is taken.",
        check=check_unknown_release,
    ),
    Rule(
        code="release-not-tried",
        severity=Severity.WARNING,
        meaning="A component's release is a patch that Trimtab's tests have not seen; `releases` names it.",
        why="It gets the values of the release that it is like; upstream may have changed more in a patch than is right"
        " (`trimtab check` holds your values against its chart, once `trimtab lock` has fetched that).",
        cure="Read upstream's release notes, look at `git diff dist/`, and allow it with a reason; once a Trimtab holds"
        " the release, remove the entry.",
        check=check_untried_patch,
    ),
    Rule(
        code="minor-not-tried",
        severity=Severity.ERROR,
        soft=True,
        meaning="A component's release is of a minor that Trimtab does not know; `releases` names it.",
        why="Minors move values, definitions and upgrade floors: what is written for the one before may be read"
        " otherwise, or not at all.",
        cure="Take a Trimtab that holds the minor; until there is one, try the release in a cluster that nobody needs,"
        " and allow it there with a reason and a last day.",
        check=check_untried_minor,
    ),
    Rule(
        code="unusable-release-entry",
        severity=Severity.ERROR,
        meaning="An entry in `releases` makes no release.",
        why="It takes everything that it does not say from a release that the catalogue holds, so the component, that"
        " release and its charts must be known.",
        cure="Write component, `like` and charts as the catalogue has them; remove an entry that the catalogue holds by"
        " now.",
        check=check_unusable_release_entry,
    ),
    Rule(
        code="kubernetes-out-of-range",
        severity=Severity.ERROR,
        soft=True,
        meaning="A component does not support this version of Kubernetes.",
        why="Upstream tests each release with a range of versions only (the catalogue names the page of each).",
        cure="Set the component's `version` to one that supports this Kubernetes, or move Kubernetes first; `trimtab "
        "upgrade` lists both ways.",
        check=check_kubernetes_out_of_range,
    ),
    Rule(
        code="known-bad-version",
        severity=Severity.ERROR,
        meaning="A version has a fault that lost data or broke clusters, and a later one mends it.",
        why="The catalogue's list names the fault and where upstream describes it.",
        cure="Set the version that the message names, or a newer one.",
        check=check_known_bad_version,
    ),
)
