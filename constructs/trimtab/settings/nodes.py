"""The machines of a cluster."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from trimtab.settings.model import Address, DnsName, Model, Quantity


class Role(StrEnum):
    """What a node is for."""

    CONTROL_PLANE = "control-plane"
    WORKER = "worker"


class Architecture(StrEnum):
    """Processor architectures, as the label `kubernetes.io/arch` spells them."""

    AMD64 = "amd64"
    ARM64 = "arm64"
    ARM = "arm"


class OperatingSystem(StrEnum):
    """Operating systems whose preparation is known."""

    ALPINE = "alpine"
    DEBIAN = "debian"
    UBUNTU = "ubuntu"
    RASPBIAN = "raspbian"
    OTHER = "other"


class Disk(Model):
    """A disk that storage may take."""

    name: str = Field(
        title="a device name", pattern=r"^[A-Za-z0-9/_.:-]+$", examples=["sdb", "nvme0n1", "/dev/disk/by-id/ata-X"]
    )
    """The device, by kernel name or by a path below `/dev/disk`."""
    size: Quantity = Field(examples=["228Gi"])
    """How much it holds, in bytes."""


class KernelModules(Model):
    """Which modules the node's kernel has, where that is not all of them."""

    rbd: bool = True
    """The kernel client of Ceph block devices. Raspbian's kernel lacks it: volumes are then mounted by `rbd-nbd`."""
    nbd: bool = True
    """Network block devices, which `rbd-nbd` needs."""
    ceph: bool = True
    """The kernel client of the Ceph file system."""


class NodeCommon(Model):
    """What nodes may share."""

    roles: list[Role] | None = Field(None, min_length=1)
    """What the node is for. Default: `[worker]`."""
    arch: Architecture | None = None
    """Processor architecture. Default: amd64."""
    os: OperatingSystem | None = None
    """Operating system: decides which files prepare the host. Default: debian."""
    memory: Quantity | None = Field(None, examples=["16Gi"])
    """Memory, in bytes."""
    cpu: int | None = Field(None, ge=1)
    """Processor cores."""
    zone: DnsName | None = None
    """Where it stands: the label `topology.kubernetes.io/zone`."""
    labels: dict[str, str] = Field({}, examples=[{"role": "infra"}])
    """Labels of the node."""
    taints: list[str] = Field([], examples=[["role=infra:NoSchedule"]])
    """Taints of the node, as kubectl writes them: `key=value:Effect`. Components tolerate them where they must run
    everywhere."""
    schedulable: bool | None = None
    """A control-plane node that also takes workloads: its control-plane taint is off. Default: true where no node is
    only a worker, else false."""
    disks: list[Disk] = []
    """Disks that storage may take, empty ones."""
    kernel_modules: KernelModules | None = None
    """Which kernel modules are there. Default: all."""
    root: Literal["disk", "tmpfs"] | None = None
    """Where the root file system lies; `tmpfs` (network boot) forgets everything at a restart. Default: disk."""
    data: str | None = Field(None, title="an absolute path", pattern=r"^/[^ \t\r\n]+$", examples=["/data"])
    """A directory on a real disk, for state that must survive a restart."""


class Node(NodeCommon):
    """One machine."""

    address: Address = Field(examples=["2001:db8::11"])
    """The address that other nodes reach it by; the kubelet's `node-ip`."""
    secondary_address: Address | None = None
    """Its address of the other family, in a dual-stack cluster."""


class NodeCount(Model):
    """How many nodes there are, where there is nothing more to say of them."""

    control_plane: int = Field(1, ge=1, le=9)
    """Nodes that run the control plane."""
    workers: int = Field(0, ge=0, le=5000)
    """Nodes that only take workloads."""
