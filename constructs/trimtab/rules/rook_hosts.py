"""Rules on how Rook runs: monitors, state, addresses, versions, the ways to it."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.known_bad import find_known_bad
from trimtab.catalogue.versions import parse_version
from trimtab.components.ceph_csi.settings import Settings as CephCsiSettings
from trimtab.components.releases import wanted_release
from trimtab.components.rook.dashboard import has_tls
from trimtab.components.rook.offers import SNAPSHOT_GROUP
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import (
    daemon_hosts,
    plan_data_dir,
    plan_managers,
    plan_monitors,
)
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.offers import ApiGroup
from trimtab.rules.rule import Problem, Rule, Subject

ROOK: Path = ("components", "rook")

_OLDEST_CEPH = "19.2.0"
"""The oldest that Rook 1.19 and 1.20 run (rook v1.20.6 Documentation/Upgrade/ceph-upgrade.md:27-37)."""


def every_rook_of(subject: Subject) -> Iterator[Settings]:
    """Give Rook's settings, where the cluster has it."""
    settings = subject.components.get("rook")
    if isinstance(settings, Settings):
        yield settings


def rook_of(subject: Subject) -> Iterator[Settings]:
    """Give Rook's settings, where the cluster has it and it runs Ceph itself."""
    return (settings for settings in every_rook_of(subject) if not settings.external)


def check_too_many_monitors(subject: Subject) -> Iterator[Problem]:
    """Find more monitors or managers than nodes they may run on."""
    if not subject.cluster.has_nodes:
        return
    for settings in rook_of(subject):
        hosts = len(daemon_hosts(settings, subject.cluster))
        counts = (
            ("monitors", plan_monitors(settings, subject.cluster)),
            ("managers", plan_managers(settings, subject.cluster)),
        )
        for key, count in counts:
            if getattr(settings, key) is not None and count > hosts:
                yield Problem(
                    path=(*ROOK, key),
                    message=f"{count} {key} need {count} nodes, and {hosts} may run them",
                    help=f"leave `{key}` out, or let more nodes take workloads",
                )


def check_even_monitors(subject: Subject) -> Iterator[Problem]:
    """Find an even number of monitors."""
    for settings in rook_of(subject):
        if settings.monitors is not None and settings.monitors % 2 == 0:
            yield Problem(
                path=(*ROOK, "monitors"),
                message=f"{settings.monitors} monitors survive no more losses than {settings.monitors - 1}",
                help="choose an odd number",
            )


def check_state_on_tmpfs(subject: Subject) -> Iterator[Problem]:
    """Find nodes where Ceph's state would lie in memory."""
    for settings in rook_of(subject):
        where = plan_data_dir(settings, subject.cluster)
        for node in daemon_hosts(settings, subject.cluster):
            if node.root == "tmpfs" and not _is_below(where, node.data):
                yield Problem(
                    path=(*ROOK, "dataDirHostPath") if settings.data_dir_host_path else ("nodes", node.name),
                    message=f"node {node.name} keeps {where} in memory: a restart loses its monitor",
                    help=f"set `dataDirHostPath` to a directory below {node.data}"
                    if node.data
                    else "name a directory on a real disk in `nodes.<name>.data`",
                )


def _is_below(path: str, directory: str | None) -> bool:
    return directory is not None and f"{path}/".startswith(f"{directory.rstrip('/')}/")


def check_rook_without_ip_family(subject: Subject) -> Iterator[Problem]:
    """Find families for Ceph that the cluster does not have."""
    cluster = subject.cluster
    for settings in rook_of(subject):
        asked = settings.network
        has = " and ".join(cluster.ip_families)
        if asked.ip_family is not None and asked.ip_family not in cluster.ip_families:
            yield Problem(
                path=(*ROOK, "network", "ipFamily"),
                message=f"Ceph is to use {asked.ip_family}, the cluster has {has}",
                help="leave `ipFamily` out: it follows from the ranges",
                related=((("network", "services"), "the ranges"),),
            )
        if asked.dual_stack and not cluster.is_dual_stack:
            yield Problem(
                path=(*ROOK, "network", "dualStack"),
                message=f"Ceph is to use both families, the cluster has {has} only",
                help="leave `dualStack` out: it follows from the ranges",
                related=((("network", "services"), "the ranges"),),
            )


def check_ceph_does_not_fit_rook(subject: Subject) -> Iterator[Problem]:
    """Find versions of Ceph that this Rook does not run, and those that are known to break."""
    for settings in every_rook_of(subject):
        if settings.ceph_version is None:
            continue
        release = wanted_release("rook", settings)
        newest = release.images["ceph"].rpartition(":")[2]
        asked = parse_version(settings.ceph_version)
        bad = find_known_bad("ceph", settings.ceph_version)
        if not parse_version(_OLDEST_CEPH) <= asked <= parse_version(newest):
            yield Problem(
                path=(*ROOK, "cephVersion"),
                message=f"Rook {release.version} runs Ceph v{_OLDEST_CEPH} to {newest}, not {settings.ceph_version}",
                help=f"leave `cephVersion` out for {newest}",
            )
        elif bad:
            yield Problem(
                path=(*ROOK, "cephVersion"),
                message=f"Ceph {settings.ceph_version} {bad.reason}",
                help=f"use v{bad.fixed_in} or newer",
            )


