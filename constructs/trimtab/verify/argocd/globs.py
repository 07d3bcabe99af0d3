"""Patterns in AppProjects, matched as Argo CD matches them: gobwas/glob, and Go's filepath.Match for kinds."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from trimtab.verify.argocd.glob_parts import match_glob, parse_glob


@lru_cache(maxsize=4096)
def is_match(pattern: str, text: str, separator: str = "") -> bool:
    """Say whether a text fits a pattern.

    Args:
        pattern: `*` for anything, `**` across separators too, `?` for one character, `[a-c]`, `{one,other}`.
        text: The text.
        separator: What a single `*` does not cross.

    Returns:
        False too for a pattern that cannot be read, as Argo CD does.
    """
    glob = parse_glob(pattern)
    return glob is not None and match_glob(glob, text, separator)


def is_denial(pattern: str) -> bool:
    """Say whether a pattern forbids what it fits."""
    return pattern.startswith("!")


def is_permitted_by(pattern: str, text: str, separator: str = "") -> bool:
    """Say whether one pattern of a project lets a text pass: a denial lets pass whatever it does not fit."""
    if is_denial(pattern):
        return not is_match(pattern[1:], text, separator)
    return pattern == "*" or is_match(pattern, text, separator)


@lru_cache(maxsize=4096)
def normalise_repository(url: str) -> str:
    """Write a repository's address as Argo CD compares it (util/git/git.go NormalizeGitURL)."""
    text = url.strip().lower()
    if re.match(r"^[^/@:]+@[^/:]+:", text) and "://" not in text:
        text = text.replace(":", "/", 1)
    try:
        urlsplit(text)
    except ValueError:
        return ""
    return text.removesuffix(".git").removeprefix("ssh://")
