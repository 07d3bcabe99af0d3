"""One place in an object that does not fit its structure."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.path import Path

STRUCTURE_CODES = (
    "unknown-field",
    "missing-field",
    "wrong-field-type",
    "wrong-field-form",
    "value-not-allowed",
    "field-out-of-range",
)
"""What a structure alone can say of an object, built-in or custom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at one path of an object."""

    code: str
    path: Path
    message: str
    """What is wrong, to be said after the name of the object."""
    help: str
    on_key: bool = False
    """Whether the key that the path ends in is what is wrong."""
