"""Rules on Argo CD: sync windows, rights, sign-in, where it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from trimtab.catalogue.hosts import has_ipv6
from trimtab.components.argocd.settings import Settings
from trimtab.doors.time_zones import read_time_zone
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.rules.cron import iter_cron_faults
from trimtab.rules.policy import find_policy_fault
from trimtab.rules.rule import Problem, Rule, Subject

ARGOCD: Path = ("components", "argocd")
_DEX_HOST = "ghcr.io"
_REDIS_NODES = 3


def argocd_of(subject: Subject) -> Iterator[Settings]:
    """Give Argo CD's settings, where the cluster has it."""
    settings = subject.components.get("argocd")
    if isinstance(settings, Settings):
        yield settings


def check_sync_window_form(subject: Subject) -> Iterator[Problem]:
    """Find sync windows that Argo CD cannot read."""
    for name, window in subject.cluster.settings.gitops.sync_windows.items():
        path: Path = ("gitops", "syncWindows", name)
        for fault in iter_cron_faults(window.schedule):
            yield Problem(
                path=(*path, "schedule"),
                message=f"Argo CD cannot read the schedule of the sync window '{name}': {fault}",
                help="five fields: minute, hour, day of the month, month, day of the week (0 to 6, Sunday is 0)",
            )
        if not re.search(r"[1-9]", window.duration):
            yield Problem(path=(*path, "duration"), message=f"the sync window '{name}' lasts no time at all")
        yield from _check_zone(path, window.time_zone)


def _check_zone(path: Path, zone: str) -> Iterator[Problem]:
    if read_time_zone(zone) is not None:
        return
    # Without the tz database there is nothing to look the name up in.
    zones = available_timezones()
    if zones:
        near = suggest(zone, sorted(zones))
        yield Problem(
            path=(*path, "timeZone"),
            message=f"there is no time zone '{zone}'",
            help=f"did you mean '{near}'?" if near else "the names are those of the tz database, such as Europe/Vienna",
        )


def check_sync_window_without_application(subject: Subject) -> Iterator[Problem]:
    """Find names in sync windows that no application of the cluster bears."""
    known = sorted(application.name for application in subject.applications)
    for name, window in subject.cluster.settings.gitops.sync_windows.items():
        for position, wanted in enumerate(window.applications):
            if not any(fnmatchcase(one, wanted) for one in known):
                near = suggest(wanted, known)
                yield Problem(
                    path=("gitops", "syncWindows", name, "applications", position),
                    message=f"no application of this cluster is named '{wanted}'",
                    help=f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}",
                )


def check_policy_form(subject: Subject) -> Iterator[Problem]:
    """Find lines of rights that give nobody anything."""
    for settings in argocd_of(subject):
        for position, line in enumerate(settings.policies):
            if fault := find_policy_fault(line):
                yield Problem(
                    path=(*ARGOCD, "policies", position),
                    message=f"this line gives no right: {fault}",
                    help="p, subject, resource, action, object, allow; or g, group, role",
                )


def check_sign_in_without_host(subject: Subject) -> Iterator[Problem]:
    """Find sign-in with a provider that would not know where to send people back to."""
    for settings in argocd_of(subject):
        if settings.host is None and (settings.oidc or settings.dex):
            yield Problem(
                path=(*ARGOCD, "oidc" if settings.oidc else "dex"),
                on_key=True,
                message="sign-in with a provider needs the host name of Argo CD's web page",
                help="set components.argocd.host",
            )


def check_nobody_signs_in(subject: Subject) -> Iterator[Problem]:
    """Find an Argo CD whose web page nobody can use."""
    for settings in argocd_of(subject):
        if not (settings.admin or settings.oidc or settings.dex):
            yield Problem(
                path=(*ARGOCD, "admin"),
                message="the user admin is off, and there is no other way to sign in",
                help="set oidc, or leave admin on",
            )


def check_high_availability_without_nodes(subject: Subject) -> Iterator[Problem]:
    """Find an Argo CD in several copies on too few nodes."""
    nodes = len(subject.cluster.schedulable_nodes)
    for settings in argocd_of(subject):
        if settings.high_availability and subject.cluster.has_nodes and nodes < _REDIS_NODES:
            yield Problem(
                path=(*ARGOCD, "highAvailability"),
                message=f"three copies of Redis want three nodes, and pods may run on {nodes}",
                help="leave highAvailability off",
            )


def check_argocd_namespace_twice(subject: Subject) -> Iterator[Problem]:
    """Find an Argo CD that would run elsewhere than where its Applications lie."""
    where = subject.cluster.settings.gitops.namespace
    for settings in argocd_of(subject):
        if settings.namespace is not None and settings.namespace != where:
            yield Problem(
                path=(*ARGOCD, "namespace"),
                message=f"Argo CD reads its Applications from the namespace '{where}', and is to run in"
                f" '{settings.namespace}'",
                help="set gitops.namespace alone",
                related=((("gitops", "namespace"), "where the Applications are put"),),
            )


def check_image_without_ipv6(subject: Subject) -> Iterator[Problem]:
    """Find Dex on clusters that cannot pull its image."""
    settings = subject.cluster.settings
    mirror = settings.registries.get(_DEX_HOST)
    reached = settings.network.nat64 or (mirror is not None and mirror.mirror is not None)
    for argocd in argocd_of(subject):
        if argocd.dex and subject.cluster.is_ipv6_only and not reached and has_ipv6(_DEX_HOST) is False:
            yield Problem(
                path=(*ARGOCD, "dex"),
                message=f"Dex's image lies on {_DEX_HOST}, which has no IPv6, and this cluster has nothing else",
                help=f"use oidc, or set registries: {{{_DEX_HOST}: {{mirror: …}}}}, or network.nat64",
            )


