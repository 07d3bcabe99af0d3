"""What a key of a Secret holds, and whether a machine can make it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomCharacters:
    """Letters and digits, all equally likely."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomBytes:
    """Bytes, written in base64."""

    count: int
    """Before they are written in base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedText:
    """A text that is no secret."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HtpasswdLine:
    """A line of a password file as `htpasswd -B` writes it, for a password in the same Secret."""

    user: str
    password_key: str


Format = RandomCharacters | RandomBytes | FixedText | HtpasswdLine

_CHARACTERS = re.compile(r"^(\d+) random characters$")
_BYTES = re.compile(r"^(\d+) random bytes in base64$")
_EXAMPLE = re.compile(r"^.*, such as (\S+)$")
_TEXT = re.compile(r"^the text (.+)$", re.DOTALL)
_HTPASSWD = re.compile(r"^bcrypt htpasswd line of ([^\s:]+) and (\S+)$")


def parse_format(text: str) -> Format | None:
    """Read what a component says of a key (`WantedSecret.formats`); nothing where only a person can know the value."""
    if match := _CHARACTERS.match(text):
        return RandomCharacters(count=int(match[1]))
    if match := _BYTES.match(text):
        return RandomBytes(count=int(match[1]))
    if match := _HTPASSWD.match(text):
        return HtpasswdLine(user=match[1], password_key=match[2])
    if match := _EXAMPLE.match(text) or _TEXT.match(text):
        return FixedText(text=match[1])
    return None
