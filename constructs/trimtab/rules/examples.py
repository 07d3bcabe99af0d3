"""Bad examples: a repository that shows one code, and all that is printed about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EXAMPLES_FILE = "examples.json"
"""The examples as the program carries them, beside this module; generated from `tests/bad/`."""

_HELP = " = help: "
_GUESS = "did you mean"
"""Begins advice that fits the example's own typing error and nobody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A small repository with one fault, over a base without faults."""

    code: str
    files: Mapping[str, str]
    """Text by path below the top of the repository; the base's files are not among them."""
    command: str
    """What was run, such as `trimtab check`."""
    output: str
    """All that it printed about findings."""

    @property
    def cures(self) -> tuple[str, ...]:
        """What the findings of this code say would be right, each once."""
        return tuple(dict.fromkeys(_iter_cures(self)))


def _iter_cures(example: Example) -> Iterator[str]:
    for block in example.output.split("\n\n"):
        lines = block.splitlines()
        if lines and f"[{example.code}]" in lines[0]:
            at = next((number for number, line in enumerate(lines) if _HELP in line), len(lines))
            text = [line.partition(_HELP)[2] or line.strip() for line in lines[at:]]
            if text and not text[0].startswith(_GUESS):
                yield " ".join(text)


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
    plain = {
        code: {"files": dict(sorted(one.files.items())), "command": one.command, "output": one.output}
        for code, one in sorted(examples.items())
    }
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def parse_examples(text: str) -> dict[str, Example]:
    """Read what `render_examples` writes."""
    return {code: Example(code=code, **parts) for code, parts in json.loads(text).items()}


@cache
def known_examples() -> Mapping[str, Example]:
    """Give the example of every code that has one."""
    return parse_examples((files(__package__ or "trimtab.rules") / EXAMPLES_FILE).read_text("utf-8"))
