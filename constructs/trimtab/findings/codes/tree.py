"""What is said of the folder dist/."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            ("hand-edited-output", "A generated file was changed by hand.", "The next run would write over the edit."),
            (
                "unreadable-index",
                "The inventory of a generated tree cannot be read.",
                "Without it nobody knows which files were generated.",
            ),
        ],
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "foreign-file-in-dist",
                "A file that was not generated lies in dist/; an error where it stands in the way.",
                "Argo CD would apply what lies below a source path; what is not ours is never deleted.",
            ),
            (
                "cluster-without-settings",
                "A folder in dist/ belongs to no cluster that has settings.",
                "Argo CD goes on applying it for as long as its root Application is there.",
            ),
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
