"""The forms in which findings are printed."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    SARIF_ALL = "sarif-all"
    GITHUB = "github"
