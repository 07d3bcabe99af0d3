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
    ),
    (
        "wrong-field-type",
        "A field holds another type than its kind has there.",
        "Go's decoder refuses the whole object: a number or true where text belongs must stand in quotes.",
    ),
    (
        "wrong-field-form",
        "A text does not have the form that Kubernetes reads there.",
        "Quantities, times, base64, addresses and paths are parsed as the object is taken in, and refused where not.",
    ),
    (
        "missing-field",
        "An object lacks something without which it means nothing.",
        "The API server has no default for it and refuses the object.",
    ),
    (
        "value-not-allowed",
        "A field holds a word that is not among its choices.",
        "The API server knows no other (kubernetes/api, the constants of each type; pkg/apis/*/validation).",
    ),
    (
        "field-out-of-range",
        "A number is too small or too large for its field.",
        "The API server refuses it: ports go from 1 to 65535, counts are not negative, numbers have 32 or 64 bits.",
    ),
    (
        "contradicting-fields",
        "Two fields exclude each other, or one of several is needed and none is there.",
        "The API server refuses the object rather than choose (pkg/apis/*/validation).",
    ),
    (
        "duplicate-entry",
        "Two entries of a list share the name or keys that tell them apart.",
        "The API server refuses some, server-side apply refuses all (structured-merge-diff typed/validate.go).",
    ),
)

_RULES = (
    (
        "retired-api",
        "An object is of an API version that is no longer served.",
        "The sync fails: no matches for kind (kubernetes.io, deprecated API migration guide; projects' release notes).",
    ),
    (
        "invalid-name",
        "A name does not have the form that its kind needs.",
        "The API server refuses it (apimachinery pkg/util/validation, pkg/apis/core/validation/names.go).",
    ),
    (
        "unnamed-object",
        "An object that is applied has no name of its own.",
        "What is applied again is found by its name; Argo CD makes one up for its hooks alone (sync_context.go).",
    ),
    (
        "invalid-label",
        "A label or the label of a selector does not have the form of labels.",
        "The API server refuses it (apimachinery pkg/apis/meta/v1/validation, ValidateLabels).",
    ),
    (
        "invalid-annotation",
        "The key of an annotation does not have the form of keys.",
        "The API server refuses it (apimachinery pkg/api/validation/objectmeta.go, ValidateAnnotations).",
    ),
    (
        "mount-without-volume",
        "A container mounts a volume that its pod does not have.",
        "The API server refuses the workload (pkg/apis/core/validation, ValidateVolumeMounts).",
    ),
    (
        "requests-above-limits",
        "A container requests more than it is limited to.",
        "The API server refuses it (pkg/apis/core/validation, ValidateContainerResourceRequirements).",
    ),
    (
        "selector-does-not-match",
        "A workload does not select the pods that it makes.",
        "The API server refuses it, for it would make pods for ever (pkg/apis/apps/validation).",
    ),
    (
        "invalid-schedule",
        "A CronJob has a schedule or a time zone that cannot be read.",
        "The API server refuses it (pkg/apis/batch/validation, validateScheduleFormat, validateTimeZone).",
    ),
    (
        "invalid-definition",
        "A CustomResourceDefinition breaks a rule of definitions.",
        "The API server refuses it, or never serves its kind (apiextensions-apiserver, validation.go).",
    ),
    (
        "object-too-large",
        "An object is larger than the API server or etcd takes.",
        "1 MiB for the data of a ConfigMap or Secret, 256 KiB for all annotations, 1.5 MiB for any object.",
    ),
    (
        "crd-too-long-to-apply",
        "An object is too large to be applied on the client's side.",
        "Client-side apply writes the whole object into an annotation, and annotations end at 262144 bytes.",
    ),
)

_HIDDEN = (
    (
        "shadowed-entry",
        "An entry stands twice in a list, and one of the two does nothing.",
        "The API server takes both; of an environment variable the last one counts. Server-side apply refuses it.",
    ),
)

CODES: tuple[Code, ...] = (
    *tell_codes(_STRUCTURE, needs_build=True),
    *tell_codes(_RULES, needs_build=True),
    *tell_codes(_HIDDEN, Severity.WARNING, needs_build=True),
)
