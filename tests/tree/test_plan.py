"""What writing would do, worked out from values alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.doors.disk import FileKind
from trimtab.findings.finding import Severity
from trimtab.tree.index import Index
from trimtab.tree.plan import ClusterPlan, parent_folders, plan_cluster
from trimtab.tree.standing import Standing

PATHS = st.sets(st.sampled_from(["a", "b", "c/d", "c/e", "c/f/g", "index.json"]))
INDEX = Index(version="0", cluster="lab", kubernetes="1.34")


def planned(
    new: set[str], there: set[str], same: set[str], known: set[str], edited: set[str], discard: bool
) -> ClusterPlan:
    """Plan for a folder where `there` stands, of which the inventory knows `known`."""
    same = same & there & new
    digests = {path: "edited" if path in edited else "known" for path in known & there - same}
    standing = Standing(
        kind=FileKind.FOLDER,
        kinds=dict.fromkeys(there, FileKind.FILE),
        same=frozenset(same),
        known=dict.fromkeys(known, "known"),
        digests=digests,
        index=INDEX,
    )
    return plan_cluster("lab", dict.fromkeys(new, b""), standing, shown="dist/lab", discard_edits=discard)


@given(PATHS, PATHS, PATHS, PATHS, PATHS, st.booleans())
def test_every_path_has_one_fate(
    new: set[str], there: set[str], same: set[str], known: set[str], edited: set[str], discard: bool
) -> None:
    """What is new is changed or unchanged; what is only there is removed or foreign; nothing is two of them."""
    plan = planned(new, there, same, known, edited, discard)
    assert sorted(plan.changed + plan.unchanged) == sorted(new)
    assert sorted(plan.removed + plan.foreign) == sorted(there - new)


@given(PATHS, PATHS, PATHS, PATHS, PATHS, st.booleans())
def test_nothing_of_others_is_lost(
    new: set[str], there: set[str], same: set[str], known: set[str], edited: set[str], discard: bool
) -> None:
    """A plan without an error loses no byte that somebody else wrote, unless edits may be discarded."""
    plan = planned(new, there, same, known, edited, discard)
    lost = there - (same & new) - set(plan.foreign)
    not_ours = lost - known - {"index.json"}
    edits = lost & known & edited
    is_refused = any(finding.severity is Severity.ERROR for finding in plan.findings)
    assert is_refused == bool(not_ours or (edits and not discard))


@given(PATHS, PATHS, PATHS, PATHS)
def test_foreign_files_are_named(new: set[str], there: set[str], same: set[str], known: set[str]) -> None:
    """Every file that is carried over is named in a warning."""
    plan = planned(new, there, same, known, set(), discard=False)
    named = [finding.place.file for finding in plan.findings if finding.severity is Severity.WARNING and finding.place]
    assert named == [f"dist/lab/{path}" for path in plan.foreign]


def test_a_removal_alone_is_something_to_write() -> None:
    """A folder that only has a stale file too many is not up to date."""
    assert not planned({"a"}, {"a", "b"}, {"a"}, {"a", "b"}, set(), discard=False).is_up_to_date
    assert planned({"a"}, {"a"}, {"a"}, {"a"}, set(), discard=False).is_up_to_date


def test_parent_folders() -> None:
    """The folders above paths are all of them, but not the topmost."""
    assert parent_folders({"a", "b/c/d/e"}) == {"b", "b/c", "b/c/d"}
