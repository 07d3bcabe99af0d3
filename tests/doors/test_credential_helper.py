"""Credential helpers are asked over stdin, and whatever goes wrong knows nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from trimtab.doors.credential_helper import run_helper


@pytest.fixture
def helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a folder of helpers before the path."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


def write_helper(folder: Path, body: str) -> None:
    """Write a helper called `made`."""
    file = folder / "docker-credential-made"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


def test_server_goes_to_stdin(helpers: Path) -> None:
    """The one argument is `get`; the server is on stdin, so that no list of processes shows it."""
    write_helper(helpers, f'echo "$@" > {helpers}/arguments; cat')
    assert run_helper("made", "registry.example.org") == "registry.example.org"
    assert (helpers / "arguments").read_text() == "get\n"


def test_failure_knows_nothing(helpers: Path) -> None:
    """A helper that ends with an error has no credentials."""
    write_helper(helpers, "echo secret; exit 1")
    assert run_helper("made", "x") is None


@pytest.mark.parametrize(("name", "server"), [("nothing", "x"), ("../made", "x"), ("made", "a\nb"), ("", "x")])
def test_odd_names_are_not_run(helpers: Path, name: str, server: str) -> None:
    """A name that is a path, or is not there, is nobody."""
    write_helper(helpers, "cat")
    assert run_helper(name, server) is None
