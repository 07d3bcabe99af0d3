"""Gzip to bytes with a limit, so that a small archive cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_GZIP = 16 + zlib.MAX_WBITS
"""Asks zlib for gzip's header and check sum. Source: zlib.h, inflateInit2."""
_STEP = 4 * 1024 * 1024
_MOST_MEMBERS = 16
"""Charts have one; taking a member off copies the rest, so that many would take time without end."""


class InflateError(Exception):
    """What is wrong with the compressed bytes."""


class TooLargeError(InflateError):
    """More comes out than was allowed."""


def inflate(content: bytes, limit: int) -> bytes:
    """Decompress gzip, all its members (RFC 1952 2.2); zeros that pad the end are passed over, as gzip(1) does.

    Args:
        content: The compressed bytes.
        limit: The most bytes that may come out; it stops there and takes no more memory.

    Raises:
        TooLargeError: More comes out.
        InflateError: It is no gzip, is cut off, or its check sum does not fit.
    """
    parts: list[bytes] = []
    total = 0
    for part in _iter_parts(content):
        total += len(part)
        if total > limit:
            raise TooLargeError(f"more than {limit} bytes come out of {len(content)}")
        parts.append(part)
    return b"".join(parts)


def _iter_parts(content: bytes) -> Iterator[bytes]:
    for _ in range(_MOST_MEMBERS):
        member = zlib.decompressobj(_GZIP)
        yield from _iter_member(member, content)
        content = member.unused_data.lstrip(b"\0")
        if not content:
            return
    raise InflateError(f"the gzip data have more than {_MOST_MEMBERS} members")


def _iter_member(member: zlib._Decompress, content: bytes) -> Iterator[bytes]:
    while not member.eof:
        try:
            part = member.decompress(content, _STEP)
        except zlib.error as error:
            raise InflateError("the gzip data are damaged") from error
        content = member.unconsumed_tail
        if not part and not content and not member.eof:
            raise InflateError("the gzip data end too early")
        yield part
