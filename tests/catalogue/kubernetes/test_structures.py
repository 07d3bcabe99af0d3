"""What is known of Kubernetes' own kinds, minor by minor."""

from __future__ import annotations

import time
from collections import Counter
from importlib.resources import files

from trimtab.catalogue.kubernetes import structures
from trimtab.catalogue.kubernetes.served import api_versions, served_versions
from trimtab.catalogue.kubernetes.structures import find_structure, kinds_of, minors, scopes
from trimtab.catalogue.kubernetes.time_zones import time_zones


def test_every_minor_that_settings_may_name_is_known() -> None:
    """From 1.31, the oldest that a release of the catalogue supports."""
    assert {(1, minor) for minor in (31, 32, 33, 34, 35, 36)} <= set(minors())


def test_facts_are_small_and_quick_to_read() -> None:
    """They ship in the wheel, and every `synth` reads them."""
    assert len(files("trimtab.catalogue.kubernetes").joinpath("structures.json").read_bytes()) < 400_000
    structures._record.cache_clear()
    start = time.process_time()
    structures._record()
    assert time.process_time() - start < 0.2


def test_every_kind_belongs_somewhere() -> None:
    """Whatever a minor serves lives in a namespace or belongs to the cluster, and nothing else is in the table."""
    assert set(scopes()) == {(group, kind) for minor in minors() for group, _, kind in kinds_of(minor)}
    assert Counter(scopes().values()) == {"Namespaced": 46, "Cluster": 40}


def test_versions_come_stable_ones_first() -> None:
    """The first is the one to write."""
    assert served_versions((1, 33), "networking.k8s.io", "ServiceCIDR")[0] == "v1"


def test_charts_see_stable_versions_alone() -> None:
    """New beta versions have not been on by default since 1.24; flowcontrol's is older."""
    assert {"apps/v1", "apps/v1/Deployment", "v1", "v1/Pod"} <= set(api_versions((1, 35)))
    assert "networking.k8s.io/v1beta1" not in api_versions((1, 33))
    assert "flowcontrol.apiserver.k8s.io/v1beta3" in api_versions((1, 31))
    assert "flowcontrol.apiserver.k8s.io/v1beta3" not in api_versions((1, 32))


def test_field_is_there_from_its_minor_on() -> None:
    """Resources of whole pods came with 1.32."""
    kind = kinds_of((1, 35))["", "v1", "Pod"]
    assert "spec" in find_structure((1, 35), kind).fields
    assert "resources" not in find_structure((1, 31), "core.v1.PodSpec").fields
    assert "resources" in find_structure((1, 32), "core.v1.PodSpec").fields


def test_fields_with_a_default_are_not_required() -> None:
    """The schemas call them required; the API server fills them in."""
    assert "apiGroup" not in find_structure((1, 35), "rbac.v1.RoleRef").required
    assert "name" in find_structure((1, 35), "rbac.v1.RoleRef").required


def test_time_zones_are_those_of_the_world() -> None:
    """And `Local` is not one of them."""
    assert {"Etc/UTC", "UTC", "Europe/Berlin"} <= time_zones()
    assert "Local" not in time_zones()
