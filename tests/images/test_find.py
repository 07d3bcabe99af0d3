"""Every image is found wherever an object names it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.images.calico import find_calico_images
from trimtab.images.find import find_images
from trimtab.images.use import How


def found(text: str) -> dict[str, How]:
    """Give the images of an object with the way each is named."""
    return {str(use.reference): use.how for use in find_images(yaml.safe_load(text))}


def pod(text: str) -> dict[str, How]:
    """The same of a pod with this specification."""
    return found(f"{{apiVersion: v1, kind: Pod, metadata: {{name: x}}, spec: {text}}}")


def custom(kind: str, group: str, spec: str) -> dict[str, How]:
    """The same of a custom resource."""
    return found(f"{{apiVersion: {group}/v1, kind: {kind}, metadata: {{name: x}}, spec: {spec}}}")


@pytest.mark.parametrize("field", ["containers", "initContainers", "ephemeralContainers"])
def test_containers_of_every_sort_are_read(field: str) -> None:
    """An image of one word is one there, as nothing else can stand there."""
    assert pod(f"{{{field}: [{{name: a, image: nginx}}]}}") == {"docker.io/library/nginx:latest": How.CONTAINER}


def test_image_volumes_are_read() -> None:
    """A volume that is an image is pulled like any other."""
    assert pod("{volumes: [{name: a, image: {reference: 'quay.io/a/b:v1', pullPolicy: Always}}]}") == {
        "quay.io/a/b:v1": How.CONTAINER
    }


def test_arguments_and_environment_are_read() -> None:
    """What a container is told to start by itself is pulled too."""
    container = """
      {name: a, image: quay.io/a/b:v1, args: [--solver-image=quay.io/a/solver:v1, --listen=https://quay.io/a:v1],
       env: [{name: RELATED_IMAGE_PROXY, value: proxy:v1}, {name: HOME, value: /root},
             {name: ANY, value: quay.io/a/any:v1}, {name: IMAGE_PULL_POLICY, value: always}]}
    """
    assert pod(f"{{containers: [{container}]}}") == {
        "quay.io/a/b:v1": How.CONTAINER,
        "quay.io/a/solver:v1": How.ARGUMENT,
        "docker.io/library/proxy:v1": How.ENVIRONMENT,
        "quay.io/a/any:v1": How.ENVIRONMENT,
    }


def test_config_maps_are_read() -> None:
    """An operator's image set, and the pod of a provisioner."""
    assert found(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {ROOK_CSI_CEPH_IMAGE: 'quay.io/c/c:v3',"
        " plugin: 'registry.k8s.io/s/p:v1', note: 'pull quay.io/a/b:v1 first', url: 'https://quay.io/a/b:v1'}}"
    ) == {"quay.io/c/c:v3": How.CONFIG, "registry.k8s.io/s/p:v1": How.CONFIG}


@pytest.mark.parametrize(
    ("kind", "group", "spec", "image"),
    [
        ("CephCluster", "ceph.rook.io", "{cephVersion: {image: 'quay.io/ceph/ceph:v20'}}", "quay.io/ceph/ceph:v20"),
        ("Prometheus", "monitoring.coreos.com", "{image: 'quay.io/p/p:v3', version: v3}", "quay.io/p/p:v3"),
        ("Thing", "example.org", "{sidecarImage: {repository: quay.io/a/b, tag: v1}}", "quay.io/a/b:v1"),
        (
            "Elasticsearch",
            "elasticsearch.k8s.elastic.co",
            "{version: 9.5.0}",
            "docker.elastic.co/elasticsearch/elasticsearch:9.5.0",
        ),
        ("Kibana", "kibana.k8s.elastic.co", "{version: 9.5.0}", "docker.elastic.co/kibana/kibana:9.5.0"),
        (
            "Elasticsearch",
            "elasticsearch.k8s.elastic.co",
            "{version: 9.5.0, image: 'r.example.org/es:9'}",
            "r.example.org/es:9",
        ),
    ],
)
def test_custom_resources_are_read(kind: str, group: str, spec: str, image: str) -> None:
    """Their own image, else the one that the operator takes for the version."""
    assert list(custom(kind, group, spec)) == [image]


@pytest.mark.parametrize(
    "text",
    [
        "{apiVersion: v1, kind: Secret, metadata: {name: x}, stringData: {image: 'quay.io/a/b:v1'}}",
        (
            "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: x},"
            " parameters: {imageFeatures: layering, imageFormat: '2'}}"
        ),
        (
            "{apiVersion: x.org/v1, kind: Page, metadata: {name: x, annotations: {image: 'quay.io/a/b:v1'}},"
            " spec: {image: logo, iconImage: 'https://x.org/a.png', tolerations: [{key: x.org/image}]}}"
        ),
        (
            "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: x},"
            " spec: {default: {image: 'quay.io/a/b:v1'}}}"
        ),
    ],
)
def test_what_is_no_image_is_not_found(text: str) -> None:
    """Secrets, schemas, features of volumes, pictures."""
    assert found(text) == {}


def test_items_of_a_list_are_read_with_their_place() -> None:
    """A List is what its items are."""
    item = {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1"}]}}
    (use,) = find_images({"apiVersion": "v1", "kind": "List", "items": [item]})
    assert use.path == ("items", 0, "spec", "containers", 0, "image")


INSTALLATION: dict[str, Any] = {"apiVersion": "operator.tigera.io/v1", "kind": "Installation", "spec": {}}


def calico(*kinds: str, **spec: Any) -> set[str]:
    """Give what Calico's operator pulls, without the tag."""
    others = [{"apiVersion": "operator.tigera.io/v1", "kind": kind} for kind in kinds]
    images = find_calico_images([{**INSTALLATION, "spec": spec}, *others], "v3.32.1")
    return {str(use.reference).removesuffix(":v3.32.1") for _, use in images}


def test_calico_pulls_what_its_installation_asks_for() -> None:
    """The word None leaves the drivers out; other objects bring more."""
    base = {f"quay.io/calico/{name}" for name in ("node", "cni", "typha", "kube-controllers")}
    assert calico(flexVolumePath="None", kubeletVolumePluginPath="None") == base
    assert calico("APIServer", flexVolumePath="None", kubeletVolumePluginPath="None") == {
        *base,
        "quay.io/calico/apiserver",
    }
    assert calico() > {"quay.io/calico/csi", "quay.io/calico/pod2daemon-flexvol"}


def test_calico_pulls_from_the_registry_of_its_installation() -> None:
    """Registry, path and prefix are the Installation's; UseDefault is upstream's."""
    moved = calico(registry="r.example.org:5000/", imagePath="UseDefault", imagePrefix="my-")
    assert "r.example.org:5000/calico/my-node" in moved
    assert find_calico_images([], "v3.32.1") is not None
    assert list(find_calico_images([], "v3.32.1")) == []
