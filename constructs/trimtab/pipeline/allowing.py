"""Allowances: what `allow` names is taken out, and an allowance that is wrong, old or of no use is itself a finding.

An allowance names a code and a settings path. It takes out the findings of that code whose own path begins with it;
a `*` in the path stands for any one key, a `*` alone for the whole cluster. For the user's own manifests it names a
file instead, or `file#Kind/name`. It takes out warnings and soft refusals only, and those of its own cluster only. It
holds through its `until` day, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import ROOT, Path, parse_path, render_path
from trimtab.findings.suggest import suggest
from trimtab.pipeline.allowed_files import allows_file, is_file_key
from trimtab.pipeline.state import ClusterState, State
from trimtab.rules.codes import CODES, is_shown_by_check
from trimtab.settings.folders import MANIFESTS
from trimtab.settings.ways_out import Allowance

EVERYWHERE = "*"
"""The path of an allowance for the whole cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    cluster: ClusterState
    code: str
    at: str
    allowance: Allowance

    @property
    def key(self) -> tuple[str, str, str]:
        return self.cluster.name, self.code, self.at

    @property
    def wanted(self) -> Path | None:
        """The path it speaks of; nothing where its text is no path."""
        try:
            return ROOT if self.at == EVERYWHERE or is_file_key(self.at) else parse_path(self.at)
        except ValueError:
            return None


def allow_findings(state: State) -> State:
    """Take out what allowances name. Safe to repeat: later stages find more that may be allowed."""
    for entry in _entries(state):
        matched = [finding for finding in state.findings if _is_match(entry, finding)]
        if not matched or not _holds(entry, state):
            continue
        if any(finding.severity is Severity.ERROR and not finding.soft for finding in matched):
            state = state.found(_hard(entry))
            continue
        left = tuple(finding for finding in state.findings if finding not in matched)
        state = replace(state, findings=left, used_allowances=state.used_allowances | {entry.key})
        state = state.found(*(_mark(entry, finding) for finding in matched))
    return state


def check_allowances(state: State, *, built: bool = False) -> State:
    """Report the allowances that do nothing.

    Args:
        state: The state after the last `allow_findings`.
        built: Whether the objects were built too; without that, an allowance of what only `synth` finds is left alone.
    """
    built = built and not state.has_errors
    return state.found(*(finding for entry in _entries(state) for finding in _check(entry, state, built=built)))


check_built_allowances = partial(check_allowances, built=True)
"""`check_allowances` at the end of `synth`."""


def _entries(state: State) -> Iterator[_Entry]:
    for cluster in state.clusters:
        for code, places in cluster.settings.allow.items() if cluster.settings else ():
            for at, allowance in places.items():
                yield _Entry(cluster=cluster, code=code, at=at, allowance=allowance)


def _mark(entry: _Entry, finding: Finding) -> Finding:
    return replace(finding, allowed=entry.allowance.reason, cluster=entry.cluster.name)


def _holds(entry: _Entry, state: State) -> bool:
    return entry.allowance.until is None or state.options.today <= entry.allowance.until


def _is_match(entry: _Entry, finding: Finding) -> bool:
    wanted = entry.wanted
    return (
        wanted is not None
        and finding.code == entry.code
        and _is_of_cluster(finding, entry.cluster)
        and _is_there(entry.at, wanted, finding)
    )


def _is_there(at: str, wanted: Path, finding: Finding) -> bool:
    if is_file_key(at):
        return allows_file(at, finding)
    return len(finding.path) >= len(wanted) and all(
        one in (EVERYWHERE, there) for one, there in zip(wanted, finding.path, strict=False)
    )


def _is_of_cluster(finding: Finding, cluster: ClusterState) -> bool:
    """Tell whether a finding speaks of one cluster: it says so, or stands in a file that no other cluster has."""
    if finding.cluster is not None or finding.place is None:
        return finding.cluster == cluster.name
    file = finding.place.file
    return file == cluster.loaded.file or file.startswith(f"{MANIFESTS}/{cluster.name}/")


def _check(entry: _Entry, state: State, *, built: bool) -> Iterator[Finding]:
    if entry.code not in CODES:
        yield _unknown(entry)
    elif entry.wanted is None:
        yield _no_path(entry)
    elif not _holds(entry, state):
        yield _stale(
            entry, f"this allowance ended on {entry.allowance.until}", "mend what it allowed, or set a new day"
        )
    elif not _is_used(entry, state, built=built):
        where = "in this cluster" if entry.at == EVERYWHERE else f"at '{entry.at}'"
        advice = _elsewhere(entry, state) or "remove it"
        yield _stale(entry, f"this allows nothing: '{entry.code}' is not found {where}", advice)


def _elsewhere(entry: _Entry, state: State) -> str | None:
    """Name the place where the code is found in this cluster, which is the one that was meant."""
    found = (one for one in state.findings if one.code == entry.code and _is_of_cluster(one, entry.cluster))
    there = next((one.path for one in found if one.path), None)
    return f"it is found at '{render_path(there)}'" if there else None


def _is_used(entry: _Entry, state: State, *, built: bool) -> bool:
    """Tell whether an allowance does something, or may do so in a stage that has not run."""
    if entry.key in state.used_allowances or entry.cluster.plan is None:
        return True
    if any(finding.code == entry.code and _is_match(entry, finding) for finding in state.findings):
        return True  # refused as hard
    if CODES[entry.code].needs_base:
        return True  # once the base has moved on there is nothing to find, and `until` is what ends it
    return not built and not is_shown_by_check(entry.code, entry.wanted or ROOT)


def _unknown(entry: _Entry) -> Finding:
    near = suggest(entry.code, CODES)
    advice = f"did you mean '{near}'?" if near else "`trimtab explain` lists all codes"
    message = f"there is no finding with the code '{entry.code}'"
    return _about(entry, ("allow", entry.code), "unknown-code", Severity.ERROR, message, advice)


def _no_path(entry: _Entry) -> Finding:
    message = f"the key '{entry.at}' in 'allow.{entry.code}' is not a settings path"
    advice = f"for example components.local-path, a file of yours, or '{EVERYWHERE}' for the whole cluster"
    return _about(entry, ("allow", entry.code, entry.at), "wrong-form", Severity.ERROR, message, advice)


def _stale(entry: _Entry, message: str, advice: str) -> Finding:
    path: Path = ("allow", entry.code, entry.at)
    return _about(entry, path, "stale-allowance", Severity.WARNING, message, advice)


def _hard(entry: _Entry) -> Finding:
    message = f"'{entry.code}' cannot be allowed: it would not work"
    path: Path = ("allow", entry.code, entry.at)
    return _about(entry, path, "hard-refusal-allowed", Severity.ERROR, message, "mend it, and remove the allowance")


def _about(entry: _Entry, path: Path, code: str, severity: Severity, message: str, advice: str) -> Finding:
    place = entry.cluster.loaded.merged.key_place_of(path)
    return Finding(
        code=code,
        severity=severity,
        message=message,
        help=advice,
        path=path,
        place=place,
        cluster=entry.cluster.name,
    )
