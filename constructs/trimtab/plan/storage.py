"""Volumes that are asked for, and what there is to make them of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Volumes of one kind that an application asks for."""

    name: str
    """What they hold, in a word or two."""
    size: str
    """The size of each, as a Kubernetes quantity in bytes."""
    storage_class: str | None = None
    """The class; nothing for the cluster's default one."""
    count: int = 1
    """How many there are."""
    path: tuple[str | int, ...] = ()
    """The settings path that gives the size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What volumes of a StorageClass are made of, where the settings say so."""

    disks: str
    """What the disks are called together; classes with one name share them."""
    raw: int
    """What all disks hold together, in bytes."""
    factor: float
    """How many bytes of disk one byte of a volume takes: copies, or chunks and those to mend them over chunks."""
    path: tuple[str | int, ...] = ()
    """The settings path that says how it is kept."""
