"""A small chart as a user would find one: a Deployment, a claim, a definition, and rights that a value switches on."""

from __future__ import annotations

import json
from typing import Any

from chart_support.locked import lock_charts
from helm_support.made import config_map, pack_chart
from repository_support.repository import Repository
from trimtab.catalogue.chart_facts import ChartFacts, build_facts
from trimtab.charts.reference import ChartKey
from trimtab.kube.own_chart import split_kind

REPOSITORY = "https://charts.example.org"
VERSION = "1.4.0"
VALUES = "replicaCount: 1\nrights: false\nname: shop\nmonitors: false\nvolume: true\n"
DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicaCount }}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: quay.io/example/shop:1.4.0
          resources: {requests: {cpu: 100m, memory: 64Mi}}
"""
CLUSTER_ROLE = """
{{- if .Values.rights }}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: {{ .Values.name }}}
rules: []
{{- end }}
"""
CLAIM = """
{{- if .Values.volume }}
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
{{- end }}
"""
MONITOR = """
{{- if .Values.monitors }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: shop}
spec: {selector: {}, endpoints: [{port: http}]}
{{- end }}
"""
DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
"""
CHART = {
    "values.yaml": VALUES,
    "templates/deployment.yaml": DEPLOYMENT,
    "templates/role.yaml": CLUSTER_ROLE,
    "templates/claim.yaml": CLAIM,
    "templates/monitor.yaml": MONITOR,
    "templates/settings.yaml": config_map("shop-settings"),
    "crds/widgets.yaml": DEFINITION,
}
"""Its files by path."""


def add_shop(repository: Repository, name: str = "shop", **more: Any) -> None:
    """Give the cluster an application with the chart, and whatever else its entry says."""
    chart = {"repoURL": REPOSITORY, "name": "shop", "version": VERSION}
    repository.add(json.dumps({"applications": {name: {"chart": chart, **more}}}))


def pack_shop() -> bytes:
    """Pack the chart."""
    return pack_chart(CHART, "shop", VERSION)


def lock_shop(repository: Repository) -> None:
    """Lock the chart, and keep its archive in the repository."""
    lock_charts(repository.root, {ChartKey(repo_url=REPOSITORY, chart="shop", version=VERSION): pack_shop()})


def make_facts(*kinds: str, crds: tuple[str, ...] = (), asks: tuple[str, ...] = ()) -> ChartFacts:
    """Give the facts of a chart that renders kinds, written as `Kind` or `Kind.group`, and brings API groups.

    Args:
        kinds: What it renders, all with a namespace.
        crds: The API groups that it brings, each with one kind.
        asks: The API versions that it looks for.
    """
    rendered = [[f"{group}/v1" if group else "v1", kind, True, [""], None] for group, kind in map(split_kind, kinds)]
    record: dict[str, Any] = {
        "chart": "shop",
        "version": VERSION,
        "appVersion": "",
        "kubeVersion": None,
        "renders": rendered,
        "crds": [f"things.{group}" for group in crds],
        "customKinds": [[group, "Thing", "things", "Namespaced", ["v1"], "v1"] for group in crds],
        "images": [],
        "apiVersionsAsked": list(asks),
        "usesLookup": False,
        "random": [],
        "keys": {},
    }
    return build_facts(record)
