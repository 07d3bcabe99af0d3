"""The committed schemas are those of the models."""

from __future__ import annotations

import pytest

from trimtab.components.registry import COMPONENTS
from trimtab.doors.disk import list_files
from trimtab.settings.schema import render_schemas
from trimtab.settings.schema_files import schema_folder
from trimtab.settings.schemas import settings_validator

EXPECTED = render_schemas({component.name: component.settings for component in COMPONENTS})


@pytest.mark.parametrize("name", EXPECTED)
def test_a_committed_schema_is_that_of_the_models(name):
    """After a change of a model, `trimtab schema` has been run."""
    assert (schema_folder() / name).read_text() == EXPECTED[name]


def test_no_schema_of_settings_is_left_over():
    """A file that is no longer written is removed."""
    found = {name for name in list_files(schema_folder()) if name.endswith(".schema.json")}
    assert set(EXPECTED) <= found


def test_the_committed_schema_compiles():
    """What `check` loads first of all."""
    assert settings_validator().engine.is_valid({}) is False
