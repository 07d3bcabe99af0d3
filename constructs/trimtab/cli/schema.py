"""`trimtab schema`: write the JSON Schemas of every setting, and of what we print and write for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def schema(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write.", metavar="DIR")] = Path("schemas"),
) -> int:
    """Write the JSON Schemas that editors and `check` read."""
    from trimtab.components.registry import COMPONENTS
    from trimtab.doors.disk_writing import write_atomically, write_folder
    from trimtab.findings.json_schema import findings_schema
    from trimtab.settings.schema import render_schemas
    from trimtab.settings.verify_config import SCHEMA_FILE, verify_schema
    from trimtab.tree.index_schema import index_schema

    texts = {
        **render_schemas({component.name: component.settings for component in COMPONENTS}),
        "findings.schema.json": _render(findings_schema()),
        "index.schema.json": _render(index_schema()),
        SCHEMA_FILE: _render(verify_schema()),
    }
    write_folder(output)
    for name, text in sorted(texts.items()):
        write_atomically(output / name, text.encode())
        typer.echo(f"{output / name}")
    return 0


def _render(schema: dict[str, Any]) -> str:
    return f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"
