"""Images in chart values: whole ones are listed, and of a part it is said that only the chart knows the rest."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.images.reference import parse_reference
from trimtab.images.values import Fragment, find_value_images

KNOWN = [parse_reference("quay.io/a/b:v1"), parse_reference("docker.io/rook/ceph:v1.20.6")]


def read(values: dict[str, Any]) -> list[str]:
    """Give each image, and the path of each fragment in brackets."""
    return [
        f"({'.'.join(map(str, one.path))})" if isinstance(one, Fragment) else str(one.reference)
        for one in find_value_images(values, KNOWN)
    ]


@pytest.mark.parametrize(
    ("values", "image"),
    [
        ({"image": "r.example.org/x/y:1"}, "r.example.org/x/y:1"),
        ({"image": {"registry": "r.example.org", "repository": "x/y", "tag": "1"}}, "r.example.org/x/y:1"),
        ({"image": {"repository": "r.example.org/x/y", "tag": 7}}, "r.example.org/x/y:7"),
        ({"image": {"repository": "a/b", "tag": "v2"}}, "quay.io/a/b:v2"),
        ({"image": {"registry": "quay.io", "repository": "a/b"}}, "quay.io/a/b:v1"),
        ({"image": {"repository": "a/b", "pullPolicy": "Always"}}, "quay.io/a/b:v1"),
        ({"cephImage": {"repository": "quay.io/a/b", "tag": "v2"}}, "quay.io/a/b:v2"),
        ({"image": {"repository": "quay.io/a/b", "sha": "0a" * 32}}, f"quay.io/a/b@sha256:{'0a' * 32}"),
        ({"deep": [{"extraArgs": ["--helper-image=busybox:1"]}]}, "docker.io/library/busybox:1"),
        ({"env": [{"name": "MY_IMAGE", "value": "busybox:1"}]}, "docker.io/library/busybox:1"),
    ],
)
def test_images_are_completed_from_what_the_chart_has(values: dict[str, Any], image: str) -> None:
    """A registry or a tag that is left out is that of the chart's own image of this name."""
    assert read(values) == [image]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"image": {"tag": "v2"}}, "image"),
        ({"image": {"registry": "r.example.org"}}, "image"),
        ({"image": {"repository": "nobody/knows"}}, "image"),
        ({"image": {"repository": "nobody/knows", "tag": "v1"}}, "image"),
        ({"global": {"imageRegistry": "r.example.org"}}, "global.imageRegistry"),
    ],
)
def test_part_of_an_image_is_not_guessed(values: dict[str, Any], path: str) -> None:
    """Which registry a chart puts before it only the chart knows."""
    assert read(values) == [f"({path})"]


@pytest.mark.parametrize(
    "values",
    [
        {"imageSet": {"name": "x"}, "imagePullPolicy": "Always", "image": {"pullPolicy": "Always"}},
        {"image": {}, "host": "quay.io/a", "url": "https://quay.io/a/b:v1", "image2": None},
        {"tolerations": [{"key": "node-role.kubernetes.io/control-plane"}], "image": ""},
    ],
)
def test_values_without_an_image_have_none(values: dict[str, Any]) -> None:
    """Policies, sets, addresses."""
    assert read(values) == []
