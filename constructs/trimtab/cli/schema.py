"""`trimtab schema`: write the JSON Schemas of every setting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write.", metavar="DIR")] = Path("schemas"),
) -> int:
    """Write the JSON Schemas that editors and `check` read."""
    from trimtab.components.registry import COMPONENTS
    from trimtab.doors.disk import write_atomically
    from trimtab.settings.schema import render_schemas

    for name, text in sorted(render_schemas({c.name: c.settings for c in COMPONENTS}).items()):
        write_atomically(output / name, text.encode())
        typer.echo(f"{output / name}")
    return 0
