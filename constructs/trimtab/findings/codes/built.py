"""What is said of generated objects, patches and constructs."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            (
                "not-an-object",
                "An extra manifest is no Kubernetes object.",
                "Each has apiVersion, kind and metadata.name.",
            ),
            (
                "object-owned-twice",
                "One object is written twice.",
                "Two Applications would undo each other's work for ever (Argo CD: SharedResourceWarning).",
            ),
            (
                "duplicate-object",
                "Two objects of one application would share a file.",
                "The second would replace the first.",
            ),
            (
                "never-applied-kind",
                "An object has a kind that Argo CD leaves out.",
                "Argo CD excludes it by default (resource.exclusions in argocd-cm) and still says Synced.",
            ),
            (
                "secret-in-git",
                "A Secret lies in Git with its values.",
                "Everybody who may read the repository, or ever could, has them; base64 hides nothing.",
            ),
            ("patch-without-target", "A patch fits no generated object.", "What it was meant to mend stays as it was."),
            ("patch-refused", "A patch does not fit its object.", "A step of it cannot be done (RFC 6902, RFC 7386)."),
            ("missing-construct-file", "A user construct names a file that is not there.", "There is nothing to load."),
            (
                "missing-construct-symbol",
                "A user construct names what its file does not define.",
                "There is nothing to call.",
            ),
            (
                "construct-outside-repository",
                "A user construct names a file outside the repository.",
                "The tree must follow from the checkout alone.",
            ),
            (
                "user-construct-failed",
                "A user construct raised an error.",
                "Its objects are not whole, so nothing is written.",
            ),
            ("invalid-construct", "A construct says itself that it is not valid.", "Its own validation refused it."),
            ("unreadable-construct", "A construct cannot be made into an object.", "What it holds is no JSON."),
            (
                "construct-outside-application",
                "A user construct stands beside the applications, not in one.",
                "No Application would sync its objects.",
            ),
            (
                "rounded-number",
                "An object of a user construct holds a number that Node has rounded.",
                "Node keeps 53 bits of a whole number (ECMA-262, Number); Kubernetes would get another one.",
            ),
            ("dependency-ring", "Constructs wait for each other in a ring.", "None of them would ever be first."),
        ],
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "wave-before-dependency",
                "An object's own sync wave comes before that of what it depends on.",
                "Argo CD applies lower waves first, so the dependency would not hold.",
            )
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
