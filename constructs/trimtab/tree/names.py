"""The file name of an object: readable, portable, and never the same for two objects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

MAX_BYTES = 200
"""The longest file name made, in bytes; file systems take 255, and some tools append to names."""

_SUFFIX = ".yaml"
_ESCAPED = re.compile(r"[^a-z0-9.-]")
_DIGEST_CHARACTERS = 32


def object_file_name(manifest: Mapping[str, Any]) -> str:
    """Name the file of an object: `<kind>[.<group>][_<namespace>]_<name>.yaml`.

    Only `a-z`, `0-9`, `.`, `-` and `_` occur. A character outside `[a-z0-9.-]` is written as `__` and two hexadecimal
    digits for each of its UTF-8 bytes (`system:node` becomes `system__3anode`), upper-case letters too, since file
    systems may not tell them apart. No part is empty, so a single `_` always parts two of them, and a double one always
    begins an escape. A name above 200 bytes is cut and ends in `__h` and a digest of the whole; `h` is no hexadecimal
    digit, so no uncut name looks so.

    The kind is lower-cased without an escape: kinds of one group that differ in case alone share a name, which the
    layout refuses. The version is left out: the same object in two versions is one object.

    Args:
        manifest: An object with `kind`, `apiVersion` and `metadata.name`.

    Raises:
        ValueError: one of these is missing, empty or no string.
    """
    kind = _text(manifest, "kind").lower()
    group, _, _ = _text(manifest, "apiVersion").rpartition("/")
    metadata = manifest.get("metadata") or {}
    namespace = _text(metadata, "namespace") if metadata.get("namespace") else ""
    first = f"{kind}.{group}" if group else kind
    parts = [first, namespace, _text(metadata, "name")]
    return _cut("_".join(_escape(part) for part in parts if part))


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"an object without a {key}: {value!r}")
    return value


def _escape(text: str) -> str:
    return _ESCAPED.sub(_escape_character, text)


def _escape_character(match: re.Match[str]) -> str:
    return "".join(f"__{byte:02x}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _cut(stem: str) -> str:
    if len(stem) + len(_SUFFIX) <= MAX_BYTES:
        return stem + _SUFFIX
    tail = "__h" + hashlib.sha256(stem.encode("ascii")).hexdigest()[:_DIGEST_CHARACTERS] + _SUFFIX
    return stem[: MAX_BYTES - len(tail)] + tail
