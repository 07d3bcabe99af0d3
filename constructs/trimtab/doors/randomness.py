"""The door to chance: random bytes that nobody can foresee."""

from __future__ import annotations

from secrets import token_bytes


def read_random(count: int) -> bytes:
    """Give so many bytes from the system's source for keys and passwords."""
    return token_bytes(count)
