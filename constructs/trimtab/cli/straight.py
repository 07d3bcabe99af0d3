"""The two commands that are run all day, read without the library that reads flags: to import it takes longer.

Only lines that leave no doubt are read here; all others, help and every mistake among them, go to the library. A test
holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from trimtab.cli.formats import Format

Read = Callable[[str], Any]

_JOBS = re.compile(r"[1-9]|[1-5][0-9]|6[0-4]")


def _read_jobs(text: str) -> int:
    if not _JOBS.fullmatch(text):
        raise ValueError(text)
    return int(text)


_SHARED: Mapping[str, tuple[str, Read | None]] = {
    "--root": ("root", Path),
    "-C": ("root", Path),
    "--format": ("format_", Format),
    "--strict": ("strict", None),
    "--verbose": ("verbose", None),
    "-v": ("verbose", None),
    "--no-cache": ("no_cache", None),
    "--jobs": ("jobs", _read_jobs),
    "-j": ("jobs", _read_jobs),
    "--base": ("base", str),
}
_SYNTH: Mapping[str, tuple[str, Read | None]] = {
    **_SHARED,
    "--output": ("output", Path),
    "-o": ("output", Path),
    "--discard-edits": ("discard_edits", None),
    "--with-charts": ("with_charts", None),
    "--twice": ("twice", None),
}
FLAGS: Mapping[str, Mapping[str, tuple[str, Read | None]]] = {"check": _SHARED, "synth": _SYNTH}
"""For each command its flags: the name of each, and what reads its value; nothing where it takes none."""

SPEAKING = ("TRIMTAB_NO_CACHE", "TRIMTAB_JOBS", "_TRIMTAB_COMPLETE")
"""Variables of the environment that say what flags say; the library reads them."""


def read_straight(arguments: Sequence[str], environment: Mapping[str, str]) -> Callable[..., int] | None:
    """Give what runs these arguments; nothing where the library must read them."""
    if not arguments or arguments[0] not in FLAGS or any(environment.get(name) for name in SPEAKING):
        return None
    try:
        given = read_flags(arguments[0], arguments[1:])
    except ValueError:
        return None
    return partial(_run, arguments[0], given)


def read_flags(command: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Read the arguments of a command, by the names that its function has for them.

    Raises:
        ValueError: They leave a doubt.
    """
    given: dict[str, Any] = {}
    clusters: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-") and word:
            clusters.append(word)
            continue
        name, read = FLAGS[command].get(word, ("", None))
        if not name or name in given:
            raise ValueError(word)
        given[name] = True if read is None else _read(next(rest, ""), read)
    return {**given, "clusters": clusters} if clusters else given


def _read(text: str, read: Read) -> Any:
    if not text or text.startswith("-"):
        raise ValueError(text)
    return read(text)


def _run(command: str, given: Mapping[str, Any], **_: Any) -> int:
    if command == "check":
        from trimtab.cli.check_work import run_check

        return run_check(**given)
    from trimtab.cli.synth_work import run_synth

    return run_synth(**given)
