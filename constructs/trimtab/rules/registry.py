"""All rules, topic by topic."""

from __future__ import annotations

from trimtab.rules import (
    argocd,
    calico,
    certificates,
    charts,
    distribution,
    load_balancers,
    local_path,
    monitoring,
    network,
    nodes,
    order,
    own,
    rook,
    sources,
    storage,
    versions,
)
from trimtab.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *versions.RULES,
    *network.RULES,
    *nodes.RULES,
    *distribution.RULES,
    *sources.RULES,
    *storage.RULES,
    *rook.RULES,
    *local_path.RULES,
    *calico.RULES,
    *load_balancers.RULES,
    *certificates.RULES,
    *argocd.RULES,
    *monitoring.RULES,
    *charts.RULES,
    *order.RULES,
    *own.RULES,
)
