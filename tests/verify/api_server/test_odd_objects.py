"""No object, however odd, makes a check fall over."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kubernetes_support.trees import CHECKS, service, workload
from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.entry import make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

MORE = """
{apiVersion: v1, kind: Secret, metadata: {name: s, labels: {a: b}}, type: a/b, data: {a: YQ==}, stringData: {b: c}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {rules: [{host: a.b, http: {paths: [
  {path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n}, spec: {podSelector: {}, ingress: [
  {ports: [{port: 80, endPort: 90}], from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/16]}}]}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: {matchLabels: {app: web},
  matchExpressions: [{key: a, operator: In, values: [b]}]}, minAvailable: 1}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: r}, roleRef: {kind: ClusterRole,
  name: a}, subjects: [{kind: User, name: a}]}
---
{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: c}, spec: {group: a.b,
  scope: Cluster, names: {kind: C, plural: c}, versions: [{name: v1, served: true, storage: true,
  schema: {openAPIV3Schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}}]}}
---
{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: w}, webhooks: [
  {name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: a, namespace: b}}}]}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: d}, spec: {accessModes: [ReadWriteOnce],
  resources: {requests: {storage: 1Gi}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: j}, spec: {schedule: '* * * * *', timeZone: Etc/UTC,
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {maxReplicas: 2,
  scaleTargetRef: {kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu}}]}}
"""
FULL = workload(
    "StatefulSet",
    spec="replicas: 2, serviceName: web, volumeClaimTemplates: [{metadata: {name: d}, spec: {}}]",
    pod="volumes: [{name: v, persistentVolumeClaim: {claimName: d}}], initContainers: [{name: i, image: i}]",
    container="ports: [{containerPort: 80, name: a}], env: [{name: A, value: b.c.svc}], volumeMounts: [{name: v,"
    " mountPath: /v}], resources: {requests: {cpu: 1}, limits: {cpu: 2}}, livenessProbe: {httpGet: {port: a}}",
)
MANIFESTS: list[dict[str, Any]] = [one for text in (MORE, FULL, service()) for one in yaml.safe_load_all(text)]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**12, "", "x", "8Gi", "a/b", [], {}, [{}], [None], [1], {"a": None}, {"a": [1]}, {1: 2}]
)


def _spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, item in inner for spot in _spots(item, (*path, key)))]


def _is_free(path: tuple[Any, ...]) -> bool:
    return bool(path) and path[0] not in {"apiVersion", "kind"} and path not in {("metadata",), ("metadata", "name")}


@pytest.mark.unmeasured
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_odd_values_are_told_of_or_passed_over(data: st.DataObject) -> None:
    """Whatever stands wherever: a check yields what it found, and raises nothing."""
    manifest = copy.deepcopy(data.draw(st.sampled_from(MANIFESTS)))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([spot for spot in _spots(manifest) if _is_free(spot)]))
        holder: Any = manifest
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = copy.deepcopy(data.draw(ODD))
    others = [make_entry(one, is_namespaced, namespace="shop") for one in MANIFESTS]
    tree = Tree([make_entry(manifest, is_namespaced, namespace="shop"), *others])
    for check in CHECKS:
        assert all(
            getattr(said, "code", None) in {None, *check.codes} for said in check.run(tree, World(kubernetes=(1, 35)))
        )
