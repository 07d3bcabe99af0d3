"""Values of the chart fluent-bit, read alike by every version held."""

from __future__ import annotations

from typing import Any

from trimtab.catalogue.chart import ChartPin
from trimtab.catalogue.components import releases
from trimtab.components.logging.fluent_bit_config import (
    CA_FOLDER,
    PASSWORD,
    render_inputs,
    render_outputs,
    render_service,
)
from trimtab.components.logging.journal import reads_journal
from trimtab.components.logging.names import CA_FILE, USER, elasticsearch_ca, user_secret
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import plan_resources
from trimtab.components.releases import wanted_release
from trimtab.kube.release import Values
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

REASONS: dict[tuple[str, ...], str] = {
    ("config", "service"): "the chart listens on IPv4 alone: the kubelet's probes fail, and the pod restarts for ever",
    ("config", "inputs"): "where it stopped reading is kept on the machine: a restart loses no line",
    ("config", "outputs"): "TLS, no `_type`, no dots in names: Elasticsearch refuses the lines otherwise",
    ("env",): "the operator makes the password; it never lies in Git",
    ("extraVolumes",): "the authority of Elasticsearch's certificate",
    ("extraVolumeMounts",): "the authority of Elasticsearch's certificate",
    ("daemonSetVolumes",): "a pod never starts where one of the chart's paths is missing on the machine",
    ("daemonSetVolumeMounts",): "a pod never starts where one of the chart's paths is missing on the machine",
    ("tolerations",): "a tainted machine has lines as well",
    ("testFramework", "enabled"): "the test is a pod with an image of no fixed version",
    ("serviceMonitor", "selector"): "Prometheus picks up only what has these labels",
}

_PODS = ("varlog", "/var/log", False)
_JOURNAL = (("etcmachineid", "/etc/machine-id", True), ("runlog", "/run/log", True))
"""A journal lies below /var/log where it is kept, below /run/log where it is in memory (journald.conf, Storage)."""


def find_fluent_bit(version: str) -> ChartPin | None:
    """Find a version of the chart in the catalogue."""
    pins = (release.charts["fluent_bit"] for release in releases("logging"))
    return next((pin for pin in pins if pin.version == version.removeprefix("v")), None)


def wanted_fluent_bit(settings: Settings) -> ChartPin:
    """Give the chart: the version that is set, else the one of the release.

    An unknown version is a finding of its own (`unknown-fluent-bit-release`); the release's stands in until then.
    """
    version = settings.fluent_bit.version
    return (version and find_fluent_bit(version)) or wanted_release("logging", settings).charts["fluent_bit"]


def plan_fluent_bit(settings: Settings, facts: Facts) -> Values:
    """Give the values."""
    journal = reads_journal(settings, facts.cluster)
    config = {"inputs": render_inputs(journal=journal), "outputs": render_outputs(settings, journal=journal)}
    if "IPv6" in facts.cluster.ip_families:
        config["service"] = render_service()
    return {
        "testFramework": {"enabled": False},
        # Every taint, also those that come and go: a machine under pressure is the one whose lines are wanted.
        "tolerations": [{"operator": "Exists"}],
        "resources": plan_resources(settings, facts.cluster, "fluentBit"),
        "env": [{"name": PASSWORD, "valueFrom": {"secretKeyRef": {"name": user_secret(settings), "key": USER}}}],
        "config": config,
        **_volumes(journal=journal),
        **_authority(settings),
        **_monitoring(facts),
    }


def _volumes(*, journal: bool) -> Values:
    paths = (_PODS, *(_JOURNAL if journal else ()))
    volumes = [{"name": name, "hostPath": _host_path(path)} for name, path, _ in paths]
    mounts = [{"name": name, "mountPath": path, **({"readOnly": True} if ro else {})} for name, path, ro in paths]
    return {"daemonSetVolumes": volumes, "daemonSetVolumeMounts": mounts}


def _host_path(path: str) -> dict[str, Any]:
    return {"path": path, "type": "File"} if path == "/etc/machine-id" else {"path": path}


def _authority(settings: Settings) -> Values:
    secret = {"secretName": elasticsearch_ca(settings), "items": [{"key": CA_FILE, "path": CA_FILE}]}
    mount = {"name": "elasticsearch-ca", "mountPath": CA_FOLDER, "readOnly": True}
    return {"extraVolumes": [{"name": "elasticsearch-ca", "secret": secret}], "extraVolumeMounts": [mount]}


def _monitoring(facts: Facts) -> Values:
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    labels: dict[str, Any] = {"selector": dict(monitor.labels)} if monitor.labels else {}
    return {"serviceMonitor": {"enabled": True, **labels}}
