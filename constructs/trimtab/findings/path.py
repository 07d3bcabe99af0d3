"""Where a value stands in a document: a tuple of mapping keys and list positions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Key = str | int
Path = tuple[Key, ...]

ROOT: Path = ()

_NOTHING = object()

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_NAME = r"([A-Za-z_*][A-Za-z0-9_*-]*)"
_QUOTED = r'("(?:[^"\\]|\\.)*")'
_BRACKETS = rf"\[([0-9]+)\]|\[{_QUOTED}\]"
_FIRST_STEP = re.compile(rf"{_NAME}|{_BRACKETS}|{_QUOTED}", re.DOTALL)
_NEXT_STEP = re.compile(rf"\.{_NAME}|{_BRACKETS}|\.{_QUOTED}", re.DOTALL)


def render_path(path: Path) -> str:
    """Write a path the way people say it: `components.rook.blockPools`, `nodes["a.b"]`, `peers[0]`."""
    parts: list[str] = []
    for key in path:
        if isinstance(key, int):
            parts.append(f"[{key}]")
        elif _PLAIN_KEY.match(key):
            parts.append(f".{key}" if parts else key)
        else:
            parts.append(f"[{json.dumps(key, ensure_ascii=False)}]")
    return "".join(parts)


def parse_path(text: str) -> Path:
    """Read what `render_path` writes, and `nodes."a.b"` for who prefers dots.

    Raises:
        ValueError: `text` is not such a path.
    """
    keys: list[Key] = []
    at = 0
    while at < len(text):
        step = (_NEXT_STEP if keys else _FIRST_STEP).match(text, at)
        if step is None:
            raise ValueError(f"not a path: {text!r}")
        name, index, bracketed, quoted = step.groups()
        keys.append(int(index) if index is not None else name if name is not None else json.loads(bracketed or quoted))
        at = step.end()
    return tuple(keys)


def get_value(value: object, path: Sequence[Key], missing: Any = None) -> Any:
    """Give what stands at a path in plain mappings and lists.

    Args:
        value: Where the path starts.
        path: The keys and positions on the way.
        missing: What is given where nothing stands there; a null that stands there is given as it is.
    """
    found: Any = value
    for key in path:
        if isinstance(found, Mapping):
            found = found.get(key, missing)
        elif isinstance(found, list) and isinstance(key, int) and 0 <= key < len(found):
            found = found[key]
        else:
            return missing
    return found


def has_value(value: object, path: Sequence[Key]) -> bool:
    """Say whether anything stands at a path, be it null."""
    return get_value(value, path, _NOTHING) is not _NOTHING
