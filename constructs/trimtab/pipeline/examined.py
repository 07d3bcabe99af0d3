"""What should be said of a look at a tree beside what is wrong: what was assumed, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.pipeline.tree_source import TreeSource
from trimtab.verify.files.clusters import Split
from trimtab.verify.files.gathering import Gathered

_MOST = 4
"""Overlays that are named."""


def iter_notes(
    source: TreeSource,
    gathered: Gathered,
    split: Split,
    unchecked: Mapping[str, int],
    version: tuple[tuple[int, int], bool],
) -> Iterator[str]:
    """Give a line for each thing that a reader should know.

    Args:
        source: The tree.
        gathered: What its files hold.
        split: Its clusters.
        unchecked: What checks could not look at, and how often.
        version: The minor version of Kubernetes, and whether anybody named it.
    """
    number, is_named = version
    if not is_named and any(cluster.world.foreign for cluster in split.clusters):
        shown = ".".join(map(str, number))
        yield f"Kubernetes {shown} is assumed, the newest that this release knows: name another with --kubernetes"
    left_out = [f"{count} {what}" for what, count in sorted(gathered.left_out.items()) if count]
    if left_out:
        yield f"files left out: {', '.join(left_out)}"
    passed = [f"{count} {what}" for what, count in sorted(source.files.passed_over.items()) if count]
    if passed:
        yield f"not followed, not read: {', '.join(passed)}"
    if split.variants:
        yield f"taken for a cluster each, since they hold the same objects: {', '.join(split.variants)}"
    if split.alternatives:
        what = "objects that several files hold and no Application applies, taken for alternatives"
        yield f"{what}: {split.alternatives}"
    if split.overlays:
        several = f"{', '.join(split.overlays[:_MOST])}{' …' if len(split.overlays) > _MOST else ''}"
        yield f"kustomizations that no Application applies, taken for a cluster each: {len(split.overlays)} ({several})"
    if split.unowned:
        yield f"objects that no Application applies: {split.unowned}"
    if split.copies:
        yield f"objects left out, since an Application applies the same ones from another file: {split.copies}"
    yield from (f"not checked ({count}): {reason}" for reason, count in sorted(unchecked.items()))
