"""What a chart's template is made of, once read: only the parts from which one can tell which values it takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, number, truth value or nil; only texts and numbers keep their value, both as text."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Reach:
    """A value and the fields taken from it: `.a.b`, `$x.a`, `$.a`, `(pipe).a`."""

    start: str | Pipe
    """`.`, the name of a variable with its `$`, or what stands in parentheses."""
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """The name of a function."""

    name: str


Operand = Literal | Reach | Word


@dataclass(frozen=True, slots=True)
class Pipe:
    """Commands whose results are handed on, and the variables that get the last one."""

    variables: tuple[str, ...]
    declares: bool
    """Whether the variables are new (`:=`), or get another value (`=`)."""
    commands: tuple[tuple[Operand, ...], ...]


@dataclass(frozen=True, slots=True)
class Action:
    """A pipe whose result is written."""

    pipe: Pipe


@dataclass(frozen=True, slots=True)
class Branching:
    """An `if`, `with` or `range`."""

    keyword: str
    pipe: Pipe
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A `template` or `block`."""

    name: str
    pipe: Pipe | None


Node = Action | Branching | Call


@dataclass(frozen=True, slots=True)
class Template:
    """A file of templates: what it writes, and what it defines for others."""

    body: tuple[Node, ...]
    defined: tuple[tuple[str, tuple[Node, ...]], ...]
