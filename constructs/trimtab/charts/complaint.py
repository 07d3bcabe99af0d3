"""What helm said when it could not render a chart, fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ERROR = re.compile(r"^Error: *", re.MULTILINE)
_NOISE = re.compile(r"\n*Use --debug flag to render out invalid YAML\s*\Z")
_SECRET_KEY = re.compile(r"pass|secret|token|credential|private|apikey|api_key|htpasswd", re.IGNORECASE)
_SHORTEST = 4
"""Characters below which a value is no secret and taking it out would make the message unreadable."""
_LONGEST = 600
_HIDDEN = "(hidden)"


def clean_complaint(said: str, values: Mapping[str, Any]) -> str:
    """Give helm's own message in one line, without its warnings and without what may be a secret.

    Args:
        said: What it wrote to stderr; paths in it are relative already.
        values: The values it was given: those under keys that sound like a secret are taken out.
    """
    start = list(_ERROR.finditer(said))
    message = said[start[-1].end() :] if start else said
    message = _NOISE.sub("", message)
    for secret in sorted(set(_iter_secrets(values, hidden=False)), key=len, reverse=True):
        message = message.replace(secret, _HIDDEN)
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    text = re.sub(r"[^ -~\u00a0-\uffff]", "", "; ".join(lines)).replace(":; ", ": ")
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text or "it does not say why"


def _iter_secrets(value: Any, *, hidden: bool) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _iter_secrets(item, hidden=hidden or bool(_SECRET_KEY.search(str(key))))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _iter_secrets(item, hidden=hidden)
    elif hidden and isinstance(value, str) and len(value) >= _SHORTEST:
        yield value
