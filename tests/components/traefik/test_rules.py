"""Rules on ingress controllers."""

from __future__ import annotations

from typing import Any

import pytest

from platform_support.made import NETWORK, make_cluster
from trimtab.plan.offers import AddressPool, IngressClass
from trimtab.rules.ingress import RULES

BROUGHT = (NETWORK, AddressPool(by="metallb"))
K3S = {"version": "1.34", "distribution": "k3s"}


def problems(code: str, components: dict[str, Any], **rest: Any) -> list[Any]:
    """Give the paths that a rule finds in a cluster."""
    made = make_cluster(components, brought=rest.pop("brought", BROUGHT), **rest)
    return [problem.path for problem in made.problems(RULES, code)]


def test_retired_ingress_controller() -> None:
    """ingress-nginx is warned of; Traefik is not."""
    assert problems("retired-ingress-controller", {"ingress-nginx": {}}) == [("components", "ingress-nginx")]
    assert problems("retired-ingress-controller", {"traefik": {}}) == []


@pytest.mark.parametrize(("default", "found"), [(True, [("components", "traefik")]), (False, [])])
def test_several_default_ingress_classes(default: bool, found: list[Any]) -> None:
    """One default is right; the second one is pointed at."""
    components = {"ingress-nginx": {"ingressClass": {"default": default}}, "traefik": {}}
    assert problems("several-default-ingress-classes", components) == found


def test_a_default_class_of_the_distribution_counts() -> None:
    """k3s brings Traefik as the default class: another one is found, and related to what is provided."""
    components = {"ingress-nginx": {"ingressClass": {"default": True}}}
    found = problems("several-default-ingress-classes", components, kubernetes=K3S)
    assert found == [("components", "ingress-nginx")]
    own = IngressClass(by="mine", name="own", default=True)
    assert problems("several-default-ingress-classes", {"traefik": {}}, brought=(*BROUGHT, own))


@pytest.mark.parametrize("name", ["traefik", "ingress-nginx"])
@pytest.mark.parametrize(
    ("settings", "nodes", "is_found"),
    [
        ({"expose": "HostPort"}, "unknown", True),
        ({"expose": "NodePort"}, "unknown", True),
        ({"expose": "NodePort", "publishedAddress": "192.0.2.80"}, "unknown", False),
        ({"expose": "HostPort"}, "one", False),
        ({}, "unknown", False),
    ],
)
def test_ingress_without_address(name: str, settings: dict[str, Any], nodes: str, is_found: bool) -> None:
    """Without a load balancer somebody must say the address: the setting, or the nodes."""
    found = problems("ingress-without-address", {name: settings}, nodes=nodes)
    assert found == ([("components", name, "expose")] if is_found else [])


def test_host_ports_taken_twice() -> None:
    """Only one of the two may have the ports of the nodes."""
    both = {"ingress-nginx": {"expose": "HostPort"}, "traefik": {"expose": "HostPort"}}
    assert problems("host-ports-taken-twice", both, nodes="one") == [("components", "traefik", "expose")]
    one = {"ingress-nginx": {"expose": "HostPort"}, "traefik": {}}
    assert problems("host-ports-taken-twice", one, nodes="one") == []
