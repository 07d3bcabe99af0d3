"""Rules on the disks that Rook takes."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.rook.settings import DeviceSelection
from trimtab.components.rook.storage import storage_hosts, usable_nodes
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.device_filter import find_fault, is_match_for_all
from trimtab.rules.rook_hosts import ROOK, rook_of
from trimtab.rules.rule import Problem, Rule, Subject


def check_every_disk_taken(subject: Subject) -> Iterator[Problem]:
    """Find selections that take whatever disk is blank."""
    for settings in rook_of(subject):
        devices = settings.devices
        if not isinstance(devices, DeviceSelection):
            continue
        if devices.use_all_devices:
            yield _taken((*ROOK, "devices", "useAllDevices"), "every blank disk of every node becomes Ceph's")
        if devices.device_filter and is_match_for_all(devices.device_filter):
            yield _taken(
                (*ROOK, "devices", "deviceFilter"), f"the filter {devices.device_filter} lets every disk through"
            )


def _taken(path: Path, message: str) -> Problem:
    return Problem(path=path, message=message, help="name the disks in `nodes.*.disks` and set `devices: fromNodes`")


def check_bad_device_filter(subject: Subject) -> Iterator[Problem]:
    """Find filters that Go does not read as a regular expression."""
    for settings in rook_of(subject):
        if isinstance(settings.devices, DeviceSelection):
            for key, text in (
                ("deviceFilter", settings.devices.device_filter),
                ("devicePathFilter", settings.devices.device_path_filter),
            ):
                fault = text and find_fault(text)
                if fault:
                    yield Problem(
                        path=(*ROOK, "devices", key),
                        message=f"{text} is no regular expression for Go: {fault}",
                        help="see the syntax of RE2; `^sd[b-d]$` takes sdb to sdd",
                    )


def check_no_disk_for_storage(subject: Subject) -> Iterator[Problem]:
    """Find a Ceph without disks."""
    for settings in rook_of(subject):
        devices = settings.devices
        if isinstance(devices, DeviceSelection):
            if not (devices.use_all_devices or devices.device_filter or devices.device_path_filter):
                yield Problem(
                    path=(*ROOK, "devices"),
                    message="devices selects no disk",
                    help="set `deviceFilter`, or name disks in `nodes.*.disks` and write `devices: fromNodes`",
                )
        elif not storage_hosts(settings, subject.cluster):
            yield Problem(
                path=(*ROOK, "devices"),
                message="no node names a disk that Ceph could take",
                help="name them in `nodes.<name>.disks`, or select them by `devices: {deviceFilter: ...}`",
                related=((("nodes",), "the nodes"),) if subject.cluster.settings.nodes else (),
            )


def check_disk_on_unsupported_architecture(subject: Subject) -> Iterator[Problem]:
    """Find disks in machines that Ceph has no image for."""
    for settings in rook_of(subject):
        if settings.devices != "fromNodes":
            continue
        usable = {node.name for node in usable_nodes(settings, subject.cluster)}
        for node in subject.cluster.nodes:
            if node.disks and node.name not in usable:
                yield Problem(
                    path=("nodes", node.name),
                    message=f"node {node.name} has disks for Ceph, whose image does not exist for {node.arch}",
                    help="move the disks to a node with amd64 or arm64, or remove them from `disks`",
                )


RULES = (
    Rule(
        code="every-disk-taken",
        severity=Severity.WARNING,
        meaning="Any blank disk becomes Ceph's, also one that was meant for something else.",
        why="Rook formats whatever is blank (rook v1.20.6 deploy/charts/rook-ceph-cluster/values.yaml:394-405).",
        cure="Name the disks in `nodes.<name>.disks` and set `devices: fromNodes`, so that no other disk is formatted.",
        check=check_every_disk_taken,
    ),
    Rule(
        code="bad-device-filter",
        severity=Severity.ERROR,
        meaning="A device filter that is no regular expression matches no disk.",
        why="Rook compiles it with Go's regexp (rook ceph-cluster-crd.md, deviceFilter).",
        cure="Write a regular expression in the syntax of RE2 that matches names of disks without /dev/: `^sd[b-d]$` "
        "takes sdb to sdd.",
        check=check_bad_device_filter,
    ),
    Rule(
        code="no-disk-for-storage",
        severity=Severity.ERROR,
        meaning="Ceph has no disk: monitors start, pools never do.",
        why="Without storage.nodes, a filter or useAllDevices Rook starts no OSD (rook ceph-cluster-crd.md).",
        cure="Name the disks in `nodes.<name>.disks`, or select them by `devices: {deviceFilter: …}`.",
        check=check_no_disk_for_storage,
    ),
    Rule(
        code="disk-on-unsupported-architecture",
        severity=Severity.ERROR,
        meaning="Disks stand in a machine that Ceph has no image for.",
        why="Rook and Ceph exist for amd64 and arm64 (rook v1.20.6 Getting-Started/Prerequisites/prerequisites.md:14).",
        cure="Move the disks into a machine with amd64 or arm64, or remove them from `nodes.<name>.disks`.",
        check=check_disk_on_unsupported_architecture,
    ),
)
