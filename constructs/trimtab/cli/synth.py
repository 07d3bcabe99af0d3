"""`trimtab synth`: settings to dist/. `cdk8s synth` comes in here too, by apps/main.py."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.formats import Format
from trimtab.cli.options import Base, Clusters, FormatFlag, Jobs, NoCache, Root, Strict


def synth(  # noqa: PLR0913, PLR0917 - a flag each
    clusters: Clusters = None,
    root: Root = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write. Default: dist/ at the top.", metavar="DIR")
    ] = None,
    discard_edits: Annotated[
        bool, typer.Option("--discard-edits", help="Write over files of ours that somebody edited by hand.")
    ] = False,
    with_charts: Annotated[
        bool,
        typer.Option(
            "--with-charts", help="Look at what charts render too: takes helm, and the archives of `trimtab lock`."
        ),
    ] = False,
    twice: Annotated[
        bool,
        typer.Option("--twice", help="Build constructs of yours a second time, and refuse what comes out differently."),
    ] = False,
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print the whole traceback of a construct of yours that failed.")
    ] = False,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    base: Base = None,
) -> int:
    """Check, build, verify, and write dist/.

    Nothing is written while there is an error, or a warning under --strict. A run that finds everything as it should be
    writes nothing.
    """
    from trimtab.cli.synth_work import run_synth

    return run_synth(
        clusters=clusters,
        root=root,
        output=output,
        discard_edits=discard_edits,
        with_charts=with_charts,
        twice=twice,
        format_=format_,
        strict=strict,
        verbose=verbose,
        no_cache=no_cache,
        jobs=jobs,
        base=base,
    )


def synth_for_cdk8s(main_file: str) -> int:
    """Do what `cdk8s synth` wants of its app: write where the environment says, talk on stderr only.

    Args:
        main_file: The `__file__` of `apps/main.py`; the folder above its own is the top of the repository.

    Returns:
        The exit code.
    """
    from trimtab.cli.boundary import run_guarded
    from trimtab.cli.synth_work import synthesize_and_print
    from trimtab.pipeline.state import Options
    from trimtab.synth.outdir import plan_output

    root = Path(os.path.relpath(Path(main_file).resolve().parent.parent))
    wanted = plan_output(os.environ, str(root / "dist"))
    options = Options(root=root, dist=Path(wanted.dir), helm=wanted.helm, construct_metadata=wanted.metadata)
    return run_guarded(lambda **_: synthesize_and_print(options, Format.TEXT))
