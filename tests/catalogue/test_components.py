"""The pinned releases agree with themselves and with the facts about their charts."""

from __future__ import annotations

import pytest

from trimtab.catalogue.chart import ChartPin, GitPin, KubernetesRange, Release
from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import (
    find_release,
    iter_charts,
    iter_components,
    newest_of_minor,
    newest_release,
    releases,
)
from trimtab.catalogue.hosts import has_ipv6
from trimtab.catalogue.versions import parse_version

RELEASES = [release for component in iter_components() for release in releases(component)]
CHARTS = list(iter_charts())


def _name(value: Release | ChartPin) -> str:
    return f"{value.component}-{value.version}"


@pytest.mark.parametrize("component", list(iter_components()))
def test_newest_release_stands_first(component: str) -> None:
    """The first is what the settings get when they name no version, so the order is no accident."""
    versions = [parse_version(release.version) for release in releases(component)]
    assert versions == sorted(versions, reverse=True)
    assert newest_release(component) is releases(component)[0]


@pytest.mark.parametrize("release", RELEASES, ids=_name)
def test_every_release_installs_something(release: Release) -> None:
    """A release has charts or files, and each of them knows whose it is."""
    pins: list[ChartPin | GitPin] = [*release.charts.values(), *release.files.values()]
    assert pins
    assert {pin.component for pin in pins} == {release.component}


@pytest.mark.parametrize("release", RELEASES, ids=_name)
def test_every_fact_has_its_source(release: Release) -> None:
    """A range, floor, image or architecture that nobody can look up is a guess."""
    stated = {"charts", "files", "kubernetes", "floor", "images", "architectures", "one_minor_at_a_time"}
    given = {name for name in stated if getattr(release, name)}
    assert given - {"one_minor_at_a_time"} <= set(release.source)


@pytest.mark.parametrize("release", RELEASES, ids=_name)
def test_floor_is_below_the_release(release: Release) -> None:
    """One can come from the floor, and from no version above the release."""
    assert release.floor is None or parse_version(release.floor) < parse_version(release.version)


@pytest.mark.parametrize("pin", CHARTS, ids=lambda pin: f"{pin.chart}-{pin.version}")
def test_every_chart_has_facts(pin: ChartPin) -> None:
    """What a pinned chart renders is known, and for the application version that the pin names."""
    facts = chart_facts(pin.chart, pin.version)
    assert facts is not None
    assert facts.app_version == pin.app_version


@pytest.mark.parametrize("pin", CHARTS, ids=lambda pin: f"{pin.chart}-{pin.version}")
def test_repositories_are_spelled_for_argo_cd(pin: ChartPin) -> None:
    """Argo CD wants OCI without a scheme, and reads an index over HTTPS."""
    assert pin.oci != pin.repo_url.startswith("https://")
    assert "oci://" not in pin.repo_url
    assert not pin.repo_url.endswith("/")


@pytest.mark.parametrize(
    ("component", "reachable"), [("calico", True), ("cert-manager", True), ("metallb", True), ("argocd", False)]
)
def test_charts_come_from_a_host_with_ipv6_where_there_is_one(component: str, reachable: bool) -> None:
    """Networking must come up on a cluster that speaks IPv6 alone; Argo CD's own chart has no such home."""
    hosts = {pin.host for pin in newest_release(component).charts.values()}
    assert {has_ipv6(host) for host in hosts} == {reachable}


def test_a_release_is_found_with_and_without_its_v() -> None:
    """People write `1.20.6` for what upstream calls `v1.20.6`."""
    assert find_release("rook", "1.20.6") is find_release("rook", "v1.20.6") is releases("rook")[0]
    assert find_release("rook", "1.20.7") is None
    assert find_release("no-such-component", "1.0.0") is None


def test_an_unknown_patch_has_a_neighbour() -> None:
    """The release nearest to a patch that came out after us is the newest one of its minor."""
    assert newest_of_minor("rook", "v1.19.99") is find_release("rook", "v1.19.10")
    assert newest_of_minor("rook", "v1.21.0") is None


def test_crds_of_calico_are_a_chart_of_their_own_since_3_32() -> None:
    """The chart of definitions comes first, and only where the operator's chart no longer holds them."""
    assert [list(release.charts) for release in releases("calico")] == [
        ["crds", "operator"],
        ["operator"],
        ["operator"],
    ]


def test_csi_drivers_are_a_chart_of_their_own_since_rook_1_20() -> None:
    """The drivers come after the operator that serves their kinds."""
    assert [list(release.charts) for release in releases("rook")] == [
        ["operator", "drivers"],
        ["operator"],
        ["operator"],
    ]


def test_the_newest_storage_network_and_certificates_share_three_minors() -> None:
    """Rook, Calico and cert-manager together run on Kubernetes 1.34, 1.35 and 1.36."""
    ranges = [newest_release(name).kubernetes for name in ("rook", "calico", "cert-manager")]
    shared = [m for m in (f"1.{n}" for n in range(30, 40)) if all(r and m in r for r in ranges)]
    assert shared == ["1.34", "1.35", "1.36"]


@pytest.mark.parametrize(
    ("version", "inside"), [("1.31.9", True), ("v1.36.4", True), ("1.30.12", False), ("1.37.0", False)]
)
def test_a_range_counts_whole_minors(version: str, inside: bool) -> None:
    """Every patch of the newest minor is inside."""
    assert (version in KubernetesRange(oldest="1.31", newest="1.36")) is inside


def test_a_range_without_an_end_is_open() -> None:
    """A chart that says `>=1.19` says nothing about what comes."""
    assert "1.99" in KubernetesRange(oldest="1.19")
    assert str(KubernetesRange(oldest="1.19")) == "1.19 and newer"


def test_releases_can_be_keys() -> None:
    """Plans and caches are kept by release."""
    assert len(set(RELEASES)) == len(RELEASES)
