"""What an API server 1.35.4 said of each of these objects is what is said here."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, workload

SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}], %s}}"
INGRESS = (
    "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i},"
    " spec: {defaultBackend: {service: {name: s, port: {number: 80}}}, %s}}"
)
POLICY = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n}, spec: {podSelector: {}, %s}}"
CLASS = "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: i}, spec: {%s}}"
CLAIM = (
    "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c},"
    " spec: {accessModes: [%s], resources: {requests: {storage: 1Gi}}, %s}}"
)
VOLUME = (
    "{apiVersion: v1, kind: PersistentVolume, metadata: {name: v},"
    " spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, %s}}"
)
SCALER = (
    "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {maxReplicas: 2,"
    " scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, %s}}"
)
ROLE = (
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r}, roleRef: {%s}, subjects: [%s]}"
)
READ = "kind: Role, name: r, apiGroup: rbac.authorization.k8s.io"
CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, %s}}"
NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: n, labels: {pod-security.kubernetes.io/%s}}}"
BUDGET = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: '%s'}, spec: {minAvailable: 1}}"
STORAGE = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: s}, provisioner: '%s'}"
HOOK = (
    "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: w}, webhooks:"
    " [{name: a.b.c, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {service: {%s}},"
    " rules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [%s]}]}]}"
)
TERM = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: %s}]}}"
DOWNWARD = "volumes: [{name: v, downwardAPI: {items: [{path: %s, %s}]}}]"

REFUSED = [
    (SERVICE % "externalIPs: [a]", "wrong-field-form"),
    (SERVICE % "selector: {a: b c}", "invalid-label"),
    (SERVICE % "loadBalancerSourceRanges: [10.0.0.0], type: LoadBalancer", "wrong-field-form"),
    (SERVICE % "ipFamilies: [null]", "missing-field"),
    (SERVICE % "trafficDistribution: PreferFar", "value-not-allowed"),
    (SERVICE % "healthCheckNodePort: 30090, type: LoadBalancer", "contradicting-fields"),
    (SERVICE % "clusterIPs: [10.96.0.5]", "contradicting-fields"),
    (
        SERVICE % "sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}",
        "field-out-of-range",
    ),
    (SERVICE.replace("80}", "80, appProtocol: a:b}") % "", "wrong-field-form"),
    (INGRESS % "ingressClassName: A", "wrong-field-form"),
    (INGRESS % "tls: [{hosts: ['*']}]", "wrong-field-form"),
    (INGRESS.replace("name: s", "name: s.x") % "", "invalid-name"),
    (INGRESS.replace("number: 80", "name: '80'") % "", "invalid-name"),
    (INGRESS % "rules: [{http: {paths: []}}]", "missing-field"),
    (POLICY % "policyTypes: [Inbound]", "value-not-allowed"),
    (POLICY % "ingress: [{from: [null]}]", "missing-field"),
    (POLICY % "egress: [{ports: [{port: '53'}]}]", "invalid-name"),
    (POLICY % "ingress: [{from: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}]}]", "missing-field"),
    (CLASS % "controller: nginx", "wrong-field-form"),
    (CLASS % "controller: a.b/c, parameters: {kind: K, name: n, scope: Namespace}", "missing-field"),
    (CLAIM % ("ReadWriteSometimes", ""), "value-not-allowed"),
    (CLAIM % ("ReadWriteOnce", "storageClassName: A_b"), "wrong-field-form"),
    (VOLUME % "nfs: {server: s, path: a}", "wrong-field-form"),
    (VOLUME % "nfs: {server: '', path: /a}", "missing-field"),
    (VOLUME % "csi: {driver: a_b, volumeHandle: h}", "wrong-field-form"),
    (VOLUME % "csi: {driver: a.b, volumeHandle: h, nodeExpandSecretRef: {name: a}}", "missing-field"),
    (SCALER % "metrics: [{type: Memory}]", "value-not-allowed"),
    (SCALER % "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}]", "missing-field"),
    (SCALER % "behavior: {scaleDown: {policies: []}}", "missing-field"),
    (SCALER % "behavior: {scaleUp: {policies: [{type: Pods, value: 0, periodSeconds: 15}]}}", "field-out-of-range"),
    (ROLE % (READ.replace("name: r", "name: a/b"), ""), "wrong-field-form"),
    (ROLE % (READ, "{kind: ServiceAccount, name: 'a:b'}"), "invalid-name"),
    (ROLE % (READ, "{kind: User, name: ''}"), "missing-field"),
    (CONFIG % "finalizers: [done]", "invalid-name"),
    (CONFIG % "ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: ''}]", "missing-field"),
    (NAMESPACE % "enforce: strict", "value-not-allowed"),
    (NAMESPACE % "warn-version: '1.35'", "value-not-allowed"),
    (STORAGE % "a b", "wrong-field-form"),
    (HOOK % ("name: a, namespace: ''", "CREATE"), "missing-field"),
    (HOOK % ("name: a, namespace: b", "PATCH"), "value-not-allowed"),
    (HOOK % ("name: a, namespace: b, port: 0", "CREATE"), "field-out-of-range"),
    (workload(pod="hostname: a.b"), "wrong-field-form"),
    (workload(pod="nodeSelector: {a: b c}"), "invalid-label"),
    (workload(pod="serviceAccountName: A"), "wrong-field-form"),
    (workload(pod="securityContext: {runAsUser: -1}"), "field-out-of-range"),
    (workload(pod="securityContext: {sysctls: [{name: A, value: b}]}"), "wrong-field-form"),
    (workload(pod="securityContext: {seccompProfile: {type: Localhost}}"), "missing-field"),
    (workload(pod="hostAliases: [{ip: a, hostnames: [b]}]"), "wrong-field-form"),
    (workload(pod="dnsConfig: {nameservers: [a]}"), "wrong-field-form"),
    (workload(pod=TERM % "''"), "missing-field"),
    (workload(pod=TERM % "a b"), "invalid-label"),
    (
        workload(pod="topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]"),
        "field-out-of-range",
    ),
    (workload(pod="volumes: [{name: v, configMap: {name: c, items: [{key: k, path: /p}]}}]"), "wrong-field-form"),
    (workload(pod="volumes: [{name: v, hostPath: {path: /a/../b}}]"), "wrong-field-form"),
    (workload(pod="volumes: [{name: v, nfs: {server: s, path: a}}]"), "wrong-field-form"),
    (
        workload(
            pod="volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t, expirationSeconds: 60}}]}}]"
        ),
        "field-out-of-range",
    ),
    (workload(pod=DOWNWARD % ("p", "fieldRef: {fieldPath: metadata.label}")), "value-not-allowed"),
    (workload(pod=DOWNWARD % ("p", "resourceFieldRef: {resource: limits.cpu}")), "missing-field"),
    (workload(pod=DOWNWARD % ("../p", "fieldRef: {fieldPath: metadata.name}")), "wrong-field-form"),
    (workload(container="env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIPv6}}}]"), "value-not-allowed"),
    (workload(container="env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: ''}}}]"), "missing-field"),
    (workload(container="env: [{name: A, valueFrom: {configMapKeyRef: {key: k}}}]"), "missing-field"),
    (workload(container="envFrom: [{prefix: A}]"), "contradicting-fields"),
    (workload(container="envFrom: [{secretRef: {name: A_b}}]"), "wrong-field-form"),
    (workload(container="livenessProbe: {exec: {command: []}}"), "missing-field"),
    (
        workload(container="livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: 'a b', value: c}]}}"),
        "wrong-field-form",
    ),
    (workload(container="resizePolicy: [{resourceName: disk, restartPolicy: NotRequired}]"), "value-not-allowed"),
    (workload(container="resources: {requests: {example.com/gpu: 1}}"), "requests-above-limits"),
    (
        workload(container="ports: [{containerPort: 1, hostPort: 9}, {containerPort: 2, hostPort: 9}]"),
        "duplicate-entry",
    ),
    (workload(pod="hostNetwork: true", container="ports: [{hostPort: 5}]"), "missing-field"),
    (
        workload(container="securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}"),
        "contradicting-fields",
    ),
    (workload(spec="strategy: {rollingUpdate: {maxSurge: '1'}}"), "wrong-field-form"),
    (workload(spec="strategy: {rollingUpdate: {maxUnavailable: 200%}}"), "field-out-of-range"),
    (workload(spec="minReadySeconds: 100, progressDeadlineSeconds: 100"), "contradicting-fields"),
    (workload(kind="DaemonSet", spec="updateStrategy: {rollingUpdate: {maxSurge: 1}}"), "contradicting-fields"),
]

TAKEN = [
    SERVICE % "sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}",
    SERVICE % "externalIPs: [010.0.0.1], loadBalancerSourceRanges: [' 10.0.0.1/8 '], type: LoadBalancer",
    SERVICE % "trafficDistribution: PreferSameZone, ipFamilies: [IPv4], selector: {a: ''}",
    INGRESS % "tls: [{hosts: ['*.a.b']}], rules: [{host: '*.b.c'}]",
    CLASS % "controller: a.b/c, parameters: {apiGroup: a.b, kind: K, name: n, scope: Namespace, namespace: x}",
    VOLUME % "csi: {driver: a.b, volumeHandle: h, nodeStageSecretRef: {}}",
    SCALER
    % (
        "metrics: [{type: External, external: {metric: {name: m, selector: {matchLabels: {a: http://b}}},"
        " target: {type: AverageValue, averageValue: 1}}}]"
    ),
    SCALER % "behavior: {scaleDown: {stabilizationWindowSeconds: 0}}",
    BUDGET % "Any*Name",
    (BUDGET % "b").replace("'b'", "b, finalizers: [done]"),
    STORAGE % "Example.org/Own",
    CONFIG % "finalizers: [example.org/done, foregroundDeletion]",
    NAMESPACE % "audit: baseline, pod-security.kubernetes.io/audit-version: latest",
    HOOK % ("name: a, namespace: b", '"*"'),
    workload(pod="securityContext: {runAsUser: 0, seccompProfile: {type: RuntimeDefault}}"),
    workload(pod="dnsConfig: {nameservers: [10.0.0.1], searches: [a_b.c., .]}"),
    workload(pod=DOWNWARD % ("a/b", "fieldRef: {fieldPath: \"metadata.annotations['a.b/c']\"}")),
    workload(container="env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}]"),
    workload(container="resources: {limits: {cpu: Mi, memory: '.'}}"),
    workload(
        container="ports: [{containerPort: 1, hostPort: 9}, {containerPort: 2, hostPort: 9, protocol: UDP}],"
        " args: [null]"
    ),
    workload(spec="strategy: {rollingUpdate: {maxSurge: 200%, maxUnavailable: 0}}"),
    workload(kind="DaemonSet", spec="updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []


def test_name_of_a_service_in_an_ingress_may_begin_with_a_digit_from_1_36_on() -> None:
    """As Services themselves may (RelaxedServiceNameValidation)."""
    text = INGRESS.replace("name: s", "name: 1s") % ""
    assert codes(text, minor=35) == ["invalid-name"]
    assert codes(text, minor=36) == []


def test_status_is_not_looked_at() -> None:
    """The API server drops it; generators of definitions leave empty names there."""
    text = (
        "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r}, spec: {selector: {matchLabels: {a: b}},"
        " template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: 'example.org/web:1.0.0',"
        " readinessProbe: {exec: {command: [a]}}}]}}}, status: {replicas: 1, conditions: [{type: '', status: ''}]}}"
    )
    assert codes(text) == []
