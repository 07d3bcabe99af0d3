"""What is said of charts that are rendered."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            (
                "helm-missing",
                "Charts are to be rendered, and there is no helm on the path.",
                "Only helm knows what a chart's templates write; it comes with no Python package.",
            ),
            (
                "helm-too-old",
                "The helm on the path is older than 3.18.1.",
                "Argo CD renders with a newer one (argo-cd v3.5.1 hack/tool-versions.sh), so the two could differ.",
            ),
            (
                "render-failed",
                "A chart does not render with these values.",
                "helm refuses it, or writes what Kubernetes cannot read; Argo CD would be stopped by the same.",
            ),
        ],
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "changes-on-every-render",
                "A chart makes up a new value each time it is rendered.",
                "Argo CD renders again and again, and the object never comes to rest (argoproj/argo-cd#5202, #21745).",
            )
        ],
        soft=True,
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "not-checked",
                "Something could not be looked at.",
                "What is not known, such as what a chart renders that is not at hand, is said and counted.",
            )
        ],
        Severity.NOTE,
        needs_build=True,
    ),
    *tell_codes(
        [
            (
                "helm-not-tried",
                "The helm on the path is newer than any that the tests render with.",
                "A new major may read values or templates differently.",
            ),
            (
                "hook-left-out",
                "A chart's hook is left out of what is rendered.",
                "Argo CD has no such hook, or it would do harm where Argo CD runs it.",
            ),
            (
                "key-rendered-twice",
                "A chart writes one key twice in one object.",
                "Kubernetes takes the last one, other readers the first or none.",
            ),
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
