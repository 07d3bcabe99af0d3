"""Services, Ingresses and NetworkPolicies as the API server takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes

SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {%s}}"
INGRESS = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {%s}}"
POLICY = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n}, spec: {podSelector: {}, %s}}"


@pytest.mark.parametrize(
    "spec",
    [
        "ports: [{port: 80}]",
        "clusterIP: None, ports: []",
        "clusterIP: None",
        "type: ExternalName, externalName: example.org.",
        "type: NodePort, ports: [{port: 80, nodePort: 30080}]",
        "ports: [{port: 53, name: udp, protocol: UDP}, {port: 53, name: tcp}]",
        "ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4], ports: [{port: 80, targetPort: http}]",
        "ipFamilies: [IPv6], clusterIP: 'fd00::1', ports: [{port: 80}]",
        "type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerClass: a.b/c, ports: [{port: 80}]",
    ],
)
def test_good_service_is_left_in_peace(spec: str) -> None:
    """Every type, and both families."""
    assert codes(SERVICE % spec) == []


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("selector: {a: b}", "missing-field"),
        ("ports: [{port: 0}]", "field-out-of-range"),
        ("ports: [{port: 80, targetPort: '80'}]", "invalid-name"),
        ("ports: [{port: 80, name: a}, {port: 81}]", "missing-field"),
        ("ports: [{port: 80, name: a}, {port: 81, name: a}]", "duplicate-entry"),
        ("ports: [{port: 80, name: a}, {port: 80, name: b, protocol: TCP}]", "duplicate-entry"),
        ("ports: [{port: 80, nodePort: 30080}]", "contradicting-fields"),
        ("type: ExternalName", "missing-field"),
        ("type: ExternalName, externalName: a_b", "wrong-field-form"),
        ("type: NodePort, clusterIP: None, ports: [{port: 80}]", "contradicting-fields"),
        ("clusterIP: 10.0.0.300, ports: [{port: 80}]", "wrong-field-form"),
        ("clusterIP: 10.0.0.3, ipFamilies: [IPv6], ports: [{port: 80}]", "contradicting-fields"),
        ("ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv6], ports: [{port: 80}]", "duplicate-entry"),
        ("ipFamilies: [IPv6, IPv4], ports: [{port: 80}]", "contradicting-fields"),
        ("externalTrafficPolicy: Local, ports: [{port: 80}]", "contradicting-fields"),
        ("loadBalancerClass: a, ports: [{port: 80}]", "contradicting-fields"),
    ],
)
def test_fault_of_a_service_is_found(spec: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(SERVICE % spec) == [code]


def path(text: str, backend: str = "{service: {name: s, port: {number: 80}}}") -> str:
    """Write an Ingress with one path."""
    return INGRESS % f"rules: [{{http: {{paths: [{{{text}, backend: {backend}}}]}}}}]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (path("path: /, pathType: Prefix"), []),
        (path("pathType: ImplementationSpecific"), []),
        (path("path: a, pathType: Prefix"), ["wrong-field-form"]),
        (path("path: /a//b, pathType: Exact"), ["wrong-field-form"]),
        (path("path: /"), ["missing-field"]),
        (path("path: /, pathType: prefix"), ["value-not-allowed"]),
        (path("path: /, pathType: Prefix", "{}"), ["contradicting-fields"]),
        (path("path: /, pathType: Prefix", "{service: {name: s}}"), ["contradicting-fields"]),
        (
            path("path: /, pathType: Prefix", "{serviceName: s, servicePort: 80}"),
            ["unknown-field"] * 2 + ["contradicting-fields"],
        ),
        (INGRESS % "tls: []", ["missing-field"]),
        (INGRESS % "rules: [{host: '*.example.org'}]", []),
        (INGRESS % "rules: [{host: 192.0.2.1}]", ["wrong-field-form"]),
        (INGRESS % "rules: [{host: 'Example.org'}]", ["wrong-field-form"]),
    ],
)
def test_ingresses(text: str, found: list[str]) -> None:
    """Hosts, paths and backends."""
    assert codes(text) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("ingress: [{}]", []),
        (
            "egress: [{ports: [{port: 80, endPort: 90}], to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]",
            [],
        ),
        ("ingress: [{from: [{}]}]", ["missing-field"]),
        ("ingress: [{from: [{podSelector: {}}]}]", []),
        ("ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]", ["contradicting-fields"]),
        ("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]", ["wrong-field-form"]),
        ("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]}]", ["contradicting-fields"]),
        ("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]", ["contradicting-fields"]),
        ("ingress: [{ports: [{port: 90, endPort: 80}]}]", ["field-out-of-range"]),
        ("ingress: [{ports: [{port: http, endPort: 80}]}]", ["contradicting-fields"]),
        ("ingress: [{ports: [{port: 70000}]}]", ["field-out-of-range"]),
    ],
)
def test_network_policies(spec: str, found: list[str]) -> None:
    """Ports, peers and address blocks."""
    assert codes(POLICY % spec) == found
