"""Where a reader of jq is: the next word, how deep it is, and which names hold there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from trimtab.verify.argocd.jq.tokens import RichError, SyntaxFaultError, Token

KEYWORDS = frozenset(
    {
        *("or", "and", "module", "import", "include", "def", "as", "label", "break", "null", "true", "false", "if"),
        *("then", "elif", "else", "end", "try", "catch", "reduce", "foreach"),
    }
)
_END = Token("end", "")
_DEEPEST = 40
Item = TypeVar("Item")


class Cursor:
    """The words of an expression, read from the left."""

    def __init__(self, tokens: Sequence[Token], outer: Cursor | None = None) -> None:
        self._tokens, self._at = tokens, 0
        self.depth: int = outer.depth if outer else 0
        self.variables: tuple[str, ...] = outer.variables if outer else ("$ENV", "$__loc__")
        self.functions: tuple[tuple[str, int], ...] = outer.functions if outer else ()
        self.labels: tuple[str, ...] = outer.labels if outer else ()

    def peek(self, ahead: int = 0) -> Token:
        """Give a word that is still to be read."""
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _END

    def advance(self) -> Token:
        """Read a word, whichever it is."""
        token = self.peek()
        self._at += 1
        return token

    def at_sign(self, text: str, ahead: int = 0) -> bool:
        """Say whether a sign or keyword is next."""
        token = self.peek(ahead)
        return token.kind in {"sign", "name"} and token.text == text

    def take(self, text: str) -> bool:
        """Read a sign or keyword if it is next."""
        found = self.at_sign(text)
        self._at += found
        return found

    def must(self, text: str) -> None:
        """Read a sign or keyword that has to be next."""
        if not self.take(text):
            self.fail()

    def need(self, kind: str) -> str:
        """Read a name or variable that has to be next."""
        token = self.peek()
        if token.kind != kind or token.text in KEYWORDS or "::" in token.text:
            self.fail()
        return self.advance().text

    def read_list(self, read: Callable[[], Item], between: str) -> list[Item]:
        """Read one or more of something."""
        found = [read()]
        while self.take(between):
            found.append(read())
        return found

    def fail(self) -> NoReturn:
        """Say that the next word cannot be there.

        Raises:
            SyntaxFaultError: Always.
        """
        token = self.peek()
        before = self._tokens[self._at - 1].text if self._at else ""
        if token is _END:
            raise SyntaxFaultError(f"nothing follows the '{before}'" if before else "it is empty")
        where = f"after '{before}'" if before else "at the beginning"
        raise SyntaxFaultError(f"'{token.text}' cannot stand {where}")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count how deep expressions stand in each other.

        Raises:
            RichError: Deeper than anybody writes by hand.
        """
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RichError("its depth")
        yield
        self.depth -= 1

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Forget again what names were added."""
        kept = self.variables, self.functions, self.labels
        yield
        self.variables, self.functions, self.labels = kept
