"""Bad examples: a repository that shows one code, and all that is printed about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

EXAMPLES_FILE = "examples.json"
"""The examples as the program carries them, beside this module; generated from `tests/bad/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A small repository with one fault, over a base without faults; without a command, a few words in its place."""

    code: str
    files: Mapping[str, str]
    """Text by path below the top of the repository; the base's files are not among them."""
    command: str
    """What was run, such as `trimtab check`."""
    output: str
    """All that it printed about findings."""
    told: str = ""
    """What no file of it shows: what a server answers, what was run before; for a code that no repository shows, how
    it comes about."""


def parse_transcript(text: str) -> tuple[str, str]:
    """Take `$ trimtab check` and what it printed apart.

    Raises:
        ValueError: The first line is no command.
    """
    first, _, rest = text.partition("\n")
    if not first.startswith("$ "):
        raise ValueError(f"not a command: {first!r}")
    return first.removeprefix("$ "), rest


def render_transcript(command: str, output: str) -> str:
    """Write what `parse_transcript` reads."""
    return f"$ {command}\n{output}"


def render_examples(examples: Mapping[str, Example]) -> str:
    """Write examples as the JSON that `known_examples` reads, codes in alphabetical order."""
    plain = {code: _plain(one) for code, one in sorted(examples.items())}
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def _plain(example: Example) -> dict[str, Any]:
    told = {"told": example.told} if example.told else {}
    files = dict(sorted(example.files.items()))
    return {"files": files, "command": example.command, "output": example.output, **told}


def parse_examples(text: str) -> dict[str, Example]:
    """Read what `render_examples` writes."""
    return {code: Example(code=code, **parts) for code, parts in json.loads(text).items()}


@cache
def known_examples() -> Mapping[str, Example]:
    """Give the example of every code that has one."""
    return parse_examples((files(__package__ or "trimtab.rules") / EXAMPLES_FILE).read_text("utf-8"))
