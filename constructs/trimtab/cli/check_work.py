"""What `trimtab check` does; the library that reads flags has no part in it, for it takes longer than a quick run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.cli.progress import run_with_progress
from trimtab.doors.cache import open_cache
from trimtab.doors.workers import count_cores
from trimtab.pipeline import check_stages
from trimtab.pipeline.choosing_base import find_base, tell_new_clusters
from trimtab.pipeline.remembering import run_remembering
from trimtab.pipeline.state import Options


def run_check(  # noqa: PLR0913 - a flag each
    *,
    clusters: Sequence[str] | None = None,
    root: Path = Path(),
    format_: Format = Format.TEXT,
    strict: bool = False,
    verbose: bool = False,
    no_cache: bool = False,
    jobs: int | None = None,
    base: str | None = None,
) -> int:
    """Check settings, rules, plan and chart values, and print what was found. The flags are those of the command.

    Returns:
        The exit code.
    """
    asked = 1 if verbose else jobs or count_cores()  # what was derived is known only where it was
    options = Options(root=root, clusters=tuple(clusters or ()), strict=strict, jobs=asked)
    options, notes = find_base(options, base)
    cache = None if no_cache or verbose else open_cache(os.environ)  # what is kept cannot say what was derived
    state = run_remembering("check", check_stages, options, cache, run=run_with_progress)
    state = state.noted(*notes, *tell_new_clusters(state))
    if verbose:
        from trimtab.cli.explaining import render_plans

        (sys.stdout if format_ is Format.TEXT else sys.stderr).write(render_plans(state))
    code = print_findings(state, format_)
    if not state.findings and format_ is Format.TEXT:
        names = ", ".join(state.cluster_names)
        sys.stderr.write(f"nothing wrong: {names}\n")
    return code
