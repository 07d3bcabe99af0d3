"""Images and revisions of a foreign tree that are another one tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.kube.pins import iter_unpinned
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.argocd.own_repository import find_own_repositories
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.tree import Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.world import World

_CODE = "unpinned-source"


def check_images(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find what is fetched under a name that moves; a tree of ours has been asked before it was laid out."""
    if world.foreign:
        own = find_own_repositories(tree, world)
        for entry in tree.entries:
            if is_own(entry):
                for unpinned in iter_unpinned(entry.manifest, own):
                    what = f"fetches what may be another tomorrow: {unpinned.message}"
                    yield complain(_CODE, entry, unpinned.path, what, unpinned.help)


CHECKS = (Check(name="names that move", codes=(_CODE,), run=check_images),)
