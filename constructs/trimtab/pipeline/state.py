"""What a run knows so far: each stage takes it and gives the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trimtab.components.assemble import Part, Plan
from trimtab.findings.finding import Finding, Severity
from trimtab.kube.manifests import Built
from trimtab.settings.files import Loaded, LoadedCluster
from trimtab.settings.root import Settings
from trimtab.tree.file import FileSpec
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
    discard_edits: bool = False
    """Write over what somebody edited by hand in the output folder."""
    strict: bool = False
    """Let warnings forbid writing too."""
    construct_metadata: bool = False
    """Write construct-metadata.json, which the cdk8s command line's validations read."""

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.dist or self.root / "dist"

    @property
    def shown_output(self) -> str:
        """The output folder as the user would write it: relative to the top where it lies below."""
        output, root = self.output.resolve(), self.root.resolve()
        return str(output.relative_to(root)) if output.is_relative_to(root) else str(output)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """One cluster on its way through the stages; what a stage could not give is missing, and a finding says why."""

    loaded: LoadedCluster
    settings: Settings | None = None
    parts: tuple[Part, ...] = ()
    plan: Plan | None = None
    objects: Mapping[str, tuple[Built, ...]] = field(default_factory=dict)
    """Application to its objects, patched, in the order they were added."""
    root_objects: tuple[Mapping[str, Any], ...] = ()
    files: tuple[FileSpec, ...] = ()

    @property
    def name(self) -> str:
        """The cluster's name."""
        return self.loaded.name


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All clusters, all findings, and the texts to show them in."""

    options: Options
    loaded: Loaded | None = None
    clusters: tuple[ClusterState, ...] = ()
    findings: tuple[Finding, ...] = ()
    tracebacks: tuple[str, ...] = ()
    """The whole tracebacks of the user's failed constructs."""
    notes: tuple[str, ...] = ()
    """Lines for stderr that are no findings."""
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids writing."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of every file that was read."""
        return self.loaded.sources if self.loaded else {}

    def found(self, *findings: Finding) -> State:
        """Give the state with more findings."""
        return replace(self, findings=(*self.findings, *findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a run."""

    name: str
    run: Callable[[State], State]
    even_with_errors: bool = True
    """Whether it runs although an earlier stage found an error: to say all that is wrong at once."""


def run_stages(stages: tuple[Stage, ...], options: Options) -> State:
    """Run stages in order, each on what the last one gave."""
    state = State(options=options)
    for stage in stages:
        if stage.even_with_errors or not state.has_errors:
            state = stage.run(state)
    return state
