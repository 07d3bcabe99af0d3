"""Branches of the repository that a tree lies in may be followed."""

from __future__ import annotations

import subprocess

import pytest

US = "https://git.example.org/us/tree.git"
APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: default
  destination: {{server: https://kubernetes.default.svc, namespace: default}}
  source: {{repoURL: "{url}", targetRevision: main, path: {name}}}
"""


def write(name: str, url: str = US) -> str:
    """Write an Application that follows a branch."""
    return APPLICATION.format(name=name, url=url)


def test_one_stranger_is_flagged(found):
    """Nothing says that the repository is the tree's."""
    assert [one.split()[0] for one in found({"a.yaml": write("a")})] == ["unpinned-source"]


def test_what_most_folders_come_from_is_the_trees_own(found):
    """Another repository beside it is still a stranger."""
    other = write("c", "https://git.example.org/them/tree.git")
    (line,) = found({"a.yaml": write("a"), "b.yaml": write("b"), "c.yaml": other})
    assert line.startswith("unpinned-source c.yaml")


@pytest.mark.parametrize("url", [US, "git@git.example.org:us/tree.git", "ssh://git@git.example.org/Us/tree"])
def test_a_remote_is_the_trees_own_however_it_is_written(found, tmp_path, url):
    """One Application is enough then."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(
        ["git", "-C", tmp_path, "remote", "add", "origin", "https://x:y@git.example.org/us/tree"], check=True
    )
    assert found({"apps/a.yaml": write("a", url)}) == []


def test_repository_whose_folders_are_here_is_the_trees_own(found, tmp_path):
    """One Application is enough then too."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    cm = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: default}}\n"
    assert found({"apps/a.yaml": write("a"), "a/cm.yaml": cm}) == []


def test_chart_with_a_range_stays_flagged(found):
    """A range is no branch of ours, wherever the chart comes from."""
    chart = write("c").replace("path: c", "chart: c").replace("main", '"*"')
    (line,) = found({"a.yaml": write("a"), "b.yaml": write("b"), "c.yaml": chart})
    assert line.startswith("unpinned-source c.yaml")
