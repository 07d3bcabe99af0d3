"""The codes that no rule prints: what each stage of a run says of files, settings, constructs and the tree."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes import (
    argocd,
    built,
    capacity,
    charts,
    custom,
    files,
    kubernetes,
    kustomize,
    operators,
    own_charts,
    references,
    rendering,
    settings,
    syncing,
    tree,
    versions,
    workloads,
    yaml,
)

TOPICS = (
    yaml,
    files,
    settings,
    built,
    tree,
    capacity,
    versions,
    charts,
    argocd,
    syncing,
    operators,
    kubernetes,
    kustomize,
    custom,
    workloads,
    rendering,
    references,
    own_charts,
)

CODES: tuple[Code, ...] = tuple(code for topic in TOPICS for code in topic.CODES)
"""Every code that no rule prints, by the stage that finds it."""
