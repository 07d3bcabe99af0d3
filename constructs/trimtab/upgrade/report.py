"""What `trimtab upgrade` has to say of a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.finding import Finding, Place
from trimtab.upgrade.effects import Effects
from trimtab.upgrade.moves import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """One thing that has a version: where it can go, and what that would change."""

    candidate: Candidate
    pin: Place | None = None
    """Where its version is written; nothing where none is, so that it is the newest of this Trimtab."""
    target: str | None = None
    """The version that is looked at: the next step, unless another was asked for."""
    effects: Effects | None = None
    refused: tuple[Finding, ...] = ()
    """What rules would say of the cluster with that version, and do not say now."""
    commands: tuple[str, ...] = ()
    """For Kubernetes: the way from here to there."""

    @property
    def is_untried(self) -> bool:
        """Whether only the repository's own `releases` name the version that is looked at."""
        return self.target in self.candidate.untried


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterUpgrades:
    """All that can move in one cluster."""

    cluster: str
    upgrades: tuple[Upgrade, ...]
