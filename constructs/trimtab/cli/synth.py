"""`trimtab synth`: settings to dist/. `cdk8s synth` comes in here too, by apps/main.py."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trimtab.cli.options import Clusters, Format, FormatFlag, NoCache, Root, Strict

if TYPE_CHECKING:
    from trimtab.pipeline.state import Options, State


def synth(  # noqa: PLR0913, PLR0917 - a flag each
    clusters: Clusters = None,
    root: Root = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write. Default: dist/ at the top.", metavar="DIR")
    ] = None,
    discard_edits: Annotated[
        bool, typer.Option("--discard-edits", help="Write over files of ours that somebody edited by hand.")
    ] = False,
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print the whole traceback of a construct of yours that failed.")
    ] = False,
    no_cache: NoCache = False,
) -> int:
    """Check, build, verify, and write dist/.

    Nothing is written while there is an error, or a warning under --strict. A run that finds everything as it should be
    writes nothing.
    """
    from trimtab.pipeline.state import Options

    chosen = tuple(clusters or ())
    options = Options(root=root, clusters=chosen, dist=output, discard_edits=discard_edits, strict=strict)
    return _run(options, format_, verbose=verbose, cached=not no_cache)


def synth_for_cdk8s(main_file: str) -> int:
    """Do what `cdk8s synth` wants of its app: write where the environment says, talk on stderr only.

    Args:
        main_file: The `__file__` of `apps/main.py`; the folder above its own is the top of the repository.

    Returns:
        The exit code.
    """
    from trimtab.cli.boundary import run_guarded
    from trimtab.pipeline.state import Options
    from trimtab.synth.outdir import plan_output

    root = Path(os.path.relpath(Path(main_file).resolve().parent.parent))
    wanted = plan_output(os.environ, str(root / "dist"))
    options = Options(root=root, dist=Path(wanted.dir), helm=wanted.helm, construct_metadata=wanted.metadata)
    return run_guarded(lambda **_: _run(options, Format.TEXT, verbose=False))


def _run(options: Options, format_: Format, *, verbose: bool, cached: bool = False) -> int:
    from trimtab.cli.printing import print_findings
    from trimtab.cli.progress import continue_with_progress, run_with_progress
    from trimtab.doors.cache import open_cache
    from trimtab.pipeline import build_stages, write_stages
    from trimtab.pipeline.remembering import run_remembering

    cache = open_cache(os.environ) if cached else None
    state = run_remembering("synth", partial(build_stages, helm=options.helm), options, cache, run=run_with_progress)
    state = continue_with_progress(write_stages(), state)
    if verbose:
        typer.echo("\n".join(state.tracebacks), err=True, nl=False)
    code = print_findings(state, format_)
    if state.failure is not None:
        raise state.failure
    _print_written(state)
    return code


def _print_written(state: State) -> None:
    for cluster, written in state.written.items():
        counts = f"{len(written.changed)} written, {len(written.unchanged)} unchanged, {len(written.removed)} removed"
        typer.echo(f"{state.options.shown_output}/{cluster}: {counts}", err=True)
