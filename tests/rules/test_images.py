"""Rules on images are quiet where a machine can run them, and where all of a registry can be rewritten."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository, codes, only, write_repository


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


QUAY = "registries: {quay.io: {mirror: 'https://mirror.example.org/v2/quay', rewrite: true}}"


def test_charts_are_rewritten_whoever_renders_them(repository: Repository) -> None:
    """Values name the mirror where Argo CD renders, objects where we do."""
    repository.add(QUAY)
    assert "image-not-rewritten" not in codes(repository.check())
    repository.add("delivery: rendered")
    assert "image-not-rewritten" not in codes(repository.check())


def test_value_of_the_user_that_names_the_registry_is_told_at_its_place(repository: Repository) -> None:
    """It comes last, so that it would win; what we render ourselves is rewritten after it."""
    repository.add(QUAY)
    repository.add(
        "components: {cert-manager: {values: {cert-manager: {webhook: {image: {repository: quay.io/a/b}}}}}}"
    )
    finding = only(repository.check(), "image-not-rewritten")
    assert finding.path[:4] == ("components", "cert-manager", "values", "cert-manager")
    assert "this value names quay.io/a/b" in finding.message
    repository.add("delivery: rendered")
    assert "image-not-rewritten" not in codes(repository.check())


def test_chart_of_which_nothing_is_known_is_told(repository: Repository) -> None:
    """Its archive is not at hand: nobody knows what it pulls."""
    repository.add(QUAY)
    repository.add("applications: {shop: {chart: {repoURL: 'https://charts.example.org', name: shop, version: 1.0.0}}}")
    finding = only(repository.check(), "image-not-rewritten")
    assert "shop, of which nothing is known" in finding.message
    assert finding.help is not None
    assert finding.help.startswith("run `trimtab lock`")


@pytest.mark.parametrize("mirror", ["", "mirror: 'http://mirror.example.org', "])
def test_rewriting_needs_a_mirror_with_a_name(repository: Repository, mirror: str) -> None:
    """Plain HTTP cannot be said in a reference, and without a mirror there is nothing to say."""
    repository.add(f"registries: {{quay.io: {{{mirror}rewrite: true}}}}")
    assert codes(repository.check()) == ["rewrite-without-mirror"]
