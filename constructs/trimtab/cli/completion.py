"""What a shell offers after the tab key: clusters, codes, settings paths. Slow imports would be felt at each tab."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import typer

from trimtab.doors.errors import OutsideError


def complete_clusters(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the clusters of the repository that are not on the line yet."""
    given = context.params.get("clusters") or ()
    return [name for name in _iter_clusters(context) if name.startswith(incomplete) and name not in given]


def complete_option_cluster(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the clusters of the repository."""
    return [name for name in _iter_clusters(context) if name.startswith(incomplete)]


def complete_explained(incomplete: str) -> list[str]:
    """Offer codes, and settings paths a step at a time."""
    from trimtab.reference.words import known_codes

    codes = [] if "." in incomplete else [code for code in known_codes() if code.startswith(incomplete)]
    return [*codes, *_iter_paths(incomplete)]


def complete_examples(incomplete: str) -> list[str]:
    """Offer the examples that `trimtab init` can make a repository from."""
    from trimtab.init.examples import list_examples

    return [name for name in list_examples() if name.startswith(incomplete)]


def _iter_clusters(context: typer.Context) -> Iterator[str]:
    from trimtab.settings.folders import find_platform

    with suppress(OutsideError):
        yield from find_platform(Path(context.params.get("root") or ".")).clusters


def _iter_paths(incomplete: str) -> Iterator[str]:
    """Give the steps that may follow; a step that has others below it comes with them, so that the next tab goes on."""
    from trimtab.reference.lookup import Setting, component_names, find_setting, iter_children, parse_setting
    from trimtab.reference.schema import read_settings_schema

    schema = read_settings_schema()
    before, dot, last = incomplete.rpartition(".")
    parent = find_setting(schema, (parse_setting(before, schema) or ("",)) if dot else ())
    if not isinstance(parent, Setting):
        return
    names = [str(child.path[-1]) for child in iter_children(schema, parent)]
    names += [] if dot else component_names(schema)
    yield from (f"{before}{dot}{name}" for name in names if name.startswith(last))
