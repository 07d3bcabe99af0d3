"""Every check of Argo CD's objects and annotations, in the order they are made."""

from __future__ import annotations

from trimtab.verify.argocd import (
    application_sets,
    applications,
    fields,
    folders,
    health,
    ignored,
    meanings,
    on_objects,
    options,
    order,
    permissions,
    projects,
    risks,
    sources,
    value_files,
    webhooks,
)
from trimtab.verify.check import Check

CHECKS: tuple[Check, ...] = (
    *fields.CHECKS,
    *on_objects.CHECKS,
    *options.CHECKS,
    *meanings.CHECKS,
    *sources.CHECKS,
    *applications.CHECKS,
    *folders.CHECKS,
    *value_files.CHECKS,
    *application_sets.CHECKS,
    *projects.CHECKS,
    *permissions.CHECKS,
    *ignored.CHECKS,
    *health.CHECKS,
    *order.CHECKS,
    *webhooks.CHECKS,
    *risks.CHECKS,
)
