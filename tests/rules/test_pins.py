"""What moves under one name is refused; what is pinned, and our own repository's branch, is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import iter_charts
from trimtab.catalogue.key_tree import Known
from trimtab.catalogue.operator_images import OPERATOR_TAGS, operator_version
from trimtab.kube.pins import find_moving_image, iter_unpinned

OWN = "https://git.example.org/platform.git"


@pytest.mark.parametrize(
    ("image", "moves"),
    [
        ("nginx", True),
        ("nginx:latest", True),
        ("registry.example.org:5000/nginx", True),
        ("registry.example.org:5000/nginx:1.2", False),
        ("nginx:Main", True),
        ("nginx:latest@sha256:0123", False),
        ("nginx@sha256:0123", False),
        ("nginx:1.29-alpine", False),
        ("", False),
    ],
)
def test_an_image_moves_without_a_tag_or_with_a_moving_one(image: str, moves: bool) -> None:
    """A digest pins it, whatever the tag; a port is no tag."""
    assert (find_moving_image(image) is not None) == moves


@pytest.mark.parametrize(
    ("source", "moves"),
    [
        ({"repoURL": OWN, "targetRevision": "main"}, False),
        ({"repoURL": "https://other", "targetRevision": "main"}, True),
        ({"repoURL": "https://other"}, True),
        ({"repoURL": "https://other", "targetRevision": "HEAD"}, True),
        ({"repoURL": "https://other", "targetRevision": "v1.2.3"}, False),
        ({"repoURL": "https://other", "targetRevision": "release-20260101"}, False),
        ({"repoURL": "https://other", "targetRevision": "0123abcd"}, False),
        ({"repoURL": "https://other", "targetRevision": "v1.*"}, True),
        ({"repoURL": "https://other", "chart": "x", "targetRevision": "1.2.3"}, False),
        ({"repoURL": "https://other", "chart": "x", "targetRevision": "1.2.x"}, True),
        ({"repoURL": "https://other", "chart": "x", "targetRevision": "^1.2.3"}, True),
        ({"repoURL": "https://other", "chart": "x", "targetRevision": ">=1"}, True),
        ({"repoURL": "https://other", "chart": "x"}, True),
    ],
)
def test_a_source_moves_with_a_branch_or_a_range(source: dict[str, str], moves: bool) -> None:
    """In either form of an Application."""
    for spec in ({"source": source}, {"sources": [source]}):
        manifest = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": spec}
        assert bool(list(iter_unpinned(manifest, (OWN,)))) == moves


def test_containers_are_found_wherever_a_pod_is() -> None:
    """Pod, CronJob and a custom resource with a pod template alike, with the path of each image."""
    pod: dict[str, Any] = {"initContainers": [{"image": "a"}], "containers": [{"image": "b:1"}, {"image": "c"}]}
    manifest = {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "spec": {"jobTemplate": {"spec": {"template": {"spec": pod}}}},
    }
    found = [one.path[-3:] for one in iter_unpinned(manifest)]
    assert found == [("initContainers", 0, "image"), ("containers", 1, "image")]


@pytest.mark.parametrize("pin", [pin for pin in iter_charts() if pin.chart in OPERATOR_TAGS], ids=lambda pin: pin.chart)
def test_charts_read_the_tags_that_are_watched(pin: Any) -> None:
    """A path that no chart reads would guard nothing."""
    facts = chart_facts(pin.chart, pin.version)
    assert facts is not None
    assert [path for path in OPERATOR_TAGS[pin.chart] if not isinstance(facts.knows(path), Known)] == []
    assert operator_version(pin)


def test_the_operator_of_calico_has_a_version_of_its_own(codes: Callable[[str], list[str]]) -> None:
    """The chart's version is Calico's; naming the operator's own is no mistake, and naming Calico's is."""
    values = "{calico-operator: {tigeraOperator: {version: %s}}}"
    calico = f"components: {{calico: {{version: v3.32.1, values: {values}}}}}"
    settings = f"kubernetes: {{provides: [coredns]}}\n{calico}"
    pin = next(pin for pin in iter_charts() if (pin.chart, pin.version) == ("tigera-operator", "v3.32.1"))
    assert "image-does-not-fit-chart" not in codes(settings % operator_version(pin))
    assert "image-does-not-fit-chart" in codes(settings % "v3.32.1")


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("v1.21.1", []),
        ("1.21.1@sha256:00", []),
        ("v1.20.0", ["image-does-not-fit-chart"]),
        ("latest", ["unpinned-source"]),
    ],
)
def test_an_overridden_image_fits_or_is_refused(codes: Callable[[str], list[str]], tag: str, found: list[str]) -> None:
    """The chart's own version is fine, with a digest too; a tag that moves is another mistake."""
    values = (
        f"components: {{cert-manager: {{version: v1.21.1, values: {{cert-manager: {{image: {{tag: '{tag}'}}}}}}}}}}"
    )
    assert codes(values) == found


@pytest.mark.parametrize(
    ("version", "tag", "found"),
    [
        ("1.35", "v2.31.0", False),
        ("1.34.2", "v2.31.0", False),
        ("1.34", "v2.31.0", True),
        ("1.36", "v2.31.0", True),
        ("1.32.1", "v2.31.0", True),
        ("1.34", "v2.10.0", False),
    ],
)
def test_a_tag_of_kubespray_installs_what_it_has(
    codes: Callable[[str], list[str]], version: str, tag: str, found: bool
) -> None:
    """A minor alone means the tag's newest; a tag that nobody knows is not judged."""
    said = codes(f"kubernetes: {{version: '{version}', distributionVersion: {tag}}}")
    assert ("kubespray-brings-another-kubernetes" in said) == found