def check_dashboard_unreachable(subject: Subject) -> Iterator[Problem]:
    """Find a page that speaks TLS to an Ingress which speaks plain HTTP to it."""
    for settings in rook_of(subject):
        if settings.dashboard and settings.dashboard.host and has_tls(settings.dashboard):
            yield Problem(
                path=(*ROOK, "dashboard", "ssl"),
                message="the Ingress speaks plain HTTP to a page that speaks TLS",
                help="leave `ssl` out: whoever answers for `host` ends TLS",
                related=(((*ROOK, "dashboard", "host"), "the host"),),
            )


def check_snapshots_without_controller(subject: Subject) -> Iterator[Problem]:
    """Find snapshot classes in a cluster that nobody brings snapshots to."""
    if subject.facts.has(ApiGroup, SNAPSHOT_GROUP):
        return
    for name, settings in subject.components.items():
        if isinstance(settings, Settings | CephCsiSettings) and settings.snapshots:
            yield Problem(
                path=("components", name, "snapshots"),
                message=f"nothing here brings {SNAPSHOT_GROUP}",
                help="install the snapshot controller with its CRDs, for instance as an application of your own",
                on_key=True,
            )


RULES = (
    Rule(
        code="too-many-monitors",
        severity=Severity.ERROR,
        meaning="More monitors or managers than nodes that may run them: the operator refuses, or pods wait.",
        why="Each has a node of its own (rook v1.20.6 pkg/operator/ceph/cluster/cluster.go:319-330).",
        cure="Leave the number out, which is then worked out, or let more nodes take workloads.",
        check=check_too_many_monitors,
    ),
    Rule(
        code="even-monitors",
        severity=Severity.WARNING,
        meaning="An even number of monitors costs one more and survives no more.",
        why="They decide by majority (rook v1.20.6 Documentation/CRDs/Cluster/ceph-cluster-crd.md, mon settings).",
        cure="Take one monitor less or one more, so that the number is odd: 3 for most clusters, 5 for large ones.",
        check=check_even_monitors,
    ),
    Rule(
        code="state-on-tmpfs",
        severity=Severity.ERROR,
        meaning="A node whose root is in memory forgets its monitor at every restart.",
        why="Monitors and OSDs keep their state in dataDirHostPath (ceph-cluster-crd.md, dataDirHostPath).",
        cure="Name a directory on a real disk in `nodes.<name>.data`.",
        check=check_state_on_tmpfs,
    ),
    Rule(
        code="rook-without-ip-family",
        severity=Severity.ERROR,
        meaning="Ceph is told to use a family that the cluster does not have: placement groups stay unknown.",
        why="Daemons bind the family they are told, and it cannot be changed afterwards "
        "(rook v1.20.6 pkg/operator/ceph/controller/spec.go:389-407, ceph-cluster-crd.md:255-258).",
        cure="Remove `ipFamily` of Rook: it follows from the ranges of the cluster.",
        check=check_rook_without_ip_family,
    ),
    Rule(
        code="ceph-does-not-fit-rook",
        severity=Severity.ERROR,
        meaning="A version of Ceph that this Rook does not run, or that is known to break data.",
        why="Rook refuses what it does not know (rook v1.20.6 Documentation/Upgrade/ceph-upgrade.md:27-41).",
        cure="Set a version of Ceph that this release of Rook names; without one the right one is taken.",
        check=check_ceph_does_not_fit_rook,
        soft=True,
    ),
    Rule(
        code="dashboard-unreachable",
        severity=Severity.WARNING,
        meaning="Ceph's page and the way to it disagree about TLS.",
        why="With TLS the page listens on 8443, without on 7000 (rook v1.20.6 mgr/dashboard.go:43-44).",
        cure="Leave `ssl` out, for whoever answers for `host` ends TLS; or lead to the port that the page listens "
        "on: 8443 with TLS, 7000 without.",
        check=check_dashboard_unreachable,
    ),
    Rule(
        code="snapshots-without-controller",
        severity=Severity.WARNING,
        meaning="Snapshot classes are written for an API that nothing in the cluster brings.",
        why="Rook brings neither the CRDs nor the controller (rook ceph-csi-snapshot.md).",
        cure="Install the snapshot controller with its CRDs, for instance as an application of your own, or leave "
        "the snapshot classes out.",
        check=check_snapshots_without_controller,
    ),
)
