"""Label selectors, and what they select."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of


def matches(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Say whether labels fit a selector with `matchLabels` and `matchExpressions`; an empty one fits all.

    Source of the operators: apimachinery pkg/apis/meta/v1/types.go, LabelSelectorOperator.
    """
    if not fits(fields_of(selector, "matchLabels"), labels):
        return False
    return all(_fits(one, labels) for _, one in iter_fields(selector, "matchExpressions"))


def fits(wanted: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Say whether labels have all that a plain mapping wants."""
    return all(labels.get(key) == value for key, value in wanted.items())


def _fits(expression: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    key, values = text_of(expression, "key"), list_of(expression, "values")
    match text_of(expression, "operator"):
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case _:
            return True
