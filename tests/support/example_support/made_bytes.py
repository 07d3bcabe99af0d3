"""Bytes that should not lie in Git: too many, no text, or an archive; made from a line or two."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chart_support.made import pack_tar


def make_bytes(recipe: Mapping[str, Any]) -> bytes:
    """Make what a recipe says.

    Args:
        recipe: `text`; `bytes`, a text whose characters are one byte each; `repeat` so many `times`, between `head` and
            `tail`; `archive`, a chart's files by path, or its `first` bytes.
    """
    match recipe:
        case {"bytes": str(text)}:
            return text.encode("latin-1")
        case {"repeat": str(part), "times": int(times)}:
            return f"{recipe.get('head', '')}{part * times}{recipe.get('tail', '')}".encode()
        case {"archive": Mapping() as files}:
            return make_archive(files)[: recipe.get("first")]
        case _:
            return str(recipe.get("text", "")).encode()


def make_archive(files: Mapping[str, str]) -> bytes:
    """Pack files as `tar.gz`, without compression: every library makes these bytes."""
    content = pack_tar({path: text.encode() for path, text in files.items()})
    packer = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952 2.3: deflate, no flags, no time, an unknown system
    return head + body + struct.pack("<II", zlib.crc32(content), len(content))


def write_recipe(path: Path, recipe: Mapping[str, Any]) -> None:
    """Write a file; `link` makes a link, `gone` takes the file away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if "link" in recipe:
        path.symlink_to(recipe["link"])
    elif not recipe.get("gone"):
        path.write_bytes(make_bytes(recipe))
