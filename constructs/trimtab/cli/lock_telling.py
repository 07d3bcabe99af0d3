"""What `trimtab lock` says of what it did, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from trimtab.charts.errors import UnreachableError
from trimtab.charts.lockfile import LOCK_FILE
from trimtab.charts.locking import Became, Locked, Outcome
from trimtab.charts.reference import ChartKey
from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.render_json import render_json
from trimtab.findings.report import Report
from trimtab.pipeline.locking import list_uses, tell_error
from trimtab.pipeline.state import State

_SHOWN = {Became.ADDED: "added", Became.CHANGED: "changed", Became.FETCHED: "fetched"}


def tell_locked(state: State, locked: Locked, *, as_json: bool) -> int:
    """Tell what became of every chart: text to stderr, JSON to stdout.

    Returns:
        The exit code: 3 where only the outside world failed, 1 where anything is wrong.
    """
    uses = list_uses(state)
    state = state.found(*(tell_error(one.error, uses[one.wanted.key]) for one in locked.outcomes if one.error))
    if as_json:
        report = json.loads(render_json(Report(findings=state.findings)))
        typer.echo(json.dumps({**_list_value(locked), **report}, indent=2))
    else:
        print_findings(state, Format.TEXT)
        for line in _iter_lines(locked):
            typer.echo(line, err=True)
    errors = [one.error for one in locked.outcomes if one.error]
    if not errors:
        return ExitCode.OK
    return ExitCode.OUTSIDE if all(isinstance(error, UnreachableError) for error in errors) else ExitCode.ERRORS


def _iter_lines(locked: Locked) -> Iterator[str]:
    for one in locked.outcomes:
        if one.became in _SHOWN and one.entry is not None:
            yield f"{_SHOWN[one.became]} {one.wanted.key.chart} {one.wanted.key.version} {one.entry.digest}"
    for key in locked.dropped:
        yield f"dropped {key.chart} {key.version}"
    counts = Counter(one.became for one in locked.outcomes)
    parts = [f"{counts[became]} {became.value}" for became in Became if counts[became]]
    yield f"{LOCK_FILE}: {len(locked.lock.entries)} charts" + (f" ({', '.join(parts)})" if parts else "")


def _list_value(locked: Locked) -> Mapping[str, Any]:
    return {
        "charts": [_chart_value(one) for one in locked.outcomes],
        "dropped": [_key_value(key) for key in locked.dropped],
    }


def _chart_value(outcome: Outcome) -> dict[str, Any]:
    entry = outcome.entry
    return {
        **_key_value(outcome.wanted.key),
        "url": entry.url if entry else None,
        "digest": entry.digest if entry else None,
        "manifestDigest": entry.manifest_digest if entry else None,
        "state": outcome.became.value,
        "users": list(outcome.wanted.users),
    }


def _key_value(key: ChartKey) -> dict[str, str]:
    return {"repoURL": key.repo_url, "chart": key.chart, "version": key.version}
