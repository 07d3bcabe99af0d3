"""Rules on images are quiet where a machine can run them, and where all of a registry can be rewritten."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository, codes, write_repository


@pytest.fixture
def repository(tmp_path) -> Repository:
    """A repository with one cluster, `lab`."""
    return write_repository(tmp_path / "repository")


def test_one_machine_of_the_right_processor_is_enough(repository: Repository) -> None:
    """With one of them the pods are kept there; with none there is nowhere to go."""
    repository.add("components: {external-secrets: {}}\nnodes: {one: {arch: arm}}")
    assert "mixed-architectures" not in codes(repository.check())
    repository.add("nodes: {two: {arch: arm}}")
    assert "mixed-architectures" in codes(repository.check())


def test_machine_that_takes_no_pods_does_not_count(repository: Repository) -> None:
    """A control plane with its taint is not where pods run."""
    repository.add("components: {external-secrets: {}}\nnodes: {one: {schedulable: false}, two: {arch: arm}}")
    assert "mixed-architectures" in codes(repository.check())


def test_rendered_charts_can_be_rewritten(repository: Repository) -> None:
    """What we render is in our hands."""
    repository.add("registries: {quay.io: {mirror: 'https://mirror.example.org/v2/quay', rewrite: true}}")
    assert "image-not-rewritten" in codes(repository.check())
    repository.add("delivery: rendered")
    assert "image-not-rewritten" not in codes(repository.check())


@pytest.mark.parametrize("mirror", ["", "mirror: 'http://mirror.example.org', "])
def test_rewriting_needs_a_mirror_with_a_name(repository: Repository, mirror: str) -> None:
    """Plain HTTP cannot be said in a reference, and without a mirror there is nothing to say."""
    repository.add(f"registries: {{quay.io: {{{mirror}rewrite: true}}}}")
    assert codes(repository.check()) == ["rewrite-without-mirror"]
