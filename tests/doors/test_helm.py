"""Helm runs by itself: nothing of the user's reaches it, and it cannot run for ever or write without end."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.doors.helm import Helm, read_helm, run_helm


def make_program(folder: Path, body: str) -> Helm:
    """Write a program that stands in for helm."""
    file = folder / "helm"
    file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{body}\n")
    file.chmod(0o755)
    return Helm(path=str(file), version="v4.0.0")


def test_version_is_asked_of_the_helm_on_the_path(tmp_path: Path) -> None:
    """By its own template, which all versions since 2 know."""
    helm = make_program(tmp_path, 'echo "v4.1.4 $*"')
    assert read_helm({"PATH": str(tmp_path)}) == Helm(path=helm.path, version="v4.1.4 version --template {{.Version}}")


def test_a_helm_that_fails_has_no_version(tmp_path: Path) -> None:
    """It is there all the same: what is wrong with it is said of its path."""
    helm = make_program(tmp_path, "exit 1")
    assert read_helm({"PATH": str(tmp_path)}) == Helm(path=helm.path, version="")


def test_no_helm_on_the_path(tmp_path: Path) -> None:
    """Nothing is found, and nothing is raised."""
    assert read_helm({"PATH": str(tmp_path)}) is None
    assert read_helm({}) is None


def test_nothing_of_the_users_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither configuration, nor plugins, nor a cluster, nor a secret in the environment."""
    for name in ("HELM_PLUGINS", "HELM_DEBUG", "KUBECONFIG", "HOME", "MY_TOKEN", "HELM_KUBETOKEN"):
        monkeypatch.setenv(name, "/users/own")
    ended = run_helm(make_program(tmp_path, "env"), [], {})
    assert b"/users/own" not in ended.output
    names = {line.partition("=")[0] for line in ended.output.decode().splitlines()}
    assert {"HOME", "HELM_PLUGINS", "HTTPS_PROXY", "KUBECONFIG"} <= names


def test_it_finds_the_files_it_was_given_and_the_folder_goes(tmp_path: Path) -> None:
    """Nothing stays behind, whatever is in them."""
    ended = run_helm(make_program(tmp_path, "cat values.yaml; pwd >&2"), [], {"values.yaml": b"a: 1"})
    assert ended.output == b"a: 1"
    assert not Path(ended.complaint.strip()).exists()


def test_paths_in_a_complaint_are_relative(tmp_path: Path) -> None:
    """Where it ran is nobody's concern, and differs each time."""
    ended = run_helm(make_program(tmp_path, 'echo "Error: $PWD/chart.tgz is odd" >&2; exit 3'), [], {})
    assert (ended.code, ended.complaint) == (3, "Error: chart.tgz is odd\n")


def test_it_is_stopped_when_it_takes_too_long(tmp_path: Path) -> None:
    """A template may loop for ever."""
    start = time.monotonic()
    ended = run_helm(make_program(tmp_path, "exec sleep 60"), [], {}, timeout_s=0.2)
    assert (ended.code, ended.complaint) == (-1, "Error: it was not done after 0.2 s")
    assert time.monotonic() - start < 30


def test_it_is_stopped_when_it_writes_too_much(tmp_path: Path) -> None:
    """A template may write without end."""
    ended = run_helm(make_program(tmp_path, "exec yes"), [], {}, limit=1000)
    assert (ended.code, ended.output, ended.complaint) == (-1, b"", "Error: it renders more than 1000 bytes")


def test_words_reach_it_as_they_are(tmp_path: Path) -> None:
    """No shell reads them."""
    words = ["a b", "$HOME", "`id`", "*"]
    ended = run_helm(make_program(tmp_path, 'for one in "$@"; do printf "%s\\n" "$one"; done'), words, {})
    assert ended.output.decode().splitlines() == words


def test_a_program_that_cannot_be_run_is_said(tmp_path: Path) -> None:
    """With its path and the system's reason."""
    with pytest.raises(OutsideError, match=r"cannot run .*helm: no such file"):
        run_helm(Helm(path=str(tmp_path / "helm"), version=""), [json.dumps({})], {})
