"""Rules on Ceph's CSI drivers beside Rook, which brings the same ones."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.ceph_csi.drivers import driver_name
from trimtab.components.rook.csi import DRIVERS
from trimtab.components.rook.csi import driver_name as rooks_driver_name
from trimtab.findings.finding import Severity
from trimtab.kube.ceph_users import wanted_drivers
from trimtab.rules.ceph_external import CEPH_CSI, ceph_csi_of
from trimtab.rules.rook_hosts import ROOK, every_rook_of
from trimtab.rules.rule import Problem, Rule, Subject


def check_two_csi_operators(subject: Subject) -> Iterator[Problem]:
    """Find the drivers' operator beside Rook, which brings it too."""
    if "ceph-csi" in subject.components and "rook" in subject.components:
        yield Problem(
            path=CEPH_CSI,
            on_key=True,
            message="rook brings the drivers' operator and its CRDs already",
            help="a cluster needs one of them: components.rook.external leads to a Ceph outside the cluster too",
            related=((ROOK, "what brings them"),),
        )


def check_csi_driver_twice(subject: Subject) -> Iterator[Problem]:
    """Find a driver whose name Rook's has too."""
    for rook in every_rook_of(subject):
        theirs = {rooks_driver_name(rook, driver) for driver in DRIVERS}
        for csi in ceph_csi_of(subject):
            ours = [driver_name(csi, driver) for driver in wanted_drivers(csi)]
            for name in (name for name in ours if name in theirs):
                yield Problem(
                    path=(*CEPH_CSI, "driverPrefix"),
                    message=f"the driver {name} is Rook's too",
                    help="leave `driverPrefix` out, or name something else than Rook's namespace",
                    related=((ROOK, "the other driver"),),
                )


RULES = (
    Rule(
        code="two-csi-operators",
        severity=Severity.ERROR,
        meaning="Two applications bring the operator of Ceph's drivers and its CRDs.",
        why="Both watch all namespaces, and each application puts its own CRDs back"
        " (rook v1.20.6 deploy/charts/rook-ceph/Chart.yaml, dependencies; ceph-csi-operator v1.0.4 values.yaml,"
        " watchNamespace).",
        cure="Keep one: components.rook.external leads to a Ceph outside the cluster too.",
        check=check_two_csi_operators,
    ),
    Rule(
        code="csi-driver-twice",
        severity=Severity.ERROR,
        meaning="Two CSI drivers have one name.",
        why="The kubelet keeps one driver by a name, so mounts reach the one that registered last"
        " (kubernetes pkg/volume/csi/csi_plugin.go, RegisterPlugin).",
        cure="Leave `driverPrefix` out for one of them, or give it a prefix of its own.",
        check=check_csi_driver_twice,
    ),
)
