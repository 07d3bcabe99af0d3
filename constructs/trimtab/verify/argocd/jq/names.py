"""What gives names in jq: functions, variables, labels and patterns; most of it is read and not evaluated."""

from __future__ import annotations

from abc import ABC, abstractmethod

from trimtab.verify.argocd.jq import operators as op
from trimtab.verify.argocd.jq.cursor import Cursor
from trimtab.verify.argocd.jq.part import Part
from trimtab.verify.argocd.jq.tokens import SyntaxFaultError


class Names(Cursor, ABC):
    """The rules of the grammar that give names, and those that use them."""

    @abstractmethod
    def read_pipe(self) -> Part:
        """Read filters with `|` between them."""

    @abstractmethod
    def read_level(self, level: int = 0) -> Part:
        """Read operators."""

    @abstractmethod
    def read_key(self) -> Part:
        """Read the key of a mapping."""

    def read_definition(self) -> Part:
        """Read a function; it is known from here on."""
        name, arguments = self.need("name"), list[str]()
        if self.take("("):
            arguments = self.read_list(self._read_parameter, ";")
            self.must(")")
        self.must(":")
        with self.scope():
            self.functions = (*self.functions, (name, len(arguments)))
            with self.scope():
                self.variables += tuple(one for one in arguments if one.startswith("$"))
                self.functions += tuple((one.removeprefix("$"), 0) for one in arguments)
                self.read_pipe()
            self.must(";")
            self.read_pipe()
        return op.rich("def")

    def _read_parameter(self) -> str:
        return self.need("variable" if self.peek().kind == "variable" else "name")

    def read_label(self) -> Part:
        """Read a label and what it is for."""
        with self.scope():
            self.labels = (*self.labels, self.need("variable"))
            self.must("|")
            self.read_pipe()
        return op.rich("label")

    def read_binding(self, source: Part) -> Part:
        """Read the variables after `as`, and what they are for."""
        is_plain = self.peek().kind == "variable"
        with self.scope():
            patterns = self.read_list(self._read_pattern, "?//")
            self.variables += tuple(name for names in patterns for name in names)
            self.must("|")
            body = self.read_pipe()
        return op.bind(source, patterns[0][0], body) if is_plain and len(patterns) == 1 else op.rich("a pattern")

    def _read_pattern(self) -> list[str]:
        """Read a pattern, and give the variables that it binds."""
        with self.deeper():
            if self.take("["):
                found = self.read_list(self._read_pattern, ",")
                self.must("]")
            elif self.take("{"):
                found = self.read_list(self._read_field_pattern, ",")
                self.must("}")
            else:
                return [self.need("variable")]
            return [name for names in found for name in names]

    def _read_field_pattern(self) -> list[str]:
        token = self.peek()
        self.read_key()
        if token.kind == "variable" and not self.at_sign(":"):
            return [token.text]
        self.must(":")
        return [*([token.text] if token.kind == "variable" else []), *self._read_pattern()]

    def find_variable(self, name: str) -> Part:
        """Give a variable that is known.

        Raises:
            SyntaxFaultError: It is not.
        """
        if name not in self.variables:
            raise SyntaxFaultError(f"there is no variable '{name}'")
        return op.rich(name, is_made=True) if name == "$__loc__" else op.variable(name)

    def read_reduce(self) -> Part:
        """Read the rest of `reduce`."""
        return self._read_fold("reduce", (2,))

    def read_foreach(self) -> Part:
        """Read the rest of `foreach`."""
        return self._read_fold("foreach", (2, 3))

    def _read_fold(self, word: str, counts: tuple[int, ...]) -> Part:
        self.read_level()
        self.must("as")
        with self.scope():
            self.variables += tuple(self._read_pattern())
            self.must("(")
            parts = self.read_list(self.read_pipe, ";")
            self.must(")")
        if len(parts) not in counts:
            raise SyntaxFaultError(f"'{word}' has {len(parts)} parts in brackets")
        return op.rich(word)

    def read_break(self) -> Part:
        """Read the rest of `break`."""
        name = self.need("variable")
        if name not in self.labels:
            raise SyntaxFaultError(f"there is no label '{name}'")
        return op.rich("break")
