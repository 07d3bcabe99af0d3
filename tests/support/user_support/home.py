"""A user without a past: a home with nothing in it, and no way into the network."""

from __future__ import annotations

from pathlib import Path

import pytest

_UNSET = ("HTTP_PROXY", "https_proxy", "http_proxy", "XDG_CONFIG_HOME", "DOCKER_CONFIG")
_NOBODY = "http://127.0.0.1:9"
"""A proxy that is not there."""


def make_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """Make a home and give it to the user; nothing of the real one's is read, and nothing leaves this machine."""
    home.mkdir()
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", _NOBODY)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    return home
