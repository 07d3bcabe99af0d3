"""The objects of a finished tree as plain mappings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


def iter_objects(dist: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the path of every file in a tree, relative to it, and the mapping in it."""
    folders = ("apps", "root")  # what lies in bootstrap/ is written for people, some of it by templates
    for path in sorted(path for folder in folders for path in dist.glob(f"*/{folder}/**/*.yaml")):
        yield str(path.relative_to(dist)), yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
