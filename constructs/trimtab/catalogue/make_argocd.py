"""Makes the fields of Argo CD's kinds: `python -m trimtab.catalogue.make_argocd FOLDER`, with Argo CD's definitions.

Below FOLDER lies `<version>/crds.yaml` for each version of Argo CD, or `<version of its chart>/crds.yaml` beside the
chart's `Chart.yaml`. Only names of fields, their types, choices and patterns are taken over.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from trimtab.catalogue.chart_facts import chart_facts, known_charts

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TYPES = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
_NOT_OURS = ("apiVersion", "kind", "metadata", "status")
"""Fields of the top that say nothing of Argo CD's own, or that nobody writes."""


class Shapes:
    """A table of shapes in which equal ones stand once: an ApplicationSet repeats the same template fifty times."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, schema: Mapping[str, Any], *, leave_out: tuple[str, ...] = ()) -> Any:
        """Give the shape of a schema: a word for a plain type, else the number of its row."""
        if schema.get("x-kubernetes-int-or-string"):
            return "integer or text"
        type_ = schema.get("type")
        if type_ == "string" and (schema.get("enum") or schema.get("pattern")):
            return self._number({key: schema[key] for key in ("enum", "pattern") if schema.get(key)})
        if type_ in _TYPES:
            return _TYPES[type_]
        if type_ == "array":
            return self._number({"list": self.add(schema["items"])})
        return self._add_object(schema, leave_out)

    def _add_object(self, schema: Mapping[str, Any], leave_out: tuple[str, ...]) -> Any:
        if isinstance(schema.get("additionalProperties"), Mapping):
            return self._number({"map": self.add(schema["additionalProperties"])})
        fields = {name: self.add(inner) for name, inner in schema.get("properties", {}).items()}
        if not fields or schema.get("x-kubernetes-preserve-unknown-fields"):
            return "any"
        row: dict[str, Any] = {"fields": fields | dict.fromkeys((n for n in leave_out if n in fields), "any")}
        if schema.get("required"):
            row["required"] = [name for name in schema["required"] if name not in leave_out]
        return self._number(row)

    def _number(self, row: Any) -> int:
        text = json.dumps(row, sort_keys=True)
        if text not in self._numbers:
            self._numbers[text] = len(self.rows)
            self.rows.append(row)
        return self._numbers[text]


def build_fields(version: str, definitions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the fields of Argo CD's kinds in one version, from its CustomResourceDefinitions."""
    shapes = Shapes()
    kinds = {}
    for definition in sorted(definitions, key=lambda one: str(one["spec"]["names"]["kind"])):
        schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
        kinds[definition["spec"]["names"]["kind"]] = shapes.add(schema, leave_out=_NOT_OURS)
    return {"version": version, "kinds": kinds, "shapes": shapes.rows}


def render_fields(record: Mapping[str, Any]) -> str:
    """Write a record with one shape a line, so that a new field is one line of difference."""
    rows = ",\n".join(json.dumps(row, sort_keys=True) for row in record["shapes"])
    head = f'"version": {json.dumps(record["version"])},\n"kinds": {json.dumps(record["kinds"])}'
    return f'{{\n{head},\n"shapes": [\n{rows}\n]\n}}\n'


def main(folder: Path, target: Path) -> int:
    """Write a file a minor version of Argo CD: the newest patch release of each that FOLDER has.

    Returns:
        How many files were written.
    """
    found: dict[str, tuple[list[int], str, Path]] = {}
    for file in sorted(folder.glob("*/crds.yaml")):
        version = _app_version(file.parent.name)
        parts = [int(part) for part in version.removeprefix("v").split(".")]
        minor = ".".join(version.split(".")[:2])
        found[minor] = max(found.get(minor, ([], "", file)), (parts, version, file))
    target.mkdir(exist_ok=True)
    for minor, (_, version, file) in found.items():
        definitions = [one for one in yaml.load_all(file.read_bytes(), Loader=_LOADER) if one]
        text = render_fields(build_fields(version, definitions))
        (target / f"{minor}.json").write_text(text, encoding="utf-8")
    return len(found)


def _app_version(folder: str) -> str:
    """Give the version of Argo CD that a folder is named for, by itself or by the chart's version."""
    facts = chart_facts("argo-cd", folder) if ("argo-cd", folder) in known_charts() else None
    return facts.app_version if facts else folder


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]), Path(__file__).parent / 'argocd')} files written\n")
