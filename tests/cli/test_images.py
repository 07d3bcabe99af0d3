"""`trimtab images`: for people, for programs, and honest about what was not seen."""

from __future__ import annotations

import json

import pytest
import yaml

from repository_support.repository import Repository


@pytest.fixture(autouse=True)
def without_helm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no helm be on the path."""
    monkeypatch.setenv("PATH", "/nonexistent")


def test_text_says_what_was_not_seen(repository: Repository) -> None:
    """The table goes to stdout, registry by registry."""
    done = repository.call("images")
    assert done.returncode == 0
    assert done.stdout.startswith("lab: ")
    assert "quay.io: answers on IPv6" in done.stdout
    assert "not seen" in done.stdout


def test_json_is_one_value(repository: Repository) -> None:
    """A list of clusters, each with its images, registries and gaps."""
    (cluster,) = json.loads(repository.call("images", "--format", "json").stdout)
    assert cluster["cluster"] == "lab"
    assert {"reference", "applications", "architectures", "ipv6", "mirror"} <= {*cluster["images"][0]}
    assert cluster["registries"]["ghcr.io"]["ipv6"] is False
    assert cluster["unseen"]


def test_list_and_skopeo_name_the_same_images(repository: Repository) -> None:
    """What they leave unsaid goes to stderr."""
    plain = repository.call("images", "lab", "--format", "list")
    lines = plain.stdout.splitlines()
    assert lines == sorted(set(lines))
    table = yaml.safe_load(repository.call("images", "--format", "skopeo").stdout)
    assert sum(len(tags) for one in table.values() for tags in one["images"].values()) == len(lines)
    assert "lab: not all images are certain" in plain.stderr


def test_a_mirror_is_filled_from_upstream(repository: Repository) -> None:
    """Rewritten or not, the list has the images where they come from."""
    repository.write(
        "apps/manifests/lab/shop/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'r.example.org/a:1'}]}\n",
    )
    repository.add("registries: {r.example.org: {mirror: 'https://mirror.example.org', rewrite: true}}")
    lines = repository.call("images", "--format", "list").stdout.splitlines()
    assert "r.example.org/a:1" in lines
    assert not any(line.startswith("mirror.example.org") for line in lines)


def test_a_registry_of_charts_that_is_rewritten_is_listed(repository: Repository) -> None:
    """Nothing is wrong with values that name upstream here: `check` is asked whether all of them are moved."""
    repository.add("registries: {quay.io: {mirror: 'https://mirror.example.org', rewrite: true}}")
    done = repository.call("images")
    assert (done.returncode, done.stderr) == (0, "")
    assert "quay.io: answers on IPv6, rewritten to https://mirror.example.org" in done.stdout
    assert "jetstack/cert-manager-controller" in done.stdout


def test_a_lock_that_cannot_be_read_is_told(repository: Repository) -> None:
    """Nothing is printed for programs then."""
    repository.write("charts.lock", "<<<<<<< HEAD\n")
    done = repository.call("images", "--format", "list")
    assert (done.returncode, done.stdout) == (1, "")
    assert "chart-lock-unreadable" in done.stderr


def test_what_skopeo_cannot_take_is_told(repository: Repository) -> None:
    """A registry with a port would stop it; the list has it all the same."""
    repository.write(
        "apps/manifests/lab/shop/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
        "spec: {containers: [{name: a, image: 'r.example.org:5000/a:1'}]}\n",
    )
    done = repository.call("images", "--format", "skopeo")
    assert "r.example.org" not in done.stdout
    assert "left out: r.example.org:5000/a:1" in " ".join(done.stderr.split())
    assert "r.example.org:5000/a:1" in repository.call("images", "--format", "list").stdout.splitlines()
