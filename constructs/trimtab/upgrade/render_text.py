"""Upgrades for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trimtab.findings.path import render_path
from trimtab.upgrade.effects import DeadValue, Effects
from trimtab.upgrade.report import ClusterUpgrades, Upgrade

_MANY = 8
"""Names in one line; more are counted."""


def render_text(clusters: Iterable[ClusterUpgrades], *, commands: bool = False) -> str:
    """Write what can move, cluster by cluster.

    Args:
        clusters: What there is to say.
        commands: Whether to print the commands for the nodes; else only how to see them.
    """
    return "\n".join("\n".join(_cluster(cluster, commands=commands)) + "\n" for cluster in clusters)


def _cluster(cluster: ClusterUpgrades, *, commands: bool) -> Iterator[str]:
    yield f"{cluster.cluster}:"
    width = max((len(one.candidate.name) for one in cluster.upgrades), default=0)
    for one in cluster.upgrades:
        yield f"  {one.candidate.name:<{width}}  {_summary(one)}"
        yield from (f"      {line}" for line in _details(one))
        if one.commands and commands:
            yield "      in bootstrap/, once it is synthesized, committed and synced:"
            yield from (f"        {command}" for command in one.commands)
        elif one.commands:
            yield f"      on the nodes: trimtab upgrade {cluster.cluster} {one.candidate.name} prints the commands"


def _summary(one: Upgrade) -> str:
    candidate = one.candidate
    if one.target is None:
        patch = f", and a patch: {candidate.patch}" if candidate.patch else ""
        return f"{candidate.current}  the newest that Trimtab knows{patch}" if not candidate.newest else _gap(one)
    words = [f"{candidate.current} -> {one.target}"]
    if candidate.patch and candidate.patch != one.target:
        words.append(f"patch {candidate.patch}")
    if candidate.newest and candidate.newest != one.target:
        words.append(f"newest {candidate.newest}, by {' -> '.join(candidate.way)}")
    if candidate.kubernetes and one.target == candidate.next:
        words.append(f"Kubernetes {candidate.kubernetes}")
    return "  ".join(words)


def _gap(one: Upgrade) -> str:
    return f"{one.candidate.current}  {one.candidate.newest} is known, but not the step that leads there"


def _details(one: Upgrade) -> Iterator[str]:
    if one.target is None:
        return
    if one.pin is None:
        yield "not pinned: it goes with Trimtab itself; --write --to pins it"
    else:
        yield f"pinned at {one.pin.file}:{one.pin.line}"
    if one.is_untried:
        yield "not tried: `releases` names it, and no test of Trimtab has seen it"
    for finding in one.refused:
        yield f"refused [{finding.code}]: {finding.message}"
        if finding.help:
            yield f"  {finding.help}"
    yield from _effects(one.effects) if one.effects else ()


def _effects(effects: Effects) -> Iterator[str]:
    rows = (
        ("chart", effects.charts),
        ("image", effects.images),
        ("application added", effects.applications_added),
        ("application removed", effects.applications_removed),
        ("definitions added", _few(effects.crds_added)),
        ("definitions removed", _few(effects.crds_removed)),
        ("architecture gained", effects.architectures_gained),
        ("architecture lost", effects.architectures_lost),
    )
    if effects.unknown_charts:
        named = ", ".join(effects.unknown_charts)
        yield f"not compared, for nothing is known of it until `trimtab lock` has it: chart {named}"
    for word, names in rows:
        yield from (f"{word}: {name}" for name in names)
    if effects.keys_added or effects.keys_removed:
        yield f"values of the chart: {effects.keys_added} new, {effects.keys_removed} gone"
    yield from (_dead(value) for value in effects.dead_values)
    for step in effects.steps:
        yield f"{'by hand' if step.is_manual else 'note'}: {step.text} ({step.source})"


def _dead(value: DeadValue) -> str:
    instead = f"; it may be '{render_path(value.instead)}' now" if value.instead else ""
    return f"your value is read no more: {render_path(value.path)}{instead}"


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return (", ".join(names[:_MANY]) + more,) if names else ()
