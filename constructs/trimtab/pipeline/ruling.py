"""Rules over plans: problems become findings with places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trimtab.components.assemble import Plan
from trimtab.findings.finding import Finding, Related
from trimtab.findings.path import Path, get_value
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.rules.registry import RULES
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.layers import Merged
from trimtab.tree.base_facts import BaseFacts


def check_early_rules(state: State) -> State:
    """Put the early rules to every cluster that has settings; who breaks one is not planned."""
    clusters = []
    for cluster in state.clusters:
        problems = list(_check_early(cluster))
        clusters.append(replace(cluster, is_plannable=not problems))
        state = state.found(*problems)
    return replace(state, clusters=tuple(clusters))


def _check_early(cluster: ClusterState) -> Iterator[Finding]:
    if cluster.settings is not None:
        alone = Cluster(cluster.settings)
        subject = Subject(cluster=alone, components={}, facts=Facts(alone))
        yield from _check(cluster, subject, [rule for rule in RULES if rule.early])


def check_rules(state: State) -> State:
    """Put every other rule to every cluster that has a plan."""
    return state.found(*(finding for cluster in state.clusters for finding in _check_planned(cluster)))


def _check_planned(cluster: ClusterState) -> Iterator[Finding]:
    if cluster.plan is not None:
        yield from check_plan(cluster, cluster.plan, cluster.base.facts if cluster.base else None)


def check_plan(cluster: ClusterState, plan: Plan, base: BaseFacts | None) -> Iterator[Finding]:
    """Put every rule but the early ones to a plan.

    Args:
        cluster: The cluster whose files the findings point into.
        plan: Its plan, or what the plan would be with other versions.
        base: What it is compared with; nothing for no comparison.
    """
    subject = Subject(
        cluster=plan.cluster,
        components=plan.settings,
        facts=plan.facts,
        applications=plan.applications,
        order=plan.order,
        sources=plan.sources,
        derived=plan.derived,
        base=base,
    )
    yield from _check(cluster, subject, [rule for rule in RULES if not rule.early])


def _check(cluster: ClusterState, subject: Subject, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        for problem in rule.check(subject):
            yield replace(build_finding(rule, problem, cluster.loaded.merged), cluster=cluster.name)


def _is_mapping(merged: Merged, path: Path) -> bool:
    """Tell whether a mapping stands at a path: layers merge it, and replace nothing."""
    return isinstance(get_value(merged.value, path), dict)


def build_finding(rule: Rule, problem: Problem, merged: Merged) -> Finding:
    """Turn what a rule found into a finding, with the places its paths stand at."""
    place = merged.key_place_of(problem.path) if problem.on_key else merged.place_of(problem.path)[0]
    replaced = () if problem.on_key or _is_mapping(merged, problem.path) else merged.places(problem.path)[1:]
    layers = tuple(Related(message="the value it replaces", place=below) for below in replaced)
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
        hide_source=problem.hide_source,
    )
