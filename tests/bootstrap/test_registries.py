"""Every registry that images come from and that has a mirror is told to containerd."""

from __future__ import annotations

import tomllib

from trimtab.bootstrap.containerd import registry_folder
from trimtab.images.reference import parse_reference

FOLDER = "00-hosts/all/files/etc/containerd/certs.d"


def test_each_registry_of_an_image_has_the_folder_that_containerd_looks_in(day0) -> None:
    """Docker Hub, a port, an IPv6 address: as the image's name has them."""
    images = ("busybox", "ghcr.io/a/b:v1", "r.example.org:5000/a", "[2001:db8::1]:5000/a")
    registries = [parse_reference(image).registry for image in images]
    made = day0(registries={one: {"mirror": "https://mirror.example.org/v2/x"} for one in registries})
    for registry in registries:
        value = tomllib.loads(made[f"{FOLDER}/{registry_folder(registry)}/hosts.toml"])
        assert list(value["host"]) == ["https://mirror.example.org/v2/x"]


def test_folder_of_a_registry_is_containerds() -> None:
    """The last colon begins the port (containerd core/remotes/docker/config/hosts.go)."""
    assert registry_folder("r.example.org:5000") == "r.example.org_5000_"
    assert registry_folder("[2001:db8::1]:5000") == "[2001:db8::1]_5000_"
    assert registry_folder("[2001:db8::1]") == "[2001:db8::1]"
    assert "/" not in registry_folder("../../[..]/x:../1")


def test_mirror_that_images_name_is_trusted_like_the_registry(day0) -> None:
    """The pull goes to the mirror itself then, so that its certificate must be known under its own name."""
    mirrored = {"mirror": "https://mirror.example.org:5000/v2/x", "caFile": "certs/ca.pem"}
    made = day0(registries={"ghcr.io": {**mirrored, "rewrite": True}})
    value = tomllib.loads(made[f"{FOLDER}/mirror.example.org_5000_/hosts.toml"])
    assert value["host"]["https://mirror.example.org:5000"]["ca"] == "/etc/containerd/certs.d/ghcr.io/ca.crt"
    assert f"{FOLDER}/mirror.example.org_5000_/hosts.toml" not in day0(registries={"ghcr.io": mirrored}).files
