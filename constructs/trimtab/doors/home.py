"""The door to the user's home: where it is, if there is one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def find_home(environment: Mapping[str, str]) -> Path | None:
    """Find the home of the user who calls us: by `HOME`, else by what the system knows of its users.

    Returns:
        Nothing where neither says it, as in a container that runs as a number without a name.
    """
    if given := environment.get("HOME"):
        return Path(given)
    try:
        return Path.home()
    except RuntimeError:
        return None
