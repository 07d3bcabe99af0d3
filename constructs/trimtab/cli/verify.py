"""`trimtab verify`: is anything wrong with a finished tree, ours or anybody's?"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trimtab.cli.formats import Format
from trimtab.cli.options import FormatFlag, Jobs, Strict

if TYPE_CHECKING:
    from trimtab.pipeline.examining import Examined


def verify(
    tree: Annotated[
        str | None,
        typer.Argument(
            help="A folder, a file, a Git revision (`HEAD~1`), or a folder of one (`HEAD~1:dist`)."
            " Default, of a revision too: dist/ beside apps/, else the folder you are in.",
            show_default=False,
            metavar="[DIR|REV]",
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            help="What the cluster has beside this tree. Default: trimtab-verify.yaml at the tree's top.",
            show_default=False,
            metavar="FILE",
        ),
    ] = None,
    kubernetes: Annotated[
        str | None,
        typer.Option(
            "--kubernetes",
            help="The minor version of Kubernetes. Default: what the tree or the file says, else the newest known.",
            show_default=False,
            metavar="1.N",
        ),
    ] = None,
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print how long it took.")] = False,
    jobs: Jobs = None,
) -> int:
    """Check a finished tree: any folder of manifests, Argo CD's Applications among them. Renders and writes nothing."""
    from trimtab.cli.printing import print_report
    from trimtab.doors.workers import count_cores
    from trimtab.pipeline.examining import examine_tree
    from trimtab.pipeline.tree_source import NoTreeError, open_tree
    from trimtab.settings.verify_config import MINOR

    if kubernetes is not None and not re.match(MINOR, kubernetes):
        raise typer.BadParameter(f"'{kubernetes}' is no minor version such as 1.35", param_hint="--kubernetes")
    begun = time.perf_counter()
    try:
        source = open_tree(tree)
    except NoTreeError as error:
        raise typer.BadParameter(str(error)) from error
    examined = examine_tree(source, config=config, kubernetes=kubernetes, jobs=jobs or count_cores())
    findings = (*examined.findings, *examined.allowed)
    code = print_report(findings, examined.notes, examined.texts, format_, strict=strict)
    _print_counts(examined, time.perf_counter() - begun if verbose else None)
    return code


def _print_counts(examined: Examined, seconds: float | None) -> None:
    took = f" in {seconds:.2f} s" if seconds is not None else ""
    counts = f"{examined.objects} objects in {examined.files} files"
    verdict = "" if examined.findings else "nothing wrong: " if examined.objects else "nothing looked at: "
    typer.echo(f"{verdict}{counts}{took}", err=True)
