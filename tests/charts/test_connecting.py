"""From the file that a tool wrote to a server that lets its user in, each source for itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chart_support.made import make_archive
from chart_support.registry import Registry
from chart_support.repository import publish, wanted
from chart_support.servers import Asked, Reply, serve, table
from chart_support.socks import run_socks
from trimtab.charts.connecting import connect
from trimtab.charts.errors import ChartError

ARCHIVE = make_archive("made", "1.0.0")
BASIC = "Basic " + base64.b64encode(b"me:s3cret").decode()
AUTH = {"auth": base64.b64encode(b"me:s3cret").decode()}

Render = Callable[[str], dict[str, Any]]
REGISTRY_FILES: dict[str, tuple[str, str, Render]] = {
    "docker": (".docker/config.json", "", lambda host: {"auths": {host: AUTH}}),
    "docker, moved": ("moved/config.json", "DOCKER_CONFIG=moved", lambda host: {"auths": {host: AUTH}}),
    "podman": ("run/containers/auth.json", "XDG_RUNTIME_DIR=run", lambda host: {"auths": {f"{host}/charts": AUTH}}),
    "podman, moved": ("mine.json", "REGISTRY_AUTH_FILE=mine.json", lambda host: {"auths": {host: AUTH}}),
    "helm": (".config/helm/registry/config.json", "", lambda host: {"auths": {host: AUTH}}),
    "helm, moved": ("helm.json", "HELM_REGISTRY_CONFIG=helm.json", lambda host: {"auths": {host: AUTH}}),
}


def environment_of(home: Path, variable: str = "") -> dict[str, str]:
    """Give the variables of a user with this home."""
    name, _, value = variable.partition("=")
    return {"HOME": str(home), **({name: str(home / value)} if name else {})}


def write(path: Path, text: str) -> None:
    """Write a file that its owner alone can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)


@pytest.mark.parametrize("source", sorted(REGISTRY_FILES))
def test_registry_lets_the_user_of_each_file_in(tmp_path: Path, source: str) -> None:
    """And nobody without it."""
    file, variable, render = REGISTRY_FILES[source]
    registry = Registry()
    registry.push("charts/made", "1.0.0", ARCHIVE)
    registry.login = ("me", "s3cret")
    with serve(registry.answer) as server:
        with pytest.raises(ChartError) as caught:
            connect(environment_of(tmp_path, variable)).resolve(wanted(f"{server.netloc}/charts"))
        assert caught.value.code == "chart-access-refused"
        write(tmp_path / file, json.dumps(render(server.netloc)))
        resolver = connect(environment_of(tmp_path, variable))
        assert resolver.resolve(wanted(f"{server.netloc}/charts")).content == ARCHIVE


@pytest.mark.parametrize("source", ["repositories.yaml", ".netrc"])
def test_repository_lets_the_user_of_each_file_in(tmp_path: Path, source: str) -> None:
    """Index and archive."""
    answer = table(publish(("made", "1.0.0"), made=ARCHIVE))

    def private(asked: Asked) -> Reply:
        return answer(asked) if asked.headers.get("authorization") == BASIC else Reply(b"", 401)

    with serve(private) as server:
        if source == ".netrc":
            write(tmp_path / source, "machine 127.0.0.1 login me password s3cret\n")
        else:
            row = {"name": "x", "url": server.url, "username": "me", "password": "s3cret"}
            write(tmp_path / ".config/helm/repositories.yaml", json.dumps({"repositories": [row]}))
        assert connect(environment_of(tmp_path)).resolve(wanted(server.url)).content == ARCHIVE
        with pytest.raises(ChartError):
            connect({"HOME": str(tmp_path / "nobody")}).resolve(wanted(server.url))


def test_charts_come_through_a_socks_proxy(tmp_path: Path) -> None:
    """With the variable that helm and Argo CD read; the repository's own name is nowhere looked up here."""
    with serve(table(publish(("made", "1.0.0"), made=ARCHIVE))) as server, run_socks(server.netloc) as proxy:
        environment = {"HOME": str(tmp_path), "HTTP_PROXY": f"socks5://{proxy.netloc}"}
        assert connect(environment).resolve(wanted("http://charts.example.test")).content == ARCHIVE
    assert set(proxy.asked) == {("charts.example.test", 80)}
