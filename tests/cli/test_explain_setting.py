"""`trimtab explain` for settings."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository
from trimtab.cli.explain_setting import is_setting
from trimtab.rules.codes import CODES


def test_a_setting_is_told_whole(repository: Repository) -> None:
    """Meaning, type, example: all on stdout."""
    done = repository.call("explain", "rook.blockPools.*.replicas")
    assert done.returncode == 0
    assert done.stdout.startswith("components.rook.blockPools.*.replicas\nHow many copies there are.")
    assert "type: a whole number, 1 to 10\n" in done.stdout
    assert "      replicapool:\n          replicas: 3\n" in done.stdout


def test_a_component_lists_its_settings(repository: Repository) -> None:
    """What may stand in a mapping is listed with the first sentence of each."""
    said = repository.call("explain", "rook").stdout
    assert "\nsettings of components.rook:\n" in said
    assert "  blockPools " in said


def test_a_cluster_says_what_stands_there_and_where(repository: Repository) -> None:
    """The winning layer comes first, and what it hides is named."""
    repository.write("apps/platform.yaml", 'domain: a.example.org\ngitops: {repoURL: "https://g.example.org/a.git"}\n')
    said = repository.call("explain", "domain", "--cluster", "lab").stdout
    assert said.endswith(
        "in lab:\n"
        "  domain = lab.example.org\n"
        "    from apps/clusters/lab.yaml:9\n"
        "    instead of what stands in apps/platform.yaml:1\n"
    )


def test_a_star_means_all_that_a_cluster_has(repository: Repository) -> None:
    """Every node's address, each with its line."""
    said = repository.call("explain", "nodes.*.address", "--cluster", "lab").stdout
    assert "  nodes.one.address = 192.0.2.11\n" in said
    assert "  nodes.two.address = 192.0.2.12\n" in said


def test_where_nothing_is_said_the_default_is(repository: Repository) -> None:
    """A default stands in no file."""
    said = repository.call("explain", "kubernetes.clusterDomain", "--cluster", "lab").stdout
    assert "nothing is said in any file; the default holds: cluster.local" in said


def test_a_secret_is_never_printed(repository: Repository) -> None:
    """A value below a key such as `token` is told by its length."""
    repository.add('components: {cert-manager: {values: {cert-manager: {token: "hunter2"}}}}')
    said = repository.call("explain", "cert-manager.values.cert-manager.token", "--cluster", "lab").stdout
    assert "hunter2" not in said
    assert "a text of 7 characters" in said


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("rook.blokPools", "did you mean 'blockPools'?"),
        ("rok.blockPools", "did you mean 'rook'?"),
        ("network.pod", "did you mean 'pods'?"),
    ],
)
def test_an_unknown_setting_names_the_nearest(repository: Repository, asked: str, near: str) -> None:
    """Wrong usage, with what was meant."""
    done = repository.call("explain", asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert near in done.stderr


def test_an_unknown_cluster_is_a_finding(repository: Repository) -> None:
    """The meaning is told all the same."""
    done = repository.call("explain", "domain", "--cluster", "lap")
    assert done.returncode == 1
    assert "did you mean 'lab'?" in done.stderr


def test_no_code_is_taken_for_a_setting() -> None:
    """A word is the one or the other."""
    assert [code for code in CODES if is_setting(code)] == []
