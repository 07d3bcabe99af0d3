"""What a schema refused, told in words of YAML, with places and advice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from jsonschema_rs import ValidationError

from trimtab.documents.document import Value
from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.layers import Merged
from trimtab.settings.subschema import Schema, at_path, follow, resolve
from trimtab.settings.words import is_shown, join_or, name_types, name_value, quote_path, render_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refusal of the schema engine, with all that is needed to tell of it."""

    keyword: str
    details: Mapping[str, Any]
    path: Path
    value: Value
    node: Schema
    """The part of the schema that refused."""
    schema: Schema
    merged: Merged
    sources: Mapping[str, str]

    @classmethod
    def of(cls, error: ValidationError, merged: Merged, schema: Schema, sources: Mapping[str, str]) -> Refusal:
        """Take an engine's error apart."""
        keyword = error.kind.name
        return cls(
            keyword=keyword,
            details=error.kind.as_dict(),
            path=tuple(error.instance_path),
            value=cast("Value", error.instance),
            node=_refusing_node(schema, error.schema_path, keyword),
            schema=schema,
            merged=merged,
            sources=sources,
        )

    def find(self, code: str, message: str, advice: str | None = None) -> Finding:
        """Make a finding at the refused value, with the layers below it that it came through."""
        place, _ = self.merged.place_of(self.path)
        below = self.merged.places(self.path)[1:] if not isinstance(self.value, dict) else ()
        return Finding(
            code=code,
            severity=Severity.ERROR,
            message=message,
            help=advice,
            path=self.path,
            place=place,
            related=tuple(Related(message="it replaces the value here", place=one) for one in below),
        )

    @property
    def hint(self) -> Schema:
        """What the schema says of this setting: description, title, examples."""
        return {**self.node, **{key: value for key, value in at_path(self.schema, self.path).items() if value}}


def explain_type(refusal: Refusal) -> Iterator[Finding]:
    """The value is of another type."""
    wanted = list(refusal.details["types"])
    message = (
        f"{quote_path(refusal.path)} has to be {name_types(wanted)}, and is {name_value(refusal.value, refusal.path)}"
    )
    yield refusal.find("wrong-type", message, _advise_type(refusal, wanted))


def explain_no_branch(refusal: Refusal, wanted: Sequence[str]) -> Iterator[Finding]:
    """The value is of none of the types that a choice of forms has."""
    yield from explain_type(replace(refusal, details={"types": list(dict.fromkeys(wanted))}))


def explain_choice(refusal: Refusal) -> Iterator[Finding]:
    """The value is not among the choices."""
    choices = [str(choice) for choice in refusal.details["options"]]
    near = suggest(refusal.value, choices) if isinstance(refusal.value, str) else None
    listed = f"it may be {join_or(choices)}"
    advice = f"did you mean '{near}'? {listed}" if near else listed
    yield refusal.find("not-one-of", f"{_told(refusal)}, which it cannot be", advice)


def explain_const(refusal: Refusal) -> Iterator[Finding]:
    """The value is not the only one allowed."""
    only = refusal.details["expected_value"]
    yield from explain_choice(replace(refusal, details={"options": [only]}))


def explain_form(refusal: Refusal) -> Iterator[Finding]:
    """The text has another form."""
    title = refusal.hint.get("title")
    message = (
        f"{_told(refusal)}, which is not {title}"
        if title
        else f"{_told(refusal)}, which does not have the form it needs"
    )
    yield refusal.find("wrong-form", message, _advise_form(refusal.hint))


def explain_key(refusal: Refusal) -> Iterator[Finding]:
    """A key of a mapping has another form."""
    inner = refusal.details["error"]
    key = str(inner.instance)
    if "enum" in refusal.node or "const" in refusal.node:
        yield _unknown_key(refusal, key)
        return
    title = refusal.node.get("title", "a name")
    finding = refusal.find(
        "wrong-form", f"the key '{key[:60]}' in {quote_path(refusal.path)} is not {title}", _advise_form(refusal.node)
    )
    path = (*refusal.path, key)
    yield replace(finding, path=path, place=refusal.merged.key_place_of(path), related=())


def _unknown_key(refusal: Refusal, key: str) -> Finding:
    """Tell of a key that is none of the few a mapping may have."""
    choices = [str(choice) for choice in refusal.node.get("enum", [refusal.node.get("const")])]
    near = suggest(key, choices)
    listed = f"its keys may be {join_or(choices)}"
    path = (*refusal.path, key)
    finding = refusal.find(
        "unknown-setting",
        f"unknown key '{key[:60]}' in {quote_path(refusal.path)}",
        f"did you mean '{near}'? {listed}" if near else listed,
    )
    return replace(finding, path=path, place=refusal.merged.key_place_of(path), related=())


def explain_missing(refusal: Refusal) -> Iterator[Finding]:
    """A mapping lacks a setting that has no default."""
    key = str(refusal.details["property"])
    owner = f" of {quote_path(refusal.path)}" if refusal.path else ""
    place = refusal.merged.key_place_of(refusal.path) if refusal.path else refusal.merged.place_of((key,))[0]
    finding = refusal.find("missing-setting", f"missing setting '{key}'{owner}", _advise_missing(refusal, key))
    yield replace(finding, path=(*refusal.path, key), place=place, related=())


