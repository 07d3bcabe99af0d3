"""Rules on a Ceph outside the cluster, whether Rook or the drivers alone lead to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trimtab.components.ceph_csi.settings import Settings as CephCsiSettings
from trimtab.components.rook.settings import External, Settings
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.kube.ceph_monitors import Monitor, parse_monitor, suggest_monitor
from trimtab.rules.rook_hosts import ROOK, every_rook_of
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.ceph import ExternalCeph
from trimtab.settings.construct import construct_model

CEPH_CSI: Path = ("components", "ceph-csi")

_OWN = (
    *("devices", "data_dir_host_path", "discovery", "monitors", "managers", "block_pools", "filesystems"),
    *("object_stores", "network", "dashboard", "priorities"),
)
"""Settings of a Ceph that Rook runs itself."""

_RUNS_ANYWAY = frozenset({"operator", "toolbox"})
"""What runs here even when Ceph does not."""


def ceph_csi_of(subject: Subject) -> Iterator[CephCsiSettings]:
    """Give the settings of the drivers without Rook, where the cluster has them."""
    settings = subject.components.get("ceph-csi")
    if isinstance(settings, CephCsiSettings):
        yield settings


def _outside(subject: Subject) -> Iterator[tuple[Path, ExternalCeph]]:
    for rook in every_rook_of(subject):
        if rook.external:
            yield (*ROOK, "external"), rook.external
    for csi in ceph_csi_of(subject):
        yield CEPH_CSI, csi


def _monitors(ceph: ExternalCeph) -> Iterator[tuple[str, Monitor]]:
    """Give the monitors whose addresses can be read."""
    for name, text in ceph.monitors.items():
        try:
            yield name, parse_monitor(text)
        except ValueError:
            continue


def check_external_ceph_monitor_form(subject: Subject) -> Iterator[Problem]:
    """Find monitors that no client reaches by what is written."""
    for path, ceph in _outside(subject):
        for name, text in ceph.monitors.items():
            try:
                parse_monitor(text)
            except ValueError as fault:
                yield Problem(
                    path=(*path, "monitors", name),
                    message=f"monitor {name} {fault}: {text}",
                    help=f"write {suggest_monitor(text)}",
                )
        yield from _same_address(path, ceph)


def _same_address(path: Path, ceph: ExternalCeph) -> Iterator[Problem]:
    named: dict[Monitor, list[str]] = defaultdict(list)
    for name, monitor in _monitors(ceph):
        named[monitor].append(name)
    for first, *others in named.values():
        for name in others:
            yield Problem(
                path=(*path, "monitors", name),
                message=f"the monitors {first} and {name} have one address",
                help="`ceph mon dump` shows the addresses",
                related=(((*path, "monitors", first), "the other one"),),
            )


def check_monitor_of_other_family(subject: Subject) -> Iterator[Problem]:
    """Find monitors whose family the cluster does not have."""
    families = subject.cluster.ip_families
    for path, ceph in _outside(subject):
        for name, monitor in _monitors(ceph):
            family = f"IPv{monitor.address.version}"
            if family not in families:
                yield Problem(
                    path=(*path, "monitors", name),
                    message=f"monitor {name} is reached by {family}, the cluster has {' and '.join(families)} only",
                    help=f"give Ceph {families[0]} addresses, or allow this where the nodes have both families",
                    related=((("network", "services"), "the cluster's ranges"),),
                )


def check_ceph_of_two_kinds(subject: Subject) -> Iterator[Problem]:
    """Find settings of a Ceph that Rook runs beside a Ceph that it does not run."""
    for settings in every_rook_of(subject):
        if settings.external:
            for key in _own_settings(settings):
                yield Problem(
                    path=(*ROOK, *key),
                    message=f"{key[-1]} belongs to a Ceph that Rook runs, and this one is outside the cluster",
                    help=f"remove `{'.'.join(key)}`, or `external`",
                    related=(((*ROOK, "external"), "the Ceph outside"),),
                    on_key=True,
                )


def _own_settings(settings: Settings) -> Iterator[tuple[str, ...]]:
    plain = construct_model(Settings, {})
    for name in _OWN:
        if getattr(settings, name) != getattr(plain, name):
            yield (Settings.model_fields[name].alias or name,)
    yield from (("resources", workload) for workload in settings.resources if workload not in _RUNS_ANYWAY)


def check_monitoring_without_manager(subject: Subject) -> Iterator[Problem]:
    """Find a Ceph that Prometheus is to watch and cannot find, or of whose managers it can watch only some."""
    for settings in every_rook_of(subject):
        outside = settings.external
        if outside and settings.monitoring and not outside.managers:
            yield Problem(
                path=(*ROOK, "monitoring"),
                message="nobody says where the managers are, whose metrics Prometheus is to read",
                help="name their addresses in `external.managers`",
                related=(((*ROOK, "external"), "the Ceph outside"),),
            )
        if outside and len(_families(outside)) > 1:
            yield Problem(
                path=(*ROOK, "external", "managers"),
                message="the managers have addresses of both families, and Rook lists only one family",
                help="name each by one family",
            )


def _families(outside: External) -> set[bool]:
    return {":" in address for address in outside.managers}


RULES = (
    Rule(
        code="external-ceph-monitor-form",
        severity=Severity.ERROR,
        meaning="A monitor's address is in a form that no client of Ceph reads.",
        why="Address and port are split at the colon behind the brackets, and an IPv6 address needs them "
        "(rook v1.20.6 deploy/examples/create-external-cluster-resources.py:377,395).",
        cure="Write address and port, an IPv6 address in brackets: [2001:db8:9::1]:6789 or 192.0.2.1:6789.",
        check=check_external_ceph_monitor_form,
    ),
    Rule(
        code="monitor-of-other-family",
        severity=Severity.ERROR,
        soft=True,
        meaning="Ceph's monitors have addresses that the cluster's pods cannot reach.",
        why="The drivers' controllers run in the pod network (ceph-csi-operator v1.0.4"
        " deploy/charts/ceph-csi-drivers/values.yaml, controllerPlugin.hostNetwork).",
        cure="Give Ceph's monitors addresses of a family that the pods have; allow this where nodes route both.",
        check=check_monitor_of_other_family,
    ),
    Rule(
        code="ceph-of-two-kinds",
        severity=Severity.ERROR,
        meaning="Rook is to use a Ceph outside the cluster and to run one of its own in the same namespace.",
        why="A CephCluster is one or the other, and Rook starts no daemon for one outside"
        " (rook v1.20.6 pkg/operator/ceph/cluster/cluster.go:212).",
        cure="Remove `external` to run a Ceph here, or remove `blockPools` and the other pools to use the one outside.",
        check=check_ceph_of_two_kinds,
    ),
    Rule(
        code="monitoring-without-manager",
        severity=Severity.WARNING,
        meaning="Prometheus is to watch a Ceph outside the cluster and does not find its managers.",
        why="Rook makes the list of what is scraped from externalMgrEndpoints, which are of one family"
        " (rook v1.20.6 pkg/operator/ceph/controller/spec.go:859-910).",
        cure="Name each manager by one address of the family that Prometheus' pods have.",
        check=check_monitoring_without_manager,
    ),
)
