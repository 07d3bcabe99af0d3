"""A check of a finished tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trimtab.verify.complaint import Said
from trimtab.verify.tree import Tree
from trimtab.verify.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look at a tree, by what it looks at."""

    name: str
    """What it looks at, in the words of a progress line."""
    codes: tuple[str, ...]
    """All codes it may find."""
    run: Callable[[Tree, World], Iterator[Said]]
