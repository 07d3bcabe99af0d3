"""Words for people in place of a schema's: mapping, list, text, number; and which values may be shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from trimtab.documents.document import Value
from trimtab.findings.path import Path, render_path

LONGEST_SHOWN = 40
"""A text with more characters than this is told by its length."""

_SECRET = re.compile(r"pass|token|secret|key|credential|private", re.IGNORECASE)
_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def name_type(kind: str) -> str:
    """Say a schema's type the way people speak of YAML."""
    return _TYPES[kind]


def name_types(kinds: Iterable[str]) -> str:
    """Say that any of several types will do."""
    return join_or(name_type(kind) for kind in kinds)


def name_value(value: Value, path: Path) -> str:
    """Say what stands at `path`: its kind, and the value itself where that is short and cannot be a secret."""
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return json.dumps(value)
    if not is_shown(value, path):
        return f"a text of {len(value)} characters" if isinstance(value, str) else "a number"
    return f"the text '{value}'" if isinstance(value, str) else f"the number {value}"


def is_shown(value: Value, path: Path) -> bool:
    """Tell whether a value may be printed: one short line of text, or a number, and not under a key like `password`."""
    if any(isinstance(key, str) and _SECRET.search(key) for key in path):
        return False
    return len(value) <= LONGEST_SHOWN and value.isprintable() if isinstance(value, str) else True


def quote_path(path: Path) -> str:
    """Name a setting by its path."""
    return f"'{render_path(path)}'" if path else "the file"


def join_or(words: Iterable[str]) -> str:
    """Join choices: `a`, `a or b`, `a, b or c`."""
    return _join(list(words), "or")


def join_and(words: Iterable[str]) -> str:
    """Join what holds together: `a`, `a and b`, `a, b and c`."""
    return _join(list(words), "and")


def _join(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def render_yaml(value: object) -> str:
    """Write a short value as it may stand in a settings file."""
    return json.dumps(value, ensure_ascii=False)