def check_reserved_project(subject: Subject) -> Iterator[Problem]:
    """Find a cluster whose AppProject would be Argo CD's own."""
    if subject.cluster.name == "default":
        yield Problem(
            path=("cluster",),
            message="a cluster cannot be named 'default': Argo CD's own AppProject has that name",
            help="choose another name",
        )


def check_password_in_url(subject: Subject) -> Iterator[Problem]:
    """Find addresses with a password in them, which end up in Git."""
    settings = subject.cluster.settings
    found: list[tuple[Path, str]] = [(("gitops", "repoURL"), settings.gitops.repo_url)]
    found += [(("repositories", url, "mirror"), one.mirror) for url, one in settings.repositories.items()]
    for path, url in found:
        if urlsplit(url).password is not None:
            yield Problem(
                path=path,
                message="this address holds a password, and everything in dist/ is in Git",
                hide_source=True,
                help="leave it out, and name the Secret with the credentials in gitops.credentials",
            )


RULES = (
    Rule(
        code="sync-window-form",
        severity=Severity.ERROR,
        meaning="A sync window has a schedule, duration or time zone that Argo CD cannot read.",
        why="Nobody checks an AppProject that comes from Git; Argo CD then syncs nothing of the project"
        " (argo-cd v3.5.1 pkg/apis/application/v1alpha1/app_project_types.go:189, robfig/cron v3 spec.go).",
        cure="Write five fields (minute, hour, day of the month, month, day of the week; Sunday is 0), a duration "
        "such as 1h30m, and a time zone by its name.",
        check=check_sync_window_form,
    ),
    Rule(
        code="sync-window-without-application",
        severity=Severity.WARNING,
        meaning="A sync window names an application that the cluster does not have.",
        why="A window that matches nothing opens and closes nothing, without a word.",
        cure="Correct the name to that of an application of this cluster, or remove it from the window.",
        check=check_sync_window_without_application,
    ),
    Rule(
        code="policy-form",
        severity=Severity.ERROR,
        meaning="A line of Argo CD's policy is not one.",
        why="Argo CD passes over what it cannot read, and somebody is locked out (argo-cd v3.5.1 util/rbac/rbac.go).",
        cure="Write 'p, subject, resource, action, object, allow' for a right, and 'g, group, role' for a member of "
        "a role.",
        check=check_policy_form,
    ),
    Rule(
        code="sign-in-without-host",
        severity=Severity.ERROR,
        meaning="Argo CD is to let people in through a provider and has no address they could come back to.",
        why="The provider sends people back to the address in argocd-cm's url"
        " (argo-cd v3.5.1 docs/operator-manual/user-management/index.md).",
        cure="Set `components.argocd.host`.",
        check=check_sign_in_without_host,
    ),
    Rule(
        code="nobody-signs-in",
        severity=Severity.WARNING,
        meaning="Nobody can sign in to Argo CD.",
        why="Its web page and its command line want an account; kubectl still works.",
        cure="Set `oidc`, or leave `admin` on.",
        check=check_nobody_signs_in,
    ),
    Rule(
        code="high-availability-without-nodes",
        severity=Severity.ERROR,
        soft=True,
        meaning="A highly available Argo CD has fewer than three nodes to run on.",
        why="Copies of Redis refuse to share a node, so the third waits for ever"
        " (argo-helm charts/argo-cd/values.yaml, redis-ha.hardAntiAffinity).",
        cure="Remove `highAvailability`, or have three nodes that run ordinary pods.",
        check=check_high_availability_without_nodes,
    ),
    Rule(
        code="argocd-namespace-twice",
        severity=Severity.ERROR,
        meaning="Argo CD's namespace is named twice, differently.",
        why="Argo CD acts on Applications of its own namespace only.",
        cure="Set `gitops.namespace` alone, and remove the other.",
        check=check_argocd_namespace_twice,
    ),
    Rule(
        code="image-without-ipv6",
        severity=Severity.ERROR,
        soft=True,
        needs_build=True,
        meaning="An IPv6-only cluster shall pull an image from a host that has no IPv6.",
        why="ghcr.io has no AAAA record (kube-vip issue 1165, kyverno issue 13257).",
        cure="Name a mirror with IPv6 in `registries.<host>.mirror`, or set `network.nat64` where the network "
        "translates.",
        check=check_image_without_ipv6,
    ),
    Rule(
        code="reserved-project",
        severity=Severity.ERROR,
        meaning="A cluster has the name of Argo CD's own AppProject.",
        why="Its AppProject would replace the one that the root Application and everything else without a project use.",
        cure="Give the cluster another name.",
        check=check_reserved_project,
    ),
    Rule(
        code="password-in-url",
        severity=Severity.ERROR,
        meaning="The address of a repository holds a password.",
        why="Addresses are written into Applications, which lie in Git for everybody to read.",
        cure="Remove it from the address, name the Secret with the credentials in `gitops.credentials`, and change "
        "the password, for Git forgets nothing.",
        check=check_password_in_url,
    ),
)
