"""Every check of names that must be somebody's."""

from __future__ import annotations

from trimtab.verify.references import checks, monitors, scrapes, services

CHECKS = (*checks.CHECKS, *services.CHECKS, *monitors.CHECKS, *scrapes.CHECKS)
