"""Every check of a finished tree, in the order they are made."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify import objects
from trimtab.verify.check import Check
from trimtab.verify.complaint import Said
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

CHECKS: tuple[Check, ...] = (*objects.CHECKS,)
"""One line a topic."""


def check_tree(tree: Tree, world: World) -> Iterator[Said]:
    """Make every check on a tree."""
    for check in CHECKS:
        yield from check.run(tree, world)
