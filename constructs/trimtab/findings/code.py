"""A code: the name of one bad thing, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.finding import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code stands for; a code names the bad thing and is part of the API."""

    code: str
    severity: Severity
    meaning: str
    """What goes wrong, in one sentence."""
    why: str
    """Why it goes wrong, with the source where that is upstream."""
    cure: str = ""
    """What to do about it, in general, in a sentence or two."""
    soft: bool = False
    """An error that may be allowed with a reason."""
    needs_build: bool = False
    """Whether `check` cannot find it, since only `synth` has the objects or the tree."""
    needs_base: bool = False
    """Whether it is found by comparing with an earlier revision, so that another base may not show it."""

    @property
    def word(self) -> str:
        """How heavy it is, in a word or two: `error`, `soft error`, `warning`."""
        return "soft error" if self.soft else str(self.severity)

    @property
    def weight(self) -> str:
        """How heavy it is, in a sentence."""
        if self.severity is Severity.WARNING:
            return "A warning: it stops nothing, unless `--strict` is set; `allow` silences it where it has a setting."
        if self.severity is Severity.NOTE:
            return "A note: it stops nothing, under `--strict` neither."
        if self.soft:
            return "An error that may be meant: `allow` silences it, with a reason."
        return "An error; it cannot be allowed."
