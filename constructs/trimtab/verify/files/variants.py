"""Folders that hold the same objects for several clusters, such as `dev` and `prod`, and files to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations, pairwise

from trimtab.kube.manifests import Identity
from trimtab.verify.files.folders import folder_of, iter_above

_MANY = 5
"""So many objects make a file a bundle of its own: fewer may be a copy by mistake."""
_FEW = 2
"""Files that share an object by mistake."""
_MOST = 64
"""Files with one object in common beyond which it says nothing of them: pairs are counted."""


def find_choices(objects: Iterable[tuple[Hashable, str]]) -> frozenset[str]:
    """Find files, such as `install.yaml` and `ha-install.yaml`, of which somebody applies one, and not all.

    They share half of the smaller one's objects or more, and five at least.

    Args:
        objects: What makes each object one object, and its file, of files that no Application applies.
    """
    listed = list(objects)
    sizes = Counter(file for _, file in listed)
    files: dict[Hashable, set[str]] = {}
    for identity, file in listed:
        if sizes[file] >= _MANY:
            files.setdefault(identity, set()).add(file)
    alike = Counter(frozenset(several) for several in files.values() if 1 < len(several) <= _MOST)
    shared: Counter[tuple[str, str]] = Counter()
    for several, count in alike.items():
        for pair in combinations(sorted(several), 2):
            shared[pair] += count
    return frozenset(
        file
        for pair, count in shared.items()
        if count >= max(_MANY, min(sizes[pair[0]], sizes[pair[1]]) / 2)
        for file in pair
    )


def find_alternatives(objects: Iterable[tuple[Identity, str, str | None]]) -> frozenset[Identity]:
    """Find objects that stand in several files, and that hardly anybody applies from more than one of them.

    Those are files in folders of which none lies in another, such as `deploy` and `testdata`; and files of a tree in
    which that is the way, as it is among examples: two files that share an object are a mistake, three hardly.

    Args:
        objects: What makes each object one object, its file, and the cluster that is for, if it is for one of its own;
            of files that no Application applies.
    """
    files: dict[Identity, dict[str | None, set[str]]] = {}
    for identity, file, cluster in objects:
        files.setdefault(identity, {}).setdefault(cluster, set()).add(file)
    several = {
        identity: together
        for identity, by_cluster in files.items()
        for named in by_cluster.values()
        if len(together := named | by_cluster.get(None, set())) > 1  # what is for no cluster of its own is for each
    }
    is_the_way = len(set().union(*several.values())) > _FEW
    return frozenset(identity for identity, named in several.items() if is_the_way or _lie_apart(named))


def _lie_apart(files: Iterable[str]) -> bool:
    """Say whether two of some files lie in folders of which none lies in the other."""
    folders = {folder_of(file) for file in files}
    return any(_parting(one, other) for one, other in combinations(sorted(folders), 2))


def find_variants(objects: Iterable[tuple[Hashable, str]]) -> frozenset[str]:
    """Find folders beside each other that share half of the smaller one's objects or more, and two at least.

    One object that stands in two folders is a mistake; where most of them do, each folder is meant for another cluster.

    Args:
        objects: What makes each object one object, and its file.
    """
    folders: dict[Hashable, str] = {}
    several: dict[Hashable, set[str]] = {}
    counts: Counter[str] = Counter()
    for identity, file in objects:
        folder = folder_of(file)
        counts[folder] += 1
        if folders.setdefault(identity, folder) != folder:
            several.setdefault(identity, {folders[identity]}).add(folder)
    shared: Counter[tuple[str, str]] = Counter()
    for named in several.values():
        shared.update({pair for one, other in pairwise(sorted(named)) if (pair := _parting(one, other))})
    sizes = _sum_up(counts) if shared else {}
    return frozenset(
        folder
        for pair, count in shared.items()
        if count >= max(2, min(sizes[pair[0]], sizes[pair[1]]) / 2)
        for folder in pair
    )


def _sum_up(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Count what lies in each folder and in those below it."""
    sizes: Counter[str] = Counter()
    for folder, count in counts.items():
        for above in iter_above(folder):
            sizes[above] += count
    return sizes


def variant_of(file: str, variants: frozenset[str]) -> str | None:
    """Give the file if it is one to choose, or the outermost of the folders that it lies in; nothing where neither."""
    if not variants:
        return None
    if file in variants:
        return file
    return next((folder for folder in reversed(list(iter_above(folder_of(file)))) if folder in variants), None)


def _parting(one: str, other: str) -> tuple[str, str] | None:
    """Give the two folders beside each other by which two paths part; nothing where one lies in the other."""
    parts, others = one.split("/") if one else [], other.split("/") if other else []
    at = next((at for at, pair in enumerate(zip(parts, others, strict=False)) if pair[0] != pair[1]), None)
    return None if at is None else ("/".join(parts[: at + 1]), "/".join(others[: at + 1]))
