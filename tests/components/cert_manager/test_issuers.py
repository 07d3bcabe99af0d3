"""The issuers: objects, needs, order, Secrets."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_support.made import NETWORK, PROMETHEUS, SHAPES, TRAEFIK, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.cert_manager import build
from trimtab.components.cert_manager.nameservers import bracketed
from trimtab.plan.offers import IngressClass, Issuer
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

VERSIONS = [release.version for release in releases("cert-manager")]
ACME: dict[str, Any] = {"email": "ops@example.org"}
RFC2136 = {"nameserver": "2001:db8::53", "keyName": "acme", "keySecret": {"name": "tsig", "key": "secret"}}
GATEWAY = {"name": "gw", "namespace": "web", "sectionName": "http"}
ALL: dict[str, Any] = {
    "plain": {"acme": ACME},
    "named": {"acme": {**ACME, "http01": {"ingressClass": "nginx"}}},
    "gateway": {"acme": {**ACME, "http01": {"gateway": GATEWAY}}},
    "dns": {"acme": {**ACME, "dns01": {"rfc2136": RFC2136}}},
    "both": {"acme": {**ACME, "http01": {}, "dns01": {"rfc2136": RFC2136, "zones": ["example.org"]}}},
    "own": {"ca": {"secret": {"name": "lab-ca"}}},
    "lab": {"selfSigned": {"commonName": "lab CA"}},
}


def make(issuers: dict[str, Any], **rest: Any) -> Any:
    """Give a cluster with cert-manager and these issuers."""
    settings = {"issuers": issuers, **rest.pop("settings", {})}
    return make_cluster({"cert-manager": settings, "gateway-api": {}}, **rest)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_object_is_valid(monkeypatch: pytest.MonkeyPatch, version: str, net: str, nodes: str) -> None:
    """The API server of each release takes every issuer and certificate, affinities of the solver's pods among them."""
    release = replace(next(r for r in releases("cert-manager") if r.version == version), architectures=("amd64",))
    monkeypatch.setattr(build, "wanted_release", lambda *_: release)
    made = make(ALL, net=net, nodes=nodes, settings={"version": version})
    crds = release_crds("cert-manager", version)
    assert len(made.built) == len(ALL) + 2
    assert [p for one in made.built for p in validate(one.manifest, crds)] == []


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
def test_only_1_21_knows_the_skipped_self_check(version: str) -> None:
    """The field is valid from 1.21 on and unknown to older CRDs, which is why a rule refuses it there."""
    waits = {
        name: {"acme": {**one["acme"], "waitInsteadOfSelfCheck": "30s"}} for name, one in ALL.items() if "acme" in one
    }
    made = make(waits, settings={"version": version})
    problems = [p for one in made.built for p in validate(one.manifest, release_crds("cert-manager", version))]
    assert bool(problems) is not version.startswith("v1.21")


@pytest.mark.parametrize("issuers", [{name: one} for name, one in ALL.items()], ids=list(ALL))
def test_cert_manager_issuer_before_webhook(issuers: dict[str, Any]) -> None:
    """Issuers come in a later wave than the webhook that checks them, and are tried again often enough."""
    made = make(issuers, brought=(NETWORK, TRAEFIK, IngressClass(by="x", name="nginx")))
    waves = made.order.waves
    assert waves["cert-manager-issuers"] > waves["cert-manager"]
    assert made.applications["cert-manager-issuers"].retry_limit >= 10
    assert made.order.unmet == ()


def test_without_issuers_there_is_one_application() -> None:
    """Nothing empty is made."""
    assert set(make_cluster({"cert-manager": {}}).applications) == {"cert-manager"}


def test_the_controller_waits_for_gateways_and_monitors_alone() -> None:
    """The kinds must be there when it starts; Prometheus itself may want certificates first."""
    made = make_cluster({"cert-manager": {}, "gateway-api": {}}, brought=(NETWORK, *PROMETHEUS))
    assert made.order.waves["gateway-api"] < made.order.waves["cert-manager"]
    [monitoring] = [n for n in made.applications["cert-manager"].needs if n.name == "monitoring.coreos.com"]
    assert monitoring.optional


def test_gateway_without_the_component_is_an_unmet_need() -> None:
    """A Gateway that is named wants the kinds of the Gateway API; the place is the setting that names it."""
    made = make_cluster({"cert-manager": {"issuers": {"gateway": ALL["gateway"]}}})
    [unmet] = made.order.unmet
    assert unmet.need.name == "gateway.networking.k8s.io"
    assert unmet.need.path[-3:] == ("acme", "http01", "gateway")


def test_http01_without_an_ingress_controller_is_an_unmet_need() -> None:
    """Nobody would answer the challenge."""
    made = make({"plain": ALL["plain"]}, brought=(NETWORK,))
    assert [unmet.need.offer for unmet in made.order.unmet] == [IngressClass]


