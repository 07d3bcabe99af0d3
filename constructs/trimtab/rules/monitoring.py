"""Rules on monitoring: alerts that nobody hears, pages that anybody can use, ways that lead nowhere, etcd unwatched."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.prometheus.control_plane import has_open_control_plane, is_etcd_watched
from trimtab.components.prometheus.pages import nagios_host
from trimtab.components.prometheus.settings import Settings
from trimtab.components.rook.settings import Settings as Rook
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject

_PROMETHEUS: Path = ("components", "prometheus")


def _prometheus_of(subject: Subject) -> Iterator[Settings]:
    settings = subject.components.get("prometheus")
    if isinstance(settings, Settings):
        yield settings


def check_alerts_reach_nobody(subject: Subject) -> Iterator[Problem]:
    """Find an Alertmanager without receivers that no Nagios asks either."""
    for settings in _prometheus_of(subject):
        if settings.alertmanager.config_secret is None and settings.nagios is None:
            yield Problem(
                path=_PROMETHEUS,
                on_key=True,
                message="alerts are shown on a page, and nobody is told",
                help="name a Secret with receivers in `alertmanager.configSecret`, or let Nagios ask: `nagios: {}`",
            )


def check_page_without_password(subject: Subject) -> Iterator[Problem]:
    """Find host names that lead to Prometheus' or Alertmanager's own page."""
    for settings in _prometheus_of(subject):
        pages: tuple[tuple[str, str | None, Path, str], ...] = (
            ("Prometheus", settings.host, ("host",), "stop it and read every metric"),
            ("Alertmanager", settings.alertmanager.host, ("alertmanager", "host"), "silence every alert"),
        )
        for name, host, path, power in pages:
            if host:
                yield Problem(
                    path=(*_PROMETHEUS, *path),
                    message=f"{name} asks nobody for a password: whoever reaches {host} can {power}",
                    help="ask for one in front of it by the Ingress controller's means, or use kubectl port-forward; "
                    "`nagios` opens three questions only",
                )


def check_route_without_host(subject: Subject) -> Iterator[Problem]:
    """Find a way for Nagios, or to Ceph's page, that has no host name."""
    for settings in _prometheus_of(subject):
        if settings.nagios is not None and nagios_host(settings, subject.facts) is None:
            yield Problem(
                path=(*_PROMETHEUS, "nagios"),
                on_key=True,
                message="there is no host name that Nagios could ask",
                help="set `nagios.host`, or the cluster's `domain`",
            )
    yield from _check_ceph_page(subject)


def _check_ceph_page(subject: Subject) -> Iterator[Problem]:
    settings = subject.components.get("rook")
    page = settings.dashboard if isinstance(settings, Rook) else None
    if page and page.gateway and page.host is None:
        yield Problem(
            path=("components", "rook", "dashboard", "gateway"),
            on_key=True,
            message="there is no host name that the Gateway could take for Ceph's page",
            help="set `dashboard.host`",
        )


def check_contradicting_prometheus_settings(subject: Subject) -> Iterator[Problem]:
    """Find settings of Ingresses beside a Gateway."""
    for settings in _prometheus_of(subject):
        given = {"ingressClass": settings.ingress_class, "issuer": settings.issuer}
        for key in (key for key, value in given.items() if value and settings.gateway):
            yield Problem(
                path=(*_PROMETHEUS, key),
                on_key=True,
                message=f"'gateway' and '{key}' cannot both hold: with a Gateway there is no Ingress",
                help="remove one of them",
                related=(((*_PROMETHEUS, "gateway"), "the other one"),),
            )


def check_etcd_unwatched(subject: Subject) -> Iterator[Problem]:
    """Find an etcd on hosts whose addresses nobody knows."""
    for _ in _prometheus_of(subject):
        cluster = subject.cluster
        if has_open_control_plane(cluster) and not is_etcd_watched(cluster):
            yield Problem(
                path=("nodeCount",) if cluster.settings.node_count else ("nodes",),
                message="etcd runs on hosts without a known address, so nothing warns of its quota or of a lost member",
                help="give the control plane's nodes an `address`",
                related=((("kubernetes", "distribution"), "runs etcd beside Kubernetes"),),
            )


RULES = (
    Rule(
        code="alerts-reach-nobody",
        severity=Severity.WARNING,
        meaning="No alert is ever sent to anybody.",
        why="Alertmanager's configuration from the chart has one receiver, which does nothing "
        "(kube-prometheus-stack 88.5.3 values.yaml, alertmanager.config).",
        cure="Name a Secret with Alertmanager's receivers in `alertmanager.configSecret`, or let Nagios ask: "
        "`nagios: {}`.",
        check=check_alerts_reach_nobody,
    ),
    Rule(
        code="page-without-password",
        severity=Severity.WARNING,
        meaning="A page that knows no users can be reached from outside.",
        why="Prometheus and Alertmanager have no users, and Prometheus can be stopped by a request "
        "(prometheus.io, Security model).",
        cure="Let the Ingress controller ask for a password in front of it, or leave the host out and use kubectl "
        "port-forward.",
        check=check_page_without_password,
    ),
    Rule(
        code="route-without-host",
        severity=Severity.ERROR,
        meaning="A way from outside has no host name.",
        why="An Ingress without a host answers for every name, and no certificate can be had for it.",
        cure="Set the component's `host`, or `domain` of the cluster.",
        check=check_route_without_host,
    ),
    Rule(
        code="contradicting-prometheus-settings",
        severity=Severity.ERROR,
        meaning="A Gateway leads to the pages, and settings of an Ingress stand beside it.",
        why="They would be ignored without a word: the Gateway has a class and a certificate of its own "
        "(gateway-api.sigs.k8s.io, TLS configuration).",
        cure="Remove the settings of the Ingress, or the Gateway.",
        check=check_contradicting_prometheus_settings,
    ),
    Rule(
        code="etcd-unwatched",
        severity=Severity.WARNING,
        meaning="etcd's metrics do not reach Prometheus.",
        why="kubespray runs etcd on the hosts, where only its address finds it (kubespray docs/operations/etcd.md); "
        "Argo CD leaves out Endpoints objects, which the chart would list addresses in.",
        cure="Give every node of the control plane an `address` in `nodes`.",
        check=check_etcd_unwatched,
    ),
)
