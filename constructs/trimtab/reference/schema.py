"""The schema of settings as plain data, without the engine that checks and without the models."""

from __future__ import annotations

import json
from functools import cache

from trimtab.doors.disk import read_text
from trimtab.settings.schema_files import schema_folder
from trimtab.settings.subschema import Schema

WHOLE_FILE = "settings.schema.json"


@cache
def read_settings_schema() -> Schema:
    """Read the schema of a whole cluster that came with this release.

    Raises:
        OutsideError: its file cannot be read.
    """
    schema: Schema = json.loads(read_text(schema_folder() / WHOLE_FILE))
    return schema
