"""What the API server checks beyond schemas, in the order it is checked here."""

from __future__ import annotations

from trimtab.verify.api_server import (
    access,
    configuration,
    confinement,
    containers,
    definitions,
    downward,
    ingresses,
    label_selectors,
    labels,
    names,
    namespaces,
    network_policies,
    policies,
    probes,
    resources,
    rollouts,
    scheduling,
    services,
    sizes,
    storage,
    volumes,
    webhooks,
    workloads,
)
from trimtab.verify.check import Check

CHECKS: tuple[Check, ...] = (
    *names.CHECKS,
    *labels.CHECKS,
    *namespaces.CHECKS,
    *containers.CHECKS,
    *volumes.CHECKS,
    *probes.CHECKS,
    *downward.CHECKS,
    *confinement.CHECKS,
    *resources.CHECKS,
    *scheduling.CHECKS,
    *label_selectors.CHECKS,
    *workloads.CHECKS,
    *rollouts.CHECKS,
    *services.CHECKS,
    *ingresses.CHECKS,
    *network_policies.CHECKS,
    *policies.CHECKS,
    *access.CHECKS,
    *storage.CHECKS,
    *definitions.CHECKS,
    *webhooks.CHECKS,
    *configuration.CHECKS,
    *sizes.CHECKS,
)
"""One line a topic."""
