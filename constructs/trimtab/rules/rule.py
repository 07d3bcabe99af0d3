"""A rule: what a schema cannot say about settings, facts and plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path

if TYPE_CHECKING:
    from trimtab.kube.release import ChartRelease, Source
    from trimtab.plan.application import Application
    from trimtab.plan.cluster import Cluster
    from trimtab.plan.facts import Facts
    from trimtab.plan.order import Order
    from trimtab.settings.component import ComponentSettings
    from trimtab.tree.base_facts import BaseFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """All that a rule may look at."""

    cluster: Cluster
    components: Mapping[str, ComponentSettings]
    facts: Facts
    applications: tuple[Application, ...] = ()
    order: Order | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Application to the chart release, with the user's values merged in, or to the Git files it brings."""
    derived: Mapping[str, ChartRelease] = field(default_factory=dict)
    """Application to the chart release as we made it, before the user's values."""
    base: BaseFacts | None = None
    """The cluster in the revision that it is compared with; nothing where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a rule found; places are worked out from the paths by somebody else."""

    path: Path
    """The settings path it speaks of."""
    message: str
    help: str | None = None
    label: str | None = None
    related: tuple[tuple[Path, str], ...] = ()
    """Other settings paths that belong to it, each with a few words."""
    on_key: bool = False
    """Whether the key, not the value, is what is wrong."""
    hide_source: bool = False
    """Whether the line must not be printed, since it could show a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, by the name of the bad thing."""

    code: str
    severity: Severity
    meaning: str
    """What goes wrong, in one sentence."""
    why: str
    """Why it goes wrong, with the source upstream."""
    check: Callable[[Subject], Iterator[Problem]]
    cure: str = ""
    """What to do about it, in general, in a sentence or two."""
    soft: bool = False
    """An error that may be allowed with a reason: nobody upstream refuses it."""
    needs_build: bool = False
    """Whether `synth` finds it in built objects too, where `check` cannot look."""
    needs_base: bool = False
    """Whether it compares with an earlier revision, so that a run with another base may not find what an allowance
    speaks of."""
    early: bool = False
    """Whether it is put to a cluster before it is planned, and a problem keeps it from being planned: whoever plans
    may then take for granted what the rule checks. It sees the cluster alone."""
