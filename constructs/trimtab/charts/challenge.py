"""What a server asks for before it lets somebody in (`WWW-Authenticate`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_SCHEME = re.compile(r"\s*([A-Za-z]+)(?:\s+|$)")
_PARAMETER = re.compile(r'\s*,?\s*([A-Za-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A token is wanted, and who gives it. Source: distribution/distribution, docs/spec/auth/token.md."""

    realm: str
    service: str | None = None
    scope: str | None = None

    def url(self, scope: str) -> str:
        """Give the address that a token is asked at.

        Args:
            scope: What the token is for, where the server did not say.
        """
        query = {"service": self.service, "scope": self.scope or scope}
        given = urlencode({name: value for name, value in query.items() if value})
        return f"{self.realm}{'&' if urlsplit(self.realm).query else '?'}{given}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """A user and a password are wanted (RFC 7617)."""


def parse_challenge(header: str) -> Bearer | Basic | None:
    """Read what is asked for; nothing where we cannot give it. Where several are offered, a token is taken.

    Source: RFC 9110 11.6.1.
    """
    found: list[tuple[str, dict[str, str]]] = []
    position = 0
    while scheme := _SCHEME.match(header, position):
        parameters: dict[str, str] = {}
        position = scheme.end()
        while parameter := _PARAMETER.match(header, position):
            quoted, plain = parameter[2], parameter[3]
            parameters[parameter[1].lower()] = re.sub(r"\\(.)", r"\1", quoted) if plain is None else plain
            position = parameter.end()
        found.append((scheme[1].lower(), parameters))
        comma = re.compile(r"\s*,").match(header, position)
        position = comma.end() if comma else position
    for name, parameters in found:
        if name == "bearer" and "realm" in parameters:
            given = {key: parameters.get(key) for key in ("service", "scope")}
            return Bearer(realm=parameters["realm"], service=given["service"], scope=given["scope"])
    return Basic() if any(name == "basic" for name, _ in found) else None
