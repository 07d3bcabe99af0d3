"""What is said of a render points to settings, names what it is about, and gives a cure that fits."""

from __future__ import annotations

import pytest

from helm_support.made import identity, make_request, pack_chart
from trimtab.catalogue.chart_facts import CustomKind
from trimtab.charts.capabilities import served_api_versions, tell_api_versions
from trimtab.charts.complaint import clean_complaint
from trimtab.charts.helm_version import check_helm
from trimtab.charts.rendering import Unstable
from trimtab.charts.telling import tell_unstable
from trimtab.doors.helm import Helm

REQUEST = make_request(pack_chart({}), at=("components", "harbor"))


def unstable(name: str, key: str, *values: str) -> Unstable:
    """Make a field that changes."""
    return Unstable(identity=identity("Secret", name), field=("data", key), values=values)


def test_cures_are_joined() -> None:
    """One finding for one release, however many fields."""
    (finding,) = tell_unstable(REQUEST, [unstable("a", "x", "one.secret"), unstable("a", "y", "one.secret", "two")])
    assert finding.help == "set one.secret, two"
    assert finding.path == ("components", "harbor")


def test_what_has_no_known_cure_is_told_apart() -> None:
    """But not the digest of another field, which comes to rest with it."""
    digest = Unstable(identity=identity("Deployment", "d"), field=("spec", "checksum/secret"))
    (finding,) = tell_unstable(REQUEST, [unstable("a", "x", "one"), unstable("b", "y"), digest])
    assert finding.help == "set one; for Secret there/b no value is known"


def test_many_fields_are_counted() -> None:
    """A line that nobody reads to its end helps nobody."""
    (finding,) = tell_unstable(REQUEST, [unstable("a", str(number)) for number in range(8)])
    assert finding.message.endswith("and 3 more")


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("v3.17.4", "helm-too-old"),
        ("v2.17.0", "helm-too-old"),
        ("v3.18.0", "helm-too-old"),
        ("v3.18.1", None),
        ("v3.19.2+gabc", None),
        ("v4.2.1", None),
        ("v5.0.0", "helm-not-tried"),
        ("", "helm-missing"),
        ("what?", "helm-missing"),
    ],
)
def test_helm_is_taken_refused_or_doubted_by_its_version(version: str, code: str | None) -> None:
    """From 3.18.1 to any 4."""
    finding = check_helm(Helm(path="/opt/helm", version=version))
    assert (finding.code if finding else None) == code


def test_no_helm_says_how_to_get_one() -> None:
    """The help is what to do."""
    finding = check_helm(None)
    assert finding is not None
    assert (finding.code, finding.severity) == ("helm-missing", "error")
    assert "install helm 3.18.1 or newer" in (finding.help or "")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Error: no\n\nUse --debug flag to render out invalid YAML\n", "no"),
        ("level=WARN msg=odd\nError: first\nand: second\n", "first; and: second"),
        ("coalesce.go: warning: x\n", "coalesce.go: warning: x"),
        ("", "it does not say why"),
        ("Error: a\x1b[31mb\x00c", "a[31mbc"),
        (f"Error: {'x' * 1000}", f"{'x' * 600}…"),
    ],
)
def test_complaint_of_helm_becomes_one_line(said: str, shown: str) -> None:
    """Without its warnings, without what a terminal would obey, and not without end."""
    assert clean_complaint(said, {}) == shown


def test_short_values_under_secret_keys_stay() -> None:
    """Taking `on` out of a message would make it unreadable; it is no secret."""
    assert clean_complaint("Error: on and on, s3cret!", {"token": "on", "list": [{"apiKey": "s3cret!"}]}) == (
        "on and on, (hidden)"
    )


KIND = CustomKind(group="x.org", kind="Bee", plural="bees", scope="Cluster", served=("v1", "v2"), storage="v2")


@pytest.mark.parametrize(
    ("kubernetes", "api", "served"),
    [
        ("1.35", "policy/v1/PodDisruptionBudget", True),
        ("1.35", "policy/v1", True),
        ("1.35", "policy/v1beta1", False),
        ("1.33.4", "networking.k8s.io/v1/ServiceCIDR", True),
        ("1.32", "networking.k8s.io/v1/ServiceCIDR", False),
        ("1.33", "resource.k8s.io/v1", False),
        ("1.34", "resource.k8s.io/v1", True),
        ("1.36", "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", True),
        ("1.35", "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", False),
        ("1.35", "v1/Pod", True),
        ("1.35", "x.org/v2/Bee", True),
        ("1.35", "x.org/v3/Bee", False),
    ],
)
def test_what_a_cluster_serves(kubernetes: str, api: str, served: bool) -> None:
    """Stable versions of its minor, and the kinds that its applications add."""
    assert (api in served_api_versions(kubernetes, [KIND])) is served


def test_a_chart_is_told_what_it_asks_for() -> None:
    """Traefik asks for the budget's kind; a kind that nobody asks for changes nothing."""
    served = served_api_versions("1.35", [KIND])
    assert tell_api_versions(served, ["policy/v1/PodDisruptionBudget", "gone/v1"]) == ("policy/v1/PodDisruptionBudget",)
    assert tell_api_versions(served, []) == ()
    assert tell_api_versions(served, None) == served
