"""The JSON Schema of what `render_json` writes."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.findings.finding import Severity

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def findings_schema() -> dict[str, object]:
    """Build the schema (draft 2020-12) of a report as JSON."""
    properties = {
        "findings": {
            "description": "Sorted by file, line, column, severity and code; those without a place last.",
            "type": "array",
            "items": {"$ref": "#/$defs/finding"},
        },
        "counts": _mapping(
            "How many findings there are of each severity.",
            {name: {"type": "integer", "minimum": 0} for name in ("errors", "warnings", "notes")},
        ),
    }
    schema = _mapping("What a run found.", properties)
    definitions = {"finding": _finding(), "related": _related(), "place": _place()}
    return {"$schema": _DIALECT, "title": "Findings", **schema, "$defs": definitions}


def _finding() -> dict[str, object]:
    properties = {
        "code": _text("The name of the bad thing, in kebab-case."),
        "severity": {"description": "How much it weighs.", "enum": [severity.value for severity in Severity]},
        "message": _text("What is wrong."),
        "help": {"description": "What would be right, where that is known.", "type": ["string", "null"]},
        "path": _text('The settings path, such as nodes["a.b"].disks[0]; empty where it is about no setting.'),
        "place": _maybe_place("Where it stands; null where no file says it."),
        "related": {"description": "More places.", "type": "array", "items": {"$ref": "#/$defs/related"}},
        "soft": {"description": "Whether an error may be allowed with a reason.", "type": "boolean"},
    }
    return _mapping("One mistake or doubt.", properties)


def _related() -> dict[str, object]:
    properties = {"message": _text("What this place has to do with it."), "place": _maybe_place("Where it stands.")}
    return _mapping("A second place that belongs to a finding.", properties)


def _place() -> dict[str, object]:
    names = {
        "line": "The line it begins in, from 1.",
        "column": "The character it begins with, from 1.",
        "endLine": "The line it ends in.",
        "endColumn": "The first character after it.",
    }
    numbers = {name: {"description": text, "type": "integer"} for name, text in names.items()}
    return _mapping("A span of text.", {"file": _text("The file, relative to the project."), **numbers})


def _mapping(description: str, properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "description": description,
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> dict[str, object]:
    return {"description": description, "type": "string"}


def _maybe_place(description: str) -> dict[str, object]:
    return {"description": description, "anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}
