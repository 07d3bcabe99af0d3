"""Releases that the catalogue does not hold take all that is not said from one that it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trimtab.catalogue.chart import ChartPin, KubernetesRange, OwnFacts, Release
from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import find_release, iter_components, newest_release, releases
from trimtab.catalogue.versions import parse_version
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.own_releases import iter_refusals, know_release, plan_own_releases
from trimtab.components.releases import wanted_release
from trimtab.settings.own_release import OwnRange, OwnRelease

PLAIN = OwnRelease()


def plan(component: str, version: str, entry: OwnRelease = PLAIN) -> Release:
    """Make one release."""
    [release] = plan_own_releases({component: {version: entry}})[component]
    return release


def refusals(component: str, version: str, entry: OwnRelease = PLAIN) -> list[str]:
    """Give what is wrong with an entry, and where."""
    found = iter_refusals({component: {version: entry}})
    return [f"{'.'.join(map(str, one.path))}: {one.message}; {one.help}" for one in found]


def next_patch(version: str) -> str:
    """Give a patch that nobody has published."""
    head, _, _ = version.rpartition(".")
    return f"{head}.999"


@pytest.mark.parametrize("component", list(iter_components()))
def test_patch_is_like_the_newest_of_its_minor(component: str) -> None:
    """Every component can take one: same charts by role, the ones that count with the release at the new version."""
    known = newest_release(component)
    own = plan(component, next_patch(known.version))
    assert (own.like, own.version, own.is_own) == (known.version, next_patch(known.version), True)
    assert (list(own.charts), own.kubernetes, own.images) == (list(known.charts), known.kubernetes, known.images)
    for role, pin in known.charts.items():
        follows = pin.version.removeprefix("v") == known.version.removeprefix("v")
        assert own.charts[role].version == (next_patch(pin.version) if follows else pin.version)


def test_spelling_is_upstreams() -> None:
    """The leading `v` of charts and revisions stays, whether the user writes one or not."""
    own = plan("cert-manager", "1.21.9")
    assert (own.version, own.charts["main"].version, own.charts["main"].app_version) == ("v1.21.9",) * 3
    assert plan("gateway-api", "v1.6.9").files["crds"].revision == "v1.6.9"


def test_unknown_minor_is_like_the_newest_below() -> None:
    """A minor between two known ones is like the older."""
    assert plan("rook", "v1.21.0").like == newest_release("rook").version
    assert plan("csi-driver-nfs", "4.12.99").like == "4.12.1"
    assert plan("csi-driver-nfs", "4.13.0").like == "4.13.4"
    assert plan("prometheus", "87.99.0").like == "87.21.0"


def test_what_is_said_wins() -> None:
    """`like`, a chart that counts otherwise, and the range of Kubernetes."""
    entry = OwnRelease(like="3.4.1", charts={"fluent-bit": "0.58.9"}, kubernetes=OwnRange(oldest="1.33", newest="1.36"))
    own = plan("logging", "3.5.9", entry)
    assert own.like == "3.4.1"
    assert [pin.version for pin in own.charts.values()] == ["3.5.9", "3.5.9", "0.58.9"]
    assert own.kubernetes == KubernetesRange(oldest="1.33", newest="1.36")


def test_only_new_charts_are_unknown() -> None:
    """A chart that stays at the version of the known release has the catalogue's facts."""
    charts = plan("logging", "3.5.99").charts
    assert charts["operator"].facts is None
    assert charts["fluent_bit"].facts is chart_facts("fluent-bit", charts["fluent_bit"].version)


def test_files_in_git_are_taken_for_those_of_the_known_release() -> None:
    """No lock fetches them."""
    assert plan("gateway-api", "1.6.99").files["crds"].facts is chart_facts("gateway-api", "1.6.1")


@pytest.mark.parametrize(
    ("component", "version", "entry", "said"),
    [
        ("cert-manger", "v1.21.9", PLAIN, "releases.cert-manger: the catalogue has no releases of 'cert-manger'; did"),
        ("rook", "1.20.6", PLAIN, "releases.rook.1.20.6: the catalogue holds rook 1.20.6 by now; remove the entry"),
        (
            "rook",
            "v1.17.9",
            PLAIN,
            "releases.rook.v1.17.9: rook v1.17.9 is older than every release that Trimtab knows",
        ),
        ("rook", "v1.20.9", OwnRelease(like="v1.20.8"), "releases.rook.v1.20.9.like: v1.20.8 is no release of rook"),
        (
            "rook",
            "v1.20.9",
            OwnRelease(charts={"rook": "1.0.0"}),
            "releases.rook.v1.20.9.charts.rook: rook v1.20.6 has",
        ),
        ("gateway-api", "1.6.9", OwnRelease(charts={"x": "1.0.0"}), "releases.gateway-api.1.6.9.charts.x: gateway-api"),
        (
            "rook",
            "v1.20.9",
            OwnRelease(kubernetes=OwnRange(oldest="1.36", newest="1.33")),
            "releases.rook.v1.20.9.kubernetes: no Kubernetes is as old as 1.33 and as new as 1.36",
        ),
    ],
)
def test_entry_that_makes_no_release(component: str, version: str, entry: OwnRelease, said: str) -> None:
    """It is refused at its place, and no release is made of it."""
    [refused] = refusals(component, version, entry)
    assert refused.startswith(said)
    assert plan_own_releases({component: {version: entry}}).get(component, ()) == ()


def test_older_patch_of_the_oldest_minor_can_be_taken() -> None:
    """Its values are known."""
    oldest = releases("rook")[-1]
    head, _, _ = oldest.version.rpartition(".")
    assert plan("rook", f"{head}.0").like == oldest.version


def test_settings_carry_their_releases() -> None:
    """The version that they name is found, and settings that know of none are as they were."""
    own = plan("cert-manager", "v1.21.9")
    settings = Settings(version="1.21.9")
    assert wanted_release("cert-manager", settings).version == newest_release("cert-manager").version
    assert wanted_release("cert-manager", settings.knowing((own,))) is own
    assert wanted_release("cert-manager", Settings().knowing((own,))) is newest_release("cert-manager")
    assert settings.own_releases == ()
    assert settings.knowing(()) is settings
    assert settings.knowing((own,)).model_copy(update={"version": "v1.21.1"}).own_releases == (own,)


def test_what_is_known_of_a_chart_comes_with_its_application() -> None:
    """A chart that counts by itself tells in its archive which application it installs."""
    own = plan("argocd", "10.1.99")
    facts = chart_facts("argo-cd", "10.1.1")
    assert facts is not None
    known = know_release(own, lambda _: OwnFacts(facts=replace(facts, app_version="v3.4.9")))
    assert (own.walked, known.walked, known.charts["main"].app_version) == ("v3.4.4", "v3.4.9", "v3.4.9")
    assert own.charts["main"].facts is None
    assert known.charts["main"].facts is not None


def test_what_nobody_knows_leaves_a_chart_as_it_was() -> None:
    """So does what the catalogue holds."""
    own = plan("logging", "3.5.99")

    def find(pin: ChartPin) -> OwnFacts | None:
        return OwnFacts(lacks="gone") if pin.chart == "fluent-bit" else None

    assert know_release(own, find).charts == own.charts


def test_versions_of_a_made_release_compare() -> None:
    """What the schema accepts as a version is one."""
    found = find_release("rook", "1.20.9", (plan("rook", "v1.20.9"),))
    assert found is not None
    assert parse_version(found.version) > parse_version(newest_release("rook").version)
