"""Where the tests find upstream's own files: a folder beside the checkout that the project does not ship."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
MISSING = "upstream's files are not at hand: set TRIMTAB_UPSTREAM or put them into ../shared/upstream"


def find_upstream() -> Path | None:
    """Find the folder with upstream's files, or nothing."""
    named = os.environ.get("TRIMTAB_UPSTREAM")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "upstream"
    return folder if folder.is_dir() else None


def upstream_folder() -> Path:
    """Give the folder with upstream's files.

    Raises:
        FileNotFoundError: It is not at hand.
    """
    folder = find_upstream()
    if folder is None:
        raise FileNotFoundError(MISSING)
    return folder
