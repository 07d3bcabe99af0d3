"""Every check of a finished tree, in the order they are made."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify import objects
from trimtab.verify.api_server import registry as api_server
from trimtab.verify.argocd import checks as argocd
from trimtab.verify.check import Check
from trimtab.verify.complaint import Said
from trimtab.verify.custom import check as custom
from trimtab.verify.kubernetes import registry as kubernetes
from trimtab.verify.operators import registry as operators
from trimtab.verify.references import registry as references
from trimtab.verify.secrets import checks as secrets
from trimtab.verify.tree import Tree
from trimtab.verify.values import checks as values
from trimtab.verify.workloads import registry as workloads
from trimtab.verify.world import World

CHECKS: tuple[Check, ...] = (
    *objects.CHECKS,
    *argocd.CHECKS,
    *operators.CHECKS,
    *values.CHECKS,
    *secrets.CHECKS,
    *references.CHECKS,
    *kubernetes.CHECKS,
    *custom.CHECKS,
    *api_server.CHECKS,
    *workloads.CHECKS,
)
"""One line a topic."""


def check_tree(tree: Tree, world: World) -> Iterator[Said]:
    """Make every check on a tree."""
    for check in CHECKS:
        yield from check.run(tree, world)
