"""Kibana: who reaches it, and by what speech."""

from __future__ import annotations

from typing import Any

import pytest

from logging_support.made import ALL, INGRESS, ISSUER, STORAGE, make_cluster
from trimtab.plan.offers import IngressClass, Issuer

DOMAIN: dict[str, Any] = {"domain": "example.org"}


def test_kibana_has_a_host_where_it_can_have_a_certificate() -> None:
    """Below the cluster's domain, with TLS at the Ingress and plain HTTP behind it."""
    made = make_cluster(brought=ALL, **DOMAIN)
    assert made.applications["logging"].host_names == ("kibana.example.org",)
    assert made.spec("Kibana")["http"] == {"tls": {"selfSignedCertificate": {"disabled": True}}}
    assert made.spec("Kibana")["config"] == {"server.publicBaseUrl": "https://kibana.example.org"}
    ingress = made.find("Ingress")
    assert ingress["spec"]["tls"] == [{"hosts": ["kibana.example.org"], "secretName": "kibana-tls"}]
    assert ingress["metadata"]["annotations"]["cert-manager.io/cluster-issuer"] == "letsencrypt"


def test_a_page_without_address_holds_nothing_up() -> None:
    """Fluent Bit comes after this application is healthy; the Ingress does not count."""
    annotations = make_cluster(brought=ALL, **DOMAIN).find("Ingress")["metadata"]["annotations"]
    assert annotations["argocd.argoproj.io/ignore-healthcheck"] == "true"


@pytest.mark.parametrize(
    ("kibana", "brought", "root"),
    [
        ({}, (STORAGE, INGRESS, ISSUER), {}),
        ({}, (STORAGE, INGRESS), DOMAIN),
        ({}, (STORAGE, ISSUER), DOMAIN),
        ({"ingress": False}, ALL, DOMAIN),
        ({"ingress": False, "host": "a.example.org"}, ALL, DOMAIN),
    ],
)
def test_kibana_stays_inside_otherwise(kibana: dict[str, Any], brought: Any, root: dict[str, Any]) -> None:
    """Without domain, class or issuer, or where it is not wanted, there is no Ingress, and Kibana itself speaks TLS."""
    made = make_cluster({"kibana": kibana}, brought=brought, **root)
    assert "http" not in made.spec("Kibana")
    assert made.applications["logging"].host_names == ()
    assert [built for built in made.built if built.manifest["kind"] == "Ingress"] == []


def test_a_host_needs_who_serves_it() -> None:
    """What is named must be there; what is not named needs any Ingress class."""
    kibana = {"host": "logs.example.org", "ingressClass": "inner", "issuer": "ca"}
    brought = (*ALL, IngressClass(by="t", name="inner"), Issuer(by="c", name="ca"))
    made = make_cluster({"kibana": kibana}, brought=brought)
    needs = {(need.offer, need.name) for need in made.applications["logging"].needs}
    assert {(IngressClass, "inner"), (Issuer, "ca")} <= needs
    assert made.spec("Ingress")["ingressClassName"] == "inner"
    plain = make_cluster({"kibana": {"host": "logs.example.org"}})
    assert (IngressClass, None) in {(need.offer, need.name) for need in plain.applications["logging"].needs}
    assert plain.spec("Kibana")["config"] == {"server.publicBaseUrl": "http://logs.example.org"}


def test_no_kibana_unless_wanted() -> None:
    """Off, there is neither the object nor anything that waits for it."""
    made = make_cluster({"kibana": {"enabled": False}}, brought=ALL, **DOMAIN)
    assert {built.manifest["kind"] for built in made.built} == {"Elasticsearch", "ConfigMap", "Job"}
    assert "KIBANA" not in made.find("ConfigMap")["data"]["setup.sh"]
    assert made.applications["logging"].host_names == ()


@pytest.mark.parametrize(("machines", "count"), [(1, 1), (3, 3)])
def test_replicas_follow_the_machines(machines: int, count: int) -> None:
    """One on small clusters; several keep apart where it can be."""
    spec = make_cluster({"kibana": {"replicas": 3}}, machines=machines).spec("Kibana")
    assert spec["count"] == count
    assert ("affinity" in spec["podTemplate"]["spec"]) is (count > 1)
