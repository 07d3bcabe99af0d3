"""The values that name images: all usual images of all charts have one, and every chart still reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trimtab.catalogue.chart import ChartPin, OwnFacts
from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.catalogue.image_value_rows import ROWS
from trimtab.catalogue.image_values import image_values
from trimtab.catalogue.key_tree import Known
from trimtab.catalogue.picked_images import IMAGE_SET, picked_images
from trimtab.images.reference import find_reference

NEVER_INSTALLED = {"rook-ceph-cluster"}
"""Charts whose objects are ours."""


def pin_of(chart: str, version: str, own: OwnFacts | None = None) -> ChartPin:
    """Give a pin of a chart."""
    return ChartPin(component="x", chart=chart, version=version, app_version="", repo_url="", oci=False, own=own)


def names(*images: str) -> set[str]:
    """Give registry and repository of images, written out."""
    return {found.name for image in images if (found := find_reference(image))}


@pytest.mark.parametrize(("chart", "version"), [one for one in known_charts() if one[0] not in NEVER_INSTALLED])
def test_every_usual_image_of_a_chart_is_named_by_a_value(chart: str, version: str) -> None:
    """So that nothing of a registry stays behind when it is rewritten."""
    facts = chart_facts(chart, version)
    assert facts is not None
    assert names(*facts.images) <= names(*(one.image for one in image_values(pin_of(chart, version))))


@pytest.mark.parametrize("chart", sorted(ROWS))
def test_every_value_is_read_by_some_version(chart: str) -> None:
    """A key that nobody reads would be a spelling mistake of ours."""
    facts = [chart_facts(name, version) for name, version in known_charts() if name == chart]
    for _, keys in ROWS[chart]:
        for key in keys.values():
            assert any(isinstance(one.knows(tuple(key.split("."))), Known) for one in facts if one), key


def test_a_value_that_a_version_does_not_read_is_not_set() -> None:
    """Unknown keys are refused by charts with a schema, and do nothing in the others."""
    facts = chart_facts("traefik", "41.3.0")
    assert facts is not None
    own = OwnFacts(facts=replace(facts, keys={"image": "map", "image.repository": "string"}))
    assert image_values(pin_of("traefik", "99.0.0", own)) == ()


def test_a_renamed_image_does_not_get_its_old_name_back() -> None:
    """Of a version that the catalogue does not hold only what its archive showed counts."""
    facts = chart_facts("traefik", "41.3.0")
    assert facts is not None
    same = OwnFacts(facts=facts)
    renamed = OwnFacts(facts=replace(facts, images=("docker.io/traefik/proxy:v4",)))
    assert [one.image for one in image_values(pin_of("traefik", "99.0.0", same))] == ["docker.io/traefik"]
    assert image_values(pin_of("traefik", "99.0.0", renamed)) == ()
    assert image_values(pin_of("traefik", "99.0.0", OwnFacts())) == ()


def test_drivers_of_ceph_get_what_they_ask_for() -> None:
    """The sidecar of snapshots only where some driver takes them, nothing where an image set is named."""
    quiet = {"drivers": {"rbd": {"enabled": True}, "nfs": {"enabled": False, "snapshotPolicy": "volumeSnapshot"}}}
    loud = {"drivers": {"rbd": {"snapshotPolicy": "volumeSnapshot", "deployCsiAddons": True}}}
    some, more = (picked_images("ceph-csi-drivers", "1.0.4", values) for values in (quiet, loud))
    assert "quay.io/cephcsi/cephcsi:v3.17.0" in some
    assert [one.rpartition("/")[2].partition(":")[0] for one in more[len(some) :]] == ["csi-snapshotter", "k8s-sidecar"]
    values = {"operatorConfig": {"driverSpecDefaults": {"imageSet": {"name": "mine"}}}}
    assert IMAGE_SET == ("operatorConfig", "driverSpecDefaults", "imageSet", "name")
    assert picked_images("ceph-csi-drivers", "1.0.4", values) == ()
    assert picked_images("ceph-csi-drivers", "9.9.9", {}) == picked_images("harbor", "1.0.4", {}) == ()
