"""The one exception of this room: a chart cannot be had, or cannot be trusted."""

from __future__ import annotations

from trimtab.findings.finding import Place


class ChartError(Exception):
    """Why a chart cannot be had or trusted, as a finding would say it.

    Attributes:
        code: The kebab-case name of the bad thing.
        message: What is wrong: stands alone, lower case, no full stop, never advice, never a secret.
        help: What would be right; never repeats the message.
        place: Where in a file of the repository, where it is about one.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,  # noqa: A002  # the findings' word
        place: Place | None = None,
    ) -> None:
        super().__init__(message)
        self.place = place
        self.code = code
        self.message = message
        self.help = help


class UnreachableError(ChartError):
    """The outside world failed: nobody answered, or would not let us in."""

    def __init__(self, message: str, help: str, *, code: str = "repository-unreachable") -> None:  # noqa: A002
        super().__init__(code, message, help)


class ChartNotAtHand(ChartError):  # noqa: N818  named for what it is about
    """A chart whose archive lies neither in the repository nor in the cache, or that no lock names."""

    def __init__(self, message: str) -> None:
        super().__init__("chart-not-at-hand", message, "run `trimtab lock`, which fetches it and notes its digest")
