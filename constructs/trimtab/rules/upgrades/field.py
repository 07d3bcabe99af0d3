"""Fields that are set once: which, of what kind, who refuses a change, and what to do instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

IMMUTABLE = "immutable-field-changed"
UNSAFE = "unsafe-change"
DOWNGRADE = "downgrade"


class How(StrEnum):
    """What is asked of the new value."""

    SAME = "same"
    NOT_SMALLER = "not smaller"
    """A quantity that may grow."""
    NOT_OLDER = "not older"
    """A version, or an image with a version as its tag."""
    ONCE_SET = "once set"
    """May be left out, which leaves what the API server has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One field that must stay as it is."""

    group: str
    kinds: tuple[str, ...]
    path: tuple[str, ...]
    """Keys; `[name]` stands for the items of a list that have the same `name` in both."""
    help: str
    """What to do instead."""
    source: str
    """Who refuses a change, or why it does harm."""
    how: How = How.SAME
    default: Any = None
    """What the API server takes where nothing is written."""
    code: str = IMMUTABLE


def split_field(path: str) -> tuple[str, ...]:
    """Split at dots, but not at those between brackets."""
    return tuple(re.findall(r"\[[^]]*\]|[^.]+", path))


def fix_group(
    group: str, kinds: tuple[str, ...], source: str, cure: str, *fields: tuple[str, Any] | str, how: How = How.SAME
) -> tuple[Fixed, ...]:
    """Make a row of each field of some kinds, all with one source and one cure.

    Args:
        group: The API group.
        kinds: The kinds.
        source: Who refuses a change.
        cure: What to do instead.
        fields: Dotted paths, or paths with the API server's default.
        how: What is asked of the new value.
    """
    rows = ((field, None) if isinstance(field, str) else field for field in fields)
    return tuple(
        Fixed(group=group, kinds=kinds, path=split_field(path), help=cure, source=source, default=default, how=how)
        for path, default in rows
    )
