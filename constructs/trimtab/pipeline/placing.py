"""From what a check says to a finding with a place, for objects that stand in files."""

from __future__ import annotations

from collections.abc import Callable

from trimtab.documents.document import Places
from trimtab.findings.finding import Finding, Place, Related
from trimtab.findings.path import ROOT, Path
from trimtab.rules.code import get_code
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry

_NAME: Path = ("metadata", "name")

FindPlace = Callable[[Entry, Path, bool], Place | None]
"""Gives the place of a path in an object, of the key it ends in where that is asked for; nothing where no file has
it."""


def place_in(places: Places, at: Path, path: Path, *, on_key: bool = False) -> Place:
    """Find where a path of an object stands in its document.

    Args:
        places: The places of the document.
        at: Where in the document the object stands: a path where it is an item of a List.
        path: The path in the object. The object itself is shown by its name; what it lacks, by what comes nearest.
        on_key: Whether the key that the path ends in is meant.
    """
    if path == ROOT:
        found = places.value((*at, *_NAME))
    else:
        found = places.key((*at, *path)) if on_key else places.value((*at, *path))
    if found is None and path and isinstance(path[-1], int):
        found = places.value((*at, *path[:-1]))  # a line of a text: the text
    return found or places.nearest((*at, *path))[1]


def place_of_whole(places: Places, at: Path) -> Place:
    """Give the span of a whole object, for lines that must not be shown."""
    return places.value(at) or places.nearest(at)[1]


def build_complaint(
    complaint: Complaint, find_place: FindPlace, *, path: Path = ROOT, cluster: str | None = None
) -> Finding:
    """Turn what a check says into a finding.

    Args:
        complaint: What it says.
        find_place: What knows where objects stand.
        path: The settings path that the object came from, where there is one.
        cluster: The cluster it speaks of, where several share a file.
    """
    code = get_code(complaint.code)
    related = (Related(message=one.message, place=find_place(one.entry, one.path, False)) for one in complaint.others)
    return Finding(
        code=complaint.code,
        severity=code.severity,
        soft=code.soft,
        message=complaint.message,
        help=complaint.help,
        path=path,
        place=find_place(complaint.about, complaint.path, complaint.on_key),
        related=tuple(one for one in related if one.place is not None),
        cluster=cluster,
        hide_source=complaint.hide_source or is_secret(complaint.about),
        about=str(complaint.about),
    )


def is_secret(entry: Entry) -> bool:
    """Say whether the lines of an object are nobody's business."""
    return entry.kind == "Secret" and not entry.group
