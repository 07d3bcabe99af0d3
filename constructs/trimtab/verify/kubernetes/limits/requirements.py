"""Requirements of selectors: how many values each operator takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path, render_path
from trimtab.verify.kubernetes.fault import Fault

_LISTING = ("In", "NotIn")
_BARE = ("Exists", "DoesNotExist")
_TYPE = "meta.v1.LabelSelectorRequirement"


def _when(operators: tuple[str, ...], then: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"properties": {"operator": {"enum": list(operators)}}, "required": ["operator"]}, "then": then}


_SOME = {"properties": {"values": {"type": "array", "minItems": 1}}, "required": ["values"]}
_NONE = {"properties": {"values": {"maxItems": 0}}}

REQUIREMENTS: Mapping[str, Mapping[str, Any]] = {_TYPE: {"allOf": [_when(_LISTING, _SOME), _when(_BARE, _NONE)]}}
"""What the schema engine asks of each type of requirement."""


def iter_requirement_faults(name: str, value: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    """Say what is wrong with the values of a requirement.

    Source: apimachinery v0.35.4 pkg/apis/meta/v1/validation/validation.go (ValidateLabelSelectorRequirement).

    Args:
        name: The type.
        value: The requirement, if the type is one.
        path: Where it stands.
    """
    operator, values = value.get("operator"), value.get("values")
    if name != _TYPE or not (values is None or isinstance(values, list | tuple)):
        return
    count = len(values or ())
    if operator in _LISTING and not count:
        message = f"selects by {operator} without values in {render_path(path)}"
        yield Fault(code="missing-field", path=path, message=message, help="list the values")
    elif operator in _BARE and count:
        message = f"selects by {operator} and lists values in {render_path(path)}"
        cure = "leave them away, or write In or NotIn"
        yield Fault(code="contradicting-fields", path=path, message=message, help=cure)
