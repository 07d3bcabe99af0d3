"""What may be an address, a label or prose is no image; what can be nothing else is one."""

from __future__ import annotations

import pytest

from trimtab.images.texts import find_in_argument, find_spelled_out, is_hint, iter_in_config


@pytest.mark.parametrize(
    "text",
    [
        "https://quay.io/a/b:v1",
        "oci://quay.io/charts/a:v1",
        "docker://quay.io/a:v1",
        "quay.io/a/b",
        "see quay.io/a/b:v1",
        "node-role.kubernetes.io/control-plane:NoSchedule",
        "example.org/dedicated:NoExecute",
        "topology.kubernetes.io/zone:a",
        "scheduling.k8s.io/x:v1",
        "a/b:v1",
        "/var/lib/x:ro",
        "10.0.0.0/8",
        "prometheus.monitoring.svc:9090",
        "[::]:8080",
        "quay.io/a/b:$(VERSION)",
        "{{ image }}/a.b:v1",
    ],
)
def test_what_only_looks_like_an_image_is_none(text: str) -> None:
    """Without a name that says so, a text must spell out registry, repository and version, and be no label."""
    assert find_spelled_out(text) is None
    assert find_in_argument(f"--what={text}") is None
    assert find_in_argument(text) is None


@pytest.mark.parametrize(
    ("text", "image"),
    [
        (
            "--acme-http01-solver-image=quay.io/jetstack/cert-manager-acmesolver:v1.21.1",
            "quay.io/jetstack/cert-manager-acmesolver:v1.21.1",
        ),
        ("--prometheus-config-reloader=quay.io/p/c:v1", "quay.io/p/c:v1"),
        ("--helper-image=busybox:1.37", "docker.io/library/busybox:1.37"),
        ("--helper-image busybox:1.37", "docker.io/library/busybox:1.37"),
        ("registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10"),
        ("localhost:5000/a:1", "localhost:5000/a:1"),
        ("[2001:db8::1]:5000/a:1", "[2001:db8::1]:5000/a:1"),
    ],
)
def test_image_in_an_argument_is_found(text: str, image: str) -> None:
    """The place is that of the image alone, so that it can be replaced."""
    found = find_in_argument(text)
    assert found is not None
    reference, start, end = found
    assert str(reference) == image
    assert text[:start] + text[start:end] == text
    assert text[start:end] in (image, "busybox:1.37")


@pytest.mark.parametrize(
    "name", ["image", "baseImage", "helper-image", "ROOK_CSI_CEPH_IMAGE", "RELATED_IMAGE_PROXY", "reloader_image"]
)
def test_names_that_announce_an_image(name: str) -> None:
    """The last word says what the value is."""
    assert is_hint(name)


@pytest.mark.parametrize("name", ["imagePullPolicy", "images", "IMAGE_PULL_SECRET", "imageFeatures", "imagine", ""])
def test_names_that_do_not(name: str) -> None:
    """Another last word makes it something else."""
    assert not is_hint(name)


def test_manifest_in_a_config_map_is_read_line_by_line() -> None:
    """A pod that a provisioner starts has its image in a text; comments and templates have none."""
    text = 'spec:\n  containers:\n    - image: "busybox:1.37"\n    # image: quay.io/a/b:v1\n    image: {{ .x }}\n'
    found = list(iter_in_config("helperPod.yaml", text))
    assert [str(reference) for reference, _, _ in found] == ["docker.io/library/busybox:1.37"]
    (_, start, end) = found[0]
    assert text[start:end] == "busybox:1.37"


def test_image_set_of_one_line_each_is_read() -> None:
    """A value that spells an image out needs no telling key."""
    assert [str(one) for one, _, _ in iter_in_config("provisioner", "registry.k8s.io/sig/p:v6\n")] == [
        "registry.k8s.io/sig/p:v6"
    ]
    assert list(iter_in_config("provisioner", "https://registry.k8s.io/sig/p:v6")) == []
