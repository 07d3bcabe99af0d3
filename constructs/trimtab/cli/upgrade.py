"""`trimtab upgrade`: what can move where, what changes for you, and the edit that does it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trimtab.cli.completion import complete_clusters
from trimtab.cli.options import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.pipeline.state import State
    from trimtab.pipeline.upgrading import Edit
    from trimtab.upgrade.report import ClusterUpgrades


class UpgradeFormat(StrEnum):
    """How upgrades are printed."""

    TEXT = "text"
    JSON = "json"


def upgrade(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Only these clusters, or components, or both, by name; `kubernetes` and `kubespray` are names too."
            " Default: all.",
            show_default=False,
            autocompletion=complete_clusters,
        ),
    ] = None,
    root: Root = Path(),
    to: Annotated[
        str | None, typer.Option("--to", help="The version to look at. Default: the next step.", metavar="VERSION")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the version into the settings file that holds it.")
    ] = False,
    format_: Annotated[UpgradeFormat, typer.Option("--format", help="How upgrades are printed.")] = UpgradeFormat.TEXT,
) -> int:
    """List what can move to another version and what changes with it, or write the version of one component.

    Asks nobody: it knows what this Trimtab's catalogue and the settings' `releases` name. A version that the rules
    would refuse is not written, and ends with 1.
    """
    from trimtab.cli.formats import Format
    from trimtab.cli.printing import print_findings
    from trimtab.pipeline import upgrade_stages
    from trimtab.pipeline.state import Options, run_stages
    from trimtab.pipeline.upgrading import plan_upgrades
    from trimtab.upgrade.render_json import render_json
    from trimtab.upgrade.render_text import render_text

    state = run_stages(upgrade_stages(), Options(root=root))
    if state.has_errors:
        return print_findings(state, Format.TEXT)
    clusters, components = _split(state, names or [])
    if (to or write) and len(components) != 1:
        raise typer.BadParameter("name one component with --to and --write: they are walked one after the other")
    _check_version(state, components, to)
    found = plan_upgrades(state, components, clusters, to)
    if write:
        return _write(state, found)
    as_json = format_ is UpgradeFormat.JSON
    typer.echo(render_json(found) if as_json else render_text(found, commands=bool(components)), nl=False)
    return 0


def _split(state: State, names: Sequence[str]) -> tuple[list[str], list[str]]:
    from trimtab.catalogue.components import iter_components
    from trimtab.findings.suggest import suggest

    things = ["kubernetes", "kubespray", *iter_components()]
    known = [*state.cluster_names, *things]
    for name in names:
        if name not in known:
            near = suggest(name, known)
            raise typer.BadParameter(
                f"'{name}' is neither a cluster nor a component{f'; did you mean {near!r}?' if near else ''}"
            )
    return [n for n in names if n in state.cluster_names], [n for n in names if n not in state.cluster_names]


def _check_version(state: State, components: Sequence[str], to: str | None) -> None:
    from trimtab.catalogue.components import join_releases
    from trimtab.pipeline.upgrading import is_known_version, list_own_releases

    own = list_own_releases(state, components[0]) if to is not None else ()
    if to is not None and not is_known_version(components[0], to, own):
        known = ", ".join(release.version for release in join_releases(components[0], own))
        raise typer.BadParameter(f"{to} is no version of {components[0]}{f'; known are {known}' if known else ''}")


def _write(state: State, found: Sequence[ClusterUpgrades]) -> int:
    from trimtab.cli.formats import Format
    from trimtab.cli.printing import print_findings
    from trimtab.pipeline.upgrading import iter_refusals, write_edits

    edits = _plan_edits(state, found)
    refusals = tuple(iter_refusals(state, edits))
    if refusals:
        from dataclasses import replace

        print_findings(replace(state, findings=refusals), Format.TEXT)
        typer.echo("nothing written: these would be refused", err=True)
        return 1
    write_edits(state, edits)
    for edit in edits:
        typer.echo(f"{edit.file}: {'.'.join(map(str, edit.path))} {edit.old} -> {edit.new}", err=True)
    if not edits:
        typer.echo("nothing to write: all is where it can go", err=True)
    return 0


def _plan_edits(state: State, found: Sequence[ClusterUpgrades]) -> tuple[Edit, ...]:
    from dataclasses import replace

    from trimtab.pipeline.upgrading import Edit, join_versions, plan_edits

    by_name = {cluster.name: cluster for cluster in state.clusters}
    edits: dict[tuple[str, tuple[str | int, ...]], Edit] = {}
    texts: dict[str, str] = {}
    for report in found:
        cluster = by_name[report.cluster]
        asked = {one.candidate.name: one.target for one in report.upgrades if one.target}
        wanted = join_versions(cluster.require_plan(), asked)
        seen = replace(state, construct_texts={**state.construct_texts, **texts})
        for edit in plan_edits(seen, cluster, wanted):
            if not isinstance(edit, Edit):
                setting = ".".join(map(str, edit))
                raise typer.BadParameter(f"{setting} of {report.cluster} cannot be edited alone; write it by hand")
            edits[edit.file, edit.path] = edit
            texts[edit.file] = edit.text
    return tuple(edits.values())
