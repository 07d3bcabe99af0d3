"""What is known of a tree from elsewhere than its objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.kube.manifests import Identity, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """A cluster's folder of our own making, from its `index.json`."""

    folder: str
    """Its path in the tree."""
    cluster: str
    kubernetes: tuple[int, int]
    secrets: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody says of a tree."""

    kubernetes: tuple[int, int]
    """The version where no inventory says another."""
    prefix: str | None = None
    """Where the tree lies in its repository, with `/` at its end; nothing where that is not known."""
    remotes: tuple[str, ...] = ()
    """The addresses of that repository's remotes; never to be shown."""
    names: frozenset[str] | None = None
    """Every file of the repository, where the tree is all of it."""
    inventories: tuple[Inventory, ...] = ()
    kinds: tuple[CustomKind, ...] = ()
    definitions: tuple[Manifest, ...] = ()
    secrets: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, hash=False)
    provided: frozenset[Identity] = frozenset()
