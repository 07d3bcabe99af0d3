"""Charts pull from mirrors too, whoever renders them: by their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trimtab.components.assemble import Plan
from trimtab.images.prefix import plan_prefix
from trimtab.kube.release import ChartRelease, Source
from trimtab.plan.cluster import Cluster


def plan_prefixes(cluster: Cluster) -> dict[str, str]:
    """Give what references begin with in the place of registries: those that are to be rewritten, and can be."""
    registries = cluster.settings.registries
    found = {host: plan_prefix(one.mirror) for host, one in registries.items() if one.rewrite and one.mirror}
    return {host: prefix for host, prefix in found.items() if prefix is not None}


def pull_from_mirrors(plan: Plan) -> Plan:
    """Give a plan whose charts pull from mirrors, by values of ours; what the user's values say stays.

    Args:
        plan: The plan, with all that is known of charts that the catalogue does not hold.
    """
    prefixes = plan_prefixes(plan.cluster)
    if not prefixes:
        return plan
    derived = {name: _rewrite(one, one, prefixes) for name, one in plan.derived.items()}
    sources = {name: _pull(one, plan.derived.get(name), prefixes) for name, one in plan.sources.items()}
    return replace(plan, derived=derived, sources=sources)


def _pull(source: Source, derived: ChartRelease | None, prefixes: Mapping[str, str]) -> Source:
    return _rewrite(source, derived, prefixes) if isinstance(source, ChartRelease) and derived else source


def _rewrite(release: ChartRelease, derived: ChartRelease, prefixes: Mapping[str, str]) -> ChartRelease:
    from trimtab.images.chart_values import rewrite_values  # most clusters pull from no mirror

    values = rewrite_values(release.pin, derived.values, prefixes, merged=release.values)
    changed = values != release.values
    return replace(release, values=values, origins=(*release.origins, "registries")) if changed else release
