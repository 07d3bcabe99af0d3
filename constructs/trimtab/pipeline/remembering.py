"""Clusters that have not changed since they were last built are taken from the user's cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from trimtab.doors.cache import Cache
from trimtab.pipeline.fingerprint import Inputs, read_inputs
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.state import ClusterState, Options, Stage, State, run_stages

Stages = Callable[[], tuple[Stage, ...]]
"""Gives stages when it is called, so that what needs none imports none."""

Run = Callable[[tuple[Stage, ...], Options], State]
"""Runs stages in order."""


def run_remembering(
    command: str, build: Stages, options: Options, cache: Cache | None, *, run: Run = run_stages
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
    """
    inputs = read_inputs(command, options) if cache is not None else None
    if cache is None or inputs is None:
        return run(build(), options)
    remembered = dict(_iter_remembered(inputs, cache))
    changed = tuple(name for name in inputs.keys if name not in remembered)
    if not changed and remembered:
        return _with_remembered(State(options=options), inputs, remembered)
    state = run(build(), replace(options, clusters=changed))
    if state.has_errors and remembered:
        return run(build(), options)
    _keep(state, inputs, read_inputs(command, options), cache)
    return _with_remembered(replace(state, options=options), inputs, remembered)


def _iter_remembered(inputs: Inputs, cache: Cache) -> Iterator[tuple[str, Outcome]]:
    for name, key in inputs.keys.items():
        content = cache.read(key)
        outcome = None if content is None else parse_outcome(content)
        if outcome is not None and outcome.cluster == name:
            yield name, outcome


def _with_remembered(state: State, inputs: Inputs, remembered: Mapping[str, Outcome]) -> State:
    return replace(
        state,
        findings=(*state.findings, *(finding for outcome in remembered.values() for finding in outcome.findings)),
        remembered=remembered,
        remembered_texts=inputs.texts if remembered else {},
        names=tuple(inputs.keys),
        known=tuple(inputs.platform.clusters),
    )


def _keep(state: State, before: Inputs, after: Inputs | None, cache: Cache) -> None:
    """Keep what was built of what was neither edited nor wrong meanwhile."""
    if after is None or state.has_errors or state.loaded is None or state.loaded.findings:
        return
    if any(finding.cluster is None for finding in state.findings):
        return
    for cluster in state.clusters:
        key = before.keys[cluster.name]
        if key == after.keys.get(cluster.name) and _is_keepable(cluster):
            findings = tuple(finding for finding in state.findings if finding.cluster == cluster.name)
            cache.write(key, render_outcome(Outcome(cluster=cluster.name, findings=findings, files=cluster.files)))
    cache.clear_up()


def _is_keepable(cluster: ClusterState) -> bool:
    return cluster.settings is not None and not cluster.settings.constructs
