"""Who we are to a host: credentials that bind to one address and are never shown."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trimtab.charts.reference import is_private, origin

_TOKEN_USER = "<token>"
"""The user that a helper names when the secret is an identity token (docker/docker-credential-helpers, README)."""
_HUB = ("docker.io", "registry-1.docker.io", "index.docker.io")
_HUB_KEY = "https://index.docker.io/v1/"
"""What Docker calls its own registry in its configuration (moby registry/config.go, IndexServer)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user and password, or a token that stands for both."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    identity_token: str = field(default="", repr=False)

    @property
    def basic(self) -> str:
        """The value of an `Authorization` header (RFC 7617)."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelmRepository:
    """A repository that helm was told of: its address and who we are there."""

    url: str
    login: Login


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryConfig:
    """One file that `docker login`, `podman login` or `helm registry login` writes."""

    auths: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    """Server to what is kept of it. Keys: a host, a host and path (Podman), or an address (Docker)."""
    helpers: Mapping[str, str] = field(default_factory=dict)
    """Server to the helper that knows it."""
    store: str | None = None
    """The helper that knows all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """All that the user's own files say, looked up when a host asks."""

    registries: Sequence[RegistryConfig] = ()
    repositories: Sequence[HelmRepository] = ()
    hosts: Mapping[str, Login] = field(default_factory=dict, repr=False)
    """Host to login, of .netrc."""
    run_helper: Callable[[str, str], str | None] = lambda _name, _server: None
    """Asks a credential helper: its name and the server to its JSON."""

    def for_url(self, url: str) -> Login | None:
        """Find who we are to a web server: helm's longest matching repository first, then .netrc.

        Nothing for plain HTTP to another machine, where everybody on the way could read along.
        """
        if not is_private(url):
            return None
        matching = [
            one for one in self.repositories if origin(one.url) == origin(url) and _is_below(url, one.url.rstrip("/"))
        ]
        if matching:
            return max(matching, key=lambda one: len(one.url)).login
        return self.hosts.get(origin(url)[1])

    def for_registry(self, registry: str, path: str, url: str) -> Login | None:
        """Find who we are to a registry: the files of `login` commands in order, then .netrc.

        Args:
            registry: Host, and port where there is one.
            path: The repository in it.
            url: The address that would be asked; nothing for plain HTTP to another machine.
        """
        if not is_private(url):
            return None
        for config in self.registries:
            for server in _servers(registry, path):
                found = self._of_config(config, server)
                if found is not None:
                    return found
        return self.hosts.get(origin(url)[1])

    def _of_config(self, config: RegistryConfig, server: str) -> Login | None:
        helper = config.helpers.get(server)
        kept = config.auths.get(server)
        if helper is None and kept:
            found = parse_auth(kept)
            if found is not None:
                return found
        if helper is None and (kept is not None or server in (*_HUB, _HUB_KEY)):
            helper = config.store
        answer = self.run_helper(helper, server) if helper else None
        return parse_helper_answer(answer) if answer else None


def _is_below(url: str, folder: str) -> bool:
    return url == folder or url.startswith(f"{folder}/")


def _servers(registry: str, path: str) -> list[str]:
    """List how a registry may be called in such a file, the nearest first (containers-auth.json(5))."""
    parts = path.split("/")
    names = [f"{registry}/{'/'.join(parts[:count])}" for count in range(len(parts), 0, -1)] if path else []
    hub = [_HUB_KEY, *(name for name in _HUB if name != registry)] if registry in _HUB else []
    return [*names, registry, f"https://{registry}", f"https://{registry}/", f"https://{registry}/v2/", *hub]


def parse_registry_config(text: str) -> RegistryConfig:
    """Read such a file; one that cannot be read knows nobody."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return RegistryConfig()
    if not isinstance(value, dict):
        return RegistryConfig()
    auths, helpers, store = value.get("auths"), value.get("credHelpers"), value.get("credsStore")
    return RegistryConfig(
        auths={k: v for k, v in auths.items() if isinstance(v, dict)} if isinstance(auths, dict) else {},
        helpers={k: v for k, v in helpers.items() if isinstance(v, str)} if isinstance(helpers, dict) else {},
        store=store if isinstance(store, str) and store else None,
    )


def parse_auth(kept: Mapping[str, Any]) -> Login | None:
    """Read one entry: an identity token, `auth` (user and password in Base64), or both apart."""
    token = kept.get("identitytoken")
    if isinstance(token, str) and token:
        return Login(identity_token=token)
    auth = kept.get("auth")
    if isinstance(auth, str) and auth:
        try:
            user, colon, password = base64.b64decode(auth, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return None
        return Login(user=user, password=password.rstrip("\0")) if colon else None
    name, word = kept.get("username"), kept.get("password")
    return Login(user=name, password=word) if isinstance(name, str) and isinstance(word, str) else None


def parse_helper_answer(text: str) -> Login | None:
    """Read what a credential helper prints; nothing where it is something else."""
    try:
        value = json.loads(text)
        user, secret = str(value["Username"]), str(value["Secret"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return Login(identity_token=secret) if user == _TOKEN_USER else Login(user=user, password=secret)
