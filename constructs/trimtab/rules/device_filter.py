"""Device filters: whether Go reads them, and whether they keep anything out."""

from __future__ import annotations

import re
import warnings

_NOT_IN_GO = (
    (r"\(\?(=|!|<=|<!)", "it looks ahead or back"),
    (r"\(\?>", "it has an atomic group"),
    (r"\(\?P=", "it refers back to a group"),
    (r"(?<!\\)(\\\\)*\\[1-9]", "it refers back to a group"),
    (r"(?<!\\)[*+?}]\+", "it has a possessive quantifier"),
    (r"\(\?\(", "it has a condition"),
    (r"\(\?#", "it has a comment"),
    (r"(?<!\\)(\\\\)*\\[ZNu]", "it has an escape that only others know"),
)
"""What Python reads and Go does not (github.com/google/re2, wiki Syntax)."""

_KINDS_OF_DISK = ("sda", "vda", "xvda", "nvme0n1", "mmcblk0")
"""Names of first disks: SATA or USB, virtual, Xen, NVMe, SD card."""


def find_fault(text: str) -> str | None:
    """Say why Go would refuse a regular expression; nothing where it most likely reads it."""
    for pattern, fault in _NOT_IN_GO:
        if re.search(pattern, text):
            return fault
    try:
        _compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return None


def is_match_for_all(text: str) -> bool:
    """Say whether a filter lets disks of every kind through, first ones too; false for one that Go does not read."""
    if find_fault(text):
        return False
    pattern = _compile(text)
    return all(pattern.search(name) for name in _KINDS_OF_DISK)


def _compile(text: str) -> re.Pattern[str]:
    """Compile without Python's word on what a bracket in a class may mean one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(_as_python(text))


def _as_python(text: str) -> str:
    """Spell what only Go reads in Python's way: named classes and the very end."""
    named = {
        "[:alpha:]": "a-zA-Z",
        "[:digit:]": "0-9",
        "[:alnum:]": "a-zA-Z0-9",
        "[:lower:]": "a-z",
        "[:upper:]": "A-Z",
    }
    for name, letters in named.items():
        text = text.replace(name, letters)
    return text.replace(r"\z", r"\Z")
