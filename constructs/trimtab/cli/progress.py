"""Stages with a line that says which one is at work, for who waits at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trimtab.doors.terminal import show_progress
from trimtab.pipeline.state import Options, Stage, State, continue_stages


def run_with_progress(stages: tuple[Stage, ...], options: Options) -> State:
    """Run stages as `run_stages` does; from the second second on, a line on stderr says which one is at work."""
    return continue_with_progress(stages, State(options=options))


def continue_with_progress(stages: tuple[Stage, ...], state: State) -> State:
    """Run more stages on what is known so far, with such a line."""
    with show_progress() as tell:
        return continue_stages(tuple(_told(stage, tell) for stage in stages), state)


def _told(stage: Stage, tell: Callable[[str], None]) -> Stage:
    def run(state: State) -> State:
        tell(stage.name)
        return stage.run(state)

    return replace(stage, run=run)
