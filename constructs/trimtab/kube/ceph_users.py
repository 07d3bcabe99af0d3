"""Ceph's users for a cluster that uses a Ceph outside it: what each may do, the command that makes it, its Secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trimtab.plan.application import WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.settings.ceph import ExternalCeph

_MON_RBD = "profile rbd, allow command 'osd blocklist'"
_MON_CEPHFS = "allow r, allow command 'osd blocklist'"
_WORDS = {"rbd": "block devices", "cephfs": "file systems"}
_DOES = {"provisioner": "makes and deletes", "node": "mounts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CephUser:
    """A user of Ceph with its capabilities."""

    name: str
    """The whole name, `client.` in front."""
    capabilities: Mapping[str, str] = field(hash=False)
    """Kind of daemon to what is allowed there."""

    @property
    def id(self) -> str:
        """The name without `client.`, as the CSI drivers want it."""
        return self.name.removeprefix("client.")

    @property
    def command(self) -> str:
        """The command that makes the user, or shows it where it is there."""
        said = (f'{daemon} "{allowed}"' for daemon, allowed in self.capabilities.items())
        return " ".join(("ceph auth get-or-create", self.name, *said))


def csi_secret_name(driver: str, role: str, prefix: str = "") -> str:
    """Name the Secret of a driver (`rbd`, `cephfs`) in a role (`provisioner`, `node`)."""
    return f"{prefix}csi-{driver}-{role}"


def iter_csi_secrets(
    ceph: ExternalCeph,
    cluster: Cluster,
    *,
    namespace: str,
    prefix: str = "",
    type: str = "Opaque",  # noqa: A002
) -> Iterator[WantedSecret]:
    """Give the Secrets that the CSI drivers read, two for each kind of volume.

    Args:
        ceph: The Ceph outside.
        cluster: The cluster that uses it, whose name its users bear: several clusters may share one Ceph.
        namespace: Where the Secrets lie.
        prefix: What their names begin with.
        type: Their type.
    """
    for driver in wanted_drivers(ceph):
        for role, does in _DOES.items():
            user = plan_csi_user(ceph, cluster, driver, role)
            yield WantedSecret(
                namespace=namespace,
                name=csi_secret_name(driver, role, prefix),
                keys=("userID", "userKey"),
                formats=(f"the text {user.id}", "the key in what the command prints"),
                why=f"the user of Ceph that {does} volumes of {_WORDS[driver]}",
                type=type,
                obtained_by=user.command,
            )


def wanted_drivers(ceph: ExternalCeph) -> tuple[str, ...]:
    """Give the drivers that have volumes to hand out."""
    return (*(("rbd",) if ceph.block else ()), *(("cephfs",) if ceph.filesystem else ()))


def plan_csi_user(ceph: ExternalCeph, cluster: Cluster, driver: str, role: str) -> CephUser:
    """Give a user of the CSI drivers that may reach the named pools and file system alone.

    The capabilities are those of Rook's own script in its restricted mode
    (rook v1.20.6 deploy/examples/create-external-cluster-resources.py:883-1039).
    """
    allowed = _rbd(ceph, role) if driver == "rbd" else _cephfs(ceph, role)
    return CephUser(name=f"client.csi-{driver}-{role}-{cluster.name}", capabilities=allowed)


def plan_checking_user(cluster: Cluster) -> CephUser:
    """Give the user by which Rook asks for health and monitors; without object stores it needs no pool of theirs.

    Source: rook v1.20.6 deploy/examples/create-external-cluster-resources.py:1041-1054.
    """
    return CephUser(
        name=f"client.healthchecker-{cluster.name}",
        capabilities={
            "mon": "allow r, allow command quorum_status, allow command version",
            "mgr": "allow command config",
            "osd": "profile rbd-read-only",
            "mds": "allow *",
        },
    )


def _rbd(ceph: ExternalCeph, role: str) -> dict[str, str]:
    names = [ceph.block.pool, ceph.block.data_pool] if ceph.block else []
    osd = ", ".join(f"profile rbd pool={name}" for name in names if name)
    return {"mon": _MON_RBD, **({"mgr": "allow rw"} if role == "provisioner" else {}), "osd": osd}


def _cephfs(ceph: ExternalCeph, role: str) -> dict[str, str]:
    name = ceph.filesystem.name if ceph.filesystem else "*"
    makes = role == "provisioner"
    osd = f"allow rw tag cephfs {'metadata' if makes else '*'}={name}"
    return {"mon": _MON_CEPHFS, "mgr": "allow rw", "osd": osd, "mds": "allow *" if makes else "allow rw"}
