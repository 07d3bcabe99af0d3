"""The earlier revision that a run is compared with: which one, and a word where there is none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trimtab.doors.errors import OutsideError
from trimtab.doors.git import Branch, Repository, find_merge_base, find_repository, read_branches, read_commit
from trimtab.pipeline.state import Options, State
from trimtab.tree.revision import Revision, open_revision

NOTHING = "none"
"""The revision that stands for no comparison."""

_LOCAL = "refs/heads/"
_REMOTE = "refs/remotes/"
_USUAL = ("main", "master")
_LEFT = "so skipped minors, downgrades and immutable fields go unchecked"


def find_base(options: Options, wanted: str | None) -> tuple[Options, tuple[str, ...]]:
    """Find the revision to compare with.

    Without a wish it is the merge base of HEAD and the default branch: the remote's, else `main` or `master` here. On
    that branch it is HEAD itself, so that what is not committed yet is compared.

    Args:
        options: What the user asked for.
        wanted: A revision, `none`, or nothing for the default.

    Returns:
        The options with the revision, and what must be said: why there is none, or which clusters it does not have.

    Raises:
        OutsideError: The revision that was asked for is not there.
    """
    if wanted == NOTHING:
        return options, (_tell("--base none"),)
    try:
        repository = find_repository(options.root)
        found = _find(repository, options, wanted) if repository else "this is no Git repository"
    except OutsideError as error:
        if wanted:
            raise
        found = error.message
    if isinstance(found, str):
        if wanted:
            raise OutsideError(f"cannot compare with '{wanted}': {found}", "name a commit, a branch or a tag, or none")
        return options, (_tell(found),)
    return replace(options, base=found), ()


def _tell(why: str) -> str:
    return f"note: nothing to compare with ({why}), {_LEFT}"


def _find(repository: Repository, options: Options, wanted: str | None) -> Revision | str:
    if wanted:
        commit = read_commit(repository, wanted)
        return _open(repository, options, commit, wanted) if commit else "there is no such revision"
    head = read_commit(repository, "HEAD")
    if head is None:
        return "there is no commit yet"
    default = find_default_branch(read_branches(repository))
    if default is None:
        return "there is no default branch; name a revision with --base"
    commit = head if default.commit == head else find_merge_base(repository, head, default.commit)
    shown = default.name.removeprefix(_LOCAL).removeprefix(_REMOTE)
    return _open(repository, options, commit, shown) if commit else f"HEAD and {shown} have no commit in common here"


def find_default_branch(branches: Sequence[Branch]) -> Branch | None:
    """Find the branch that changes are made for: where the remote's HEAD points, else `main` or `master`.

    A remote's branch comes before ours, which may be behind it; `origin` comes before other remotes.
    """
    by_name = {branch.name: branch for branch in branches}
    heads = sorted((b for b in branches if b.points_at in by_name), key=lambda b: (_ORIGIN not in b.name, b.name))
    wanted = [head.points_at for head in heads]
    wanted += [f"{start}{name}" for start in (_ORIGIN, _LOCAL) for name in _USUAL]
    return next((by_name[name] for name in wanted if name in by_name), None)


_ORIGIN = f"{_REMOTE}origin/"


def _open(repository: Repository, options: Options, commit: str, shown: str) -> Revision | str:
    revision = open_revision(repository, commit, shown, _folder(options))
    return revision if revision.trees else f"{shown} has no {revision.folder or 'clusters'} at {commit[:12]}"


def _folder(options: Options) -> str:
    """Give the output folder below the top, or the usual one where this run writes somewhere else."""
    output, root = (Path(os.path.abspath(one)) for one in (options.output, options.root))  # noqa: PTH100 - no links
    return output.relative_to(root).as_posix() if output.is_relative_to(root) and output != root else "dist"


def tell_new_clusters(state: State) -> tuple[str, ...]:
    """Name the clusters that the base does not have."""
    base = state.options.base
    new = [name for name in state.cluster_names if base and name not in base.trees]
    return (_tell(f"new since {base.shown}: {', '.join(new)}"),) if base and new else ()
