"""What a check says: something wrong with an object, or something that it could not look at."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.path import ROOT, Path
from trimtab.verify.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A second object that belongs to a complaint."""

    entry: Entry
    message: str
    """What it has to do with it, in a few words."""
    path: Path = ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something wrong with one object; its weight is that of its code."""

    code: str
    about: Entry
    path: Path = ROOT
    """Where in the object."""
    message: str
    help: str
    others: tuple[Other, ...] = ()
    on_key: bool = False
    """Whether the key that `path` ends in is what is wrong, not its value."""
    hide_source: bool = False
    """Whether the text of its file must not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """Something that a check could not look at; equal ones are counted and said once."""

    reason: str
    """Why not, and what would help, such as `no schema at hand for Widget.example.org`."""


Said = Complaint | Unchecked
"""What a check yields."""
