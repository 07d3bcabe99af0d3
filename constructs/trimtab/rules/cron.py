"""Cron schedules of five fields, read as Argo CD reads them: by robfig/cron, which differs from Unix here and there."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    ("day of the week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)
"""Name, bounds, and words of each field. Sunday is 0 and never 7 (robfig/cron v3 spec.go)."""


def iter_cron_faults(schedule: str) -> Iterator[str]:
    """Say what is wrong with a schedule, field by field; nothing where Argo CD takes it."""
    fields = schedule.split()
    if len(fields) != len(_FIELDS):
        yield f"it has {len(fields)} fields instead of 5"
        return
    for text, (name, lowest, highest, words) in zip(fields, _FIELDS, strict=True):
        for part in text.split(","):
            if fault := _find_fault(part, lowest, highest, words):
                yield f"the {name} '{text}' {fault}"
                break


def _find_fault(part: str, lowest: int, highest: int, words: dict[str, int]) -> str | None:
    run, slash, step = part.partition("/")
    if slash and not (_is_number(step) and int(step) > 0):
        return "has a step that is no number above 0"
    if run in {"*", "?"}:
        return None
    first, dash, last = run.partition("-")
    bounds = [
        words.get(text.lower(), int(text) if _is_number(text) else None) for text in (first, last if dash else first)
    ]
    low, high = bounds
    if low is None or high is None:
        return "is not understood"
    if low < lowest or high > highest:
        return f"is not between {lowest} and {highest}"
    return "runs backwards" if low > high else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", text) is not None
