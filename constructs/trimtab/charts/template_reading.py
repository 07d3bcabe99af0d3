"""Walks a chart's templates without running them, and notes every value they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.charts.template_functions import apply_function
from trimtab.charts.template_lexer import TemplateError
from trimtab.charts.template_parser import parse_template
from trimtab.charts.template_syntax import Action, Branching, Call, Literal, Node, Operand, Pipe, Reach, Template, Word
from trimtab.charts.template_values import NOTHING, At, Origin, Text, join, texts_of
from trimtab.charts.value_reads import ValueReads

_DEEPEST = 60
"""Templates that include each other; Helm itself gives up at 1000."""
_MOST = 100_000
"""Includes looked into; the largest chart of the catalogue has five thousand."""


class TemplateReader:
    """Follows templates from the dot they start with.

    Both branches of a condition are taken, a loop once, and a template with one dot is looked into once.
    """

    def __init__(self, named: Mapping[str, Sequence[Node]], reads: ValueReads, defaults: Mapping[str, Any]) -> None:
        """Take the templates that can be included, where reads are noted, and the chart's own values."""
        self._named = named
        self._reads = reads
        self._defaults = defaults
        self._seen: set[tuple[str, Origin]] = set()
        self._depth = 0

    def read(self, nodes: Sequence[Node], dot: Origin) -> None:
        """Follow a template from its beginning."""
        self._follow(nodes, _Scope({"$": dot}, dot))

    def _follow(self, nodes: Sequence[Node], scope: _Scope) -> None:
        for node in nodes:
            if isinstance(node, Action):
                self._pipe(node.pipe, scope)
            elif isinstance(node, Call):
                self._include([node.name], self._pipe(node.pipe, scope) if node.pipe else NOTHING)
            else:
                self._branch(node, scope)

    def _branch(self, node: Branching, scope: _Scope) -> None:
        inner = scope.open()
        value = self._pipe(node.pipe, inner, ranged=node.keyword == "range")
        if node.keyword == "range":
            value = self._range(node.pipe, value, inner)
        body = inner.open(None if node.keyword == "if" else value)
        self._follow(node.body, body)
        self._follow(node.otherwise, inner.open())

    def _range(self, pipe: Pipe, value: Origin, scope: _Scope) -> Origin:
        item = self._reads.walk(value)
        if pipe.variables:
            scope.declare(pipe.variables[-1], item)
        for name in pipe.variables[:-1]:
            scope.declare(name, NOTHING)
        return item

    def _pipe(self, pipe: Pipe, scope: _Scope, *, ranged: bool = False) -> Origin:
        value = NOTHING
        for position, command in enumerate(pipe.commands):
            value = self._command(command, scope, [value] if position else [])
        for name in () if ranged else pipe.variables:
            (scope.declare if pipe.declares else scope.assign)(name, value)
        return value

    def _command(self, command: Sequence[Operand], scope: _Scope, piped: list[Origin]) -> Origin:
        first, *rest = command
        if not isinstance(first, Word):
            return self._operand(first, scope)
        arguments = [self._operand(operand, scope) for operand in rest] + piped
        if first.name == "include" and arguments:
            self._include(texts_of(arguments[0]), join(arguments[1:2]))
        elif first.name == "tpl" and arguments:
            self._tpl(arguments[0], join(arguments[1:2]))
        result = apply_function(first.name, arguments, self._reads)
        if first.name == "set" and rest and isinstance(rest[0], Reach) and isinstance(rest[0].start, str):
            scope.assign(rest[0].start, NOTHING if rest[0].fields else result)
        return result

    def _operand(self, operand: Operand, scope: _Scope) -> Origin:
        if isinstance(operand, Literal):
            return NOTHING if operand.text is None else frozenset([Text(operand.text)])
        if isinstance(operand, Word):
            return apply_function(operand.name, [], self._reads)
        start = operand.start
        value = scope.find(start) if isinstance(start, str) else self._pipe(start, scope)
        for name in operand.fields:
            value = self._reads.step(value, name)
        return value

    def _include(self, names: Sequence[str], dot: Origin) -> None:
        for name in names:
            key = (name, dot)
            if name in self._named and key not in self._seen and self._depth < _DEEPEST and len(self._seen) < _MOST:
                self._seen.add(key)
                self._depth += 1
                self.read(self._named[name], dot)
                self._depth -= 1

    def _tpl(self, text: Origin, dot: Origin) -> None:
        """Follow a text that is itself a template: one spelled out, or one that the chart's own values hold."""
        for known in (*texts_of(text), *self._iter_defaults(text)):
            if "{{" in known and (known, dot) not in self._seen:
                self._seen.add((known, dot))
                self.read(_parse_or_nothing(known).body, dot)

    def _iter_defaults(self, origin: Origin) -> Iterator[str]:
        for atom in origin:
            value: Any = self._defaults
            for key in atom.path if isinstance(atom, At) else ():
                value = value.get(key) if isinstance(value, Mapping) else None
            if isinstance(value, str):
                yield value


class _Scope:
    """The dot and the variables that hold at one place of a template."""

    def __init__(self, variables: dict[str, Origin], dot: Origin, outer: _Scope | None = None) -> None:
        self.variables = variables
        self.outer = outer
        self._dot = dot

    def open(self, dot: Origin | None = None) -> _Scope:
        """Give a scope inside this one, with its own dot where there is one."""
        return _Scope({}, self._dot if dot is None else dot, self)

    def find(self, name: str) -> Origin:
        """Give what the dot or a variable may be."""
        if name == ".":
            return self._dot
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return scope.variables[name]
            scope = scope.outer
        return NOTHING

    def declare(self, name: str, value: Origin) -> None:
        """Make a new variable."""
        self.variables[name] = value

    def assign(self, name: str, value: Origin) -> None:
        """Add to what a variable may be; whether the branch is taken is not known."""
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.variables:
                scope.variables[name] |= value
                return
            scope = scope.outer


def _parse_or_nothing(text: str) -> Template:
    try:
        return parse_template(text)
    except TemplateError:
        return Template(body=(), defined=())
