"""Checks merged settings against the schema: every refusal becomes a finding in words of YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from jsonschema_rs import ValidationError

from trimtab.findings.finding import Finding
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings import refusals
from trimtab.settings.layers import Merged
from trimtab.settings.refusals import Refusal
from trimtab.settings.schemas import SettingsValidator
from trimtab.settings.subschema import Schema
from trimtab.settings.unknown import explain_unknown

EXPLANATIONS: Mapping[str, Callable[[Refusal], Iterable[Finding]]] = {
    "additionalProperties": explain_unknown,
    "const": refusals.explain_const,
    "enum": refusals.explain_choice,
    "exclusiveMaximum": refusals.explain_range,
    "exclusiveMinimum": refusals.explain_range,
    "format": refusals.explain_form,
    "maxItems": refusals.explain_count,
    "maxLength": refusals.explain_length,
    "maxProperties": refusals.explain_count,
    "maximum": refusals.explain_range,
    "minItems": refusals.explain_count,
    "minLength": refusals.explain_length,
    "minProperties": refusals.explain_count,
    "minimum": refusals.explain_range,
    "pattern": refusals.explain_form,
    "propertyNames": refusals.explain_key,
    "required": refusals.explain_missing,
    "type": refusals.explain_type,
}
"""How a refusal is told, by the keyword of the schema that refused."""


def check_settings(
    merged: Merged, validator: SettingsValidator, sources: Mapping[str, str] | None = None
) -> list[Finding]:
    """Check merged settings; all errors at once.

    Args:
        merged: The settings of one cluster.
        validator: The schema to hold them against.
        sources: The text of each file, so that advice can quote what was written: `1.30` reads as the number 1.3.
    """
    errors = validator.iter_errors(merged.value)
    found = _explain_all(errors, merged, validator.schema, sources or {})
    return list(_without_misspelt(list(_without_echoes(found))))


def _explain_all(
    errors: Iterable[ValidationError], merged: Merged, schema: Schema, sources: Mapping[str, str]
) -> Iterator[Finding]:
    for error in errors:
        refusal = Refusal.of(error, merged, schema, sources)
        if refusal.keyword in ("anyOf", "oneOf"):
            yield from _explain_branches(error, refusal)
        else:
            yield from EXPLANATIONS.get(refusal.keyword, refusals.explain_other)(refusal)


def _explain_branches(error: ValidationError, refusal: Refusal) -> Iterator[Finding]:
    """Tell of the branch that came nearest, and how many more there were."""
    branches: Sequence[Sequence[ValidationError]] = error.kind.as_dict()["context"]
    depth = len(refusal.path)
    if all(_misses_type(branch, depth) for branch in branches):
        yield from refusals.explain_no_branch(refusal, [kind for branch in branches for kind in _wanted_types(branch)])
        return
    nearest = min(branches, key=lambda branch: _distance(branch, depth))
    for finding in _explain_all(nearest, refusal.merged, refusal.schema, refusal.sources):
        yield refusals.say_others(finding, len(branches) - 1)


def _distance(branch: Sequence[ValidationError], depth: int) -> tuple[bool, bool, int]:
    """Order branches: of another type, then of another kind (a fixed value differs), then with more errors."""
    fixed = any(error.kind.name == "const" for error in branch)
    return _misses_type(branch, depth), fixed, len(branch)


def _misses_type(branch: Sequence[ValidationError], depth: int) -> bool:
    return any(error.kind.name == "type" and len(error.instance_path) == depth for error in branch)


def _wanted_types(branch: Sequence[ValidationError]) -> list[str]:
    return [kind for error in branch if error.kind.name == "type" for kind in error.kind.as_dict()["types"]]


def _without_misspelt(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out a missing setting that stands there under a misspelt name: one mistake, one finding."""
    unknown = [finding.path for finding in findings if finding.code == "unknown-setting"]
    for finding in findings:
        near = (path[-1] for path in unknown if path[:-1] == finding.path[:-1])
        meant = {suggest(str(key), [str(finding.path[-1])]) for key in near} if finding.path else set()
        if finding.code != "missing-setting" or not meant - {None}:
            yield finding


def _without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what only follows from a value's wrong type."""
    by_path: Callable[[Finding], Path] = attrgetter("path")
    for _, group in groupby(findings, by_path):
        several = list(group)
        wrong = [finding for finding in several if finding.code == "wrong-type"]
        yield from wrong or several
