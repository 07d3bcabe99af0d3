"""The words that a jq expression is made of, and what no jq can read whatever it means.

Source of what can be read: github.com/itchyny/gojq lexer.go, which Argo CD compiles expressions with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<field>\.[A-Za-z_]\w*)
    | (?P<quoted>\.?"(?:[^"\\]|\\.)*")
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<name>\$?[A-Za-z_]\w*(?:::\w+)*)
    | (?P<sign>\?//|//=?|==|!=|<=|>=|\|=|\+=|-=|\*=|/=|%=|\.\.|[.\[\](){}|,?:;<>+*/%=-])
    )""",
    re.VERBOSE | re.DOTALL,
)
_MOST_TOKENS = 200
_MOST_CHARACTERS = 4000
"""Python reads no number with more digits than 4300."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


class RichError(Exception):
    """An expression uses more of jq than this module knows."""


class SyntaxFaultError(Exception):
    """No jq reads an expression; says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what kind of word, and its text."""

    kind: str
    text: str


def read_tokens(text: str) -> list[Token]:
    """Split an expression into its words.

    Raises:
        SyntaxFaultError: A text or a bracket is not closed, or a character means nothing.
        RichError: It is longer than anybody writes by hand, or has a word that is not known here.
    """
    tokens = list(_iter_tokens(text)) if len(text) <= _MOST_CHARACTERS else []
    if len(tokens) > _MOST_TOKENS or len(text) > _MOST_CHARACTERS:
        raise RichError("its length")
    _check_brackets(tokens)
    return tokens


def _iter_tokens(text: str) -> Iterator[Token]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            rest = text[at:].lstrip()
            if rest.startswith(("#", "@")):
                raise RichError(rest[0])
            raise SyntaxFaultError(
                "a text is not closed" if rest.startswith(('"', '."')) else f"'{rest[0]}' means nothing"
            )
        kind = str(token.lastgroup)
        yield Token(kind, token[kind])
        at = token.end()


def _check_brackets(tokens: list[Token]) -> None:
    open_: list[str] = []
    for token in tokens:
        if token.kind == "sign" and token.text in "([{":
            open_.append(token.text)
        elif token.kind == "sign" and token.text in _PAIRS and (not open_ or open_.pop() != _PAIRS[token.text]):
            raise SyntaxFaultError(f"a '{token.text}' closes nothing")
    if open_:
        raise SyntaxFaultError(f"a '{open_[-1]}' is not closed")
    if not tokens:
        raise SyntaxFaultError("it is empty")
    if tokens[-1].text in {"|", ",", "==", "!=", "//"}:
        raise SyntaxFaultError(f"nothing follows the '{tokens[-1].text}'")
