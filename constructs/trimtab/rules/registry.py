"""All rules, topic by topic."""

from __future__ import annotations

from trimtab.rules import charts, network, order, own, sources, storage, versions
from trimtab.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *versions.RULES,
    *network.RULES,
    *sources.RULES,
    *storage.RULES,
    *charts.RULES,
    *order.RULES,
    *own.RULES,
)
