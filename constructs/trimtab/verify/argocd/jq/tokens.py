"""The words that a jq expression is made of.

Source of what can be read: github.com/itchyny/gojq v0.12.19 lexer.go, which Argo CD v3.5.1 compiles expressions with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<number>\.?[0-9](?:[0-9.]|[eE][+-]?|[A-Za-z_])*)
    | (?P<field>\.[A-Za-z_][A-Za-z0-9_]*)
    | (?P<variable>\$[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)?)
    | (?P<format>@[A-Za-z0-9_]+)
    | (?P<sign>\?//|//=|//|\|=|\+=|-=|\*=|/=|%=|==|!=|<=|>=|\.\.|[.\[\](){}|,?:;<>+*/%=-])
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"[ \t\r\n]+|\#(?P<comment>(?:\\.|[^\\\r\n])*\\?)", re.DOTALL)
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')
_MOST_TOKENS = 200
_MOST_CHARACTERS = 4000
"""Python reads no number with more digits than 4300."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


class RichError(Exception):
    """An expression uses more of jq than is evaluated here; says what."""


class SyntaxFaultError(Exception):
    """No jq reads an expression; says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what kind of word, and its text."""

    kind: str
    """`field`, `variable`, `name`, `format`, `number`, `sign` or `text`."""
    text: str
    parts: tuple[str | tuple[Token, ...], ...] = ()
    """Of a text between quotes: what it says, and the words of each expression within it."""


def read_tokens(text: str) -> tuple[Token, ...]:
    """Split an expression into its words.

    Raises:
        SyntaxFaultError: A text or a bracket is not closed, or a character means nothing.
        RichError: It is longer than anybody writes by hand.
    """
    if len(text) > _MOST_CHARACTERS:
        raise RichError("its length")
    reader = _Reader(text)
    tokens = tuple(reader.read(until=""))
    if reader.count > _MOST_TOKENS:
        raise RichError("its length")
    if not tokens:
        raise SyntaxFaultError("it is empty")
    _check_brackets(tokens)
    return tokens


class _Reader:
    """Reads words from the left; a text between quotes may hold expressions, and those texts again."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self.count = text, 0, 0

    def read(self, *, until: str) -> Iterator[Token]:
        """Read to the end, or to the bracket that ends an expression within a text."""
        open_ = 0
        while self._skip_blanks():
            token = self._read_one()
            self.count += 1
            if token.kind == "sign" and token.text == ")" and not open_ and until:
                return
            open_ += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
            yield token
        if until:
            raise SyntaxFaultError("a text is not closed")

    def _skip_blanks(self) -> bool:
        while blank := _BLANK.match(self._text, self._at):
            self._at = blank.end()
            if blank["comment"] is not None and self._at == len(self._text):
                # Argo CD writes `del(…)` around it: the comment takes the bracket with it.
                raise SyntaxFaultError("a '#' begins a comment, which nothing ends")
        return self._at < len(self._text)

    def _read_one(self) -> Token:
        if self._text[self._at] == '"':
            return self._read_text()
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise SyntaxFaultError(f"'{self._text[self._at]}' means nothing")
        kind = str(found.lastgroup)
        if kind == "number" and not _NUMBER.fullmatch(found[0]):
            raise SyntaxFaultError(f"'{found[0]}' is no number")
        self._at = found.end()
        return Token(kind, found[0])

    def _read_text(self) -> Token:
        begin, parts, plain = self._at, list[str | tuple[Token, ...]](), ""
        self._at += 1
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign == '"':
                self._at += 1
                return Token("text", self._text[begin : self._at], (*parts, plain))
            if self._text.startswith("\\(", self._at):
                self._at += 2
                parts += [plain, tuple(self.read(until=")"))]
                plain = ""
            elif sign == "\\":
                plain += self._read_escape()
            else:
                plain += sign
                self._at += 1
        raise SyntaxFaultError("a text is not closed")

    def _read_escape(self) -> str:
        found = _ESCAPE.match(self._text, self._at)
        if found is None:
            raise SyntaxFaultError(
                f"'{self._text[self._at : self._at + 2]}' is no escape: a backslash is written twice"
            )
        self._at = found.end()
        return str(json.loads(f'"{found[0]}"'))


def _check_brackets(tokens: tuple[Token, ...]) -> None:
    open_: list[str] = []
    for token in tokens:
        for part in token.parts:
            if isinstance(part, tuple):
                _check_brackets(part)
        if token.kind == "sign" and token.text in "([{":
            open_.append(token.text)
        elif token.kind == "sign" and token.text in _PAIRS and (not open_ or open_.pop() != _PAIRS[token.text]):
            raise SyntaxFaultError(f"a '{token.text}' closes nothing")
    if open_:
        raise SyntaxFaultError(f"a '{open_[-1]}' is not closed")
