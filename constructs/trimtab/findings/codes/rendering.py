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
                (
                    "Install helm 3.18.1 or newer (helm.sh/docs/intro/install) and see that `helm version` finds "
                    "it; or set `delivery: values`, with which Argo CD renders."
                ),
            ),
            (
                "helm-too-old",
                "The helm on the path is older than 3.18.1.",
                "Argo CD renders with a newer one (argo-cd v3.5.1 hack/tool-versions.sh), so the two could differ.",
                "Install helm 3.18.1 or newer, and see that `helm version` finds that one first.",
            ),
            (
                "render-failed",
                "A chart does not render with these values.",
                "helm refuses it, or writes what Kubernetes cannot read; Argo CD would be stopped by the same.",
                (
                    "Change the value that helm's message speaks of, or the setting it comes from; `helm template` "
                    "with the values.yaml of dist/ shows the same."
                ),
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
                (
                    "Make the Secret or certificate yourself and name it in the chart's values, so that the chart "
                    "makes up none: look for keys such as `existingSecret`."
                ),
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
                (
                    "Do what the note says if you want it looked at: most often `trimtab lock`, then "
                    "`--with-charts`. Nothing is wrong because of it."
                ),
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
                "Put helm 4 on the path; or render with both and compare: `trimtab synth`, then `git diff dist/`.",
            ),
            (
                "hook-left-out",
                "A chart's hook is left out of what is rendered.",
                "Argo CD has no such hook, or it would do harm where Argo CD runs it.",
                (
                    "Read what the hook does in the chart, and do that by hand whenever it is wanted. If it is not "
                    "wanted, allow this with the reason."
                ),
            ),
            (
                "key-rendered-twice",
                "A chart writes one key twice in one object.",
                "Kubernetes takes the last one, other readers the first or none.",
                (
                    "Look among your values for a key that the chart writes itself, and remove it there; if it is "
                    "the chart's own fault, tell its publisher."
                ),
            ),
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)
