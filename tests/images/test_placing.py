"""Which pods may land on every machine."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.images.placing import find_unplaced_pod, iter_container_images


def deployment(**pod: Any) -> dict[str, Any]:
    """Make a Deployment with one container."""
    spec = {"containers": [{"name": "a", "image": "a:1"}], "initContainers": [{"name": "b", "image": "b:1"}], **pod}
    return {"kind": "Deployment", "spec": {"template": {"spec": spec}}}


def test_pod_that_says_nothing_may_run_everywhere() -> None:
    """Its images are given with their places."""
    made = deployment()
    pod = find_unplaced_pod(made)
    assert pod == ("spec", "template", "spec")
    assert [image for _, image in iter_container_images(made, pod)] == ["b:1", "a:1"]


@pytest.mark.parametrize(
    "chosen",
    [{"nodeSelector": {"kubernetes.io/arch": "amd64"}}, {"affinity": {"nodeAffinity": {}}}, {"nodeName": "one"}],
)
def test_pod_that_chooses_is_left_alone(chosen: dict[str, Any]) -> None:
    """Which labels machines have is not all in the settings."""
    assert find_unplaced_pod(deployment(**chosen)) is None


def test_object_without_a_pod_has_none() -> None:
    """Nor has one whose pod is not written."""
    assert find_unplaced_pod({"kind": "ConfigMap", "data": {}}) is None
    assert find_unplaced_pod({"kind": "Deployment", "spec": None}) is None
