"""What is said of Argo CD's own objects, and of its annotations on all others."""

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
        "applied-before-its-needs",
        "An object is applied before something that it needs.",
        (
            "A lower wave has to be healthy before the next one begins (gitops-engine/pkg/sync/sync_context.go): what"
            " waits for a later wave waits for ever, at the first install at the latest."
        ),
        (
            "Give what is needed a lower sync wave than what needs it; of two hooks, the same phase and a lower "
            "wave. Between Applications use `applications.<name>.after`."
        ),
    ),
    (
        "custom-resource-before-definition",
        "A custom resource is applied before the definition of its kind.",
        (
            "The API server refuses a kind that it does not know, and Argo CD then stops the sync before the"
            " definition's turn."
        ),
        (
            "Name the application that brings the definition in `applications.<name>.after`; in one Application, "
            "give the definition a lower sync wave."
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
        "ignored-argocd-annotation",
        "An annotation is meant for Argo CD, and Argo CD does not heed it.",
        (
            "Keys and values that it does not know are ignored without a word (argo-cd v3.5.1 common/common.go,"
            " gitops-engine/pkg/sync/resource/annotations.go)."
        ),
        (
            "Correct the annotation: the message says which key or value Argo CD knows. Remove it if it came from "
            "another tool."
        ),
    ),
    (
        "ignored-sync-option",
        "A sync option is misspelt, has a value that means nothing, or stands where it does not count.",
        (
            "Argo CD compares whole texts, case and blanks included, and ignores the rest"
            " (gitops-engine/pkg/sync/common/types.go, argo-cd v3.5.1 controller/sync.go)."
        ),
        (
            "Write the option exactly as Argo CD spells it, such as ServerSideApply=true, where it counts: in "
            "syncPolicy.syncOptions of the Application or in the object's annotation."
        ),
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
        "An Application reads a folder that is not there, or that holds nothing to apply.",
        (
            "Without the folder nothing is compared; with an empty one the Application has no objects and says Synced"
            " and Healthy (argo-cd v3.5.1 reposerver/repository/repository.go)."
        ),
        (
            "Correct `path`, or commit the folder with its manifests; `directory.recurse` and `include` decide "
            "what of it is read."
        ),
    ),
    (
        "sync-wave-form",
        "A sync wave is no whole number in quotes.",
        (
            "An annotation that is no text is refused by the API server; a text that is no whole number counts as"
            " wave 0 without a word (gitops-engine/pkg/sync/syncwaves/waves.go)."
        ),
        'Write a whole number in quotes, such as "-5" or "10"; lower ones come first.',
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
        "unknown-hook",
        "An object is a hook of a phase that Argo CD does not have.",
        (
            "It is then no part of any phase: it is never applied, and the Application says Synced"
            " (gitops-engine/pkg/sync/hook/hook.go)."
        ),
        (
            "Write a phase that Argo CD has, in its spelling: PreSync, Sync, PostSync, SyncFail, PreDelete, "
            "PostDelete or Skip."
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
        "data-pruned",
        "An object that holds data is deleted as soon as it is gone from Git.",
        (
            "With automated pruning a moved file or a broken render is enough; Prune=confirm asks first"
            " (gitops-engine/pkg/sync/common/types.go)."
        ),
        "Annotate the object with `argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm`.",
    ),
    (
        "data-recreated",
        "An object that holds data is deleted and made anew when Argo CD cannot change it.",
        (
            "Force=true is kubectl's --force: what the API server will not change is deleted first, with all that it"
            " holds (argo-cd v3.5.1 gitops-engine/pkg/sync/sync_context.go applyObject)."
        ),
        (
            "Remove Force=true from the object's sync options, and change what can be changed; for the rest make a "
            "new object under another name and copy the data over."
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
        "operator-and-cluster-in-one-app",
        "An operator is deleted together with what only it can delete.",
        (
            "The custom resource keeps its finalizer, and the deletion of both never ends (rook issues 9103 and 4410,"
            " argo-cd issue 9296)."
        ),
        (
            "Give the operator an Application of its own, in a lower wave than the custom resource: what comes "
            "last is deleted first."
        ),
    ),
    (
        "validation-off",
        "Something is applied without validation.",
        (
            "With Validate=false a misspelt field is dropped without a word, and the object is as if it were not there"
            " (argo-cd v3.5.1 controller/sync.go; kubectl apply --validate=false)."
        ),
        "Remove Validate=false, and mend the field that it was there for; the findings on that object say which.",
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
        "webhook-not-ready",
        "An object is applied before what answers for a webhook that has to admit it.",
        (
            "With failurePolicy Fail, which is the default, the API server refuses what nobody answers for, and the"
            " sync fails; in an earlier wave than its server it fails for ever (kubernetes.io, dynamic admission"
            " control: failure policy)."
        ),
        (
            "Give the object a later sync wave than the Deployment that answers for the webhook, or an Application "
            "of its own in a later wave; and give the Application `syncPolicy.retry`."
        ),
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
