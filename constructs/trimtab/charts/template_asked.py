"""Which APIs templates ask the cluster for, where the question is spelled out or put together nearby."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trimtab.charts.template_syntax import Branching, Literal, Node, Operand, Pipe, Reach, Word

_API = re.compile(r"(?:[a-z0-9.-]+/)?v[0-9]+(?:(?:alpha|beta)[0-9]+)?(?:/[A-Za-z]+)?")
"""An API version, alone or with a kind."""

_SERVED, _QUESTION = "APIVersions", "Has"
_DEEPEST = 3
"""Variables and templates that are followed to find what a question is put together from."""

_Bodies = Mapping[str, Sequence[Node]]


def find_questions(bodies: Iterable[Sequence[Node]], named: _Bodies) -> set[str]:
    """Give the APIs that `.Capabilities.APIVersions.Has X` and `has X .Capabilities.APIVersions` ask for.

    X is a text, or a variable, expression or included template in which there are texts that read like an API.

    Args:
        bodies: What the templates write.
        named: The templates that can be included, by name; they are searched too.
    """
    return {asked for body in (*bodies, *named.values()) for asked in _Body(body, named).iter_questions()}


class _Body:
    """One template, with all that is put into its variables."""

    def __init__(self, nodes: Sequence[Node], named: _Bodies) -> None:
        self._named = named
        self._pipes = list(_iter_pipes(nodes))
        self._given: dict[str, list[Pipe]] = defaultdict(list)
        for pipe in self._pipes:
            for name in pipe.variables:
                self._given[name].append(pipe)

    def iter_questions(self) -> Iterator[str]:
        for pipe in self._pipes:
            for position, command in enumerate(pipe.commands):
                for operand in _iter_asked(command, pipe.commands[position - 1] if position else ()):
                    if isinstance(operand, Literal) and operand.text:
                        yield operand.text
                    else:
                        yield from filter(_API.fullmatch, self._texts([operand], _DEEPEST))

    def _texts(self, operands: Sequence[Operand], depth: int) -> Iterator[str]:
        for operand in operands:
            if isinstance(operand, Literal) and operand.text:
                yield operand.text
            elif isinstance(operand, Reach) and depth:
                start = operand.start
                for pipe in [start] if isinstance(start, Pipe) else self._given.get(start, ()):
                    yield from self._texts_of(pipe, depth - 1)

    def _texts_of(self, pipe: Pipe, depth: int) -> Iterator[str]:
        for command in pipe.commands:
            yield from self._texts(command, depth)
            if len(command) > 1 and command[0] == Word("include") and isinstance(command[1], Literal):
                yield from _Body(self._named.get(str(command[1].text), ()), self._named).iter_texts(depth - 1)

    def iter_texts(self, depth: int) -> Iterator[str]:
        for pipe in self._pipes if depth > 0 else ():
            yield from self._texts_of(pipe, depth)


def _iter_asked(command: Sequence[Operand], before: Sequence[Operand]) -> Iterator[Operand]:
    """Give what a command asks for; a pipe hands on what the command before it gives."""
    first, *rest = command
    if isinstance(first, Reach) and first.fields[-1:] == (_QUESTION,):
        yield from rest or before
    elif first == Word("has") and rest and any(_is_served(one) for one in (*rest[1:], *before)):
        yield rest[0]


def _is_served(operand: Operand) -> bool:
    return isinstance(operand, Reach) and operand.fields[-1:] == (_SERVED,)


def _iter_pipes(nodes: Iterable[Node]) -> Iterator[Pipe]:
    for node in nodes:
        if node.pipe is not None:
            yield from _iter_inside(node.pipe)
        if isinstance(node, Branching):
            yield from _iter_pipes((*node.body, *node.otherwise))


def _iter_inside(pipe: Pipe) -> Iterator[Pipe]:
    yield pipe
    for command in pipe.commands:
        for operand in command:
            if isinstance(operand, Reach) and isinstance(operand.start, Pipe):
                yield from _iter_inside(operand.start)
