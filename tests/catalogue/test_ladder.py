"""A way between versions never skips what must be walked, goes up only, and ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.catalogue.components import find_release, iter_components, releases
from trimtab.catalogue.kubespray import TAGS, find_tag
from trimtab.catalogue.ladder import (
    Fault,
    Rung,
    component_ladder,
    component_rung,
    find_fault,
    find_next,
    kubernetes_ladder,
    kubespray_ladder,
    plan_walk,
)
from trimtab.catalogue.no_way_back import NO_WAY_BACK
from trimtab.catalogue.steps import STEPS, UpgradeStep, iter_steps
from trimtab.catalogue.versions import is_version, parse_version

VERSIONS = st.builds("{}.{}.{}".format, st.integers(1, 3), st.integers(0, 6), st.integers(0, 4))


@st.composite
def ladders(draw: st.DrawFn) -> list[Rung]:
    """Draw a ladder, newest first: any versions, some with floors below them, all walked or none."""
    walked = draw(st.booleans())
    versions = draw(st.lists(VERSIONS, min_size=1, max_size=14, unique=True))
    rungs = []
    for version in sorted(versions, key=parse_version, reverse=True):
        floor = draw(st.none() | st.sampled_from(versions))
        lower = floor if floor and parse_version(floor) < parse_version(version) else None
        rungs.append(Rung(version=version, floor=lower, one_minor_at_a_time=walked))
    return rungs


@given(ladders(), VERSIONS, st.data())
def test_every_step_of_a_way_may_be_taken(ladder: list[Rung], start: str, data: st.DataObject) -> None:
    """Each step goes up, has no fault, and stays at or below the goal; so the way ends."""
    goal = data.draw(st.sampled_from(ladder))
    here = Rung(version=start)
    for step in plan_walk(here, goal, ladder):
        assert here.at < step.at <= goal.at
        assert find_fault(here, step, ladder) is None
        here = step


@given(ladders(), VERSIONS, st.data())
def test_no_way_is_missed(ladder: list[Rung], start: str, data: st.DataObject) -> None:
    """Taking the farthest step never leads into a dead end that another step would have avoided."""
    goal = data.draw(st.sampled_from(ladder))
    here = Rung(version=start)
    way = plan_walk(here, goal, ladder)
    reached = (way[-1] if way else here).at == goal.at
    assert reached == (goal.at in {rung.at for rung in _reachable(here, ladder)} or here.at == goal.at)


def _reachable(start: Rung, ladder: list[Rung]) -> list[Rung]:
    found = [start]
    for here in found:
        fitting = (rung for rung in ladder if rung.at > here.at and find_fault(here, rung, ladder) is None)
        found += [rung for rung in fitting if rung not in found]
    return found[1:]


@given(st.integers(20, 40), st.integers(0, 12))
def test_kubernetes_is_walked_minor_by_minor(first: int, more: int) -> None:
    """No minor is left out, whatever the distance."""
    old, new = f"1.{first}", f"1.{first + more}"
    way = plan_walk(Rung(version=old), Rung(version=new), kubernetes_ladder(old, new))
    assert [rung.version for rung in way] == [f"1.{minor}" for minor in range(first + 1, first + more + 1)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("1.34", "1.35", None),
        ("1.34.9", "1.35.0", None),
        ("1.34", "1.36", Fault.SKIPPED_MINOR),
        ("1.35", "1.34", Fault.DOWNGRADE),
        ("1.35.2", "1.35.1", Fault.DOWNGRADE),
        ("1.35", "1.35", None),
    ],
)
def test_kubernetes_takes_one_minor_at_a_time(old: str, new: str, fault: Fault | None) -> None:
    """Anything else kubeadm refuses (version skew policy)."""
    assert find_fault(Rung(version=old), Rung(version=new, one_minor_at_a_time=True)) is fault


def test_rook_is_entered_at_its_floor() -> None:
    """1.20 wants 1.19.5 first, so 1.19.4 is too old and the newest 1.19 is the step between."""
    ladder = component_ladder("rook")
    goal = ladder[0]
    assert find_fault(Rung(version="v1.19.4"), goal, ladder) is Fault.BELOW_FLOOR
    assert find_fault(Rung(version="v1.19.5"), goal, ladder) is None
    assert [rung.version for rung in plan_walk(Rung(version="v1.18.0"), goal, ladder)] == ["v1.19.10", "v1.20.6"]


def test_the_application_of_a_chart_is_what_is_walked() -> None:
    """Argo CD's chart counts by itself: its majors may be passed as long as the application's minors are not."""
    ladder = component_ladder("argocd")
    old, new = component_rung("argocd", "9.4.18"), component_rung("argocd", "10.1.1")
    assert old is not None
    assert new is not None
    assert find_fault(old, new, ladder) is None
    assert component_rung("argocd", "8.0.0") is None, "nobody knows which application that chart had"


def test_calico_may_skip_minors() -> None:
    """Its own page says so, down to 3.15."""
    ladder = component_ladder("calico")
    assert find_fault(Rung(version="v3.20.0"), ladder[0], ladder) is None
    assert find_fault(Rung(version="v3.14.0"), ladder[0], ladder) is Fault.BELOW_FLOOR


def test_a_gap_in_what_is_known_ends_the_way() -> None:
    """What the catalogue no longer has cannot be named: the way is empty, and the message says so."""
    ladder = component_ladder("cert-manager")
    assert find_next(Rung(version="v1.14.0"), ladder[0], ladder) is None


def test_a_major_is_entered_at_its_first_minor() -> None:
    """From one major to the next what lies between can only be looked up."""
    ladder = [Rung(version=v, one_minor_at_a_time=True) for v in ("3.0.1", "2.9.0", "2.8.0")]
    assert find_fault(ladder[1], ladder[0], ladder) is None
    assert find_fault(ladder[2], ladder[0], ladder) is Fault.SKIPPED_MINOR


def test_kubespray_tags_are_walked_and_bring_one_minor_each() -> None:
    """Newest first, each tag installs three minors, the next one a minor more (kubelet_checksums)."""
    assert [rung.version for rung in kubespray_ladder()] == [tag.version for tag in TAGS]
    newest = [parse_version(tag.kubernetes.newest or "").minor_number for tag in TAGS]
    assert newest == list(range(newest[0], newest[0] - len(TAGS), -1))
    assert all(tag.installs in tag.kubernetes for tag in TAGS)


def test_another_patch_of_a_tag_installs_the_same_minors() -> None:
    """2.29.0 is not in the table and is not unknown either."""
    assert find_tag("2.29.0") == find_tag("v2.29.1")
    assert find_tag("v2.10.0") is None


@pytest.mark.parametrize("name", NO_WAY_BACK)
def test_what_does_not_go_back_is_known(name: str) -> None:
    """A name that nothing has would never be found."""
    assert name in {"kubernetes", "kubespray", *iter_components()}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.component}-{step.at}")
def test_every_step_has_its_version_and_source(step: UpgradeStep) -> None:
    """A step of a component that is not there, or without a source, would be a rumour."""
    assert step.component in set(iter_components())
    assert is_version(step.at)
    assert "/" in step.source


def test_steps_are_met_once_and_only_on_the_way() -> None:
    """Those of the version one comes from are behind; those of the goal count."""
    met = [step.at for step in iter_steps("rook", "v1.19.0", "v1.20.6")]
    assert met
    assert set(met) == {"1.20.0"}
    texts = [step.text for step in iter_steps("rook", "v1.17.0", "v1.20.6")]
    assert len(texts) == len(set(texts))
    assert list(iter_steps("rook", "v1.20.0", "v1.20.6")) == []


@pytest.mark.parametrize("component", list(iter_components()))
def test_every_release_is_a_rung(component: str) -> None:
    """What can be pinned can be compared."""
    for release in releases(component):
        assert find_release(component, release.version) is release
        assert component_rung(component, release.version) is not None


def test_releases_of_the_repository_are_rungs() -> None:
    """They stand among those of the catalogue, with the floors of the one that they are like; and minors are walked."""
    like = releases("cert-manager")[0]
    own = (replace(like, version="v1.22.0", like=like.version), replace(like, version="v1.21.99", like=like.version))
    ladder = component_ladder("cert-manager", own)
    assert [rung.version for rung in ladder][:3] == ["v1.22.0", "v1.21.99", like.version]
    old, new = component_rung("cert-manager", "v1.20.3", own), component_rung("cert-manager", "1.22.0", own)
    assert old is not None
    assert new is not None
    assert find_fault(old, new, ladder) is Fault.SKIPPED_MINOR
    assert [rung.version for rung in plan_walk(old, new, ladder)] == ["v1.21.99", "v1.22.0"]
    assert component_ladder("cert-manager")[0].version == like.version
