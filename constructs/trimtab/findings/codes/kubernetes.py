"""What is said of objects that Kubernetes would refuse, or read as something else."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_STRUCTURE = (
    (
        "unknown-field",
        "An object has a field that its kind does not have.",
        (
            "Argo CD applies with strict field validation, server-side apply refuses it too; with Validate=false"
            " it is dropped without a word (gitops-engine pkg/utils/kube/resource_ops.go, newApplyOptions)."
        ),
        (
            "Correct the spelling and the indentation, for fields often stand one level too high or too low; "
            "`kubectl explain <kind> --recursive` lists what there is."
        ),
    ),
    (
        "wrong-field-type",
        "A field holds another type than its kind has there.",
        "Go's decoder refuses the whole object: a number or true where text belongs must stand in quotes.",
        (
            "Put quotes around a number or true where text belongs, and take them off where a number belongs; a "
            "list begins each entry with '-'."
        ),
    ),
    (
        "wrong-field-form",
        "A text does not have the form that Kubernetes reads there.",
        "Quantities, times, base64, addresses and paths are parsed as the object is taken in, and refused where not.",
        (
            "Write the text in the form that the help names: a quantity such as 512Mi, a time such as 5m, an "
            "address without a length."
        ),
    ),
    (
        "missing-field",
        "An object lacks something without which it means nothing.",
        "The API server has no default for it and refuses the object.",
        "Add the field; Kubernetes has no default for it.",
    ),
    (
        "value-not-allowed",
        "A field holds a word that is not among its choices.",
        "The API server knows no other (kubernetes/api, the constants of each type; pkg/apis/*/validation).",
        "Write one of the words that the message lists, in that spelling.",
    ),
    (
        "field-out-of-range",
        "A number is too small or too large for its field.",
        "The API server refuses it: ports go from 1 to 65535, counts are not negative, numbers have 32 or 64 bits.",
        "Write a number within the range that the message gives.",
    ),
    (
        "contradicting-fields",
        "Two fields exclude each other, or one of several is needed and none is there.",
        "The API server refuses the object rather than choose (pkg/apis/*/validation).",
        "Read which fields the message names, and keep one of them; where it wants one and there is none, add it.",
    ),
    (
        "duplicate-entry",
        "Two entries of a list share the name or keys that tell them apart.",
        "The API server refuses some, server-side apply refuses all (structured-merge-diff typed/validate.go).",
        "Remove one of the two entries, or give it another name or key.",
    ),
)

_RULES = (
    (
        "retired-api",
        "An object is of an API version that is no longer served.",
        "The sync fails: no matches for kind (kubernetes.io, deprecated API migration guide; projects' release notes).",
        "Write the version that the help names, and look in Kubernetes' migration guide which fields moved.",
    ),
    (
        "invalid-name",
        "A name does not have the form that its kind needs.",
        "The API server refuses it (apimachinery pkg/util/validation, pkg/apis/core/validation/names.go).",
        (
            "Use small letters, digits and '-', with a letter or digit at both ends; most kinds take dots too. "
            "References to the object need the new name."
        ),
    ),
    (
        "unnamed-object",
        "An object that is applied has no name of its own.",
        "What is applied again is found by its name; Argo CD makes one up for its hooks alone (sync_context.go).",
        "Give the object metadata.name in place of generateName.",
    ),
    (
        "invalid-label",
        "A label or the label of a selector does not have the form of labels.",
        "The API server refuses it (apimachinery pkg/apis/meta/v1/validation, ValidateLabels).",
        (
            "Use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends; longer text "
            "goes into an annotation."
        ),
    ),
    (
        "invalid-annotation",
        "The key of an annotation does not have the form of keys.",
        "The API server refuses it (apimachinery pkg/api/validation/objectmeta.go, ValidateAnnotations).",
        (
            "Write the key as [prefix/]name: the prefix a DNS name, the name of at most 63 letters, digits, '-', "
            "'_' and '.', with a letter or digit at both ends."
        ),
    ),
    (
        "mount-without-volume",
        "A container mounts a volume that its pod does not have.",
        "The API server refuses the workload (pkg/apis/core/validation, ValidateVolumeMounts).",
        "Add the volume to the pod's `volumes` under that name, or correct the name of the mount.",
    ),
    (
        "requests-above-limits",
        "A container requests more than it is limited to.",
        "The API server refuses it (pkg/apis/core/validation, ValidateContainerResourceRequirements).",
        "Lower the request, or raise the limit.",
    ),
    (
        "selector-does-not-match",
        "A workload does not select the pods that it makes.",
        "The API server refuses it, for it would make pods for ever (pkg/apis/apps/validation).",
        "Give the pods' template every label that the selector asks for.",
    ),
    (
        "invalid-schedule",
        "A CronJob has a schedule or a time zone that cannot be read.",
        "The API server refuses it (pkg/apis/batch/validation, validateScheduleFormat, validateTimeZone).",
        (
            "Write five fields: minute, hour, day of the month, month, day of the week (0 is Sunday). A time zone "
            "goes into `timeZone`, by its name such as Europe/Vienna."
        ),
    ),
    (
        "invalid-definition",
        "A CustomResourceDefinition breaks a rule of definitions.",
        "The API server refuses it, or never serves its kind (apiextensions-apiserver, validation.go).",
        (
            "Correct the definition at the place named; definitions made by a tool are generated anew rather than "
            "edited."
        ),
    ),
    (
        "object-too-large",
        "An object is larger than the API server or etcd takes.",
        "1 MiB for the data of a ConfigMap or Secret, 256 KiB for all annotations, 1.5 MiB for any object.",
        "Split it, or bring what fills it in a volume or an image.",
    ),
    (
        "crd-too-long-to-apply",
        "An object is too large to be applied on the client's side.",
        "Client-side apply writes the whole object into an annotation, and annotations end at 262144 bytes.",
        (
            "Give its Application the sync option ServerSideApply=true, or annotate the object with "
            "`argocd.argoproj.io/sync-options: ServerSideApply=true`."
        ),
    ),
)

_HIDDEN = (
    (
        "shadowed-entry",
        "An entry stands twice in a list, and one of the two does nothing.",
        "The API server takes both; of an environment variable the last one counts. Server-side apply refuses it.",
        "Remove one of the two entries: of an environment variable the last one counts today.",
    ),
)

CODES: tuple[Code, ...] = (
    *tell_codes(_STRUCTURE, needs_build=True),
    *tell_codes(_RULES, needs_build=True),
    *tell_codes(_HIDDEN, Severity.WARNING, needs_build=True),
)
