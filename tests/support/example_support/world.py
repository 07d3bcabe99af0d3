"""The machine around an example: a home of its own, the helm it is to have, and a server that is all of the network."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chart_support.servers import Reply, Server, serve, table
from example_support.made_bytes import make_bytes
from example_support.scene import Recipe, Scene
from helm_support.made import find_helm
from user_support.home import make_home

HOST = "charts.example.org"
"""Who the server says that it is, in examples and in what is printed."""
BIN = "/usr/local/bin"
"""Where a helm that is played lies, in what is printed."""
_PLAYED = """#!/bin/sh
case "$1" in
version) printf %s "{version}" ;;
*) printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {{name: made}}\\n' ;;
esac
"""


@dataclass(frozen=True, kw_only=True)
class World:
    """What stands for what: in files the shown word becomes the real one, in what is printed the real the shown."""

    words: Mapping[str, str] = field(default_factory=dict)
    """What is real to what is shown, in the order in which they are looked for."""

    def enter(self, text: str) -> str:
        """Give a text of the example as the machine needs it."""
        for real, shown in self.words.items():
            text = text.replace(shown, real)
        return text

    def show(self, text: str) -> str:
        """Give what was printed as everybody would see it."""
        for real, shown in self.words.items():
            text = text.replace(real, shown)
        return text


@contextmanager
def make_world(folder: Path, scene: Scene) -> Iterator[World]:
    """Make the world of a scene in a folder; it ends with the block."""
    folder.mkdir()
    with ExitStack() as stack:
        words = _name_server(stack.enter_context(serve(table(_replies(scene))))) if scene.served else {}
        path = _find_path(folder, scene)
        monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
        make_home(monkeypatch, folder / "home")
        monkeypatch.setenv("PATH", path)
        yield World(words={**words, str(folder / "bin"): BIN})


def _name_server(server: Server) -> dict[str, str]:
    return {server.url: f"https://{HOST}", server.netloc: HOST}


def _replies(scene: Scene) -> dict[str, Reply | bytes | list[Reply]]:
    return {
        path: _make_reply(given) if isinstance(given, Mapping) else [_make_reply(one) for one in given]
        for path, given in scene.served.items()
    }


def _make_reply(recipe: Recipe) -> Reply:
    return Reply(make_bytes(recipe), recipe.get("status", 200), recipe.get("headers", {}))


def _find_path(folder: Path, scene: Scene) -> str:
    usual = os.environ["PATH"]
    if not scene.helm:
        return f"{Path(find_helm().path).parent}{os.pathsep}{usual}" if scene.vendored else usual
    (folder / "bin").mkdir()
    if scene.helm != "none":
        (folder / "bin/helm").write_text(_PLAYED.format(version=scene.helm))
        (folder / "bin/helm").chmod(0o755)
    return str(folder / "bin")
