"""The command `trimtab verify`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from git_support.git import commit_all
from repository_support.repository import Repository

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\ndata: {a: b}\n"
BAD = GOOD.replace("{a: b}", "{a: 1}")


def test_good_tree_ends_with_0(repository: Repository) -> None:
    """Nothing wrong is said with what was looked at, and the version of Kubernetes that was assumed."""
    repository.write("tree/a.yaml", GOOD)
    done = repository.call("verify", "tree")
    assert done.returncode == 0
    assert "nothing wrong: 1 objects in 1 files\n" in done.stderr
    assert "is assumed" in done.stderr


def test_fault_ends_with_1_and_is_shown(repository: Repository) -> None:
    """A fault is shown with its place and the line."""
    repository.write("tree/a.yaml", BAD)
    done = repository.call("verify", "tree", "--kubernetes", "1.35")
    assert done.returncode == 1
    assert "--> tree/a.yaml:4:11" in done.stderr
    assert "4 | data: {a: 1}" in done.stderr


def test_secret_is_never_printed(repository: Repository) -> None:
    """No form of the output holds the value of a Secret."""
    repository.write(
        "tree/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {p: hunter2, q: 1}\n"
    )
    for form in ("text", "json", "sarif", "github"):
        done = repository.call("verify", "tree", "--format", form)
        assert done.returncode == 1
        assert "hunter2" not in done.stdout + done.stderr


def test_default_is_the_output_folder(repository: Repository) -> None:
    """Beside apps/, dist/ is verified: manifests in apps/ are what it was made from."""
    assert repository.call("synth").returncode == 0
    repository.write("apps/manifests/lab/x/a.yaml", BAD)
    done = repository.call("verify", "--strict")
    assert (done.returncode, "nothing wrong" in done.stderr) == (0, True)


def test_sarif_is_written_to_stdout(repository: Repository) -> None:
    """A SARIF log is one JSON document on stdout, with or without findings."""
    repository.write("tree/a.yaml", BAD)
    (run,) = json.loads(repository.call("verify", "tree", "--format", "sarif").stdout)["runs"]
    assert [one["ruleId"] for one in run["results"]] == ["wrong-field-type"]
    repository.write("tree/a.yaml", GOOD)
    (run,) = json.loads(repository.call("verify", "tree", "--format", "sarif").stdout)["runs"]
    assert run["results"] == []


def test_revision_is_verified(repository: Repository) -> None:
    """A folder of an earlier revision is read from Git."""
    repository.write("tree/a.yaml", BAD)
    commit_all(repository.root)
    repository.write("tree/a.yaml", GOOD)
    assert repository.call("verify", "HEAD:tree").returncode == 1
    assert repository.call("verify", "tree").returncode == 0


@pytest.mark.parametrize("arguments", [("nowhere",), ("--kubernetes", "latest"), ("--config", "no.yaml", "--nothing")])
def test_wrong_usage_ends_with_2(repository: Repository, arguments: tuple[str, ...]) -> None:
    """What is neither folder nor revision, and what is no version, is wrong usage."""
    assert repository.call("verify", *arguments).returncode == 2


@pytest.mark.parametrize("version", ["latest", "", "1", "v1.35.2+k3s1"])
def test_inventory_with_any_version_is_read(repository: Repository, version: str) -> None:
    """What nobody can read is passed over, for anybody may have written the tree."""
    index: dict[str, Any] = {"format": 1, "trimtab": "0", "cluster": "a", "kubernetes": version, "files": {}}
    index |= {"applications": [], "secrets": [], "hostNames": []}
    repository.write("tree/index.json", json.dumps(index))
    repository.write("tree/a.yaml", GOOD)
    assert repository.call("verify", "tree").returncode == 0


def test_config_that_is_not_there_is_an_error(repository: Repository) -> None:
    """A file that `--config` names and that is not there is an error, and nothing is verified without it."""
    repository.write("tree/a.yaml", GOOD)
    done = repository.call("verify", "tree", "--config", "no.yaml")
    assert done.returncode == 1
    assert "unreadable-file" in done.stderr
