"""Storage, endpoints, backends, runtime classes, tokens and definitions, as an API server 1.35.4 takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes

VOLUME = (
    "{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {accessModes: [ReadWriteOnce],"
    " capacity: {storage: 1Gi}, local: {path: /a}, nodeAffinity: {required: {nodeSelectorTerms: [{%s}]}}}}"
)
REMOTE = (
    "{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {accessModes: [ReadWriteOnce],"
    " capacity: {storage: 1Gi}, csi: {driver: a.b, volumeHandle: h, nodePublishSecretRef: {%s}}}}"
)
CLAIM = (
    "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c},"
    " spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, %s}}"
)
EPHEMERAL = (
    "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a, image: 'example.org/web:1.0.0'}],"
    " volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce],"
    " resources: {requests: {storage: 1Gi}}, %s}}}}]}}"
)
SNAPSHOT = "dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: %s}"
STORAGE = (
    "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: s}, provisioner: a.b/c,"
    " allowedTopologies: [{matchLabelExpressions: [%s]}]}"
)
SLICE = (
    "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: e}, addressType: %s,"
    " endpoints: [{addresses: ['%s']}], ports: [%s]}"
)
ENDPOINTS = "{apiVersion: v1, kind: Endpoints, metadata: {name: e}, subsets: [{ports: [{port: 80}], %s}]}"
INGRESS = (
    "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {defaultBackend: {resource: {%s}}}}"
)
SET = (
    "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s}, spec: {serviceName: %s,"
    " selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a,"
    " image: 'example.org/web:1.0.0', readinessProbe: {exec: {command: [a]}}}]}}}}"
)
RUNTIME = "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: r}, handler: runc, %s}"
DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: carts.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: carts, kind: %s}
  conversion: {%s}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}, %s}]
"""
TOKEN = (
    "{apiVersion: v1, kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: t, annotations: {%s}}}"
)
SCALER = (
    "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {maxReplicas: 2,"
    " scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: ContainerResource,"
    " containerResource: {container: %s, name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}}"
)
HOOK = "strategy: Webhook, webhook: {clientConfig: {%s}, conversionReviewVersions: [%s]}"
NONE = "strategy: None"
SERVICE = "service: {name: a, namespace: b}"

