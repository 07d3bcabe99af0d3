"""Rules over plans: problems become findings with places, and allowances are honoured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from trimtab.findings.finding import Finding, Related, Severity
from trimtab.findings.path import ROOT, Path, parse_path
from trimtab.pipeline.state import ClusterState, State
from trimtab.rules.registry import RULES
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.layers import Merged


def check_rules(state: State) -> State:
    """Put every rule to every cluster that has a plan."""
    return state.found(*(finding for cluster in state.clusters for finding in _check(cluster)))


def _check(cluster: ClusterState) -> Iterator[Finding]:
    if cluster.plan is None:
        return
    plan = cluster.plan
    subject = Subject(
        cluster=plan.cluster,
        components=plan.settings,
        facts=plan.facts,
        applications=plan.applications,
        order=plan.order,
        sources=plan.sources,
        derived=plan.derived,
    )
    for rule in RULES:
        for problem in rule.check(subject):
            yield replace(build_finding(rule, problem, cluster.loaded.merged), cluster=cluster.name)


def build_finding(rule: Rule, problem: Problem, merged: Merged) -> Finding:
    """Turn what a rule found into a finding, with the places its paths stand at."""
    place = merged.key_place_of(problem.path) if problem.on_key else merged.place_of(problem.path)[0]
    own = merged.places(problem.path)
    layers = tuple(Related(message="the value it replaces", place=below) for below in own[1:] if not problem.on_key)
    related = tuple(Related(message=text, place=merged.place_of(path)[0]) for path, text in problem.related)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=problem.message,
        help=problem.help,
        path=problem.path,
        place=place,
        label=problem.label,
        related=(*related, *layers),
        soft=rule.soft,
    )


def allow_findings(state: State) -> State:
    """Take out what `allow` names, and report allowances that are old, wrong or of no use."""
    for cluster in state.clusters:
        if cluster.settings is not None and cluster.settings.allow:
            state = _allow(state, cluster)
    return state


def _allow(state: State, cluster: ClusterState) -> State:
    assert cluster.settings is not None
    findings = list(state.findings)
    for code, places in cluster.settings.allow.items():
        for at, allowance in places.items():
            here: Path = ("allow", code, at)
            matched = [finding for finding in findings if _matches(finding, code, at, cluster)]
            soft = [finding for finding in matched if finding.soft or finding.severity is Severity.WARNING]
            if allowance.until and allowance.until < date.today():  # noqa: DTZ011
                findings.append(_stale(cluster, here, f"this allowance ended on {allowance.until}"))
            elif not matched:
                findings.append(_stale(cluster, here, f"nothing is found by '{code}' at '{at}'"))
            elif len(soft) < len(matched):
                findings.append(_hard(cluster, here, code))
            else:
                findings = [finding for finding in findings if finding not in soft]
    return replace(state, findings=tuple(findings))


def _matches(finding: Finding, code: str, at: str, cluster: ClusterState) -> bool:
    if finding.code != code:
        return False
    try:
        wanted = parse_path(at) if at != "*" else ROOT
    except ValueError:
        return False
    same_cluster = finding.cluster in (None, cluster.name)
    return same_cluster and finding.path[: len(wanted)] == wanted


def _stale(cluster: ClusterState, path: Path, message: str) -> Finding:
    return _about(cluster, path, "stale-allowance", Severity.WARNING, message, "remove it")


def _hard(cluster: ClusterState, path: Path, code: str) -> Finding:
    message = f"'{code}' cannot be allowed: Kubernetes or upstream refuses it too"
    return _about(cluster, path, "hard-refusal-allowed", Severity.ERROR, message, "mend it, and remove the allowance")


def _about(cluster: ClusterState, path: Path, code: str, severity: Severity, message: str, advice: str) -> Finding:
    place = cluster.loaded.merged.key_place_of(path)
    return Finding(
        code=code, severity=severity, message=message, help=advice, path=path, place=place, cluster=cluster.name
    )


