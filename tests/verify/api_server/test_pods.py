"""Pods as the API server takes them: containers, volumes, probes, resources."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, complaints, workload


@pytest.mark.parametrize(
    ("container", "code"),
    [
        ("ports: [{containerPort: 0}]", "field-out-of-range"),
        ("ports: [{containerPort: 65536}]", "field-out-of-range"),
        ("ports: [{containerPort: 80, name: Http}]", "invalid-name"),
        ("ports: [{containerPort: 80, name: a-name-too-long-for-it}]", "invalid-name"),
        ("ports: [{containerPort: 80, name: a}, {containerPort: 81, name: a}]", "duplicate-entry"),
        ("env: [{name: A=B}]", "invalid-name"),
        ("env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]", "contradicting-fields"),
        ("env: [{name: A, valueFrom: {}}]", "contradicting-fields"),
        ("volumeMounts: [{name: v, mountPath: /v}]", "mount-without-volume"),
        ("livenessProbe: {}", "contradicting-fields"),
        ("livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}", "contradicting-fields"),
        ("livenessProbe: {exec: {command: [a]}, successThreshold: 2}", "field-out-of-range"),
        ("livenessProbe: {exec: {command: [a]}, periodSeconds: -1}", "field-out-of-range"),
        ("livenessProbe: {tcpSocket: {port: 0}}", "field-out-of-range"),
        ("livenessProbe: {tcpSocket: {port: '80'}}", "invalid-name"),
        ("lifecycle: {preStop: {}}", "contradicting-fields"),
        ("resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}", "requests-above-limits"),
        ("resources: {requests: {example.com/gpu: 1}, limits: {example.com/gpu: 2}}", "requests-above-limits"),
        ("resources: {limits: {cpu: -1}}", "field-out-of-range"),
        ("resources: {limits: {cpus: 1}}", "value-not-allowed"),
    ],
)
def test_fault_of_a_container_is_found(container: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(workload(container=container)) == [code]


@pytest.mark.parametrize(
    "container",
    [
        "ports: [{containerPort: 80, name: http}, {containerPort: 443, name: https, hostPort: 0}]",
        "env: [{name: a.b-c_d}, {name: E, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
        "livenessProbe: {httpGet: {port: http}}, lifecycle: {preStop: {sleep: {seconds: 5}}}",
        "readinessProbe: {exec: {command: [a]}, successThreshold: 3}",
        "resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: '1', memory: 1024Mi, hugepages-2Mi: 4Mi}}",
        "resources: {limits: {nvidia.com/gpu: 1}}",
        "restartPolicy: Always",
    ],
)
def test_good_container_is_left_in_peace(container: str) -> None:
    """What real charts write."""
    assert codes(workload(container=container)) == []


@pytest.mark.parametrize(
    ("pod", "code"),
    [
        ("volumes: [{name: v, emptyDir: {}, hostPath: {path: /v}}]", "contradicting-fields"),
        ("volumes: [{name: v, emptyDir: {}}, {name: v, emptyDir: {}}]", "duplicate-entry"),
        ("volumes: [{name: V, emptyDir: {}}]", "invalid-name"),
        ("volumes: [{name: v, configMap: {}}]", "missing-field"),
        ("volumes: [{name: v, secret: {secretName: s, defaultMode: 644}}]", "field-out-of-range"),
        ("initContainers: [{name: web, image: 'a:1.0.0'}]", "duplicate-entry"),
        ("initContainers: [{name: a}]", "missing-field"),
        (
            "initContainers: [{name: a, image: 'a:1.0.0', livenessProbe: {tcpSocket: {port: 1}}}]",
            "contradicting-fields",
        ),
        ("restartPolicy: Never", "value-not-allowed"),
    ],
)
def test_fault_of_a_pod_is_found(pod: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(workload(pod=pod)) == [code]


def test_volume_without_a_source_is_empty_dir() -> None:
    """That is its default."""
    text = workload(pod="volumes: [{name: v}]", container="volumeMounts: [{name: v, mountPath: /v}]")
    assert codes(text) == []


def test_claims_of_a_stateful_set_can_be_mounted() -> None:
    """They are volumes of its pods by name."""
    claim = "{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}"
    mount = "volumeMounts: [{name: data, mountPath: /d}]"
    templates = f"serviceName: web, volumeClaimTemplates: [{claim}]"
    assert codes(workload("StatefulSet", spec=templates, container=mount)) == []
    assert codes(workload(container=mount)) == ["mount-without-volume"]


def test_octal_mode_without_its_zero_is_told_what_it_is() -> None:
    """The commonest slip with modes."""
    (one,) = complaints(workload(pod="volumes: [{name: v, secret: {secretName: s, defaultMode: 644}}]"))
    assert one.help == "write 0 to 0777, or 511; 0644 is 420"


def test_job_must_say_how_its_pods_end() -> None:
    """The default, Always, is for what never ends."""
    job = "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {%s containers: [%s]}}}}"
    one = "{name: a, image: 'a:1.0.0'}"
    assert codes(job % ("", one)) == ["value-not-allowed"]
    assert codes(job % ("restartPolicy: Never,", one)) == []


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("replicas: -1", "field-out-of-range"),
        ("strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}", "contradicting-fields"),
        ("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}", "contradicting-fields"),
    ],
)
def test_deployment_that_cannot_roll_is_found(spec: str, code: str) -> None:
    """The API server refuses it."""
    assert codes(workload(spec=spec)) == [code]


@pytest.mark.parametrize(
    ("spec", "faults"),
    [
        ("schedule: '*/5 * * * *'", 0),
        ("schedule: '@daily', timeZone: Europe/Berlin", 0),
        ("schedule: '@every 1h'", 0),
        ("schedule: '* * * *'", 1),
        ("schedule: '0 3 * * 7'", 1),
        ("schedule: 'TZ=Europe/Berlin 0 3 * * *'", 1),
        ("schedule: '0 3 * * *', timeZone: Europe/Bern", 1),
        ("schedule: '0 3 * * *', timeZone: Local", 1),
    ],
)
def test_schedules_are_read_as_kubernetes_reads_them(spec: str, faults: int) -> None:
    """By robfig/cron, with the zone in a field of its own."""
    template = "{spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1.0.0'}]}}}}"
    text = f"{{apiVersion: batch/v1, kind: CronJob, metadata: {{name: c}}, spec: {{{spec}, jobTemplate: {template}}}}}"
    assert codes(text) == ["invalid-schedule"] * faults
