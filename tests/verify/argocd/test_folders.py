"""Folders that Applications read from, held against the repository's files."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import application, complain, read_entries, say
from trimtab.verify.complaint import Unchecked
from trimtab.verify.world import World

URL = "https://git.example.org/shop.git"
OTHER = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"


def found(*files: str, folder: str = "deploy", more: str = "") -> list[tuple[str, str]]:
    """Give code and help for an Application that reads a folder, beside one that shows which repository it is."""
    world = World(kubernetes=(1, 35), foreign=True, files=frozenset({"known/a.yaml", *files}))
    text = f"source: {{repoURL: '{URL}', targetRevision: main, path: {folder}{more}}}"
    known = f"source: {{repoURL: '{URL}', targetRevision: main, path: known}}"
    entries = read_entries(application(text)) + read_entries(application(known, "name: known"))
    return [(one.code, one.help) for one in complain(entries, world)]


def test_folder_with_manifests_is_quiet() -> None:
    """However it is written."""
    assert found("deploy/a.yaml") == []
    assert found("deploy/a.yaml", folder="./deploy/") == []
    assert found("deploy/Chart.yaml", "deploy/values.yaml") == []
    assert found("deploy/kustomization.yaml") == []


def test_folder_that_is_not_there_is_found() -> None:
    """With the one that was meant."""
    assert found("deploy/a.yaml", folder="deplyo") == [("source-without-manifests", "did you mean 'deploy'?")]


def test_folder_of_another_repository_is_left_alone() -> None:
    """Nobody knows what is in it."""
    world = World(kubernetes=(1, 35), files=frozenset({"a.yaml"}))
    assert complain(read_entries(application()), world) == []


@pytest.mark.parametrize(
    ("files", "more", "help_"),
    [
        (["deploy/README.md"], "", "put manifests there, or leave the source out"),
        (["deploy/x/a.yaml"], "", "its manifests lie in folders below: say 'directory: {recurse: true}'"),
        (["deploy/a.yaml"], ", directory: {include: '*.json'}", "none of its files passes 'include' and 'exclude'"),
        (["deploy/a.yaml"], ", directory: {exclude: 'a*'}", "none of its files passes 'include' and 'exclude'"),
    ],
)
def test_folder_without_manifests_is_found(files: list[str], more: str, help_: str) -> None:
    """The Application would be Synced and have no objects."""
    assert found(*files, more=more) == [("source-without-manifests", help_)]


def test_folders_below_count_where_they_are_read() -> None:
    """Not those whose name only begins alike."""
    assert found("deploy/x/a.yaml", more=", directory: {recurse: true}") == []
    assert [code for code, _ in found("deploy/x.md", "deploy-b/a.yaml", more=", directory: {recurse: true}")] == [
        "source-without-manifests"
    ]


def test_values_file_among_manifests_is_found() -> None:
    """Unless it is left out."""
    assert [code for code, _ in found("deploy/a.yaml", "deploy/values.yaml")] == ["values-under-source-path"]
    assert found("deploy/a.yaml", "deploy/values.yaml", more=", directory: {exclude: 'values*'}") == []


def test_without_the_files_it_is_said() -> None:
    """Of a tree of somebody else's; ours lays its folders out itself."""
    foreign = World(kubernetes=(1, 35), foreign=True)
    assert [type(one) for one in say(read_entries(application()), foreign)] == [Unchecked]
    assert say(read_entries(application())) == []
