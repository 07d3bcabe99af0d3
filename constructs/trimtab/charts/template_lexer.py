"""The actions of a Go template, taken apart into tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ACTION = re.compile(r"\{\{(?:- )?\s*(/\*.*?\*/)\s*(?: -)?\}\}|\{\{(?:-(?=\s))?", re.DOTALL)
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<end>-?\}\})
  | (?P<text>"(?:[^"\\\n]|\\.)*"|`[^`]*`)
  | (?P<char>'(?:[^'\\\n]|\\.)+')
  | (?P<number>[+-]?(?:0[xX][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+))
  | (?P<field>\.[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)
  | (?P<dot>\.)
  | (?P<variable>\$[A-Za-z0-9_\u0080-\uffff]*)
  | (?P<word>[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)
  | (?P<sign>:=|=|\||\(|\)|,)
    """,
    re.VERBOSE,
)


class TemplateError(Exception):
    """A text that is no Go template."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of an action."""

    kind: str
    """`text`, `number`, `field`, `dot`, `variable`, `word`, `sign`, `space`."""
    value: str
    """Texts without quotes, fields without the dot."""


def iter_actions(text: str) -> Iterator[list[Token]]:
    """Give the tokens of each action in order; text outside actions and comments are passed over.

    Raises:
        TemplateError: An action has no end, or holds what no token is.
    """
    at = 0
    while match := _ACTION.search(text, at):
        at = match.end()
        if match[1] is None:
            tokens, at = _read_action(text, at)
            yield tokens


def _read_action(text: str, at: int) -> tuple[list[Token], int]:
    tokens: list[Token] = []
    while match := _TOKEN.match(text, at):
        kind, value, at = str(match.lastgroup), match[0], match.end()
        if kind == "end":
            return tokens, at
        tokens.append(Token(kind, _value(kind, value)))
    raise TemplateError(f"no token at {text[at : at + 20]!r}")


def _value(kind: str, value: str) -> str:
    if kind == "field":
        return value[1:]
    if kind != "text" or value.startswith("`"):
        return value.strip("`")
    try:
        return str(json.loads(value, strict=False))
    except ValueError:
        return value[1:-1]  # an escape of Go's that JSON lacks; no key has one
