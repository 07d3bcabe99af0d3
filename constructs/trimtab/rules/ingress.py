"""Rules on ingress controllers: which one, which class, which address."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.ingress_nginx.settings import Settings as NginxSettings
from trimtab.components.traefik.settings import Settings as TraefikSettings
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.kube.entrance import plan_published_address
from trimtab.plan.given import KUBERNETES, PROVIDES
from trimtab.plan.offers import IngressClass
from trimtab.rules.rule import Problem, Rule, Subject


def _controllers(subject: Subject) -> Iterator[tuple[str, TraefikSettings | NginxSettings]]:
    for name, settings in subject.components.items():
        if isinstance(settings, TraefikSettings | NginxSettings):
            yield name, settings


def check_retired_ingress_controller(subject: Subject) -> Iterator[Problem]:
    """Find ingress-nginx."""
    if "ingress-nginx" in subject.components:
        yield Problem(
            path=("components", "ingress-nginx"),
            on_key=True,
            message="ingress-nginx gets no more mends, not even of holes in its security",
            help="move to components.traefik, which reads most of its annotations where its value"
            " providers.kubernetesIngressNGINX.enabled is true, or to Gateways",
        )


def check_several_default_ingress_classes(subject: Subject) -> Iterator[Problem]:
    """Find more than one default IngressClass."""
    defaults = [offer for offer in subject.facts.iter_offers(IngressClass) if offer.default]
    for second in defaults[1:]:
        first = defaults[0]
        yield Problem(
            path=_path(second, subject),
            on_key=second.by != KUBERNETES,
            message=f"the IngressClasses {first.name} and {second.name} are both the default",
            help="say ingressClass.default: false to one of them",
            related=((_path(first, subject), "the other default"),),
        )


def _path(offer: IngressClass, subject: Subject) -> Path:
    if offer.by == KUBERNETES:
        return PROVIDES
    return ("components", next((a.component for a in subject.applications if a.name == offer.by), offer.by))


def check_ingress_without_address(subject: Subject) -> Iterator[Problem]:
    """Find controllers without a load balancer that do not know which address Ingresses have."""
    for name, settings in _controllers(subject):
        known = plan_published_address(subject.cluster, settings.published_address)
        if settings.expose != "LoadBalancer" and known is None:
            yield Problem(
                path=("components", name, "expose"),
                message=f"nothing says which address the Ingresses of {name} have",
                help=f"set components.{name}.publishedAddress, or the addresses of the nodes",
            )


def check_host_ports_taken_twice(subject: Subject) -> Iterator[Problem]:
    """Find two controllers that both want ports 80 and 443 of every node."""
    takers = [name for name, settings in _controllers(subject) if settings.expose == "HostPort"]
    for second in takers[1:]:
        yield Problem(
            path=("components", second, "expose"),
            message=f"{takers[0]} and {second} both want ports 80 and 443 of every node",
            help="let one of them have another expose until the other is gone",
            related=((("components", takers[0], "expose"), "the other one"),),
        )


RULES = (
    Rule(
        code="retired-ingress-controller",
        severity=Severity.WARNING,
        meaning="The ingress controller is no longer maintained.",
        why="ingress-nginx was retired in March 2026: no releases, no mends, no answers to holes in its security"
        " (kubernetes/ingress-nginx README.md, Ingress NGINX Retirement).",
        cure="Move to components.traefik, which reads most of its annotations where its value "
        "providers.kubernetesIngressNGINX.enabled is true, or to Gateways.",
        check=check_retired_ingress_controller,
    ),
    Rule(
        code="several-default-ingress-classes",
        severity=Severity.ERROR,
        meaning="More than one IngressClass is the default.",
        why="The API server then refuses every Ingress that names no class (Kubernetes documentation, Ingress, Default"
        " IngressClass).",
        cure="Say `ingressClass.default: false` to all but one.",
        check=check_several_default_ingress_classes,
    ),
    Rule(
        code="ingress-without-address",
        severity=Severity.ERROR,
        soft=True,
        meaning="Ingresses would have no address to show.",
        why="Argo CD calls an Ingress without an address Progressing, for ever, and later waves wait for it (argo-cd"
        " gitops-engine/pkg/health/health_ingress.go).",
        cure="Set the addresses that Ingresses show, such as `components.traefik.publishedAddress`, or give the "
        "controller a Service of type LoadBalancer.",
        check=check_ingress_without_address,
    ),
    Rule(
        code="host-ports-taken-twice",
        severity=Severity.ERROR,
        meaning="Two controllers want the same ports of every node.",
        why="A port of a host is taken once: the pods of the second wait for a node for ever.",
        cure="Let one of the two be exposed in another way, such as LoadBalancer, or keep them on different nodes.",
        check=check_host_ports_taken_twice,
    ),
)
