"""Where the committed schemas lie."""

from __future__ import annotations

from pathlib import Path

from trimtab.doors.disk import FileKind, read_kind


def schema_folder() -> Path:
    """Find the folder of committed schemas: inside the installed package, or at the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_schemas"
    return installed if read_kind(installed) is FileKind.FOLDER else package.parents[1] / "schemas"