def test_the_default_ingress_class_answers() -> None:
    """Where none is named, challenges go to the default class, however many there are."""
    brought = (NETWORK, IngressClass(by="x", name="inner"), TRAEFIK)
    [solver] = make({"plain": ALL["plain"]}, brought=brought).spec("ClusterIssuer", "plain")["acme"]["solvers"]
    assert solver == {"http01": {"ingress": {"ingressClassName": "traefik", "serviceType": "ClusterIP"}}}


def test_both_proofs_are_two_solvers_with_dns_for_its_zones() -> None:
    """DNS-01 takes the names of its zones, HTTP-01 the rest."""
    dns, http = make({"both": ALL["both"]}).spec("ClusterIssuer", "both")["acme"]["solvers"]
    assert dns["selector"] == {"dnsZones": ["example.org"]}
    assert dns["dns01"]["rfc2136"]["nameserver"] == "[2001:db8::53]:53"
    assert "http01" in http


def test_solver_pods_stay_on_architectures_with_an_image(monkeypatch: pytest.MonkeyPatch) -> None:
    """cert-manager starts a pod for each HTTP-01 challenge, and that pod has an image too (mixed architectures)."""
    release = replace(releases("cert-manager")[0], architectures=("amd64", "arm64"))
    monkeypatch.setattr(build, "wanted_release", lambda *_: release)
    [solver] = make({"plain": ALL["plain"]}, nodes="mixed").spec("ClusterIssuer", "plain")["acme"]["solvers"]
    assert "nodeAffinity" in solver["http01"]["ingress"]["podTemplate"]["spec"]["affinity"]


@pytest.mark.parametrize("namespace", ["cert-manager", "certs"])
def test_a_made_ca_lies_where_issuers_look(namespace: str) -> None:
    """A ClusterIssuer reads its CA from cert-manager's namespace, and the CA keeps its key when it is renewed."""
    made = make({"lab": ALL["lab"]}, settings={"namespace": namespace})
    [certificate] = [one for one in made.built if one.manifest["kind"] == "Certificate"]
    assert certificate.manifest["metadata"]["namespace"] == namespace
    assert certificate.manifest["spec"]["issuerRef"]["name"] == "lab-root"
    assert certificate.manifest["spec"]["duration"] == "87600h0m0s"
    assert certificate.manifest["spec"]["privateKey"]["rotationPolicy"] == "Never"
    assert made.spec("ClusterIssuer", "lab") == {"ca": {"secretName": certificate.manifest["spec"]["secretName"]}}


def test_secrets_from_outside_are_listed() -> None:
    """A CA and a TSIG key that nobody makes here are asked for, by name and key."""
    wanted = make(ALL).applications["cert-manager-issuers"].secrets
    assert {(secret.name, secret.keys) for secret in wanted} == {
        ("lab-ca", ("tls.crt", "tls.key")),
        ("tsig", ("secret",)),
    }


def test_issuers_are_offered_with_their_challenge() -> None:
    """Others see by name which issuers there are, and how they prove ownership."""
    offered = {o.name: o.challenge for o in make(ALL).facts.iter_offers(Issuer)}
    assert offered == {**dict.fromkeys(ALL, "http01"), "dns": "dns01", "both": "dns01", "own": None, "lab": None}


@pytest.mark.parametrize("issuer", list(ALL))
def test_every_object_names_its_setting(issuer: str) -> None:
    """A finding on an object can point at the issuer that made it."""
    made = make({issuer: ALL[issuer]})
    assert {one.origin for one in made.built} == {(f"components.cert-manager.issuers.{issuer}",)}


@given(address=st.ip_addresses(v=6), port=st.integers(1, 65535))
def test_ipv6_name_servers_get_brackets(address: IPv6Address, port: int) -> None:
    """Bare or with a port in brackets, an IPv6 address comes out the one way that is read; twice is once."""
    assert bracketed(str(address)) == f"[{address}]:53"
    assert bracketed(f"[{address}]:{port}") == f"[{address}]:{port}"
    assert bracketed(bracketed(f"[{address}]")) == f"[{address}]:53"


@pytest.mark.parametrize(
    ("given_server", "written"),
    [
        ("ns.example.org", "ns.example.org:53"),
        ("192.0.2.53:5353", "192.0.2.53:5353"),
        ("2001:db8:0:0:0:0:0:1:53", "[2001:db8:0:0:0:0:0:1]:53"),
    ],
)
def test_other_name_servers_get_a_port(given_server: str, written: str) -> None:
    """Names and IPv4 addresses get port 53 where none is said."""
    assert bracketed(given_server) == written
