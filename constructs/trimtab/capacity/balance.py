"""What is asked for against what there is, for one cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Generic, TypeVar

from trimtab.capacity.requested import Amount, Requested
from trimtab.plan.nodes import NodeFacts
from trimtab.plan.offers import StorageClass
from trimtab.plan.quantities import parse_quantity
from trimtab.plan.storage import Claim, Supply

T_co = TypeVar("T_co", covariant=True)

NEARLY_FULL = 0.85
"""The share of its disks from which Ceph warns (docs.ceph.com, mon_osd_nearfull_ratio)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Generic[T_co]):
    """Something that an application asks for, and where that is said."""

    application: str
    what: T_co
    origin: object = None
    """Where it is said, for who asks: settings path or object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """Volumes of one kind with the class they come from."""

    asked: Asked[Claim]
    each: int
    """The size of each, in bytes."""
    supply: Supply | None
    """What they are made of; nothing where that is not known."""
    storage_class: str

    @property
    def total(self) -> int:
        """All of them, in bytes, as their users see them."""
        return self.each * self.asked.what.count

    @property
    def on_disks(self) -> int:
        """All of them with every copy, in bytes."""
        return ceil(self.total * self.supply.factor) if self.supply else self.total

    @property
    def fits_at_all(self) -> bool:
        """Whether the disks could hold one of them if there were nothing else."""
        return self.supply is None or self.each * self.supply.factor <= self.supply.raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Disks:
    """Disks that volumes share, and those volumes."""

    name: str
    raw: int
    volumes: tuple[Volumes, ...]

    @property
    def taken(self) -> int:
        """What all volumes take when they are full, in bytes of disk."""
        return sum(one.on_disks for one in self.volumes)

    @property
    def usable(self) -> int:
        """What may be taken before Ceph warns, in bytes of disk."""
        return int(self.raw * NEARLY_FULL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """What the machines that take pods have; nothing where one of them does not say."""

    count: int
    cpu: Decimal | None
    memory: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A cluster's capacity: what is asked for, and what there is."""

    cluster: str
    machines: Machines
    requests: tuple[Asked[Requested], ...]
    disks: tuple[Disks, ...]
    elsewhere: tuple[Volumes, ...]
    """Volumes of which nobody knows what they are made of."""
    uncounted: tuple[str, ...] = ()
    """Applications whose chart Argo CD renders, so that what its pods ask for is not known here."""

    @property
    def requested(self) -> Amount:
        """What all pods ask for together."""
        return sum((one.what.total for one in self.requests), Amount())


def plan_balance(
    cluster: str,
    *,
    nodes: Sequence[NodeFacts],
    classes: Iterable[StorageClass],
    claims: Iterable[Asked[Claim]],
    requests: Iterable[Asked[Requested]],
    uncounted: Iterable[str] = (),
) -> Balance:
    """Set what is asked for against what there is.

    Args:
        cluster: The cluster's name.
        nodes: Its machines.
        classes: The StorageClasses there are.
        claims: Volumes that are asked for; a size that is no quantity counts as none.
        requests: What pods ask for.
        uncounted: Applications that could not be counted.
    """
    by_name = {one.name: one for one in classes}
    default = next((one.name for one in by_name.values() if one.default), "")
    volumes = [_volumes(one, by_name, default) for one in claims]
    supplies: dict[str, Supply] = {}
    for one in by_name.values():
        if one.supply:
            supplies.setdefault(one.supply.disks, one.supply)
    return Balance(
        cluster=cluster,
        machines=_machines(nodes),
        requests=tuple(one for one in requests if one.what.count),
        disks=tuple(
            Disks(
                name=name,
                raw=supply.raw,
                volumes=tuple(one for one in volumes if one.supply and one.supply.disks == name),
            )
            for name, supply in sorted(supplies.items())
        ),
        elsewhere=tuple(one for one in volumes if one.supply is None),
        uncounted=tuple(uncounted),
    )


def _volumes(asked: Asked[Claim], classes: Mapping[str, StorageClass], default: str) -> Volumes:
    name = asked.what.storage_class or default
    offer = classes.get(name)
    size = parse_quantity(asked.what.size)
    return Volumes(
        asked=asked, each=int(size) if size else 0, supply=offer.supply if offer else None, storage_class=name
    )


def _machines(nodes: Sequence[NodeFacts]) -> Machines:
    usable = [node for node in nodes if node.is_schedulable]
    memory = [parse_quantity(node.memory) for node in usable]
    cores = [node.cpu for node in usable]
    return Machines(
        count=len(usable),
        cpu=Decimal(sum(one for one in cores if one)) if usable and all(cores) else None,
        memory=sum((one for one in memory if one), Decimal(0)) if usable and all(memory) else None,
    )
