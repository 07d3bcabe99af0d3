"""Which alerts a cluster gets: those on what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trimtab.components.prometheus.alerts.alert import Alert
from trimtab.components.prometheus.alerts.applications import ARGOCD, CERT_MANAGER
from trimtab.components.prometheus.alerts.ceph import CEPH
from trimtab.components.prometheus.alerts.control_plane import CERTIFICATES, ETCD
from trimtab.components.prometheus.alerts.hosts import DISKS
from trimtab.components.prometheus.control_plane import is_etcd_watched
from trimtab.components.prometheus.settings import Settings, Topic
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller


def plan_topics(settings: Settings, facts: Facts) -> Mapping[Topic, Sequence[Alert]]:
    """Give the alerts by topic: topics of what the cluster lacks, and those that are switched off, are left out."""
    topics: dict[Topic, tuple[bool, Sequence[Alert]]] = {
        "etcd": (is_etcd_watched(facts.cluster), ETCD),
        "certificates": (True, CERTIFICATES),
        "disks": (True, DISKS),
        "ceph": (facts.has(Controller, "ceph.rook.io"), CEPH),
        "certManager": (facts.has(Controller, "cert-manager.io"), CERT_MANAGER),
        "argocd": (facts.has(Controller, "argoproj.io"), ARGOCD),
    }
    return {topic: alerts for topic, (there, alerts) in topics.items() if there and settings.alerts.get(topic, True)}
