"""From merged settings to models."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import field_validator

from trimtab.settings.build import build_settings
from trimtab.settings.component import ComponentSettings, Size
from trimtab.settings.construct import NotPlainError, construct_model
from trimtab.settings.gitops import GitOps
from trimtab.settings.model import Model


def test_a_cluster_becomes_typed_settings(build):
    """Defaults are there, choices are enumerations."""
    settings, components, findings = build("size: small\ncomponents: {shop: {pools: {fast: {replicas: 2}}}}")
    assert findings == []
    assert settings.size is Size.SMALL
    assert settings.kubernetes.cluster_domain == "cluster.local"
    assert components["shop"].pools["fast"].replicas == 2
    assert set(components) == {"shop"}


def test_only_the_components_of_the_cluster_are_built(build):
    """A component that nobody switched on is not even imported."""
    _, components, _ = build("components: {till: {}}")
    assert set(components) == {"till"}


class Picky(ComponentSettings):
    """A model with a rule of its own, which no schema knows."""

    word: str = "a"
    """A word."""

    @field_validator("word")
    @classmethod
    def _refuse(cls, word: str) -> str:
        raise ValueError(word)


def test_a_model_that_refuses_what_the_schema_accepts_is_our_bug(merge):
    """It is told as such, with the place."""
    merged = merge("components: {picky: {word: b}}")
    _, components, findings = build_settings(merged, {"picky": Picky})
    disagreement = next(finding for finding in findings if finding.path == ("components", "picky", "word"))
    assert components == {}
    assert disagreement.code == "schema-and-model-disagree"
    assert disagreement.place is not None


class One(Model):
    """A model."""

    a: int = 1
    """A number."""


class Two(Model):
    """Another."""

    b: int = 1
    """A number."""


class Choice(Model):
    """A model with a choice of kinds."""

    either: Literal["all"] | One | list[str] | None = None
    """One or the other."""


class Twins(Model):
    """A model with a choice of two mappings."""

    either: One | Two | None = None
    """One or the other."""


@pytest.mark.parametrize("value", ["all", {"a": 2}, ["x"]])
def test_a_choice_of_kinds_goes_by_the_value(value):
    """Text, a mapping and a list cannot be taken for each other."""
    assert construct_model(Choice, {"either": value}) == Choice.model_validate({"either": value})


def test_a_choice_of_two_mappings_goes_by_their_keys():
    """Only one of them knows this key."""
    assert construct_model(Twins, {"either": {"b": 2}}).either == Two(b=2)


def test_two_mappings_that_both_fit_are_left_to_pydantic():
    """The short way cannot tell them apart, and says so."""
    with pytest.raises(NotPlainError):
        construct_model(Twins, {"either": {}})


def test_construction_never_compiles_a_validator():
    """Compiling is what the short way is there to avoid."""
    values: dict[str, Any] = {"repoURL": "https://a"}

    class Fresh(GitOps):
        """A model that nothing has used yet."""

    assert construct_model(Fresh, values).sync.prune is True
    assert not Fresh.__pydantic_complete__
