"""Merged settings that the schema has accepted to typed models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import ROOT, Path, render_path
from trimtab.settings.component import ComponentSettings
from trimtab.settings.construct import NotPlainError, construct_model
from trimtab.settings.layers import Merged
from trimtab.settings.model import Model
from trimtab.settings.root import Settings

M = TypeVar("M", bound=Model)


def build_settings(
    merged: Merged, components: Mapping[str, type[ComponentSettings]]
) -> tuple[Settings | None, dict[str, ComponentSettings], list[Finding]]:
    """Build the models of a cluster that has passed the schema.

    Args:
        merged: The settings.
        components: The settings model of each component that the cluster may have, by name.

    The schema must have accepted `merged`: types are not checked again.

    Returns:
        The settings; each component's that the cluster has, by name; and what a model refused, which is our bug:
        the schema had accepted it.
    """
    findings: list[Finding] = []
    settings = _build(Settings, merged.value, ROOT, merged, findings)
    asked = merged.value.get("components")
    built = {
        name: model
        for name, value in (asked.items() if isinstance(asked, dict) else ())
        if (model := _build(components[name], value, ("components", name), merged, findings)) is not None
    }
    return settings, built, findings


def _build(model: type[M], value: Any, at: Path, merged: Merged, findings: list[Finding]) -> M | None:
    try:
        return construct_model(model, value)
    except NotPlainError:
        return _validate(model, value, at, merged, findings)


def _validate(model: type[M], value: object, at: Path, merged: Merged, findings: list[Finding]) -> M | None:
    try:
        return model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        findings.extend(_disagree(problem, at, merged) for problem in error.errors(include_url=False))
        return None


def _disagree(problem: Any, at: Path, merged: Merged) -> Finding:
    path = (*at, *problem["loc"])
    return Finding(
        code="schema-and-model-disagree",
        severity=Severity.ERROR,
        message=f"the schema accepts '{render_path(path)}' and its model does not: {problem['type']}",
        help="this is a bug of Trimtab, please report it with this line",
        path=path,
        place=merged.place_of(path)[0],
    )
