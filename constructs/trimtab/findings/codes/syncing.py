"""What is said of the way Argo CD applies objects: in which order, with which options, and what it deletes."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_IGNORED = (
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
        "sync-wave-form",
        "A sync wave is no whole number in quotes.",
        (
            "An annotation that is no text is refused by the API server; a text that is no whole number counts as"
            " wave 0 without a word (gitops-engine/pkg/sync/syncwaves/waves.go)."
        ),
        'Write a whole number in quotes, such as "-5" or "10"; lower ones come first.',
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
)

_WARNINGS = (
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
)

CODES: tuple[Code, ...] = (
    *tell_codes(_IGNORED, soft=True, needs_build=True),
    *tell_codes(_WARNINGS, Severity.WARNING, needs_build=True),
)
