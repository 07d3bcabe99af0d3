"""The committed schema of settings, compiled for checking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from jsonschema_rs import Draft202012Validator, RegexOptions, ValidationError

from trimtab.doors.disk import read_text
from trimtab.settings.schema_files import schema_folder
from trimtab.settings.subschema import Schema

WHOLE_FILE = "settings.schema.json"


@dataclass(frozen=True, slots=True)
class SettingsValidator:
    """A schema, and the engine that was compiled from it."""

    schema: Schema
    engine: Draft202012Validator

    def iter_errors(self, value: object) -> Iterator[ValidationError]:
        """Give every refusal of a value, as the engine words it."""
        return self.engine.iter_errors(value)


@cache
def settings_validator() -> SettingsValidator:
    """Load the schema that came with this release.

    Raises:
        OutsideError: its file cannot be read.
    """
    return build_validator(json.loads(read_text(schema_folder() / WHOLE_FILE)))


def build_validator(schema: Schema) -> SettingsValidator:
    """Compile a schema; it may refer to nothing outside itself.

    Raises:
        jsonschema_rs.ValidationError: it is no valid schema.
    """
    engine = Draft202012Validator(
        schema, validate_formats=True, retriever=_refuse_fetch, pattern_options=RegexOptions()
    )
    return SettingsValidator(schema, engine)


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a settings schema refers to {uri}, and nothing is fetched")
