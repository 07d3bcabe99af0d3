"""What a kustomization may say, field by field.

Source: kubernetes-sigs/kustomize, api/types/kustomization.go (v5.8) and the types that it names.
"""

from __future__ import annotations

from collections.abc import Mapping

Fields = Mapping[str, "Fields | None"]
"""Field to the fields below it, of itself or of its items; nothing where anything may stand."""

_SOURCES: Fields = dict.fromkeys(
    ("name", "namespace", "behavior", "files", "literals", "envs", "env", "options", "type")
)
_SELECTOR: Fields = dict.fromkeys(
    ("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector", "apiVersion")
)
_PATCH: Fields = {"path": None, "patch": None, "target": _SELECTOR, "options": None}
_OPTIONS: Fields = dict.fromkeys(("labels", "annotations", "disableNameSuffixHash", "immutable"))
_WITH_OPTIONS: Fields = {**_SOURCES, "options": _OPTIONS}
_LABELS: Fields = dict.fromkeys(("pairs", "includeSelectors", "includeTemplates", "fields"))

_ANYTHING = (
    "apiVersion",
    "kind",
    "metadata",
    "resources",
    "bases",
    "components",
    "crds",
    "patchesStrategicMerge",
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "commonAnnotations",
    "vars",
    "replacements",
    "configurations",
    "generators",
    "transformers",
    "validators",
    "openapi",
    "buildMetadata",
    "sortOptions",
    "helmGlobals",
    "helmCharts",
    "helmChartInflationGenerator",
    "inventory",
)
FIELDS: Fields = {
    **dict.fromkeys(_ANYTHING),
    "patches": _PATCH,
    "patchesJson6902": _PATCH,
    "images": dict.fromkeys(("name", "newName", "newTag", "tagSuffix", "digest")),
    "replicas": dict.fromkeys(("name", "count")),
    "labels": _LABELS,
    "configMapGenerator": _WITH_OPTIONS,
    "secretGenerator": _WITH_OPTIONS,
    "generatorOptions": _OPTIONS,
}
"""All fields, those that newer releases only warn of among them."""
OLDER = {"imageTags": "images"}
"""Names that releases before 3 read, with what they became."""