def explain_range(refusal: Refusal) -> Iterator[Finding]:
    """The number is too small or too large."""
    limit = refusal.details["limit"]
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    yield refusal.find("out-of-range", f"{_told(refusal)}, and has to be {words[refusal.keyword]} {limit}")


def explain_length(refusal: Refusal) -> Iterator[Finding]:
    """The text is too short or too long."""
    limit, length = refusal.details["limit"], len(str(refusal.value))
    if refusal.keyword == "maxLength":
        message = f"{quote_path(refusal.path)} has {length} characters, and may have {limit}"
        yield refusal.find("too-long", message)
        return
    held = f"has {length} {'character' if length == 1 else 'characters'}"
    said = "is empty" if not length else f"{held}, and needs {limit}"
    yield refusal.find("too-short", f"{quote_path(refusal.path)} {said}", _advise_form(refusal.hint))


def explain_count(refusal: Refusal) -> Iterator[Finding]:
    """The list or mapping has too few or too many entries."""
    limit, count = refusal.details["limit"], len(refusal.value) if isinstance(refusal.value, list | dict) else 0
    few = refusal.keyword.startswith("min")
    need = f"needs at least {limit}" if few else f"may have at most {limit}"
    held = "is empty" if not count else f"has {count} {'entry' if count == 1 else 'entries'}"
    message = f"{quote_path(refusal.path)} {held}, and {need}"
    yield refusal.find("too-few" if few else "too-many", message, _advise_form(refusal.hint) if few else None)


def explain_other(refusal: Refusal) -> Iterator[Finding]:
    """The schema refused by a keyword that we have no words for; a test keeps our schemas free of those."""
    yield refusal.find("refused-setting", f"{_told(refusal)}, which its schema refuses ({refusal.keyword})")


def say_others(finding: Finding, others: int) -> Finding:
    """Add that other forms would do as well."""
    more = f"or write it in {'the other form' if others == 1 else f'one of the {others} other forms'} it may have"
    return replace(finding, help=f"{finding.help}; {more}" if finding.help else more)


def _refusing_node(schema: Schema, steps: Sequence[str | int], keyword: str) -> Schema:
    length = len(steps) - 1
    if keyword == "propertyNames":
        length = max(index for index, step in enumerate(steps) if step == "propertyNames") + 1
    node = follow(schema, steps[:length])
    return resolve(schema, node) if isinstance(node, dict) else {}


def _told(refusal: Refusal) -> str:
    return f"{quote_path(refusal.path)} is {name_value(refusal.value, refusal.path)}"


def _advise_type(refusal: Refusal, wanted: Sequence[str]) -> str | None:
    value = refusal.value
    if "string" in wanted and isinstance(value, bool | int | float):
        return _advise_text(refusal)
    if isinstance(value, str) and is_shown(value, refusal.path):
        if {"integer", "number"} & set(wanted) and _is_number(value):
            return f"write {value} without quotes"
        if "boolean" in wanted and value in ("true", "false"):
            return f"write {value} without quotes"
        if "array" in wanted:
            return f"write it as a list: [{render_yaml(value)}]"
    return _advise_form(refusal.hint) or _advise_owner(refusal)


def _advise_owner(refusal: Refusal) -> str | None:
    """Show the mapping around it, where that has an example: `values` wants the application's name first."""
    for length in (len(refusal.path) - 1, len(refusal.path) - 2):
        if length > 0 and (examples := at_path(refusal.schema, refusal.path[:length]).get("examples")):
            return f"for example {refusal.path[length - 1]}: {render_yaml(examples[0])}"
    return None


def _advise_text(refusal: Refusal) -> str:
    """Advise quotes where they are the whole cure; a number that lacks its unit is shown one that has it."""
    hint, form = refusal.hint, _advise_form(refusal.hint)
    quotes = _advise_quotes(refusal)
    if form is None or isinstance(refusal.value, bool) or _is_number(str(hint["examples"][0])):
        return quotes
    fits = re.search(str(hint.get("pattern", "")), str(refusal.value))
    return f"{quotes}, or say more: {form}" if fits else form


def _advise_quotes(refusal: Refusal) -> str:
    written = _written(refusal) if is_shown(refusal.value, refusal.path) else None
    if written is None:
        return "put it in quotes, so that it stays text"
    reads = (
        f"YAML reads {written} as {name_value(refusal.value, refusal.path)}; "
        if isinstance(refusal.value, bool)
        else ""
    )
    return f'{reads}write it in quotes: "{written}"'


def _written(refusal: Refusal) -> str | None:
    """Give a scalar as it stands in the file, where that can be read."""
    place, exact = refusal.merged.place_of(refusal.path)
    return _cut(refusal.sources.get(place.file), place) if place and exact else None


def _cut(text: str | None, place: Place) -> str | None:
    lines = text.splitlines() if text is not None else []
    if place.line > len(lines) or place.line != place.end_line:
        return None
    return lines[place.line - 1][place.column - 1 : place.end_column - 1] or None


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _advise_form(hint: Schema) -> str | None:
    if examples := hint.get("examples"):
        return f"for example {render_yaml(examples[0])}"
    return None


def _advise_missing(refusal: Refusal, key: str) -> str:
    hint = at_path(refusal.schema, (*refusal.path, key))
    if examples := hint.get("examples"):
        return f"add it, for example {key}: {render_yaml(examples[0])}"
    described = str(hint.get("description", "")).rstrip(".")
    return f"add it: {described[:1].lower()}{described[1:]}" if described else "add it"
