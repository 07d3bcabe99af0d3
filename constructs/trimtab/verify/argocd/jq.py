"""The part of jq that paths are written in: fields, positions, `[]`, `?`, `,`, pipes and `select` of comparisons.

What is more than that is told apart from what no jq can read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.verify.argocd.jq_tokens import RichError, SyntaxFaultError, Token, read_tokens

Value = Any
Filter = Callable[[Value], Iterator[Value]]

_MOST_STEPS = 10_000
"""More than this many values on the way, and an expression is left alone: it may double them at each step."""

_FIELDS = frozenset({"apiVersion", "data", "kind", "metadata", "rules", "spec", "status", "stringData", "webhooks"})
"""Fields at the top of objects that people write without the dot before them."""


class _Budget:
    """How many steps an expression may still take."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def join(self, first: Filter, second: Filter) -> Filter:
        """Give a filter that runs one after the other."""

        def run(value: Value) -> Iterator[Value]:
            for inner in first(value):
                self.left -= 1
                if self.left < 0:
                    raise RichError("too many steps")
                yield from second(inner)

        return run


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that leads from an object to values in it."""

    _run: Filter
    _budget: _Budget

    def leads_somewhere(self, value: Value) -> bool:
        """Say whether an object has anything that the expression leads to.

        Raises:
            RichError: It takes too many steps to tell.
        """
        self._budget.left = _MOST_STEPS
        return next((True for _ in self._run(value)), False)


def compile_jq(text: str) -> Expression:
    """Read an expression.

    Args:
        text: The expression, such as `.webhooks[]?.clientConfig.caBundle`.

    Returns:
        What tells whether it leads to anything in an object; fields that are not there lead nowhere.

    Raises:
        SyntaxFaultError: No jq reads it.
        RichError: It uses more of jq than this module knows.
    """
    reader = _Reader(read_tokens(text))
    found = reader.read_pipe()
    reader.expect_end()
    return Expression(found, reader.budget)


class _Reader:
    """Reads tokens from the left, one rule of the grammar a method."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0
        self.budget = _Budget()

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            raise RichError(self._tokens[self._at].text)

    def read_pipe(self) -> Filter:
        found = self._read_comma()
        while self._take("|"):
            found = self.budget.join(found, self._read_comma())
        return found

    def _read_comma(self) -> Filter:
        found = [self._read_or()]
        while self._take(","):
            found.append(self._read_or())
        return found[0] if len(found) == 1 else lambda value: (one for each in found for one in each(value))

    def _read_or(self) -> Filter:
        found = self._read_and()
        while self._take("or"):
            found = _both(found, self._read_and(), lambda one, other: _is_true(one) or _is_true(other))
        return found

    def _read_and(self) -> Filter:
        found = self._read_comparison()
        while self._take("and"):
            found = _both(found, self._read_comparison(), lambda one, other: _is_true(one) and _is_true(other))
        return found

    def _read_comparison(self) -> Filter:
        found = self._read_path()
        if self._take("=="):
            return _both(found, self._read_path(), lambda one, other: one == other)
        if self._take("!="):
            return _both(found, self._read_path(), lambda one, other: one != other)
        return found

    def _read_path(self) -> Filter:
        found = self._read_term()
        while True:
            token = self._peek()
            if token.kind == "field" or (token.kind == "quoted" and token.text.startswith(".")):
                found = self.budget.join(found, self._read_term())
            elif token.text == "[":
                found = self.budget.join(found, self._read_brackets())
            elif token.text == "?" or (token.text == "." and self._peek(1).text == "["):
                self._at += 1
            else:
                return found

    def _read_term(self) -> Filter:
        token = self._peek()
        self._at += 1
        if token.kind == "field":
            return _get(token.text[1:])
        if token.kind == "quoted":
            text = _unquote(token.text.removeprefix("."))
            return _get(text) if token.text.startswith(".") else _constant(text)
        if token.kind == "number":
            return _constant(float(token.text) if "." in token.text else int(token.text))
        if token.text == ".":
            return _same
        if token.text == "(":
            inner = self.read_pipe()
            self._close(")")
            return inner
        return self._read_name(token)

    def _read_name(self, token: Token) -> Filter:
        constants = {"true": True, "false": False, "null": None}
        if token.text in constants:
            return _constant(constants[token.text])
        if token.text in _FIELDS:
            raise SyntaxFaultError(f"there is no function '{token.text}', a field has a dot before it: '.{token.text}'")
        if token.text not in _CALLS or not self._take("("):
            raise RichError(token.text)
        inner = self.read_pipe()
        self._close(")")
        return _CALLS[token.text](inner)

    def _read_brackets(self) -> Filter:
        self._at += 1
        if self._take("]"):
            return _each
        inner = self.read_pipe()
        self._close("]")
        return lambda value: (one for key in inner(value) for one in _index(value, key))

    def _close(self, sign: str) -> None:
        if not self._take(sign):
            raise RichError(self._peek().text)

    def _take(self, text: str) -> bool:
        token = self._peek()
        if token.kind in {"sign", "name"} and token.text == text:
            self._at += 1
            return True
        return False

    def _peek(self, ahead: int = 0) -> Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else Token("end", "")


def _same(value: Value) -> Iterator[Value]:
    yield value


def _each(value: Value) -> Iterator[Value]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _get(name: str) -> Filter:
    return lambda value: _index(value, name)


def _index(value: Value, key: Value) -> Iterator[Value]:
    in_mapping = isinstance(value, Mapping) and isinstance(key, str) and key in value
    if in_mapping or (isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value)):
        yield value[key]


def _constant(constant: Value) -> Filter:
    return lambda _: iter((constant,))


def _both(first: Filter, second: Filter, judge: Callable[[Value, Value], bool]) -> Filter:
    # What is not there counts as null here, as in jq: `.a == null` holds without an `a`.
    def run(value: Value) -> Iterator[Value]:
        others = list(second(value)) or [None]
        return (judge(one, other) for one in (list(first(value)) or [None]) for other in others)

    return run


def _is_true(value: Value) -> bool:
    return value is not None and value is not False


def _unquote(text: str) -> str:
    if "\\(" in text:
        raise RichError(text)
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _select(condition: Filter) -> Filter:
    return lambda value: iter((value,) if any(_is_true(one) for one in condition(value)) else ())


def _test(judge: Callable[[str, str], bool]) -> Callable[[Filter], Filter]:
    def make(pattern: Filter) -> Filter:
        return lambda value: (
            isinstance(value, str) and isinstance(one, str) and judge(value, one) for one in pattern(value)
        )

    return make


_CALLS: Mapping[str, Callable[[Filter], Filter]] = {
    "select": _select,
    "startswith": _test(str.startswith),
    "endswith": _test(str.endswith),
    "has": lambda keys: lambda value: (any(True for _ in _index(value, key)) for key in keys(value)),
}
