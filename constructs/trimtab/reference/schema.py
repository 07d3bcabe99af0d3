"""The schema of settings as plain data, without the engine that checks and without the models."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from trimtab.doors.disk import FileKind, read_kind, read_text
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


def schema_folder() -> Path:
    """Find the folder of committed schemas: inside the installed package, or at the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_schemas"
    return installed if read_kind(installed) is FileKind.FOLDER else package.parents[1] / "schemas"
