"""The one exception that says the outside world failed."""

from __future__ import annotations


class OutsideError(Exception):
    """Disk, process, network or system refused something; the command line turns it into exit code 3 and one line."""

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002  # the word that findings use
        """Keep what went wrong, and what would cure it, in words for people.

        Args:
            message: What is wrong: stands alone, lower case, no full stop, never advice.
            help: What would be right; never repeats the message.
        """
        super().__init__(message)
        self.message = message
        self.help = help
