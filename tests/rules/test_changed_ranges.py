"""Ranges and families are set once; what a cluster may still gain is left alone."""

from __future__ import annotations

import pytest

from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.rules.rule import Subject
from trimtab.rules.upgrades.ranges import check_ip_family_changed, check_range_changed
from trimtab.settings.component import ComponentSettings
from trimtab.settings.root import Settings
from trimtab.tree.base_facts import BaseFacts

FOUR, SIX = "10.233.0.0/18", "fd00:2::/108"


def subject(old: list[str], new: list[str], *, ceph: bool = False) -> Subject:
    """Give a cluster whose Service ranges were others."""
    settings = Settings.model_validate(
        {
            "apiVersion": "trimtab/v1",
            "cluster": "lab",
            "kubernetes": {"version": "1.35"},
            "network": {"pods": ["10.244.0.0/16"], "services": new},
            "gitops": {"repoURL": "https://git.example.org/x.git"},
        }
    )
    cluster = Cluster(settings)
    versions = {"rook": "v1.20.6"} if ceph else {}
    return Subject(
        cluster=cluster,
        components={name: ComponentSettings() for name in versions},
        facts=Facts(cluster),
        base=BaseFacts(kubernetes="1.35", pods=("10.244.0.0/16",), services=tuple(old), versions=versions),
    )


@pytest.mark.parametrize(
    ("old", "new", "ceph", "found"),
    [
        ([FOUR], [SIX], False, True),
        ([FOUR, SIX], [SIX, FOUR], False, True),
        ([FOUR, SIX], [FOUR], False, True),
        ([FOUR], [FOUR, SIX], False, False),
        ([FOUR], [FOUR, SIX], True, True),
        ([FOUR], [SIX, FOUR], False, True),
        ([FOUR], [FOUR], True, False),
        ([], [SIX], True, False),
    ],
)
def test_a_family_may_be_gained_and_nothing_else(old: list[str], new: list[str], ceph: bool, found: bool) -> None:
    """Kubernetes takes a second family in; Ceph does not, and the first one is everybody's."""
    assert bool(list(check_ip_family_changed(subject(old, new, ceph=ceph)))) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([FOUR], ["10.99.0.0/16"], True),
        ([SIX], ["fd00:0002::/108"], False),
        ([FOUR], [FOUR, SIX], False),
        ([FOUR, SIX], [FOUR, "fd00:3::/108"], True),
        ([], [FOUR], False),
    ],
)
def test_a_range_stays_however_it_is_spelled(old: list[str], new: list[str], found: bool) -> None:
    """Each family's range is compared by itself."""
    assert bool(list(check_range_changed(subject(old, new)))) == found


def test_without_a_base_nothing_is_compared() -> None:
    """An older inventory says no ranges, and a new cluster has none."""
    one = subject([FOUR], [SIX])
    alone = Subject(cluster=one.cluster, components={}, facts=one.facts)
    assert [*check_ip_family_changed(alone), *check_range_changed(alone)] == []
