"""How many examples a law is tried on: few in the suite, many where somebody asks for it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

FACTOR = int(os.environ.get("TRIMTAB_FUZZ", "1"))
"""How many times as many examples as in the suite; `make fuzz-laws` sets it."""


def examples(count: int) -> settings:
    """Give Hypothesis' settings for a law.

    Args:
        count: Examples in the suite.
    """
    return settings(
        max_examples=count * FACTOR,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    )
