"""What a run knows so far: each stage takes it and gives the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.doors.clock import read_today
from trimtab.doors.interrupts import raise_if_interrupted
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.report import split_allowed

if TYPE_CHECKING:
    from trimtab.charts.rendering import Rendered
    from trimtab.components.assemble import Part, Plan
    from trimtab.doors.errors import OutsideError
    from trimtab.kube.manifests import Built
    from trimtab.pipeline.outcome import Outcome
    from trimtab.plan.order import Edge
    from trimtab.settings.files import Loaded, LoadedCluster
    from trimtab.settings.root import Settings
    from trimtab.tree.base_facts import Base
    from trimtab.tree.file import FileSpec
    from trimtab.tree.revision import Revision
    from trimtab.tree.writing import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for."""

    root: Path
    """The top of the repository: the folder that holds `apps/`."""
    clusters: tuple[str, ...] = ()
    """Only these; all when empty."""
    dist: Path | None = None
    """The output folder; `dist` at the top when nothing is given."""
    helm: bool = False
    """Write plain objects only, as Helm templates, for `cdk8s synth --format helm`."""
    with_charts: bool = False
    """Look at what charts render too that Argo CD will render."""
    discard_edits: bool = False
    """Write over what somebody edited by hand in the output folder."""
    twice: bool = False
    """Build the user's constructs a second time, and refuse what comes out differently."""
    strict: bool = False
    """Let warnings forbid writing too."""
    construct_metadata: bool = False
    """Write construct-metadata.json, which the cdk8s command line's validations read."""
    jobs: int = 1
    """How many processes may be at work at once; what comes out does not depend on it."""
    base: Revision | None = None
    """The earlier revision that every cluster is compared with."""
    today: date = field(default_factory=read_today)
    """The day on which allowances are held against their last day."""

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.dist or self.root / "dist"

    @property
    def shown_output(self) -> str:
        """The output folder as the user would write it: relative to the top where it lies below."""
        # not resolve(), which would show where a dist/ leads that is a link
        output, root = Path(os.path.abspath(self.output)), Path(os.path.abspath(self.root))  # noqa: PTH100
        return str(output.relative_to(root)) if output.is_relative_to(root) else str(output)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """One cluster on its way through the stages; what a stage could not give is missing, and a finding says why."""

    loaded: LoadedCluster
    settings: Settings | None = None
    parts: tuple[Part, ...] = ()
    is_plannable: bool = True
    """Whether the settings are sound enough to be planned: every address and range in them is one."""
    base: Base | None = None
    """What the cluster was in the revision that it is compared with; nothing where that has no such cluster."""
    plan: Plan | None = None
    objects: Mapping[str, tuple[Built, ...]] = field(default_factory=dict)
    """Application to its objects, patched, in the order they were added."""
    rendered: Mapping[str, Rendered] = field(default_factory=dict)
    """Application to what its chart renders, where that is known, whoever renders it in the end."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Application to the digest of the archive that we rendered for its Application."""
    edges: tuple[Edge, ...] = ()
    """What the user's constructs depend on in other applications."""
    root_objects: tuple[Mapping[str, Any], ...] = ()
    files: tuple[FileSpec, ...] = ()

    @property
    def name(self) -> str:
        """The cluster's name."""
        return self.loaded.name

    def require_plan(self) -> Plan:
        """Give the plan to a stage that only runs once there is one.

        Raises:
            RuntimeError: There is none, which is a bug.
        """
        if self.plan is None:
            raise RuntimeError(f"cluster {self.name} has no plan yet")
        return self.plan


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All clusters, all findings, and the texts to show them in."""

    options: Options
    loaded: Loaded | None = None
    clusters: tuple[ClusterState, ...] = ()
    findings: tuple[Finding, ...] = ()
    allowed: tuple[Finding, ...] = ()
    """What was found and allowed, with the reasons."""
    used_allowances: frozenset[tuple[str, str, str]] = frozenset()
    """The allowances that took a finding out: cluster, code, settings path."""
    tracebacks: tuple[str, ...] = ()
    """The whole tracebacks of the user's failed constructs."""
    construct_texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each file of a construct that a finding points into."""
    notes: tuple[str, ...] = ()
    """Lines for stderr that are no findings."""
    finished: Mapping[str, Outcome] = field(default_factory=dict)
    """The clusters that the cache or another process gave, by name; none of them is in `clusters`."""
    finished_texts: Mapping[str, str] = field(default_factory=dict)
    """The text of every file that the findings of those clusters may point into."""
    untouched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of those, the clusters whose folders nobody has touched since they were found to be right, with their files."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What decided the result of each cluster that the cache knows now, as one word."""
    has_errors_elsewhere: bool = False
    """Whether another process that has a share of this run has found an error."""
    names: tuple[str, ...] = ()
    """The clusters that were asked for, finished ones too, in order; where nothing is said, those in `clusters`."""
    known: tuple[str, ...] = ()
    """The names of all clusters there are; where nothing is said, `loaded` knows."""
    written: Mapping[str, Written] = field(default_factory=dict)
    failure: OutsideError | None = None
    """What the outside world refused in the end; the findings until then are still told."""

    @property
    def has_errors(self) -> bool:
        """Whether there is an error, so that the stages that build on a sound state do not run."""
        return self.has_errors_elsewhere or self.has_own_errors

    @property
    def has_own_errors(self) -> bool:
        """Whether there is an error among the findings of this process."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def forbids_writing(self) -> bool:
        """Whether anything forbids writing: an error, and under `strict` a warning too."""
        return (
            any(finding.severity is not Severity.NOTE for finding in self.findings)
            if self.options.strict
            else self.has_errors
        )

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of every file that was read."""
        return {**self.finished_texts, **(self.loaded.sources if self.loaded else {}), **self.construct_texts}

    @property
    def cluster_names(self) -> tuple[str, ...]:
        """The clusters of this run, in order, however they were come by."""
        return self.names or tuple(cluster.name for cluster in self.clusters)

    @property
    def known_names(self) -> tuple[str, ...]:
        """All clusters there are, asked for or not."""
        return self.known or (self.loaded.known if self.loaded else ())

    def found(self, *findings: Finding) -> State:
        """Give the state with more findings, among them such as are allowed."""
        standing, allowed = split_allowed(findings)
        return replace(self, findings=(*self.findings, *standing), allowed=(*self.allowed, *allowed))

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """All that was found, allowed or not."""
        return (*self.findings, *self.allowed)

    def noted(self, *notes: str) -> State:
        """Give the state with more lines that are no findings."""
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a run."""

    name: str
    run: Callable[[State], State]
    even_with_errors: bool = True
    """Whether it runs although an earlier stage found an error: to say all that is wrong at once."""
    writes: bool = False
    """Whether it changes the disk, so that under `strict` it does not run after a warning either."""

    def runs_on(self, state: State) -> bool:
        """Say whether it runs on what the last stage gave."""
        return not state.forbids_writing if self.writes else self.even_with_errors or not state.has_errors


def run_stages(stages: tuple[Stage, ...], options: Options) -> State:
    """Run stages in order, each on what the last one gave."""
    return continue_stages(stages, State(options=options))


def continue_stages(stages: tuple[Stage, ...], state: State) -> State:
    """Run more stages on what is known so far."""
    for stage in stages:
        raise_if_interrupted()
        if stage.runs_on(state):
            state = stage.run(state)
    return state