REFUSED = [
    (TOKEN % "", "missing-field"),
    (SCALER % "a.b", "wrong-field-form"),
    (VOLUME % "matchExpressions: [{key: a, operator: In}]", "missing-field"),
    (VOLUME % "matchExpressions: [{key: a, operator: In, values: [b c]}]", "invalid-label"),
    (VOLUME % "matchFields: [{key: spec.nodeName, operator: In, values: [a]}]", "value-not-allowed"),
    (VOLUME % "matchFields: [{key: metadata.name, operator: In, values: [a, b]}]", "value-not-allowed"),
    (VOLUME % "matchFields: [{key: metadata.name, operator: In, values: [A_b]}]", "invalid-name"),
    (REMOTE % "name: A, namespace: b", "wrong-field-form"),
    (REMOTE % "name: a, namespace: b.c", "wrong-field-form"),
    (CLAIM % (SNAPSHOT % "''"), "missing-field"),
    (CLAIM % "dataSourceRef: {kind: Snapshot, name: s}", "missing-field"),
    (EPHEMERAL % "dataSource: {kind: Bucket, name: b}", "missing-field"),
    (EPHEMERAL % "dataSource: {apiGroup: example.org, kind: Bucket, name: ''}", "missing-field"),
    (STORAGE % "{key: a, values: [b, b]}", "duplicate-entry"),
    (STORAGE % "{key: a, values: [b]}, {key: a, values: [c]}", "duplicate-entry"),
    (SLICE % ("IPv4", "fd00::1", ""), "wrong-field-form"),
    (SLICE % ("IPv4", "127.0.0.1", ""), "wrong-field-form"),
    (SLICE % ("IPv6", "10.0.0.1", ""), "wrong-field-form"),
    (SLICE % ("IPv6", "FD00::1", ""), "wrong-field-form"),
    (SLICE % ("IPv6", "fe80::1", ""), "wrong-field-form"),
    (SLICE % ("IPv6", "::ffff:10.0.0.1", ""), "wrong-field-form"),
    (SLICE % ("FQDN", "db", ""), "wrong-field-form"),
    (SLICE % ("IPv4", "10.0.0.1", "{port: 1}, {port: 2}"), "duplicate-entry"),
    (ENDPOINTS % "addresses: []", "missing-field"),
    (ENDPOINTS % "addresses: [{ip: 127.0.0.1}]", "wrong-field-form"),
    (ENDPOINTS % "notReadyAddresses: [{ip: '169.254.1.1'}]", "wrong-field-form"),
    (INGRESS % "kind: Bucket, name: ''", "missing-field"),
    (INGRESS % "kind: a/b, name: c", "wrong-field-form"),
    (INGRESS % "apiGroup: A, kind: Bucket, name: c", "wrong-field-form"),
    (SET % "web.shop", "wrong-field-form"),
    (RUNTIME % "overhead: {podFixed: {cpus: 1}}", "value-not-allowed"),
    (RUNTIME % "overhead: {podFixed: {requests.a.b/gpu: 1}}", "value-not-allowed"),
    (RUNTIME % "overhead: {podFixed: {A.B/gpu: 1}}", "value-not-allowed"),
    (RUNTIME % "scheduling: {tolerations: [{key: a, operator: Exists, value: b}]}", "contradicting-fields"),
    (RUNTIME % "scheduling: {nodeSelector: {a: b c}}", "invalid-label"),
    (DEFINITION % ("Cart, shortNames: [Ct]", NONE, ""), "wrong-field-form"),
    (DEFINITION % ("Cart, categories: [a.b]", NONE, ""), "wrong-field-form"),
    (DEFINITION % ("Cart, listKind: Cart", NONE, ""), "invalid-definition"),
    (DEFINITION % ("Cart", "strategy: Webhook", ""), "invalid-definition"),
    (DEFINITION % ("Cart", HOOK.replace("strategy: Webhook", NONE) % (SERVICE, "v1"), ""), "invalid-definition"),
    (DEFINITION % ("Cart", HOOK % ("", "v1"), ""), "contradicting-fields"),
    (DEFINITION % ("Cart", HOOK % (SERVICE, "v2"), ""), "value-not-allowed"),
    (DEFINITION % ("Cart", HOOK % ("url: 'http://a'", "v1"), ""), "wrong-field-form"),
    (DEFINITION % ("Cart", NONE, "deprecationWarning: old"), "invalid-definition"),
    (DEFINITION % ("Cart", NONE, "deprecated: true, deprecationWarning: ''"), "invalid-definition"),
    (
        DEFINITION
        % ("Cart", NONE, "subresources: {scale: {specReplicasPath: .replicas, statusReplicasPath: .status.replicas}}"),
        "wrong-field-form",
    ),
]

TAKEN = [
    TOKEN % "kubernetes.io/service-account.name: default",
    SCALER % "web",
    VOLUME % "matchFields: [{key: metadata.name, operator: In, values: [node-1]}]",
    VOLUME % "matchExpressions: [{key: kubernetes.io/hostname, operator: Gt, values: ['1']}]",
    CLAIM % "dataSource: {kind: Bucket}",
    CLAIM % (SNAPSHOT % "s"),
    EPHEMERAL % (SNAPSHOT % "s"),
    CLAIM % "dataSourceRef: {kind: PersistentVolumeClaim, name: s}",
    STORAGE % "{key: a, values: [b]}, {key: b, values: [b]}",
    SLICE % ("IPv4", "010.0.0.1", "{port: 1, name: a}, {port: 2}"),
    SLICE % ("IPv4", "::ffff:10.0.0.1", ""),
    SLICE % ("IPv6", "fd00::1", ""),
    SLICE % ("FQDN", "db.example.org.", ""),
    INGRESS % "kind: Bucket, name: A",
    SET % "web",
    SET % "''",
    RUNTIME % "overhead: {podFixed: {cpu: 10m}}, scheduling: {tolerations: [{operator: Exists}]}",
    DEFINITION % ("Cart, shortNames: [ct], categories: [all]", HOOK % (SERVICE, "v1, v1alpha1"), ""),
    DEFINITION % ("Cart", NONE, "deprecated: true, deprecationWarning: use v2"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []
