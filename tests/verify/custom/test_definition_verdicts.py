"""Definitions that an API server 1.35.4 takes, however odd they look."""

from __future__ import annotations

import pytest

from custom_support.made import TEXT, Schema, mapping
from trimtab.verify.api_server.structural import iter_schema_faults
from trimtab.verify.custom.schema_form import is_schema, iter_misfits


@pytest.mark.parametrize(
    "schema",
    [
        {"x-kubernetes-preserve-unknown-fields": True},
        mapping(a={**TEXT, "minLength": None, "pattern": None, "enum": []}),
        {**mapping(a=TEXT), "required": ["a", "a"]},
        {**mapping(a=TEXT), "oneOf": [{"required": ["a"]}, None]},
    ],
)
def test_what_the_api_server_takes_is_left_in_peace(schema: Schema) -> None:
    """A null is nothing to it, and what no engine would compile is left unread rather than refused."""
    assert [*iter_misfits(schema), *iter_schema_faults(schema)] == []


def test_field_that_is_null_is_refused() -> None:
    """The API server asks for its type."""
    assert [fault.path for fault in iter_misfits({"type": "object", "properties": {"a": None}})] == [
        ("properties", "a")
    ]


def test_schema_with_nulls_is_not_compiled() -> None:
    """Its objects are counted as unchecked."""
    assert not is_schema(mapping(a={**TEXT, "minLength": None}))
