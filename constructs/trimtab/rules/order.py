"""Rules on order: what nobody brings, and what waits for itself."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Severity
from trimtab.plan.offers import (
    AddressPool,
    GatewayClass,
    IngressClass,
    Issuer,
    MonitorSelector,
    Need,
    Offer,
    PodNetwork,
    StorageClass,
)
from trimtab.plan.order import Unmet, render_ring
from trimtab.rules.rule import Problem, Rule, Subject

_CODES: dict[type[Offer], str] = {
    PodNetwork: "no-pod-network",
    StorageClass: "unknown-storage-class",
    AddressPool: "load-balancer-without-address",
    Issuer: "unknown-issuer",
    IngressClass: "unknown-ingress-class",
    GatewayClass: "unknown-gateway-class",
}
"""The code of a need that nothing meets; `kind-not-served` for all others."""

_CURES: dict[type[Offer], str] = {
    PodNetwork: "add calico to components, or say in kubernetes.provides which network the distribution brings",
    AddressPool: "set network.loadBalancers and add metallb, or let Calico announce them"
    " (components.calico.bgp.advertise)",
    StorageClass: "add a component that makes one: rook, local-path, csi-driver-nfs or ceph-csi",
    IngressClass: "add an ingress controller: traefik; an issuer does without one where it proves ownership over DNS"
    " (dns01)",
}


_OTHER_CURE = "add the component that brings it, or leave out the setting that needs it"

_WITHOUT_ARTICLE = (AddressPool, MonitorSelector)


def _unmet(code: str, subject: Subject) -> Iterator[Problem]:
    if subject.order is None:
        return
    seen: set[object] = set()
    for unmet in subject.order.unmet:
        if _CODES.get(unmet.need.offer, "kind-not-served") == code:
            key = (unmet.need.offer, unmet.need.name, unmet.need.path)
            if key not in seen:
                seen.add(key)
                yield _problem(unmet, subject)


def _problem(unmet: Unmet, subject: Subject) -> Problem:
    need = unmet.need
    others = sorted({offer.name for offer in subject.facts.iter_offers(need.offer) if offer.name})
    named = others and need.name and need.offer in _CODES
    cure = f"there are: {', '.join(others)}" if named else _CURES.get(need.offer, _OTHER_CURE)
    path = need.path or next(a.path for a in subject.applications if a.name == unmet.application)
    them = "them" if need.offer is AddressPool else "it"
    return Problem(
        path=path,
        on_key=not need.path,
        message=f"the application '{unmet.application}' needs {_name(need)}, and nothing in this cluster brings {them}",
        help=cure,
    )


def _name(need: Need) -> str:
    """Say what is needed: `IngressClass nginx`, or `an IngressClass` where any would do."""
    if need.name or need.offer in _WITHOUT_ARTICLE:
        return str(need)
    return f"{'an' if need.offer.kind[0] in 'AEIO' else 'a'} {need}"


def check_ring(subject: Subject) -> Iterator[Problem]:
    """Find applications that wait for each other."""
    if subject.order is not None and subject.order.ring:
        names = ", ".join(dict.fromkeys(edge.then for edge in subject.order.ring))
        first = subject.order.ring[0].then
        yield Problem(
            path=next(a.path for a in subject.applications if a.name == first),
            on_key=True,
            message=f"these applications wait for each other: {names}\n{render_ring(subject.order.ring)}",
            help="one of them must do without the other",
        )


def _needs_rule(code: str, meaning: str, why: str, cure: str) -> Rule:
    return Rule(
        code=code,
        severity=Severity.ERROR,
        meaning=meaning,
        why=why,
        cure=cure,
        check=lambda subject: _unmet(code, subject),
    )


RULES = (
    Rule(
        code="ring",
        severity=Severity.ERROR,
        meaning="Applications wait for each other in a ring.",
        why="None of them would ever be first.",
        cure="Remove one `after`, or one setting by which an application needs the other: the drawing shows who "
        "waits for whom.",
        check=check_ring,
    ),
    _needs_rule(
        "no-pod-network",
        "Nothing brings a pod network.",
        "Without one no pod gets an address, and no node becomes ready.",
        "Add calico to `components`, or say in `kubernetes.provides` which network the distribution brings.",
    ),
    _needs_rule(
        "unknown-storage-class",
        "A claim names a StorageClass that nothing makes.",
        "The pod waits for ever (Kubernetes documentation, Persistent Volumes, Provisioning).",
        "Name a StorageClass that there is, or add the component that makes it.",
    ),
    _needs_rule(
        "load-balancer-without-address",
        "A Service of type LoadBalancer has nothing to get an address from.",
        "It waits for ever, and with it every later wave (Argo CD's health check of Services).",
        (
            "Add metallb and a range in `network.loadBalancers`, or let Calico announce one: "
            "`components.calico.bgp.advertise`."
        ),
    ),
    _needs_rule(
        "unknown-issuer",
        "A certificate names an issuer that nothing makes.",
        "It is never issued, and what mounts its Secret never starts.",
        (
            "Name an issuer that there is, with its kind (Issuer or ClusterIssuer), or add it to "
            "`components.cert-manager.issuers`."
        ),
    ),
    _needs_rule(
        "unknown-ingress-class",
        "An Ingress names a class that nothing serves.",
        "It is there, gets no address, and nobody answers.",
        "Name a class that a controller serves, add an ingress controller, or prove ownership over DNS (dns01).",
    ),
    _needs_rule(
        "unknown-gateway-class",
        "A Gateway names a class that nothing serves.",
        "It is there and is never programmed.",
        (
            "Name a class that a controller serves, bring the GatewayClass, or name it in the file of `trimtab "
            "verify --config` where it is made elsewhere."
        ),
    ),
    _needs_rule(
        "kind-not-served",
        "An application uses a kind that nothing in this cluster serves.",
        "The sync fails with `no matches for kind`.",
        (
            "Add the component that brings the kind, or remove the setting or manifest that needs it; check the "
            "spelling of apiVersion and kind. What something else brings goes into `kubernetes.provides`."
        ),
    ),
)
