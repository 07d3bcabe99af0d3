"""What is said of objects that an earlier revision had otherwise."""

from __future__ import annotations

from dataclasses import replace

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_HARD = [
    (
        "immutable-field-changed",
        "A field changed that can be set only once.",
        "The API server refuses it (`field is immutable`), and Argo CD's sync fails until the object is made anew.",
        (
            "Put the old value back. To change it, make a new object under another name and move what depends on "
            "it; or let Argo CD make it anew with the sync option Force=true,Replace=true, if losing the old one "
            "does no harm."
        ),
    ),
    (
        "stored-version-removed",
        "A custom resource definition lost the version that its objects are stored in.",
        "The API server refuses it while status.storedVersions names it (kubernetes.io, versions of custom resources).",
        (
            "Keep the version listed with `served: false`, rewrite the objects (kube-storage-version-migrator), "
            "take it out of status.storedVersions, and remove it then."
        ),
    ),
]
_SOFT = [
    (
        "unsafe-change",
        "A field changed that is read only once, or whose change loses data, and nobody refuses it.",
        "The tree applies cleanly, and what is running either never follows or begins anew without its data.",
        (
            "Put the old value back, or do what the help says, in that order: most often something new beside the "
            "old, move the data, then remove the old."
        ),
    ),
]
_WARNINGS = [
    (
        "unreadable-base",
        "The inventory of the base revision cannot be read.",
        "Nothing can be compared with it, so moves between versions go unchecked.",
        "Name a revision with --base whose dist/ was generated, such as a release's tag.",
    ),
]

CODES: tuple[Code, ...] = tuple(
    replace(code, needs_base=True)
    for code in (
        *tell_codes(_HARD, needs_build=True),
        *tell_codes(_SOFT, soft=True, needs_build=True),
        *tell_codes(_WARNINGS, Severity.WARNING),
    )
)
