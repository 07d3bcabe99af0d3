"""What one line of plain block YAML says, where it can be said without a look at any other line."""

from __future__ import annotations

import json
import math
import re
import sys
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from trimtab.documents.document import Value
from trimtab.documents.scalars import normalise, render_key, resolve_exactly


class Special(Enum):
    """A line that is no key and no item."""

    BLANK = "nothing, or a comment"
    START = "a new document"
    MORE = "more of the text in the line before"


BLANK, START, MORE = Special.BLANK, Special.START, Special.MORE


@dataclass(frozen=True, slots=True)
class Fresh:
    """A list or mapping on one line: each time the line is met, it is another one."""

    value: Value

    def make(self) -> Value:
        """Give a copy; nothing in it can be changed but itself."""
        return self.value.copy() if isinstance(self.value, dict | list) else self.value


@dataclass(frozen=True, slots=True)
class Block:
    """The head of a block: `|` or `>`, and how its last breaks are treated: `-`, `+` or nothing."""

    head: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The first line of a quoted text that goes on in the next, its quote included."""

    text: str


Line: TypeAlias = tuple[int, int, str | None, Any, str | None]
"""What a line says: a level, the level of a mapping that begins after its dash or 0, a key, a value, and the key again
where its value may stand in the lines below.

Where keys stand in column c, the level is 2c; where dashes do, 2c+1. An item has no key. A negative level says that the
value is `Special`, or a `Formed` that holds the rest.
"""


@dataclass(frozen=True, slots=True)
class Formed:
    """A line whose value has to be made each time: a `Fresh`, a `Block` or a `Quoted`."""

    line: Line


class Unsure(Exception):  # noqa: N818  no error: the text may be right, and somebody else can tell
    """This is more than plain block YAML."""


_KEY = r"(?:[A-Za-z_./$][A-Za-z0-9_./$@%+=()~-]{0,250}|\"[^\"\\]{0,250}\"|'[^']{0,250}')"
_LINE = re.compile(rf"( *)(- +)?(?:({_KEY}):(?: +(.+))?|([^ ].*))\Z").match
_INSIDE_DOUBLE = r"""(?:[^"\\]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"""
_DOUBLE = re.compile(rf'("{_INSIDE_DOUBLE}*")(?: +#.*)?\Z').match
_SINGLE = re.compile(r"'((?:[^']|'')*)'(?: +#.*)?\Z").match
_PLAIN_START = re.compile(r"[A-Za-z0-9_./+$^(~=;\\\u00a1-\uffef]|--?[A-Za-z0-9_.]").match
_UNCLOSED = {'"': re.compile(rf"{_INSIDE_DOUBLE}*\Z").match, "'": re.compile(r"(?:[^']|'')*\Z").match}
_FLOW_ITEM = r"""(?:[A-Za-z0-9_/.][A-Za-z0-9_/.+$%*-]*|"[^"\\]*"|'[^']*')"""
_FLOW_LIST = re.compile(rf"\[ *{_FLOW_ITEM}(?: *, *{_FLOW_ITEM})* *\]\Z").match
_FLOW_ENTRY = rf"(?:{_KEY}): +({_FLOW_ITEM})"
_FLOW_MAPPING = re.compile(rf"\{{ *{_FLOW_ENTRY}(?: *, *{_FLOW_ENTRY})* *\}}\Z").match
_FLOW_WORD = re.compile(rf"({_KEY}): +({_FLOW_ITEM})|({_FLOW_ITEM})").findall
_BLOCKS = ("|", "|-", "|+", ">", ">-", ">+")
_EMPTY = re.compile(r"(?:\{ *\}|\[ *\])(?: +#.*)?\Z").match
_MORE = re.compile(r"[^ #:?-]|-[^ ]").match


def parse_line(text: str) -> Line:
    """Say what a line does.

    Args:
        text: The line without its break: no tabs, and nothing that YAML does not print. It is not part of a block.

    Raises:
        Unsure: only a parser of the whole language can tell.
    """
    text = text.rstrip(" ")
    bare = text.lstrip(" ")
    if not bare or bare[0] == "#":
        return -1, 0, None, BLANK, None
    if text == "---":
        return -1, 0, None, START, None
    found = _LINE(text)
    if found is None or text.startswith(("---", "...")):
        raise Unsure
    line = _parse(found)
    if isinstance(line[3], Fresh | Block | Quoted):
        return -1, 0, None, Formed(line), None
    return line


def _parse(found: re.Match[str]) -> Line:
    spaces, dash, key, after, alone = found.groups()
    level = 2 * len(spaces)
    if key is None:
        if not dash:
            return _parse_more(alone)
        return level + 1, 0, None, _parse_value(alone), None
    name = _parse_key(key)
    value, opens = (None, name) if after is None or after[0] == "#" else (_parse_value(after), None)
    if dash:
        return level + 1, level + 2 * len(dash), name, value, opens
    return level, 0, name, value, opens


def _parse_more(text: str) -> Line:
    if not _is_plain(text) or _MORE(text) is None or " #" in text:
        raise Unsure
    return -1, 0, None, MORE, None


def find_plain(text: str) -> str:
    """Give the unquoted text that stands alone in a line, or ends it, and that the next line may go on with.

    Raises:
        Unsure: the line ends otherwise.
    """
    found = _LINE(text.rstrip(" "))
    value = (found[4] or found[5] or "") if found else ""
    if " #" in value or _PLAIN_START(value) is None or not _is_plain(value):
        raise Unsure
    return value


def _is_plain(text: str) -> bool:
    return ": " not in text and text[-1] != ":"


def _parse_key(text: str) -> str:
    if text[0] in "\"'":
        return sys.intern(text[1:-1])
    value = resolve_exactly(text)
    name = render_key(value)
    if name is None or (type(value) is float and not math.isfinite(value)):
        raise Unsure
    return sys.intern(name)


def _parse_value(text: str) -> Any:
    first = text[0]
    if first in _UNCLOSED:
        return parse_quoted(text)
    if text in _BLOCKS:
        return Block(text)
    if first in "[{":
        return Fresh(_parse_flow(text))
    return parse_plain(text)


def parse_quoted(text: str) -> str | Quoted:
    """Read a quoted text, which a comment may follow, or the first line of one.

    Raises:
        Unsure: it may be something else.
    """
    whole = _DOUBLE(text) if text[0] == '"' else _SINGLE(text)
    if whole is None:
        if _UNCLOSED[text[0]](text, 1) is None:
            raise Unsure
        return Quoted(text)
    inside = whole[1]
    if text[0] == "'":
        return inside.replace("''", "'")
    return json.loads(inside) if "\\" in inside else inside[1:-1]


def parse_plain(text: str) -> Value:
    """Read an unquoted text, which a comment may follow.

    Raises:
        Unsure: it may be something else.
    """
    comment = text.find(" #")
    if comment >= 0:
        text = text[:comment].rstrip(" ")
    if _PLAIN_START(text) is None or not _is_plain(text):
        raise Unsure
    value = resolve_exactly(text)
    if type(value) is float:
        if not math.isfinite(value):
            raise Unsure
        return normalise(value)
    return value


def _parse_flow(text: str) -> Value:
    if _EMPTY(text):
        return [] if text[0] == "[" else {}
    text = text if "'" in text or '"' in text else text.partition(" #")[0].rstrip(" ")
    if _FLOW_LIST(text):
        return [_parse_flow_item(word) for _, _, word in _FLOW_WORD(text)]
    if _FLOW_MAPPING(text) is None:
        raise Unsure
    pairs = [(_parse_key(key), _parse_flow_item(word)) for key, word, _ in _FLOW_WORD(text)]
    if len({key for key, _ in pairs}) < len(pairs):
        raise Unsure
    return dict(pairs)


def _parse_flow_item(text: str) -> Value:
    return text[1:-1] if text[0] in "\"'" else parse_plain(text)
