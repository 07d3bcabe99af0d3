"""`trimtab check`: is anything wrong with the settings?"""

from __future__ import annotations

from pathlib import Path

from trimtab.cli.formats import Format
from trimtab.cli.options import Base, Clusters, FormatFlag, Jobs, NoCache, Root, Strict, Verbose


def check(  # noqa: PLR0913, PLR0917 - a flag each
    clusters: Clusters = None,
    root: Root = Path(),
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    base: Base = None,
) -> int:
    """Check settings, rules, plan and chart values. Builds nothing, writes nothing."""
    from trimtab.cli.check_work import run_check

    return run_check(
        clusters=clusters,
        root=root,
        format_=format_,
        strict=strict,
        verbose=verbose,
        no_cache=no_cache,
        jobs=jobs,
        base=base,
    )
