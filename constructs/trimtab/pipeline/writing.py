"""Files to disk: every cluster's folder, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trimtab.doors.disk_writing import write_atomically
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding, Severity
from trimtab.pipeline.state import Options, State
from trimtab.synth.outdir import render_construct_metadata
from trimtab.tree.planning import plan_writing
from trimtab.tree.writing import Outcome, Written, write_all

METADATA = "construct-metadata.json"
"""Written beside the clusters' folders for the validations of cdk8s's command line, which look for this name."""


def write_clusters(state: State) -> State:
    """Write every cluster's folder, or none while something forbids it; what the disk refuses is kept in the state."""
    try:
        return _write(state)
    except OutsideError as error:
        return replace(state, failure=error)


def _write(state: State) -> State:
    options = state.options
    trees = {name: outcome.files for name, outcome in state.finished.items() if name not in state.untouched}
    trees |= {cluster.name: cluster.files for cluster in state.clusters}
    told: dict[str, Any] = {
        "known": state.known_names,
        "discard_edits": options.discard_edits,
        "shown": options.shown_output,
    }
    if options.strict:
        state = state.found(*_without_metadata(plan_writing(options.output, trees, **told).findings, options))
        if state.forbids_writing:
            return state
    outcome = write_all(options.output, trees, jobs=options.jobs, **told)
    if options.construct_metadata and not any(finding.severity == "error" for finding in outcome.findings):
        write_atomically(options.output / METADATA, render_construct_metadata(_iter_names(state)).encode())
    written = _with_untouched(outcome, state)
    return replace(state, written=written).found(*_without_metadata(outcome.findings, options))


def _with_untouched(outcome: Outcome, state: State) -> dict[str, Written]:
    """Count the folders that were known to be right with those that were looked at, unless nothing could be written."""
    if any(finding.severity is Severity.ERROR for finding in outcome.findings):
        return {}
    none: tuple[str, ...] = ()
    known = {
        name: Written(changed=none, unchanged=files, removed=none, foreign=none)
        for name, files in state.untouched.items()
    }
    return dict(sorted({**known, **outcome.written}.items()))


def _iter_names(state: State) -> Iterator[tuple[str, str]]:
    for cluster in state.clusters:
        for application, objects in cluster.objects.items():
            for built in objects:
                yield built.manifest["metadata"]["name"], f"{application}/{built.id}"


def _without_metadata(findings: tuple[Finding, ...], options: Options) -> Iterator[Finding]:
    """Pass over the complaint on a file that is not ours, where that file is what `cdk8s synth` left behind."""
    left = f"{options.shown_output}/{METADATA}"
    return (finding for finding in findings if finding.place is None or finding.place.file != left)
