"""The list of what was written to a folder of charts, by which the next run knows its own files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INVENTORY = "charts.json"
"""Its name, at the top of the folder."""
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a folder of charts holds."""

    files: Mapping[str, str]
    """Path to SHA-256 in hexadecimal, the inventory itself left out."""
    fetched: frozenset[str]
    """Where `helm dependency build` puts archives: those are nobody's work."""


def render_inventory(inventory: Inventory) -> str:
    """Write an inventory: the same always gives the same bytes."""
    files = {path: inventory.files[path] for path in sorted(inventory.files)}
    value = {"writtenBy": "trimtab chart", "format": _FORMAT, "files": files, "fetched": sorted(inventory.fetched)}
    return f"{json.dumps(value, indent=1, ensure_ascii=False)}\n"


def parse_inventory(text: str) -> Inventory | None:
    """Read what `render_inventory` writes; nothing where it is anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, Mapping) or value.get("format") != _FORMAT:
        return None
    files, fetched = value.get("files"), value.get("fetched")
    if not isinstance(files, Mapping) or not isinstance(fetched, list) or not _are_texts([*files.values(), *fetched]):
        return None
    return Inventory(files=files, fetched=frozenset(fetched))


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
