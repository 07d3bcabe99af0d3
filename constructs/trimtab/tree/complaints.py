"""The words of what can be wrong with the folders in dist/."""

from __future__ import annotations

from trimtab.doors.disk import FileKind
from trimtab.doors.disk_errors import shown_path
from trimtab.findings.finding import Finding, Place, Related, Severity

_KEEP_EDIT = "move the edit into the settings (values, patches), then run again with --discard-edits"


def edited_output(shown: str, path: str) -> Finding:
    """A generated file has other bytes than the inventory says, and would be lost."""
    file = f"{shown}/{path}"
    return Finding(
        code="hand-edited-output",
        severity=Severity.ERROR,
        message=f"{shown_path(file)} was changed after it was generated",
        help=_KEEP_EDIT,
        place=first_line(file),
    )


def edited_index(unreadable: Finding) -> Finding:
    """The inventory cannot be read, so nothing says which files are ours."""
    return Finding(
        code="hand-edited-output",
        severity=Severity.ERROR,
        message="the inventory of a generated folder was changed and cannot be read",
        help="bring it back from Git, or run again with --discard-edits to write over every file that is generated",
        place=unreadable.place,
        related=(Related(message=unreadable.message, place=unreadable.place),),
    )


def foreign_file(shown: str, path: str, kind: FileKind) -> Finding:
    """Somebody put something into a generated folder; it stays."""
    return Finding(
        code="foreign-file-in-dist",
        severity=Severity.WARNING,
        message=f"{shown_path(shown)}/{shown_path(path)} is a {kind} that was not generated",
        help="remove it where an earlier run left it; extra manifests go to apps/manifests/, anything else outside of"
        " dist/",
        place=first_line(f"{shown}/{path}"),
    )


def in_the_way(shown: str, path: str, *, has_index: bool) -> Finding:
    """Something that is not ours stands where a generated file or its folder has to be."""
    lost = "" if has_index else "; if it is generated and the inventory got lost, run again with --discard-edits"
    return Finding(
        code="foreign-file-in-dist",
        severity=Severity.ERROR,
        message=f"{shown_path(shown)}/{shown_path(path)} was not generated and stands where a generated file has to be",
        help=f"move it to another place{lost}",
        place=first_line(f"{shown}/{path}"),
    )


def no_folder(shown: str, kind: FileKind) -> Finding:
    """A link or a file stands where a cluster's folder has to be."""
    return Finding(
        code="foreign-file-in-dist",
        severity=Severity.ERROR,
        message=f"{shown_path(shown)} is a {kind}, where a cluster's folder has to be",
        help="move it to another place",
        place=first_line(shown),
    )


def cluster_without_settings(shown: str) -> Finding:
    """A folder belongs to no cluster that has settings; it stays."""
    return Finding(
        code="cluster-without-settings",
        severity=Severity.WARNING,
        message=f"{shown_path(shown)} belongs to no cluster that has settings",
        help="remove the folder when the cluster is gone; its Applications stay in Argo CD until their root is deleted",
        place=first_line(shown),
    )


def first_line(file: str) -> Place:
    """Point at a file as a whole."""
    return Place(file=shown_path(file), line=1, column=1, end_line=1, end_column=1)
