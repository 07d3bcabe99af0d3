"""What is said of Argo CD's own objects: Applications, sets of them, projects."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_REFUSED = (
    (
        "invalid-application",
        "An Application says what Argo CD cannot do.",
        (
            "It is stored all the same, and stays at InvalidSpecError or ComparisonError: nothing of it is synced"
            " (argo-cd v3.5.1 util/argo/argo.go:543, 588, 1089)."
        ),
        (
            "Change or remove what the message names, so that one source, one destination and one path are left of "
            "each kind."
        ),
    ),
    (
        "invalid-application-set",
        "An ApplicationSet makes no Applications.",
        (
            "Its template fails, or all it makes have one name; the condition ErrorOccurred says so, and no Application"
            " (argo-cd v3.5.1 applicationset/controllers/applicationset_controller.go)."
        ),
        "Mend the template as the message says, and give each Application a name with a parameter in it.",
    ),
    (
        "project-refuses-its-apps",
        "An AppProject does not permit what its Application does.",
        (
            "The sync fails at the first such object (argo-cd v3.5.1 app_project_types.go:399);"
            " a project that comes from Git is validated by nobody."
        ),
        "Add what the message names to the AppProject: the destination, the repository or the kind.",
    ),
)

_IGNORED = (
    (
        "application-unseen",
        "An Application lies in a namespace that Argo CD does not look into.",
        (
            "Argo CD reads its own namespace and those in 'application.namespaces' (argocd-cmd-params-cm): in others"
            " they are there and do nothing."
        ),
        (
            "Move the Application into Argo CD's own namespace, or add its namespace to `application.namespaces` "
            "in the ConfigMap argocd-cmd-params-cm and restart Argo CD."
        ),
    ),
    (
        "ignored-application-field",
        "An Application has a field that Argo CD ignores or takes out again.",
        (
            "It is accepted without a word: 'sources' wins over 'source', 'valuesObject' over 'values', and an empty"
            " 'directory' is dropped (argo-cd v3.5.1 types.go, util/argo/argo.go:1035)."
        ),
        "Remove the field, or write what it was meant for in the field that counts, which the message names.",
    ),
    (
        "invalid-project",
        "An AppProject has what Argo CD's own server would refuse.",
        (
            "From Git nobody looks at it; the next change on Argo CD's page is refused"
            " (argo-cd v3.5.1 pkg/apis/application/v1alpha1/app_project_types.go:189)."
        ),
        "Correct the AppProject as the message says, and leave out one of two entries that are the same.",
    ),
    (
        "source-without-manifests",
        "An Application reads a folder or a values file that is not there, or a folder that holds nothing to apply.",
        (
            "Without the folder, or a file of `helm.valueFiles`, nothing is compared; with an empty folder the"
            " Application has no objects and says Synced and Healthy (argo-cd v3.5.1"
            " reposerver/repository/repository.go)."
        ),
        (
            "Correct `path`, or commit the folder with its manifests; `directory.recurse` and `include` decide "
            "what of it is read. Commit the values file, or say `ignoreMissingValueFiles: true` where it may be "
            "missing."
        ),
    ),
    (
        "unknown-finalizer",
        "An Application has a finalizer that nobody takes away.",
        "It can then never be deleted (argo-cd v3.5.1 controller/appcontroller.go).",
        (
            "Remove it, or write resources-finalizer.argocd.argoproj.io, which deletes the objects with their "
            "Application."
        ),
    ),
    (
        "unknown-project",
        "An Application belongs to an AppProject that is not in the tree.",
        "Argo CD syncs nothing of an Application without its project (InvalidSpecError).",
        "Correct the project's name, or bring the AppProject; `default` is always there.",
    ),
)

_WARNINGS = (
    (
        "argocd-redis-hook-loop",
        "An Argo CD that manages itself runs a hook of its own chart at every sync.",
        (
            "The chart makes Redis' password in a Helm hook (argo-helm charts/argo-cd redisSecretInit); as a PreSync"
            " hook it runs again with each sync, and holds the sync up when it hangs."
        ),
        (
            "Set `redisSecretInit: {enabled: false}` among the chart's values, and make the Secret argocd-redis "
            "once by hand."
        ),
    ),
    (
        "difference-not-ignored",
        "An entry of ignoreDifferences matches nothing.",
        (
            "Argo CD ignores it without a word, and the difference stays (argo-cd v3.5.1"
            " util/argo/normalizers/diff_normalizer.go)."
        ),
        (
            "Correct kind, name or path so that the entry matches an object of the Application: a JSON pointer "
            "begins with a slash, a group is written without its version. Or remove the entry."
        ),
    ),
    (
        "ignored-difference-overwritten",
        "A field is ignored when Argo CD compares, and written at every sync.",
        (
            "ignoreDifferences holds for the comparison alone; the sync option RespectIgnoreDifferences=true makes it"
            " hold for the sync too (argo-cd v3.5.1 controller/sync.go)."
        ),
        "Add the sync option RespectIgnoreDifferences=true, or leave the field out of the manifest.",
    ),
    (
        "values-under-source-path",
        "A values file lies among the manifests of an Application.",
        (
            "Argo CD takes it for a manifest as soon as it holds a word like 'kind:', and the whole Application fails"
            " (argo-cd v3.5.1 reposerver/repository/repository.go)."
        ),
        "Move the values file out of the folder that the Application reads, or narrow `directory.include`.",
    ),
    (
        "waves-without-health",
        "Applications have waves, and Argo CD has no way to tell when one of them is healthy.",
        (
            "Without a health check for Application the waves of a parent order only the creation of the children, two"
            " seconds apart (argo-cd issue 3781)."
        ),
        (
            "Add `resource.customizations.health.argoproj.io_Application` to argocd-cm, a program in Lua (argo-cd "
            "docs, operator-manual/health)."
        ),
    ),
)

CODES: tuple[Code, ...] = (
    *tell_codes(_REFUSED, needs_build=True),
    *tell_codes(_IGNORED, soft=True, needs_build=True),
    *tell_codes(_WARNINGS, Severity.WARNING, needs_build=True),
)
