"""Mirrors in references: what no reference can say is refused, and nothing but the registry changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.images.find import find_images
from trimtab.images.prefix import plan_prefix
from trimtab.images.reference import parse_reference
from trimtab.images.rewrite import find_left, rewrite_images

PREFIXES = {"quay.io": "m.example.org/quay", "docker.io": "m.example.org/hub"}


@pytest.mark.parametrize(
    ("mirror", "prefix"),
    [
        ("https://mirror.example.org/v2/ghcr", "mirror.example.org/ghcr"),
        ("https://mirror.example.org/v2/ghcr/", "mirror.example.org/ghcr"),
        ("https://Mirror.example.org:5000", "mirror.example.org:5000"),
        ("https://mirror.example.org/v2", "mirror.example.org"),
        ("https://[2001:db8::1]:5000/v2/a", "[2001:db8::1]:5000/a"),
        ("http://mirror.example.org/v2/ghcr", None),
        ("https://mirror.example.org/artifactory/ghcr/v2", None),
        ("https://mirror.example.org/v2beta", None),
        ("https://mirror.example.org/v2/ghcr?ns=ghcr.io", None),
        ("https://user@mirror.example.org/v2/a", None),
    ],
)
def test_address_of_a_mirror_is_a_name_or_is_refused(mirror: str, prefix: str | None) -> None:
    """The API's own path is not part of a name, and plain HTTP cannot be said."""
    assert plan_prefix(mirror) == prefix
    if prefix is not None:
        assert parse_reference(f"{prefix}/a/b:1").name == f"{prefix}/a/b"


OBJECT: dict[str, Any] = yaml.safe_load("""
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
    - name: a
      image: quay.io/a/b:v1
      args: [--solver-image=quay.io/a/s:v1, --url=https://quay.io/a]
      env: [{name: MY_IMAGE, value: busybox}, {name: RELATED_IMAGE_X, value: "busybox:1"}]
    - {name: b, image: ghcr.io/a/b:v1}
""")


def test_rewriting_changes_the_registry_and_nothing_else() -> None:
    """Arguments keep their flag, addresses stay, and so do the images of other registries."""
    first, second = rewrite_images(OBJECT, PREFIXES)["spec"]["containers"]
    assert first["image"] == "m.example.org/quay/a/b:v1"
    assert first["args"] == ["--solver-image=m.example.org/quay/a/s:v1", "--url=https://quay.io/a"]
    assert [one["value"] for one in first["env"]] == ["busybox", "m.example.org/hub/library/busybox:1"]
    assert second == OBJECT["spec"]["containers"][1]


def test_object_that_is_rewritten_stays_as_it_was() -> None:
    """The caller's object is not touched, and one without such images is given back itself."""
    before = repr(OBJECT)
    rewrite_images(OBJECT, PREFIXES)
    assert repr(OBJECT) == before
    assert rewrite_images(OBJECT, {"r.example.org": "m"}) is OBJECT


def test_several_images_in_one_text_are_all_rewritten() -> None:
    """From the end to the start, so that places stay right."""
    text = "a:\n  image: quay.io/a/b:v1\nb:\n  image: quay.io/a/c:v1\n"
    made = rewrite_images({"kind": "ConfigMap", "data": {"x": text}}, PREFIXES)
    assert made["data"]["x"] == text.replace("quay.io", "m.example.org/quay")


def test_rewriting_twice_is_rewriting_once() -> None:
    """A mirror's own name is no registry that is rewritten."""
    once = rewrite_images(OBJECT, PREFIXES)
    assert rewrite_images(once, PREFIXES) == once


def test_what_an_operator_picks_is_left_and_named() -> None:
    """No text of the object names it."""
    kibana = {"apiVersion": "kibana.k8s.elastic.co/v1", "kind": "Kibana", "spec": {"version": "9.5.0"}}
    assert rewrite_images(kibana, {"docker.elastic.co": "m.example.org"}) is kibana
    (left,) = find_left(find_images(kibana), ["docker.elastic.co"])
    assert left.reference.repository == "kibana/kibana"
