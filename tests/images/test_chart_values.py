"""Values that move a chart's images to mirrors: the registry changes, the rest stays, and what stays behind is told."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.catalogue.chart import ChartPin, OwnFacts
from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.images.chart_values import find_kept, rewrite_values

PREFIXES = {
    host: f"m.example.org/{host.partition('.')[0]}"
    for host in ("quay.io", "ghcr.io", "docker.io", "registry.k8s.io", "docker.elastic.co")
}
NEWEST = dict(known_charts())


def pin_of(chart: str, own: OwnFacts | None = None) -> ChartPin:
    """Give a pin of the newest known version of a chart."""
    version = NEWEST.get(chart, "1.0.0")
    return ChartPin(component="x", chart=chart, version=version, app_version="", repo_url="", oci=False, own=own)


def rewritten(chart: str, values: dict[str, Any]) -> dict[str, Any]:
    """Give the values of a chart that pulls from mirrors."""
    return rewrite_values(pin_of(chart), values, PREFIXES)


@pytest.mark.parametrize(
    ("chart", "at", "value"),
    [
        ("cert-manager", ("webhook", "image"), {"repository": "m.example.org/quay/jetstack/cert-manager-webhook"}),
        ("traefik", ("image",), {"registry": "m.example.org/docker", "repository": "library/traefik"}),
        ("sealed-secrets", ("image",), {"registry": "m.example.org/docker"}),
        ("tigera-operator", ("tigeraOperator",), {"registry": "m.example.org/quay"}),
        ("ingress-nginx", ("global", "image"), {"registry": "m.example.org/registry"}),
        ("eck-operator", ("config",), {"containerRegistry": "m.example.org/docker"}),
        ("csi-driver-nfs", ("image", "nfs"), {"repository": "m.example.org/registry/sig-storage/nfsplugin"}),
        ("argo-cd", ("redis-ha", "exporter"), {"image": "m.example.org/ghcr/oliver006/redis_exporter"}),
    ],
)
def test_each_way_of_naming_an_image_is_moved(chart: str, at: tuple[str, ...], value: dict[str, Any]) -> None:
    """One text, a registry beside a repository, a registry for all; Docker Hub's short names are written out."""
    found: Any = rewritten(chart, {})
    for key in at:
        found = found[key]
    assert found == value


def test_values_of_ours_stay_as_they_are_but_for_the_registry() -> None:
    """Tags, other keys and the values that were given are not touched."""
    values = {"image": {"tag": "v1", "repository": "quay.io/mine/controller"}, "replicaCount": 2}
    found = rewritten("cert-manager", values)
    assert found["image"] == {"tag": "v1", "repository": "m.example.org/quay/mine/controller"}
    assert found["replicaCount"] == 2
    assert values["image"] == {"tag": "v1", "repository": "quay.io/mine/controller"}


def test_images_in_texts_of_values_are_moved() -> None:
    """An argument keeps its flag, a list its order, and a tag that stands elsewhere is not made up."""
    values = {
        "extraArgs": ["--v=2", "--acme-http01-solver-image=quay.io/a/solver:v1"],
        "extraContainers": [{"name": "a", "image": "ghcr.io/a/b"}, {"name": "b", "image": "r.example.org/a:1"}],
    }
    found = rewritten("cert-manager", values)
    assert found["extraArgs"] == ["--v=2", "--acme-http01-solver-image=m.example.org/quay/a/solver:v1"]
    assert [one["image"] for one in found["extraContainers"]] == ["m.example.org/ghcr/a/b", "r.example.org/a:1"]


def test_a_name_whose_registry_is_another_value_is_no_image() -> None:
    """`tigera/operator` would be Docker Hub's, were it not for the value beside it."""
    values = {"tigeraOperator": {"image": "tigera/operator"}}
    assert rewritten("tigera-operator", values)["tigeraOperator"]["image"] == "tigera/operator"
    assert find_kept(pin_of("tigera-operator"), rewritten("tigera-operator", values), PREFIXES) == ()


def test_other_registries_stay() -> None:
    """A mirror of one registry changes nothing for a chart that pulls from another."""
    assert rewrite_values(pin_of("traefik"), {"a": 1}, {"quay.io": "m.example.org"}) == {"a": 1}


@pytest.mark.parametrize("chart", sorted(set(NEWEST) - {"rook-ceph-cluster"}))
@pytest.mark.parametrize("host", [*sorted(PREFIXES), None])
def test_nothing_is_kept_of_a_registry_that_was_rewritten(chart: str, host: str | None) -> None:
    """One registry or all of them; and a second time changes nothing."""
    prefixes = {host: PREFIXES[host]} if host else PREFIXES
    values = rewrite_values(pin_of(chart), {}, prefixes)
    assert find_kept(pin_of(chart), values, prefixes) == ()
    assert rewrite_values(pin_of(chart), values, prefixes) == values


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"image": {"registry": "docker.io"}}, ("image", "registry")),
        ({"deployment": {"initContainers": [{"image": "docker.io/a/b:1"}]}}, ("deployment", "initContainers", 0)),
        ({"x": {"image": {"registry": "docker.io", "repository": "a/b", "tag": "1"}}}, ("x", "image")),
    ],
)
def test_values_that_name_the_registry_again_are_told(values: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """What a user says comes last, so that it would win."""
    (found,) = find_kept(pin_of("traefik"), {**rewritten("traefik", {}), **values}, PREFIXES)
    assert found.registry == "docker.io"
    assert (found.path or ())[: len(path)] == path


def test_what_a_user_laid_over_ours_stays_and_the_rest_is_moved() -> None:
    """A key of theirs is not touched, whatever it names; one beside it is still ours."""
    ours = {"image": {"tag": "v1"}, "extraArgs": ["--acme-http01-solver-image=quay.io/a/s:v1"]}
    theirs = {"image": {"tag": "v2", "repository": "quay.io/mine/c"}, "extraArgs": []}
    found = rewrite_values(pin_of("cert-manager"), ours, PREFIXES, merged={**ours, **theirs})
    assert (found["image"], found["extraArgs"]) == (theirs["image"], [])
    assert found["webhook"]["image"]["repository"] == "m.example.org/quay/jetstack/cert-manager-webhook"


def test_chart_of_an_unknown_version_is_moved_once_its_archive_is_known() -> None:
    """Before that nothing is, for nobody knows what it reads."""
    facts = chart_facts("traefik", NEWEST["traefik"])
    before, after = (pin_of("traefik", own) for own in (OwnFacts(), OwnFacts(facts=facts)))
    assert rewrite_values(before, {}, PREFIXES) == {}
    assert rewrite_values(after, {}, PREFIXES)["image"]["registry"] == "m.example.org/docker"


def test_images_that_no_value_is_known_for_are_told() -> None:
    """A chart of the user's own, whose archive showed its images."""
    facts = chart_facts("traefik", NEWEST["traefik"])
    (kept,) = find_kept(pin_of("gateway", OwnFacts(facts=facts)), {"image": {"registry": "m.example.org"}}, PREFIXES)
    assert (kept.registry, kept.name, kept.path) == ("docker.io", "docker.io/library/traefik", None)
