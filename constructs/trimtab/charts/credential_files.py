"""Where users keep their credentials for registries and repositories, and what stands there."""

from __future__ import annotations

import netrc
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from trimtab.charts.credentials import Credentials, HelmRepository, Login, parse_registry_config
from trimtab.documents.reader import parse_yaml
from trimtab.doors.credential_helper import run_helper
from trimtab.doors.disk import read_text
from trimtab.doors.errors import OutsideError
from trimtab.doors.home import find_home

_LIMIT = 1024 * 1024
_NOWHERE = Path(os.devnull)
"""The home of a user without one: nothing lies below it."""


def load_credentials(environment: Mapping[str, str]) -> Credentials:
    """Load the credentials of the user who calls us; a file that is not there, or cannot be read, knows nobody.

    Looked for, first found first: helm's registry configuration, Podman's `auth.json`, Docker's `config.json`; helm's
    `repositories.yaml`; `.netrc`. Source of the places: helm.sh/docs/helm/helm (environment variables),
    containers-auth.json(5), docker.com's "docker login", curl(1) and netrc(5).
    """
    return Credentials(
        registries=[parse_registry_config(text) for path in _config_files(environment) if (text := _text(path))],
        repositories=list(_helm_repositories(environment)),
        hosts=_netrc(environment),
        run_helper=run_helper,
    )


def _config_files(environment: Mapping[str, str]) -> Iterator[Path]:
    home = _home(environment)
    given = environment.get("HELM_REGISTRY_CONFIG")
    yield Path(given) if given else _helm_folder(environment) / "registry" / "config.json"
    if named := environment.get("REGISTRY_AUTH_FILE"):
        yield Path(named)
    if run := environment.get("XDG_RUNTIME_DIR"):
        yield Path(run) / "containers" / "auth.json"
    yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "containers" / "auth.json"
    yield Path(environment.get("DOCKER_CONFIG") or home / ".docker") / "config.json"


def _helm_folder(environment: Mapping[str, str]) -> Path:
    """Say where helm keeps its configuration (helm pkg/helmpath/lazypath_*.go)."""
    if given := environment.get("HELM_CONFIG_HOME"):
        return Path(given)
    if given := environment.get("XDG_CONFIG_HOME"):
        return Path(given) / "helm"
    return _home(environment) / ("Library/Preferences/helm" if sys.platform == "darwin" else ".config/helm")


def _helm_repositories(environment: Mapping[str, str]) -> Iterator[HelmRepository]:
    given = environment.get("HELM_REPOSITORY_CONFIG")
    text = _text(Path(given) if given else _helm_folder(environment) / "repositories.yaml")
    parsed = parse_yaml(text or "", file="repositories.yaml")
    value = parsed.documents[0].value if len(parsed.documents) == 1 and not parsed.findings else None
    rows = value.get("repositories") if isinstance(value, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping):
            url, user, password = row.get("url"), row.get("username"), row.get("password")
            if isinstance(url, str) and isinstance(user, str) and isinstance(password, str) and user:
                yield HelmRepository(url=url, login=Login(user=user, password=password))


def _netrc(environment: Mapping[str, str]) -> dict[str, Login]:
    path = Path(environment.get("NETRC") or _home(environment) / ".netrc")
    try:
        hosts = netrc.netrc(str(path)).hosts
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
        return {}
    return {
        host: Login(user=user, password=password)
        for host, (user, _, password) in hosts.items()
        if host != "default" and password
    }


def _home(environment: Mapping[str, str]) -> Path:
    return find_home(environment) or _NOWHERE


def _text(path: Path) -> str | None:
    try:
        return read_text(path, limit=_LIMIT)
    except OutsideError:
        return None
