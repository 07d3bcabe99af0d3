"""Files that objects are rendered from: nobody can say here what they bring, only which words stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

_WORD = re.compile(rb"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


class Unread:
    """Files of a tree that are not read; their words are looked for once, when a name is missing."""

    def __init__(self, contents: Iterable[bytes] = ()) -> None:
        self._contents = tuple(contents)

    @cached_property
    def words(self) -> frozenset[bytes]:
        """All words in them that may be a name."""
        found: set[bytes] = set()
        for content in set(self._contents):  # overlays repeat files
            found.update(_WORD.findall(content))
        return frozenset(found)
