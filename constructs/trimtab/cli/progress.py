"""Stages with a line that says which one is at work, for who waits at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trimtab.doors.terminal import show_progress
from trimtab.pipeline.state import Options, Stage, State, run_stages


def run_with_progress(stages: tuple[Stage, ...], options: Options) -> State:
    """Run stages as `run_stages` does; from the second second on, a line on stderr says which one is at work."""
    with show_progress() as tell:
        return run_stages(tuple(_told(stage, tell) for stage in stages), options)


def _told(stage: Stage, tell: Callable[[str], None]) -> Stage:
    def run(state: State) -> State:
        tell(stage.name)
        return stage.run(state)

    return replace(stage, run=run)
