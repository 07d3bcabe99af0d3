"""Durations as Argo CD reads them: Go's, and plain seconds where it says so."""

from __future__ import annotations

import re

_GO = re.compile(r"[+-]?(0|(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)")
_SECONDS = re.compile(r"[+-]?[0-9]+")


def is_duration(text: str, *, plain_seconds: bool = False) -> bool:
    """Say whether a text is a duration.

    Args:
        text: Such as `1h30m` (Go's time.ParseDuration).
        plain_seconds: Whether a whole number without a unit counts as seconds.
    """
    return bool(_GO.fullmatch(text) or (plain_seconds and _SECONDS.fullmatch(text)))
