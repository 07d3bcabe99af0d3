"""The door to a second run of ourselves, in another process where chance and the clock say something else."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from trimtab.doors.disk import list_files, read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.doors.process import run_program

_SEED = "20011"
"""Any fixed one: the first build's was drawn by chance, so that sets of texts have another order."""
_TIMEOUT_S = 600
_EAST, _WEST = ("<+14>-14", 14), ("<-12>12", -12)
"""The ends of the world's time zones, as POSIX writes them, and their hours: one of them has another day than here."""


def read_second_build(root: Path, clusters: Sequence[str]) -> dict[str, bytes]:
    """Build clusters once more, into a folder that is thrown away, and give its files by their paths there.

    Args:
        root: The top of the repository.
        clusters: Their names.

    Raises:
        OutsideError: The second build fails, or the disk refuses.
    """
    with tempfile.TemporaryDirectory(prefix="trimtab-again-") as folder:
        flags = ("--no-cache", "--output", folder, "--root", str(root))
        command = (sys.executable, "-m", "trimtab", "synth", *flags, *clusters)
        ended = run_program(command, timeout_s=_TIMEOUT_S, more={"PYTHONHASHSEED": _SEED, "TZ": _choose_zone()})
        if ended.code != 0:
            raise OutsideError(f"a second build fails where the first did not: {ended.last_words}")
        return {path: read_bytes(Path(folder) / path) for path in list_files(Path(folder))}


def _choose_zone() -> str:
    now = datetime.now(UTC)
    here = now.astimezone().date()
    name, hours = _EAST
    is_other_day = now.astimezone(timezone(timedelta(hours=hours))).date() != here
    return name if is_other_day else _WEST[0]
