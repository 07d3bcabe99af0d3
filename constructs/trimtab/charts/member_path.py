"""What a path in an archive may look like, so that writing it anywhere stays below one folder."""

from __future__ import annotations

import re

_LONGEST = 1024
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def explain_unsafe_path(path: str) -> str | None:
    """Say what is wrong with a path in an archive; nothing where it is a plain path below a folder.

    Stricter than helm, which cleans some of these away (pkg/chart/loader/archive/archive.go): two readers must never
    see two different files.
    """
    if not path or len(path) > _LONGEST:
        return "is empty or too long for a path"
    if _CONTROL.search(path) or not _is_unicode(path):
        return "holds a control character, or is no UTF-8"
    if "\\" in path or _DRIVE.match(path):
        return "is a Windows path"
    if path.startswith("/"):
        return "is an absolute path"
    if any(part in ("", ".", "..") for part in path.split("/")):
        return "leaves its folder, or does not go straight to a file"
    return None


def _is_unicode(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
