"""`trimtab lock`: which bytes each chart is."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.options import Clusters, Root


class LockFormat(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


def lock(  # noqa: PLR0913, PLR0917 - a flag each
    clusters: Clusters = None,
    root: Root = Path(),
    update: Annotated[
        bool, typer.Option("--update", help="Look again at what is locked: did a published version change?")
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="Take a chart's changed content; may be given again.", metavar="CHART[@VERSION]"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the lock names every chart. No network.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Take archives from the cache only.")] = False,
    vendor: Annotated[
        bool, typer.Option("--vendor", help="Keep the archives in vendor/charts/, and read them from there.")
    ] = False,
    format_: Annotated[LockFormat, typer.Option("--format", help="How the result is printed.")] = LockFormat.TEXT,
) -> int:
    """Write charts.lock: the version, address and digest of every chart that a cluster needs.

    The only command that asks chart repositories. What is locked stays as it is; archives are kept in the user's cache.
    --check ends with 4 where the lock does not name a chart; with 3 ends what the network refused.
    """
    from trimtab.charts.wish import Wish
    from trimtab.cli.lock_job import LockJob, check_lock

    if check and (update or accept or offline or vendor):
        raise typer.BadParameter("--check takes no flag but --format and --root")
    if update and offline:
        raise typer.BadParameter("--update looks into repositories, --offline forbids it")
    if accept and not update:
        raise typer.BadParameter("--accept belongs to --update")
    job = LockJob(
        root=root,
        clusters=tuple(clusters or ()),
        wish=Wish(update=update, accept=frozenset(accept or ()), offline=offline),
        vendor=vendor,
        as_json=format_ is LockFormat.JSON,
    )
    if check:
        return check_lock(job)
    from trimtab.cli.lock_work import write_lock

    return write_lock(job)
