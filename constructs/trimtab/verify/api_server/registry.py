"""What the API server checks beyond schemas, in the order it is checked here."""

from __future__ import annotations

from trimtab.verify.api_server import (
    access,
    configuration,
    containers,
    definitions,
    ingresses,
    label_selectors,
    labels,
    names,
    network_policies,
    policies,
    probes,
    resources,
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
    *containers.CHECKS,
    *volumes.CHECKS,
    *probes.CHECKS,
    *resources.CHECKS,
    *label_selectors.CHECKS,
    *workloads.CHECKS,
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
