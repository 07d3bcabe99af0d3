"""What is said of the files that settings are in."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            (
                "missing-file",
                "A cluster, profile or folder that was named is not there.",
                "Its settings would be missed in silence.",
                (
                    "Make the file or folder that is named, or correct the name; `trimtab init` makes a whole "
                    "repository."
                ),
            ),
            (
                "unreadable-file",
                "A file or folder cannot be read.",
                "The disk refuses, so its settings are not known.",
                (
                    "Look at the file's rights and its kind (`ls -l`): the file itself must lie there, readable, "
                    "and be no link."
                ),
            ),
            (
                "several-documents",
                "A settings file holds several documents.",
                "Which of them is meant would be a guess.",
                "Remove the line '---', or make a file of each document.",
            ),
            (
                "not-a-mapping",
                "A settings file is not a mapping of keys to values.",
                "There is no setting to take from it.",
                "Begin the file with a key, such as 'cluster: my-cluster'.",
            ),
            (
                "unknown-format",
                "A file has a settings format that this release does not read.",
                "Its settings may mean something else.",
                "Write `apiVersion: trimtab/v1`, or install the release that reads this format.",
            ),
            (
                "file-name-mismatch",
                "A cluster's file is named for another cluster.",
                "The file's name is the cluster's name: its folder in dist/ and its Applications carry it.",
                (
                    "Write the file's name as `cluster`, or rename the file; the name is what dist/ and the "
                    "Applications carry."
                ),
            ),
            (
                "misplaced-setting",
                "A setting stands in a layer where it has no meaning.",
                "A shared file cannot say which cluster or which profiles a cluster is made of.",
                "Move the setting to the file that the message names.",
            ),
            (
                "setting-named-twice",
                "A setting stands under its old name and its new one.",
                "Which of the two holds would be a guess.",
                "Keep the new name, and remove the old one.",
            ),
        ]
    ),
    *tell_codes(
        [
            (
                "misnamed-file",
                "A file's name ends in .yml.",
                "Only .yaml is read, so that no cluster has two files.",
                "Rename the file so that it ends in .yaml.",
            ),
            (
                "manifest-without-application",
                "An extra manifest lies in no cluster's or no application's folder.",
                "Each object belongs to the application that syncs it; this one is not read.",
                "Move the file to apps/manifests/<cluster>/<application>/.",
            ),
            (
                "null-removes-nothing",
                "A null removes a setting that no layer below sets.",
                "A key without a value is null in YAML; often an empty mapping was meant.",
                "Write `name: {}` if an empty mapping was meant, or remove the line.",
            ),
            (
                "setting-renamed",
                "A setting is written under its old name.",
                "The old name is read for two more releases.",
                "Write the new name, which the message gives.",
            ),
        ],
        Severity.WARNING,
    ),
)
