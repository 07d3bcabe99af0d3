"""A pod with Ceph's command line, kept in step with the monitors' addresses and the admin key."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.ceph_cluster import plan_image
from trimtab.components.rook.daemons import plan_affinity, plan_resources
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.kube.scheduling import plan_tolerations
from trimtab.plan.facts import Facts

NAME = "rook-ceph-tools"

SCRIPT = """\
set -eu
umask 077
trap 'exit 0' TERM
while true; do
  monitors=$(sed 's/[a-z0-9_-]*=//g' /run/ceph/monitors/data)
  printf '[global]\\nmon_host = %s\\n' "$monitors" > /etc/ceph/ceph.conf
  printf '[%s]\\nkey = %s\\n' "$CEPH_USER" "$(cat /run/ceph/admin/ceph-secret)" > /etc/ceph/keyring
  sleep 30 &
  wait $!
done
"""
"""Monitors move and keys are renewed, so both files are written again every 30 seconds."""

_USER = 2016
"""The user `rook` in Rook's images, which may read the mounted key (rook v1.20.6 deploy/examples/toolbox.yaml)."""


def build_toolbox(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the toolbox where it is wanted."""
    if settings.toolbox is None:
        return
    manifest = plan_object(
        "apps/v1",
        "Deployment",
        NAME,
        namespace=wanted_namespace(settings),
        labels={"app": NAME},
        spec={
            "replicas": 1,
            "selector": {"matchLabels": {"app": NAME}},
            "template": {"metadata": {"labels": {"app": NAME}}, "spec": _pod(settings, facts)},
        },
    )
    manifests.add(manifest, origin=("components.rook.toolbox",))


def _pod(settings: Settings, facts: Facts) -> dict[str, Any]:
    affinity = plan_affinity(settings, facts.cluster)
    tolerations = plan_tolerations(facts.cluster)
    network = {"hostNetwork": True, "dnsPolicy": "ClusterFirstWithHostNet"} if settings.network.host_network else {}
    return {
        **network,
        "serviceAccountName": "rook-ceph-default",
        "containers": [_container(settings, facts)],
        "volumes": [
            {"name": "config", "emptyDir": {}},
            {"name": "monitors", "configMap": {"name": "rook-ceph-mon-endpoints"}},
            {"name": "admin", "secret": {"secretName": "rook-ceph-mon"}},
        ],
        **({"affinity": affinity} if affinity else {}),
        **({"tolerations": tolerations} if tolerations else {}),
    }


def _container(settings: Settings, facts: Facts) -> dict[str, Any]:
    user = {"secretKeyRef": {"name": "rook-ceph-mon", "key": "ceph-username"}}
    return {
        "name": NAME,
        "image": plan_image(settings),
        "command": ["/bin/bash", "-c", SCRIPT],
        "env": [{"name": "CEPH_USER", "valueFrom": user}, *_arguments(settings)],
        "resources": plan_resources(settings, facts.cluster, "toolbox"),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "runAsNonRoot": True,
            "runAsUser": _USER,
            "runAsGroup": _USER,
        },
        "volumeMounts": [
            {"name": "config", "mountPath": "/etc/ceph"},
            {"name": "monitors", "mountPath": "/run/ceph/monitors", "readOnly": True},
            {"name": "admin", "mountPath": "/run/ceph/admin", "readOnly": True},
        ],
    }


def _arguments(settings: Settings) -> list[dict[str, str]]:
    """Name the user to every command where it is not the administrator: Ceph's tools take that for granted."""
    return [{"name": "CEPH_ARGS", "value": "--name $(CEPH_USER)"}] if settings.external else []
