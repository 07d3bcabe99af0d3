"""Which dashboards a cluster gets: those of what it has, where Grafana is on."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.prometheus.control_plane import is_etcd_watched
from trimtab.components.prometheus.dashboards import (
    argocd,
    calico,
    ceph,
    cert_manager,
    certificates,
    etcd,
    hosts,
    metallb,
    traefik,
)
from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.harbor import plan_harbor
from trimtab.components.prometheus.dashboards.logging import plan_logging
from trimtab.components.prometheus.settings import Page, Settings
from trimtab.components.prometheus.targets import CALICO
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller, NamespaceOffer


def plan_boards(settings: Settings, facts: Facts) -> dict[Page, Board]:
    """Give the dashboards by topic; none without Grafana, and none that is switched off."""
    if settings.wanted_grafana is None:
        return {}
    return {page: board for page, board in _iter_boards(facts) if settings.dashboards.get(page, True)}


def _iter_boards(facts: Facts) -> Iterator[tuple[Page, Board]]:
    if is_etcd_watched(facts.cluster):
        yield "etcd", etcd.BOARD
    yield "certificates", certificates.BOARD
    yield "hosts", hosts.BOARD
    by_controller: tuple[tuple[Page, str, Board], ...] = (
        ("calico", CALICO, calico.BOARD),
        ("ceph", "ceph.rook.io", ceph.BOARD),
        ("certManager", "cert-manager.io", cert_manager.BOARD),
        ("argocd", "argoproj.io", argocd.BOARD),
        ("metallb", "metallb.io", metallb.BOARD),
        ("traefik", "traefik.io", traefik.BOARD),
    )
    yield from ((page, board) for page, group, board in by_controller if facts.has(Controller, group))
    if namespace := _namespace_of("harbor", facts):
        yield "harbor", plan_harbor(namespace)
    if namespace := _namespace_of("logging", facts):
        yield "logging", plan_logging(namespace)


def _namespace_of(application: str, facts: Facts) -> str | None:
    """Give the namespace that an application brings; nothing where the cluster does not have it."""
    return next((offer.name for offer in facts.iter_offers(NamespaceOffer) if offer.by == application), None)
