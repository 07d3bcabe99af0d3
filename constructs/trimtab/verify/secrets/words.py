"""Names that say their value is a secret, and values that are one only where they stand in plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|private_?key|access_?key|secret_?key|credentials?|"
    r"encryption_?key|signing_?key|auth_?key)[0-9]*$|password$"
)
_HARMLESS = re.compile(
    r"^existing_|(?:^|_)(?:public|pull|tls|ca|cert|certificate|no|empty|disable|enable|use|rotate|reset|require|max|min|"
    r"service_account|mount|automount|create|generate|random|pagination|page|next|continue)"
    r"_(?:secret|token|password|credentials?|access_?key)$"
)
"""Names that end alike and hold a name, a switch or a number."""

_REFERENCE = re.compile(
    r"\$\{|\$\(|^\$[A-Za-z_][\w-]*$|\$__\w+\{|\{\{"
    r"|<path:|^[\[{<&*!|>]|^(?:ref\+|vault:|secretref\+|/|\./|file:|env:)|\.(?:key|pem|crt)$",
    re.IGNORECASE,
)
_PLACEHOLDERS = frozenset({"", "true", "false", "null", "none", "default", "password", "token", "secret", "redacted"})
_VARIABLE = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
"""How variables are written: what is also called a secret is the name of one."""
_NAME = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
_LEADING = frozenset({"existingsecret", "existingsecretname", "remoteref", "secretname", "secretref"})
"""Fields that say which Secret, or which secret of an outer store, is meant; in small letters."""


_KEPT_ELSEWHERE = re.compile(
    r"\$\{|\$\(|\{\{|<[^>]*>|^(?:ref\+|vault:|op://|ENC\[|secretref\+|file:|env:|arn:aws:)|^[xX*.]+$"
    r"|^(?:change[-_ ]?me|placeholder|replace[-_ ]?me|todo|your[-_ ].*|example)$",
    re.IGNORECASE,
)


def is_kept_elsewhere(value: str) -> bool:
    """Say whether a value of a Secret is none: empty, a place to fill in, or where a tool finds it.

    Args:
        value: The value, not encoded.
    """
    return not value.strip() or _KEPT_ELSEWHERE.search(value.strip()) is not None


def is_secret(name: str, value: object) -> bool:
    """Say whether a value is a secret itself, by the name it goes by.

    What is called `...secret` mostly holds the name of a Secret, so one that could be such a name is none.

    Args:
        name: A key, a variable or a flag: `dbPassword`, `API_TOKEN`, `--client-secret`.
        value: Its value; only text can be a secret.
    """
    if not isinstance(value, str) or not names_secret(name):
        return False
    if value.strip().lower() in _PLACEHOLDERS or _REFERENCE.search(value) or set(value) <= set("*xX."):
        return False
    if _VARIABLE.fullmatch(value) and names_secret(value):
        return False
    return not (name.lower().endswith("secret") and _NAME.fullmatch(value))


def names_keys(fields: Iterable[object]) -> bool:
    """Say whether fields lead to a Secret, so that a key among them is the name of a key in it, and not its value.

    Args:
        fields: Their names: `existingSecret` and `secretKey`, `remoteRef` and `secretKey`.
    """
    return any(str(field).lower() in _LEADING for field in fields)


@lru_cache(maxsize=20_000)
def names_secret(name: str) -> bool:
    """Say whether a name says that its value is a secret."""
    words = _CAMEL.sub("_", name.strip("-")).lower().replace("-", "_").replace(".", "_")
    return bool(_WORDS.search(words)) and not _HARMLESS.search(words)
