"""What does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.capacity.balance import NEARLY_FULL, Asked, Balance, Disks, Volumes
from trimtab.plan.quantities import render_bytes, render_cores


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Something that is asked for and is not there."""

    code: str
    message: str
    help: str
    about: Asked[object] | None = None
    """Who asks for it; nothing where all of them together do."""


def check_balance(balance: Balance) -> Iterator[Shortage]:
    """Find volumes that the disks cannot hold, and pods that the machines cannot."""
    for disks in balance.disks:
        too_large = [one for one in disks.volumes if not one.fits_at_all]
        yield from (_too_large(one, disks) for one in too_large)
        if not too_large and disks.taken > disks.usable:
            yield _too_many(disks)
    yield from _machines(balance)


def _too_large(one: Volumes, disks: Disks) -> Shortage:
    claim = one.asked.what
    copies = f", which takes {render_bytes(int(one.each * one.supply.factor))} with its copies" if one.supply else ""
    return Shortage(
        code="claim-larger-than-disks",
        message=f"the volume '{claim.name}' of the application '{one.asked.application}' has {render_bytes(one.each)}"
        f"{copies}; all disks of {disks.name} hold {render_bytes(disks.raw)}",
        help="ask for less, or name more disks in `nodes.<name>.disks`",
        about=one.asked,
    )


def _too_many(disks: Disks) -> Shortage:
    largest = sorted(disks.volumes, key=lambda one: -one.on_disks)[:3]
    named = ", ".join(f"{one.asked.application} {one.asked.what.name} {render_bytes(one.total)}" for one in largest)
    return Shortage(
        code="claims-exceed-disks",
        message=f"all volumes together take {render_bytes(disks.taken)} with their copies when they are full;"
        f" the disks of {disks.name} hold {render_bytes(disks.raw)},"
        f" and Ceph warns once {NEARLY_FULL:.0%} of that are taken",
        help=f"ask for less (the largest: {named}), keep fewer copies, or add disks; `trimtab capacity` lists them all",
        about=largest[0].asked,
    )


def _machines(balance: Balance) -> Iterator[Shortage]:
    asked, there = balance.requested, balance.machines
    help_ = "cut requests (`resources`, `sizeClass: small`), or add machines; `trimtab capacity` lists them all"
    if there.memory is not None and asked.memory > there.memory:
        what = f"{render_bytes(asked.memory)} of memory"
        yield _too_much(what, f"{render_bytes(there.memory)}", balance, help_)
    if there.cpu is not None and asked.cpu > there.cpu:
        yield _too_much(f"{render_cores(asked.cpu)} cores", f"{render_cores(there.cpu)}", balance, help_)


def _too_much(asked: str, there: str, balance: Balance, help_: str) -> Shortage:
    return Shortage(
        code="requests-exceed-nodes",
        message=f"all pods together ask for {asked}; the {balance.machines.count} machines that take pods have {there}",
        help=help_,
    )
