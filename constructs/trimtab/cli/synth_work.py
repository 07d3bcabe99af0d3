"""What `trimtab synth` does; the library that reads flags has no part in it, for it takes longer than a quick run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.cli.progress import continue_with_progress, run_with_progress
from trimtab.doors.cache import open_cache
from trimtab.doors.workers import count_cores
from trimtab.pipeline import build_stages, write_stages
from trimtab.pipeline.choosing_base import find_base, tell_new_clusters
from trimtab.pipeline.remembering import run_remembering
from trimtab.pipeline.state import Options, State
from trimtab.pipeline.untouched import keep_untouched, read_folders


def run_synth(  # noqa: PLR0913 - a flag each
    *,
    clusters: Sequence[str] | None = None,
    root: Path = Path(),
    output: Path | None = None,
    discard_edits: bool = False,
    with_charts: bool = False,
    twice: bool = False,
    format_: Format = Format.TEXT,
    strict: bool = False,
    verbose: bool = False,
    no_cache: bool = False,
    jobs: int | None = None,
    base: str | None = None,
) -> int:
    """Check, build, verify, write, and print what was found and written. The flags are those of the command.

    Returns:
        The exit code.

    Raises:
        OutsideError: The disk refused; the findings until then are printed.
    """
    options = Options(
        root=root,
        clusters=tuple(clusters or ()),
        dist=output,
        discard_edits=discard_edits,
        with_charts=with_charts,
        strict=strict,
        twice=twice,
        jobs=jobs or count_cores(),
    )
    cached = not (no_cache or twice)
    return synthesize_and_print(options, format_, verbose=verbose, cached=cached, base=base)


def synthesize_and_print(
    options: Options, format_: Format, *, verbose: bool = False, cached: bool = False, base: str | None = None
) -> int:
    """Do all that `options` say, and print what was found and written.

    Args:
        options: What the user asked for.
        format_: How findings are printed.
        verbose: Whether to print the whole traceback of a construct that failed.
        cached: Whether the user's cache may be asked, and told.
        base: The revision to compare with; nothing for the default.

    Returns:
        The exit code.

    Raises:
        OutsideError: The disk refused; the findings until then are printed.
    """
    options, notes = find_base(options, base)
    cache = open_cache(os.environ) if cached else None
    stages = partial(build_stages, helm=options.helm, twice=options.twice)
    state = run_remembering("synth", stages, options, cache, run=run_with_progress, output=options.output)
    state = state.noted(*notes, *tell_new_clusters(state))
    folders = read_folders(state) if cache else {}
    state = continue_with_progress(write_stages(), state)
    if cache:
        keep_untouched(state, folders, cache)
    if verbose:
        sys.stderr.write("\n".join(state.tracebacks))
    code = print_findings(state, format_)
    if state.failure is not None:
        raise state.failure
    _print_written(state)
    return code


def _print_written(state: State) -> None:
    for cluster, written in state.written.items():
        counts = f"{len(written.changed)} written, {len(written.unchanged)} unchanged, {len(written.removed)} removed"
        sys.stderr.write(f"{state.options.shown_output}/{cluster}: {counts}\n")
