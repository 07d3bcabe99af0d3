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
                "Give the document apiVersion, kind and metadata.name, or move the file out of apps/manifests/.",
            ),
            (
                "object-owned-twice",
                "One object is written twice.",
                "Two Applications would undo each other's work for ever (Argo CD: SharedResourceWarning).",
                (
                    "Leave the object to one Application, and remove it from the other: its file, or the switch in "
                    "the chart's values that makes it."
                ),
            ),
            (
                "duplicate-object",
                "Two objects of one application would share a file.",
                "The second would replace the first.",
                "Give one of the two another name or namespace, or leave one out.",
            ),
            (
                "never-applied-kind",
                "An object has a kind that Argo CD leaves out.",
                "Argo CD excludes it by default (resource.exclusions in argocd-cm) and still says Synced.",
                (
                    "Remove the object: controllers in the cluster make such ones themselves. If you need it, take "
                    "its kind out of `resource.exclusions` in argocd-cm."
                ),
            ),
            (
                "secret-in-git",
                "A Secret lies in Git with its values.",
                "Everybody who may read the repository, or ever could, has them; base64 hides nothing.",
                (
                    "Make it outside Git with `trimtab secrets`, or bring an ExternalSecret or a SealedSecret, and "
                    "refer to that. Then change the value, for Git forgets nothing."
                ),
            ),
            (
                "patch-without-target",
                "A patch fits no generated object.",
                "What it was meant to mend stays as it was.",
                (
                    "Correct kind, namespace or name of the target: dist/<cluster>/apps/*/manifests/ holds what "
                    "can be patched. What a chart renders is changed by `values`."
                ),
            ),
            (
                "patch-refused",
                "A patch does not fit its object.",
                "A step of it cannot be done (RFC 6902, RFC 7386).",
                (
                    "Look at the object in dist/, and correct the patch: a path that a JSON patch replaces or "
                    "removes must be there, and a `test` must hold."
                ),
            ),
            (
                "missing-construct-file",
                "A user construct names a file that is not there.",
                "There is nothing to load.",
                (
                    "Write the path from the top of the repository, such as constructs/mine.py, and check that the "
                    "file is committed."
                ),
            ),
            (
                "missing-construct-symbol",
                "A user construct names what its file does not define.",
                "There is nothing to call.",
                (
                    "Define that name in the file, or correct it: a function takes (chart, facts, settings), a "
                    "class (scope, id, *, facts, settings)."
                ),
            ),
            (
                "construct-outside-repository",
                "A user construct names a file outside the repository.",
                "The tree must follow from the checkout alone.",
                "Move the file into the repository, and name it by its path from the top.",
            ),
            (
                "user-construct-failed",
                "A user construct raised an error.",
                "Its objects are not whole, so nothing is written.",
                (
                    "Correct the construct at the line that is marked; `trimtab synth --verbose` prints the whole "
                    "traceback."
                ),
            ),
            (
                "invalid-construct",
                "A construct says itself that it is not valid.",
                "Its own validation refused it.",
                "Read the message, which is the construct's own, and correct what you give to it.",
            ),
            (
                "unreadable-construct",
                "A construct cannot be made into an object.",
                "What it holds is no JSON.",
                "Give only text, numbers, true, false, lists and mappings with text as keys to the object.",
            ),
            (
                "construct-outside-application",
                "A user construct stands beside the applications, not in one.",
                "No Application would sync its objects.",
                "Build into the chart that the construct is given, or into one of chart.applications.",
            ),
            (
                "rounded-number",
                "An object of a user construct holds a number that Node has rounded.",
                "Node keeps 53 bits of a whole number (ECMA-262, Number); Kubernetes would get another one.",
                (
                    "Write the number as a string where Kubernetes takes one, or add the object with chart.add, "
                    "which keeps it whole."
                ),
            ),
            (
                "dependency-ring",
                "Constructs wait for each other in a ring.",
                "None of them would ever be first.",
                "Take one of the dependencies that the message draws away.",
            ),
        ],
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "wave-before-dependency",
                "An object's own sync wave comes before that of what it depends on.",
                "Argo CD applies lower waves first, so the dependency would not hold.",
                (
                    "Give the object a wave above that of what it depends on, or leave the annotation out to have "
                    "it worked out."
                ),
            )
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
