"""Texts that Argo CD reads in a way of its own."""

from __future__ import annotations

from typing import Any


def split_commas(text: Any) -> list[str]:
    """Split an annotation the way Argo CD does: at commas, without blanks around (gitops-engine annotations.go)."""
    return [part for item in text.split(",") if (part := item.strip())] if isinstance(text, str) else []


def is_templated(value: Any) -> bool:
    """Say whether a text is filled in by an ApplicationSet, so that nobody knows it yet."""
    return isinstance(value, str) and "{{" in value
