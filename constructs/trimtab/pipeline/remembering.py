"""Clusters that have not changed since they were last built are taken from the user's cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trimtab.doors.cache import Cache
from trimtab.pipeline.fingerprint import Inputs, read_inputs
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.sharing import Run, Stages, own_outcomes, run_shared
from trimtab.pipeline.state import Options, State, run_stages
from trimtab.pipeline.untouched import Untouched, recall_untouched


def run_remembering(
    command: str,
    build: Stages,
    options: Options,
    cache: Cache | None,
    *,
    run: Run = run_stages,
    output: Path | None = None,
) -> State:
    """Run the stages that look at each cluster alone, for those clusters that changed.

    Only clusters without errors and without constructs of the user's are kept: what such code reads, nobody knows.
    Where a cluster that changed has an error all are run, since an error in one keeps the others from being built too,
    and their findings with it.

    Args:
        command: Its name; each command keeps its own.
        build: The stages; each must treat a cluster as if it were the only one.
        options: What the user asked for.
        cache: Where outcomes are kept; nothing to keep none.
        run: Runs stages.
        output: Where the files are going to be written; nothing where none are.
    """
    inputs = read_inputs(command, options) if cache is not None else None
    if cache is None or inputs is None:
        return run_shared(build, options, run=run)
    untouched = recall_untouched(output, inputs.keys, cache, jobs=options.jobs) if output else {}
    remembered = dict(_iter_remembered(inputs, cache, untouched))
    changed = tuple(name for name in inputs.keys if name not in remembered)
    state = State(options=options)
    kept: tuple[str, ...] = ()
    if changed or not remembered:
        state = run_shared(build, replace(options, clusters=changed), run=run)
        if state.has_errors and remembered:
            return run_shared(build, options, run=run)
        kept = tuple(_keep(state, inputs, read_inputs(command, replace(options, clusters=changed)), cache))
    return replace(
        _with_remembered(replace(state, options=options), inputs, remembered),
        untouched={name: one.folder.files for name, one in untouched.items()},
        keys={name: inputs.keys[name] for name in (*remembered, *kept)},
    )


def _iter_remembered(inputs: Inputs, cache: Cache, untouched: Mapping[str, Untouched]) -> Iterator[tuple[str, Outcome]]:
    for name, key in inputs.keys.items():
        if name in untouched:
            yield name, untouched[name].outcome
            continue
        content = cache.read(key)
        outcome = None if content is None else parse_outcome(content)
        if outcome is not None and outcome.cluster == name:
            yield name, outcome


def _with_remembered(state: State, inputs: Inputs, remembered: Mapping[str, Outcome]) -> State:
    return replace(
        state.found(*(finding for outcome in remembered.values() for finding in outcome.findings)),
        finished={**state.finished, **remembered},
        finished_texts={**state.finished_texts, **(inputs.texts if remembered else {})},
        names=tuple(inputs.keys),
        known=tuple(inputs.platform.clusters),
    )


def _keep(state: State, before: Inputs, after: Inputs | None, cache: Cache) -> Iterator[str]:
    """Keep what was built of what was neither edited nor wrong meanwhile, and name it."""
    if after is None or state.has_errors or state.loaded is None or state.loaded.findings:
        return
    if any(finding.cluster is None for finding in state.findings):
        return
    for outcome in (*own_outcomes(state), *state.finished.values()):
        key = before.keys[outcome.cluster]
        if key == after.keys.get(outcome.cluster) and outcome.is_keepable:
            cache.write(key, render_outcome(outcome))
            yield outcome.cluster
    cache.clear_up()
