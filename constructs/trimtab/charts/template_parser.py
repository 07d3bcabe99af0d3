"""A Go template to the parts that tell which values it takes."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.charts.template_lexer import TemplateError, Token, iter_actions
from trimtab.charts.template_syntax import Action, Branching, Call, Literal, Node, Operand, Pipe, Reach, Template, Word

_BRANCHES = frozenset({"if", "with", "range"})
_CONSTANTS = frozenset({"true", "false", "nil"})
_OTHERS = frozenset({"break", "continue"})


def parse_template(text: str) -> Template:
    """Read a file of templates.

    Raises:
        TemplateError: It is none that Helm would take.
    """
    parser = _Parser(iter_actions(text))
    body, ending = parser.read_body()
    if ending is not None:
        raise TemplateError(f"'{ending[0].value}' without a beginning")
    return Template(body=body, defined=tuple(parser.defined))


class _Parser:
    """Reads one file, action by action."""

    def __init__(self, actions: Iterator[list[Token]]) -> None:
        self._actions = actions
        self.defined: list[tuple[str, tuple[Node, ...]]] = []

    def read_body(self) -> tuple[tuple[Node, ...], list[Token] | None]:
        """Read up to an `end` or `else`, which is given with the nodes; nothing at the end of the file."""
        nodes: list[Node] = []
        for tokens in self._actions:
            words = _strip(tokens)
            first = words[0].value if words and words[0].kind == "word" else ""
            if first in ("end", "else"):
                return tuple(nodes), words
            if first in ("define", "block"):
                nodes += self._read_definition(words)
            elif first in _BRANCHES:
                nodes.append(self._read_branch(words))
            elif first == "template":
                nodes.append(_read_call(words))
            elif words and first not in _OTHERS:
                nodes.append(Action(_read_pipe(words)))
        return tuple(nodes), None

    def _read_definition(self, words: list[Token]) -> list[Node]:
        body, _ = self.read_body()
        call = _read_call(words)
        self.defined.append((call.name, body))
        return [call] if words[0].value == "block" else []

    def _read_branch(self, words: list[Token]) -> Branching:
        body, ending = self.read_body()
        otherwise: tuple[Node, ...] = ()
        if ending and ending[0].value == "else":
            rest = _strip(ending[1:])
            if rest and rest[0].value in _BRANCHES:  # `else if` shares the `end` of the whole
                otherwise = (self._read_branch(rest),)
            else:
                otherwise, _ = self.read_body()
        return Branching(words[0].value, _read_pipe(_strip(words[1:])), body, otherwise)


def _strip(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].kind == "space":
        start += 1
    while end > start and tokens[end - 1].kind == "space":
        end -= 1
    return tokens[start:end]


def _read_call(words: list[Token]) -> Call:
    rest = _strip(words[1:])
    if not rest or rest[0].kind != "text":
        raise TemplateError("a template without a name")
    after = _strip(rest[1:])
    return Call(rest[0].value, _read_pipe(after) if after else None)


def _read_pipe(tokens: list[Token]) -> Pipe:
    variables, declares, rest = _read_variables(tokens)
    commands: list[tuple[Operand, ...]] = []
    operands: list[Operand] = []
    at = 0
    while at < len(rest):
        if rest[at].kind == "sign" and rest[at].value == "|":
            commands.append(tuple(operands))
            operands = []
            at += 1
        elif rest[at].kind == "space":
            at += 1
        else:
            operand, at = _read_operand(rest, at)
            operands.append(operand)
    commands.append(tuple(operands))
    return Pipe(variables, declares, tuple(command for command in commands if command))


def _read_variables(tokens: list[Token]) -> tuple[tuple[str, ...], bool, list[Token]]:
    names: list[str] = []
    for at, token in enumerate(tokens):
        if token.kind == "variable":
            names.append(token.value)
        elif token.kind == "sign" and token.value in (":=", "="):
            return tuple(names), token.value == ":=", tokens[at + 1 :]
        elif token.kind != "space" and token.value != ",":
            break
    return (), False, tokens


def _read_operand(tokens: list[Token], at: int) -> tuple[Operand, int]:
    token = tokens[at]
    if token.kind in ("dot", "variable"):
        return _read_fields(token.value, tokens, at + 1)
    if token.kind == "field":
        return _read_fields(".", tokens, at)
    if token.value == "(" and token.kind == "sign":
        end = _find_end(tokens, at)
        return _read_fields(_read_pipe(_strip(tokens[at + 1 : end])), tokens, end + 1)
    if token.kind == "word" and token.value not in _CONSTANTS:
        return Word(token.value), at + 1
    return Literal(token.value if token.kind in ("text", "number") else None), at + 1


def _read_fields(start: str | Pipe, tokens: list[Token], at: int) -> tuple[Operand, int]:
    fields: list[str] = []
    while at < len(tokens) and tokens[at].kind == "field":
        fields.append(tokens[at].value)
        at += 1
    return Reach(start, tuple(fields)), at


def _find_end(tokens: list[Token], at: int) -> int:
    depth = 0
    for end in range(at, len(tokens)):
        if tokens[end].kind == "sign":
            depth += {"(": 1, ")": -1}.get(tokens[end].value, 0)
        if not depth:
            return end
    raise TemplateError("a parenthesis without an end")
