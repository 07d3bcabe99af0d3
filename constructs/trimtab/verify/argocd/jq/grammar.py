"""The grammar of jq: words to filters.

Source: github.com/itchyny/gojq v0.12.19 parser.go.y and compiler.go. What is read and not evaluated here says so when
it is run, so that a fault of grammar is found all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.jq import operators as op
from trimtab.verify.argocd.jq.cursor import KEYWORDS
from trimtab.verify.argocd.jq.functions import FUNCTIONS, call, catching
from trimtab.verify.argocd.jq.names import Names
from trimtab.verify.argocd.jq.part import Part
from trimtab.verify.argocd.jq.tokens import SyntaxFaultError

_LEVELS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"//"}), "right"),
    (frozenset({"=", "|=", "+=", "-=", "*=", "/=", "%=", "//="}), "none"),
    (frozenset({"or"}), "left"),
    (frozenset({"and"}), "left"),
    (frozenset({"==", "!=", "<", "<=", ">", ">="}), "none"),
    (frozenset({"+", "-"}), "left"),
    (frozenset({"*", "/", "%"}), "left"),
)
"""Operators that bind tighter than a comma, loosest first, and to which side they lean."""
_FIELDS = frozenset({"apiVersion", "data", "kind", "metadata", "rules", "spec", "status", "stringData", "webhooks"})
"""Fields at the top of objects that people write without the dot before them."""


class Reader(Names):
    """One rule of the grammar a method."""

    def read_all(self) -> Part:
        """Read an expression to its end."""
        found = self.read_pipe()
        if self.peek().kind != "end":
            self.fail()
        return found

    def read_pipe(self) -> Part:
        """Read filters with `|` between them."""
        with self.deeper():
            found = self._read_commas()
            while self.take("|"):
                found = op.pipe(found, self._read_commas())
            return found

    def _read_commas(self) -> Part:
        found = self.read_list(self._read_whole, ",")
        return found[0] if len(found) == 1 else op.comma(found)

    def _read_whole(self) -> Part:
        if self.take("def"):
            return self.read_definition()
        if self.take("label"):
            return self.read_label()
        found = self.read_level()
        return self.read_binding(found) if self.take("as") else found

    def read_level(self, level: int = 0) -> Part:
        """Read operators, those of a level and tighter ones."""
        if level == len(_LEVELS):
            return self._read_postfix()
        signs, side = _LEVELS[level]
        found = self.read_level(level + 1)
        while self.peek().kind in {"sign", "name"} and self.peek().text in signs:
            sign = self.advance().text
            found = op.operate(sign, found, self.read_level(level if side == "right" else level + 1))
            if side == "none" and self.peek().kind == "sign" and self.peek().text in signs:
                self.fail()
        return found

    def _read_postfix(self) -> Part:
        with self.deeper():
            found = self._read_term()
            while (after := self._read_after(found)) is not None:
                found = after
            return found

    def _read_after(self, source: Part) -> Part | None:
        """Read what may follow a term; nothing where nothing of that follows."""
        if self.take("?"):
            return catching(source)
        build = self._read_suffix()
        if build is None:
            return None
        # A `?` is about the last step alone: an error before it stays one.
        return op.pipe(source, catching(build(op.SAME))) if self.take("?") else build(source)

    def _read_suffix(self) -> Callable[[Part], Part] | None:
        if self.peek().kind == "field":
            key = op.constant(self.advance().text[1:])
            return lambda source: op.step(source, key)
        dots = int(self.at_sign("."))
        if dots and self.peek(1).kind == "text":
            self.advance()
            text = self._read_text()
            return lambda source: op.step(source, text)
        if not self.at_sign("[", dots):
            return None
        for _ in range(dots):
            self.advance()
        return self._read_brackets()

    def _read_brackets(self) -> Callable[[Part], Part]:
        self.must("[")
        if self.take("]"):
            return op.iterate
        if self.take(":"):
            return self._read_cut(None, self.read_pipe())
        key = self.read_pipe()
        if self.take("]"):
            return lambda source: op.step(source, key)
        self.must(":")
        return self._read_cut(key, None if self.at_sign("]") else self.read_pipe())

    def _read_cut(self, start: Part | None, end: Part | None) -> Callable[[Part], Part]:
        self.must("]")
        return lambda source: op.cut_out(source, start, end)

    def _read_term(self) -> Part:
        token = self.peek()
        if token.kind == "text":
            return self._read_text()
        read = self._SIGNS.get(token.text) if token.kind == "sign" else self._KINDS.get(token.kind)
        if read is None:
            self.fail()
        return read(self)

    def _read_field(self) -> Part:
        found = op.step(op.SAME, op.constant(self.advance().text[1:]))
        return catching(found) if self.take("?") else found

    def _read_number(self) -> Part:
        return op.constant(op.parse_number(self.advance().text))

    def _read_dot(self) -> Part:
        self.advance()
        if self.peek().kind == "text":
            return op.step(op.SAME, self._read_text())
        if not self.at_sign("["):
            return op.SAME
        found = self._read_brackets()(op.SAME)
        return catching(found) if self.take("?") else found

    def _read_recursion(self) -> Part:
        self.advance()
        return call("recurse", ())

    def _read_group(self) -> Part:
        self.must("(")
        found = self.read_pipe()
        self.must(")")
        return found

    def _read_array(self) -> Part:
        self.must("[")
        if self.take("]"):
            return op.constant([])
        found = self.read_pipe()
        self.must("]")
        return op.collect(found)

    def _read_object(self) -> Part:
        self.must("{")
        fields: list[tuple[Part, Part]] = []
        while not self.take("}"):
            fields.append(self._read_entry())
            if not self.at_sign("}"):
                self.must(",")
                if self.at_sign(","):
                    self.fail()
        return op.construct(fields)

    def _read_entry(self) -> tuple[Part, Part]:
        token = self.peek()
        key = self.read_key()
        if self.take(":"):
            value = self.read_level()
            while self.take("|"):
                value = op.pipe(value, self.read_level())
            return key, value
        if token.kind == "sign":
            self.fail()
        return key, self.find_variable(token.text) if token.kind == "variable" else op.step(op.SAME, key)

    def read_key(self) -> Part:
        """Read the key of a mapping, or of a pattern for one."""
        token = self.peek()
        if token.kind == "text":
            return self._read_text()
        if self.at_sign("("):
            return self._read_group()
        if token.kind not in {"name", "variable"} or "::" in token.text:
            self.fail()
        return op.constant(self.advance().text.removeprefix("$"))

    def _read_signed(self) -> Part:
        return op.operate(self.advance().text, op.constant(0), self._read_postfix())

    def _read_text(self) -> Part:
        parts = self.advance().parts
        return op.text([part if isinstance(part, str) else Reader(part, self).read_all() for part in parts])

    def _read_format(self) -> Part:
        name = self.advance().text
        if self.peek().kind == "text":
            self._read_text()
        return op.rich(name, is_made=True)

    def _read_variable(self) -> Part:
        return self.find_variable(self.advance().text)

    def _read_named(self) -> Part:
        name = self.peek().text
        if name in self._WORDS:
            self.advance()
            return self._WORDS[name](self)
        if name in KEYWORDS:
            self.fail()
        self.advance()
        arguments: list[Part] = []
        if self.take("("):
            arguments = self.read_list(self.read_pipe, ";")
            self.must(")")
        if (name, len(arguments)) in self.functions:
            return op.rich("def")
        if (name, len(arguments)) not in FUNCTIONS:
            raise SyntaxFaultError(_say_unknown(name, len(arguments)))
        return call(name, arguments)

    def _read_if(self) -> Part:
        condition = self.read_pipe()
        self.must("then")
        yes = self.read_pipe()
        if self.take("elif"):
            return op.choose(condition, yes, self._read_if())
        no = self.read_pipe() if self.take("else") else op.SAME
        self.must("end")
        return op.choose(condition, yes, no)

    def _read_try(self) -> Part:
        body = self._read_postfix()
        return op.handle(body, self._read_postfix()) if self.take("catch") else catching(body)

    _SIGNS: ClassVar[Mapping[str, Callable[[Reader], Part]]] = {
        ".": _read_dot,
        "..": _read_recursion,
        "(": _read_group,
        "[": _read_array,
        "{": _read_object,
        "-": _read_signed,
        "+": _read_signed,
    }
    _KINDS: ClassVar[Mapping[str, Callable[[Reader], Part]]] = {
        "field": _read_field,
        "number": _read_number,
        "variable": _read_variable,
        "format": _read_format,
        "name": _read_named,
    }
    _WORDS: ClassVar[Mapping[str, Callable[[Reader], Part]]] = {
        "null": lambda _: op.constant(None),
        "true": lambda _: op.constant(True),
        "false": lambda _: op.constant(False),
        "if": _read_if,
        "try": _read_try,
        "reduce": Names.read_reduce,
        "foreach": Names.read_foreach,
        "break": Names.read_break,
    }


def _say_unknown(name: str, arguments: int) -> str:
    if name in _FIELDS and not arguments:
        return f"'{name}' has no dot before it"
    counts = sorted(count for known, count in FUNCTIONS if known == name)
    if counts:
        return f"'{name}' takes {' or '.join(map(str, counts))} arguments, not {arguments}"
    near = suggest(name, sorted({known for known, _ in FUNCTIONS}))
    return f"there is no function '{name}'" + (f"; did you mean '{near}'?" if near else "")
