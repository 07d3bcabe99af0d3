"""Texts that are a secret whatever they are called: keys, tokens of known makers, passwords in addresses."""

from __future__ import annotations

import re
from functools import lru_cache

_FORMS: tuple[tuple[str, str], ...] = (
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("a key of age", r"\bAGE-SECRET-KEY-1[0-9A-Z]{50,}"),
    ("a token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})"),
    ("a token of GitLab", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a key of Amazon's", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a token of Slack", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a webhook of Slack", r"\bhooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}"),
    ("a token of HashiCorp Vault", r"\bhv[sbr]\.[A-Za-z0-9_-]{24,}"),
    ("a signed token (JWT)", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{10,}"),
    ("a line of a password file", r"^[^\s:#]{1,64}:(?:\$(?:2[abxy]|apr1|5|6|y)\$|\{SHA\})[^\s]{8,}"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"$<{(%]*:[^\s/@'\"$<{(*]{3,}@[A-Za-z0-9\[]"),
)
"""What it is, and how it reads. Sources: each maker's documentation of its token formats."""

_ANY = re.compile("|".join(f"(?:{form})" for _, form in _FORMS), re.MULTILINE)
_EACH = tuple((what, re.compile(form, re.MULTILINE)) for what, form in _FORMS)
SHORTEST = 12
"""The fewest characters that any form has."""


@lru_cache(maxsize=50_000)
def find_form(text: str) -> str | None:
    """Say what secret a text holds; nothing where it has no known form."""
    if len(text) < SHORTEST or not _ANY.search(text):
        return None
    return next((what for what, form in _EACH if form.search(text)), None)
