"""What is said of the folder dist/."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            (
                "hand-edited-output",
                "A generated file was changed by hand.",
                "The next run would write over the edit.",
                (
                    "Make the change in the settings, by `values` or `patches`; then bring the file back with `git "
                    "checkout dist/`, or run `trimtab synth --discard-edits`."
                ),
            ),
            (
                "unreadable-index",
                "The inventory of a generated tree cannot be read.",
                "Without it nobody knows which files were generated.",
                (
                    "Bring index.json back from Git, `git checkout dist/<cluster>/index.json`, or run `trimtab "
                    "synth --discard-edits`."
                ),
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
                (
                    "Move extra manifests to apps/manifests/<cluster>/<application>/ and everything else out of "
                    "dist/; remove what nobody needs."
                ),
            ),
            (
                "cluster-without-settings",
                "A folder in dist/ belongs to no cluster that has settings.",
                "Argo CD goes on applying it for as long as its root Application is there.",
                (
                    "Remove the folder when the cluster is gone, after its root Application was deleted; else "
                    "bring its file in apps/clusters/ back."
                ),
            ),
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
