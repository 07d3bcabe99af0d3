"""Rules on Harbor."""

from __future__ import annotations

from typing import Any

import pytest

from harbor_support.made import (
    BLOCK,
    BROUGHT,
    FILES,
    HOST,
    LETSENCRYPT,
    OUTSIDE,
    OWN_CA,
    WITHOUT_CERTIFICATES,
    make_harbor,
)
from platform_support.made import NETWORK, TRAEFIK
from trimtab.rules import harbor, own_way

COMPONENT = ("components", "harbor")
GATEWAY = {"name": "outer", "namespace": "web"}
PRIVATE = (*WITHOUT_CERTIFICATES, OWN_CA)


def problems(code: str, settings: dict[str, Any] | None = None, **rest: Any) -> list[Any]:
    """Give the paths that a rule finds, below the component's."""
    made = make_harbor(settings, **rest)
    found = [problem.path for problem in made.problems((*harbor.RULES, *own_way.RULES), code)]
    return [path[2:] if path[:2] == COMPONENT else path for path in found]


@pytest.mark.parametrize(("host", "domain", "found"), [(HOST, None, []), (None, "example.org", []), (None, None, [()])])
def test_registry_without_host(host: str | None, domain: str | None, found: list[Any]) -> None:
    """A host name, or a domain to make one from."""
    assert problems("registry-without-host", {"host": host}, domain=domain) == found


@pytest.mark.parametrize(
    ("settings", "brought", "found"),
    [
        ({}, BROUGHT, []),
        ({}, WITHOUT_CERTIFICATES, [()]),
        ({"tls": {"insecure": True}}, WITHOUT_CERTIFICATES, []),
        ({"tls": {"secretName": "mine"}}, WITHOUT_CERTIFICATES, []),
        ({"gateway": GATEWAY}, WITHOUT_CERTIFICATES, []),
        ({}, PRIVATE, [()]),
        ({"tls": {"issuer": "lab"}}, (*PRIVATE, LETSENCRYPT), [("tls", "issuer")]),
        ({"tls": {"trusted": True}}, PRIVATE, []),
    ],
)
def test_registry_without_certificate(settings: dict[str, Any], brought: Any, found: list[Any]) -> None:
    """Somebody must sign, and where that is an authority of one's own the nodes must be known to trust it."""
    assert problems("registry-without-certificate", settings, brought=brought) == found


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"tls": {"issuer": "letsencrypt"}}, []),
        ({"tls": {"issuer": "letsencrypt", "secretName": "mine"}}, [("tls", "secretName")]),
        ({"tls": {"issuer": "letsencrypt", "insecure": True}}, [("tls", "insecure")]),
        ({"gateway": GATEWAY, "ingressClass": "traefik"}, [("ingressClass",)]),
        ({"gateway": GATEWAY, "tls": {"secretName": "mine"}}, [("tls", "secretName")]),
        ({"gateway": GATEWAY, "tls": {"insecure": True}}, []),
        ({"externalDatabase": {"host": "db"}, "databaseStorageClass": "block"}, [("databaseStorageClass",)]),
    ],
)
def test_contradicting_harbor_settings(settings: dict[str, Any], found: list[Any]) -> None:
    """A setting that another one makes void is pointed at."""
    assert problems("contradicting-harbor-settings", settings) == found


@pytest.mark.parametrize(("version", "found"), [("1.19.1", []), ("1.18.4", []), ("1.17.4", [("gateway",)])])
def test_harbor_gateway_by_version(version: str, found: list[Any]) -> None:
    """Routes came with 1.18."""
    assert problems("harbor-gateway-by-version", {"version": version, "gateway": GATEWAY}) == found
    assert problems("harbor-gateway-by-version", {"version": version}) == []


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ({"nodes": "arm64"}, [()]),
        ({"nodes": "unknown"}, []),
        ({"nodes": "one"}, []),
        (
            {
                "named": {
                    "a": {"address": "192.0.2.1", "taints": ["gpu:NoSchedule"]},
                    "b": {"address": "192.0.2.2", "arch": "arm64"},
                }
            },
            [()],
        ),
    ],
)
def test_harbor_without_arm64(rest: dict[str, Any], found: list[Any]) -> None:
    """At least one node that takes pods must be amd64, where the nodes are known."""
    assert problems("harbor-without-arm64", **rest) == found


@pytest.mark.parametrize(
    ("settings", "brought", "found"),
    [
        ({}, BROUGHT, []),
        ({"replicas": 2}, BROUGHT, [("replicas",)]),
        ({"replicas": 2, "storageClass": "block"}, BROUGHT, [("storageClass",)]),
        ({"replicas": 2, "storageClass": "files"}, BROUGHT, []),
        ({"replicas": 2, **OUTSIDE}, BROUGHT, []),
        ({"replicas": 2}, (NETWORK, TRAEFIK), []),
    ],
)
def test_harbor_shared_volume_on_block_storage(settings: dict[str, Any], brought: Any, found: list[Any]) -> None:
    """Several registries want a class with many writers; a class that is not there is another rule's."""
    assert problems("shared-volume-on-block-storage", settings, brought=brought) == found


def test_the_class_that_would_do_is_named() -> None:
    """Where there is one; else where to get one."""
    code, rules = "shared-volume-on-block-storage", harbor.RULES
    [problem] = make_harbor({"replicas": 2}).problems(rules, code)
    assert FILES.name in (problem.help or "")
    [problem] = make_harbor({"replicas": 2}, brought=(NETWORK, TRAEFIK, BLOCK)).problems(rules, code)
    assert "components.rook.filesystems" in (problem.help or "")


INSIDE = {"mirror": f"https://{HOST}/v2/x"}
ON_THE_WAY = {"traefik": {"expose": "NodePort"}}


@pytest.mark.parametrize(
    ("registries", "found"),
    [
        ({"docker.io": INSIDE}, [("registries", "docker.io", "mirror")]),
        ({"registry.k8s.io": INSIDE}, [("registries", "registry.k8s.io", "mirror")]),
        ({"ghcr.io": INSIDE}, []),
        ({"docker.io": {"mirror": "https://mirror.example.org/v2/x"}}, []),
        ({"docker.io": {}}, []),
    ],
)
def test_registry_in_its_own_way(registries: dict[str, Any], found: list[Any]) -> None:
    """Harbor's own images and those of Kubernetes itself cannot come from Harbor; what starts later may."""
    assert problems("registry-in-its-own-way", registries=registries) == found


def test_what_harbor_waits_for_counts_however_far() -> None:
    """MetalLB gives the address to the Ingress controller that leads to Harbor: its images are on the way too."""
    others: dict[str, Any] = {"traefik": {}, "metallb": {}}
    rest: dict[str, Any] = {"registries": {"quay.io": INSIDE}, "brought": (NETWORK, BLOCK, *BROUGHT[4:])}
    assert problems("registry-in-its-own-way", others=others, **rest) == [("registries", "quay.io", "mirror")]
    assert problems("registry-in-its-own-way", others=ON_THE_WAY, **rest) == []


def test_a_chart_in_its_own_way() -> None:
    """Argo CD cannot fetch Harbor's chart from Harbor either."""
    url = "https://helm.goharbor.io"
    inside = {url: {"mirror": f"oci://{HOST}/charts"}, "https://charts.example.org": {"mirror": f"{HOST}/charts"}}
    assert problems("registry-in-its-own-way", repositories=inside) == [("repositories", url, "mirror")]
    elsewhere = {url: {"mirror": "https://charts.example.org"}}
    assert problems("registry-in-its-own-way", repositories=elsewhere) == []
