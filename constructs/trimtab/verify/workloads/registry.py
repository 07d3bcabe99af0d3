"""What operators lived through with their own workloads."""

from __future__ import annotations

from trimtab.verify.check import Check
from trimtab.verify.workloads import builds, drains, health, host_names, images, placement, single_writer, stateful_sets

CHECKS: tuple[Check, ...] = (
    *stateful_sets.CHECKS,
    *health.CHECKS,
    *host_names.CHECKS,
    *drains.CHECKS,
    *single_writer.CHECKS,
    *builds.CHECKS,
    *images.CHECKS,
    *placement.CHECKS,
)
"""One line a topic."""
