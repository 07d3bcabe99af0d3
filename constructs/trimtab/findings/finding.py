"""A finding: one thing that is wrong, where it is wrong, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trimtab.findings.path import ROOT, Path


class Severity(StrEnum):
    """How much a finding weighs; the order here is the order of weight."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of text in a file; lines and columns count from 1, the end column is the first one after it."""

    file: str
    """The path of the file as the user would write it, relative to the project."""
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A second place that belongs to a finding, such as the layer whose value was replaced."""

    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake or doubt, ready to be printed in any form."""

    code: str
    """The kebab-case name of the bad thing; the name of its rule, its page and its bad example."""
    severity: Severity
    message: str
    """What is wrong: stands alone, lower case, no full stop, never advice."""
    help: str | None = None
    """What would be right; never repeats the message."""
    path: Path = ROOT
    """The settings path it speaks of."""
    place: Place | None = None
    """Where that path stands in a file; nothing when no file says it."""
    label: str | None = None
    """A few words under the marked text."""
    related: tuple[Related, ...] = ()
    soft: bool = False
    """An error that `allow:` may silence with a reason; warnings always may."""
    hide_source: bool = False
    """Whether the marked lines must not be printed, by this finding or another, since they could show a secret."""
    cluster: str | None = None
    """The cluster it speaks of, where several share a file."""
    about: str | None = None
    """The object it speaks of, such as `Deployment.apps shop/web`, where it speaks of one."""
    allowed: str | None = None
    """The reason for which `allow:` took it out; one that has a reason is told only where it is asked for."""
