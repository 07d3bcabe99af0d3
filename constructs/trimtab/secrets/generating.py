"""Fresh Secrets from a source of random bytes."""

from __future__ import annotations

import base64
import string
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from trimtab.secrets.formats import FixedText, Format, HtpasswdLine, RandomBytes, RandomCharacters
from trimtab.secrets.wanted import Wanted

RandomSource = Callable[[int], bytes]
"""Gives so many random bytes."""

_LETTERS = string.ascii_letters + string.digits
_COST = 10
"""The work that a guess costs, as a power of two: Go's bcrypt.DefaultCost, which Helm's `htpasswd` uses."""
_STANDARD = (string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/").encode()
_BCRYPT = ("./" + string.ascii_uppercase + string.ascii_lowercase + string.digits).encode()
"""The digits of base64, and bcrypt's own in their place (OpenBSD lib/libc/crypt/bcrypt.c, Base64Code)."""
_KUBERNETES_NAMESPACES = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})


def generate_values(wanted: Wanted, random: RandomSource) -> dict[str, str]:
    """Make a value for every key of a Secret.

    Raises:
        ValueError: There is a key that only a person can know.
    """
    if not wanted.is_generatable:
        raise ValueError(f"{wanted.full_name} has a key that only a person can know")
    formats = wanted.formats
    values = {key: _generate(one, random) for key, one in formats.items() if not isinstance(one, HtpasswdLine)}
    lines = {
        key: render_htpasswd(one.user, values[one.password_key], random)
        for key, one in formats.items()
        if isinstance(one, HtpasswdLine)
    }
    return {key: (values | lines)[key] for key in wanted.keys}


def plan_secret(wanted: Wanted, values: Mapping[str, str]) -> dict[str, Any]:
    """Give a Secret with these values in plain text: never for a file of a repository."""
    metadata: dict[str, Any] = {"name": wanted.name, "namespace": wanted.namespace}
    if wanted.labels:
        metadata["labels"] = dict(wanted.labels)
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata,
        "type": wanted.type,
        "stringData": dict(values),
    }


def plan_namespaces(wanted: Iterable[Wanted]) -> list[dict[str, Any]]:
    """Give the namespaces that these Secrets lie in, bare, since they are made before Argo CD brings the real ones."""
    names = sorted({one.namespace for one in wanted} - _KUBERNETES_NAMESPACES)
    return [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in names]


def render_htpasswd(user: str, password: str, random: RandomSource) -> str:
    """Write a line of a password file as `htpasswd -B` does, with a fresh salt of 16 bytes."""
    import bcrypt

    digits = base64.b64encode(random(16)).rstrip(b"=").translate(bytes.maketrans(_STANDARD, _BCRYPT))
    return f"{user}:{bcrypt.hashpw(password.encode(), b'$2y$%02d$%b' % (_COST, digits)).decode()}"


def _generate(one: Format | None, random: RandomSource) -> str:
    match one:
        case RandomCharacters(count=count):
            return _random_letters(count, random)
        case RandomBytes(count=count):
            return base64.b64encode(random(count)).decode()
        case FixedText(text=text):
            return text
        case _:
            raise ValueError("only a person can know this value")


def _random_letters(count: int, random: RandomSource) -> str:
    """Draw letters and digits; bytes that would make some of them likelier are thrown away."""
    most = 256 - 256 % len(_LETTERS)
    found: list[str] = []
    while len(found) < count:
        found += [_LETTERS[byte % len(_LETTERS)] for byte in random(count - len(found)) if byte < most]
    return "".join(found)
