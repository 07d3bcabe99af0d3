"""Rules on order: what nobody brings has a code of its own kind."""

from __future__ import annotations

import pytest

from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, GatewayClass, Issuer, Need, Offer, PodNetwork, StorageClass
from trimtab.plan.order import plan_order
from trimtab.rules.order import RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings

SETTINGS = {
    "cluster": "lab",
    "kubernetes": {"version": "1.35"},
    "network": {"pods": ["10.1.0.0/16"], "services": ["10.2.0.0/16"]},
    "gitops": {"repoURL": "https://git.example.org/platform.git"},
}


def check(*needs: Need, offers: tuple[Offer, ...] = ()) -> dict[str, list[Problem]]:
    """Put the rules of order to a cluster with one application, and give what speaks."""
    cluster = Cluster(Settings.model_validate(SETTINGS))
    shop = Application(name="shop", component="own", namespace="shop", needs=needs)
    subject = Subject(
        cluster=cluster,
        components={},
        facts=Facts(cluster, offers),
        applications=(shop,),
        order=plan_order([shop], offers),
    )
    return {rule.code: problems for rule in RULES if (problems := list(rule.check(subject)))}


@pytest.mark.parametrize(
    ("need", "code"),
    [
        (Need(offer=PodNetwork), "no-pod-network"),
        (Need(offer=StorageClass, name="fast"), "unknown-storage-class"),
        (Need(offer=Issuer, name="letsencrypt"), "unknown-issuer"),
        (Need(offer=GatewayClass, name="public"), "unknown-gateway-class"),
        (Need(offer=ApiGroup, name="example.org"), "kind-not-served"),
    ],
)
def test_what_nobody_brings_is_found_under_one_code(need: Need, code: str) -> None:
    """Each kind of need has its own code, and no other rule speaks of it."""
    assert list(check(need)) == [code]


def test_what_is_there_instead_is_named() -> None:
    """A wrong name is mended by seeing the right ones."""
    offers = (StorageClass(by="rook", name="slow"), StorageClass(by="rook", name="large"))
    (problem,) = check(Need(offer=StorageClass, name="fast"), offers=offers)["unknown-storage-class"]
    assert problem.help == "there are: large, slow"


def test_a_need_that_is_met_is_quiet() -> None:
    """Any class will do where none is named."""
    assert check(Need(offer=StorageClass), offers=(StorageClass(by="rook", name="slow"),)) == {}


def test_one_setting_is_told_once() -> None:
    """Two applications' worth of one need at one path is one finding."""
    need = Need(offer=StorageClass, name="fast", path=("components", "own"))
    assert len(check(need, need)["unknown-storage-class"]) == 1


def test_what_any_of_its_kind_would_meet_is_said_with_an_article() -> None:
    """The message reads as a sentence with a name and without one."""
    (named,) = check(Need(offer=StorageClass, name="fast"))["unknown-storage-class"]
    (any_one,) = check(Need(offer=StorageClass))["unknown-storage-class"]
    assert "needs StorageClass fast, and nothing in this cluster brings it" in named.message
    assert "needs a StorageClass, and nothing" in any_one.message
