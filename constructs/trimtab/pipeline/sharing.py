"""The clusters of a run shared among processes; what comes out is what one process would have made of them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from trimtab.doors.disk import read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.doors.workers import Agree, can_copy, run_together
from trimtab.findings.finding import Finding
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.state import Options, Stage, State, continue_stages
from trimtab.settings.folders import PLATFORM_FILE, Platform, find_platform

Stages = Callable[[], tuple[Stage, ...]]
"""Gives stages when it is called, so that what needs none imports none."""

Run = Callable[[tuple[Stage, ...], Options], State]
"""Runs stages in order."""

LEAST = 4
"""The fewest clusters that a process is started for: fewer take less time than it does."""

_OWN_CODE = b"constructs"
"""The key of settings that name code of the user's; a file without this word has no such key."""


def run_shared(build: Stages, options: Options, *, run: Run) -> State:
    """Run stages that look at each cluster alone, with as many processes as the options allow and as pay.

    Before each stage the processes tell each other whether there is an error, so that a stage runs for all clusters or
    for none, and the findings are those of one process. Clusters that may have code of the user's stay in this one.

    Args:
        build: The stages; each must treat a cluster as if it were the only one.
        options: What the user asked for.
        run: Runs the stages in this process.
    """
    shares = _plan_shares(options)
    if len(shares) < 2 or not can_copy():
        return run(build(), options)
    stages = build()
    state, rest = run_together(
        lambda agree: run(_agreeing(stages, agree), replace(options, clusters=shares[0])),
        [partial(_run_share, stages, replace(options, clusters=share)) for share in shares[1:]],
    )
    return _merge(replace(state, options=options, has_errors_elsewhere=False), rest)


def own_outcomes(state: State) -> Iterator[Outcome]:
    """Give what became of each cluster that this process worked on."""
    for cluster in state.clusters:
        yield Outcome(
            cluster=cluster.name,
            findings=tuple(finding for finding in state.all_findings if finding.cluster == cluster.name),
            files=cluster.files,
            is_keepable=cluster.settings is not None and not cluster.settings.constructs,
        )


def _plan_shares(options: Options) -> list[tuple[str, ...]]:
    """Share clusters out, the first share to this process; fewer than two where sharing is not worth it."""
    if options.jobs < 2:
        return []
    try:
        platform = find_platform(options.root)
        names = tuple(dict.fromkeys(options.clusters)) or tuple(platform.clusters)
        count = min(options.jobs, len(names) // LEAST)
        fixed = set(_iter_with_own_code(platform, names)) if count > 1 else set()
    except OutsideError:
        return []
    return share_out(names, fixed, count)


def share_out(names: Sequence[str], fixed: set[str], count: int) -> list[tuple[str, ...]]:
    """Share names out evenly, the fixed ones all to the first share; empty shares are left out."""
    if count < 1:
        return []
    shares: list[list[str]] = [[name for name in names if name in fixed], *([] for _ in range(count - 1))]
    for name in names:
        if name not in fixed:
            min(shares, key=len).append(name)
    return [tuple(share) for at, share in enumerate(shares) if share or not at]


def _iter_with_own_code(platform: Platform, names: Iterable[str]) -> Iterator[str]:
    """Name the clusters whose settings may name constructs; all of them where a shared file may."""
    shared = [*([PLATFORM_FILE] if platform.has_platform_file else ()), *platform.profiles.values()]
    in_all = any(_OWN_CODE in read_bytes(platform.root / file) for file in shared)
    for name in names:
        if in_all or name not in platform.clusters or _OWN_CODE in read_bytes(platform.root / platform.clusters[name]):
            yield name


def _agreeing(stages: Iterable[Stage], agree: Agree) -> tuple[Stage, ...]:
    return tuple(
        one for stage in stages for one in (Stage(name=stage.name, run=lambda state: _look_around(state, agree)), stage)
    )


def _look_around(state: State, agree: Agree) -> State:
    return replace(state, has_errors_elsewhere=agree(state.has_own_errors))


def _run_share(stages: tuple[Stage, ...], options: Options, agree: Agree) -> bytes:
    return _render_share(continue_stages(_agreeing(stages, agree), State(options=options)))


def _render_share(state: State) -> bytes:
    """Write what a share has become: a line of lengths, what is no cluster's, then each cluster's outcome."""
    outcomes = [*own_outcomes(state)]
    told = {id(finding) for outcome in outcomes for finding in outcome.findings}
    about_files = state.loaded.findings if state.loaded else ()
    parts = [
        render_outcome(Outcome(cluster="", findings=about_files)),
        render_outcome(Outcome(cluster="", findings=tuple(one for one in state.all_findings if id(one) not in told))),
        json.dumps(_pointed_at(state)).encode(),
        *map(render_outcome, outcomes),
    ]
    return b"".join([json.dumps([len(part) for part in parts]).encode(), b"\n", *parts])


def _pointed_at(state: State) -> Mapping[str, str]:
    """Give the texts that findings show lines of."""
    found = state.all_findings
    places = [place for finding in found for place in (finding.place, *(one.place for one in finding.related))]
    files = {place.file for place in places if place is not None}
    return {file: text for file, text in state.texts.items() if file in files}


def _merge(state: State, shares: Iterable[bytes]) -> State:
    for share in shares:
        about_files, rest, texts, outcomes = _parse_share(share)
        findings = (*rest, *(finding for outcome in outcomes for finding in outcome.findings))
        state = replace(
            state.found(*findings),
            loaded=state.loaded and replace(state.loaded, findings=(*state.loaded.findings, *about_files)),
            finished={**state.finished, **{outcome.cluster: outcome for outcome in outcomes}},
            finished_texts={**state.finished_texts, **texts},
        )
    names = {*state.finished, *(cluster.name for cluster in state.clusters)}
    asked = state.options.clusters or state.known_names
    return replace(state, names=tuple(name for name in dict.fromkeys(asked) if name in names))


def _parse_share(share: bytes) -> tuple[tuple[Finding, ...], tuple[Finding, ...], dict[str, str], list[Outcome]]:
    line, _, rest = share.partition(b"\n")
    view, parts = memoryview(rest), []
    for length in json.loads(line):
        parts.append(bytes(view[:length]))
        view = view[length:]
    about_files, findings, *outcomes = [_whole(part) for at, part in enumerate(parts) if at != 2]
    return about_files.findings, findings.findings, json.loads(parts[2]), outcomes


def _whole(content: bytes) -> Outcome:
    outcome = parse_outcome(content)
    if outcome is None:
        raise RuntimeError("a worker process gave something that is no outcome")
    return outcome
