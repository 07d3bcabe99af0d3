"""Manifests as teams write them: thousands of objects of Kubernetes' own kinds, no two alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

Manifest = dict[str, Any]

PER_TEAM = 10
"""Objects that `iter_team` gives."""


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library asks for each value
        return True


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def write_manifests(root: Path, objects: int) -> None:
    """Write a folder a team, a file an object, until there are so many objects; all refer to what is there."""
    for number in range(objects // PER_TEAM):
        folder = root / f"team{number:04}"
        folder.mkdir(parents=True)
        for manifest in iter_team(number):
            write_manifest(folder / f"{manifest['kind'].lower()}.yaml", manifest)


def write_applications(root: Path, teams: int) -> None:
    """Write an Application for each team's folder, in a folder of their own, as Argo CD would sync them."""
    for number in range(teams):
        file = root / f"applications/team{number:04}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_manifest(file, _application(f"team{number:04}"))


def _application(team: str) -> Manifest:
    source = {"repoURL": "https://git.example.org/platform.git", "path": team, "targetRevision": "v1.0.0"}
    destination = {"server": "https://kubernetes.default.svc", "namespace": team}
    sync = {"automated": {"prune": True, "selfHeal": True}, "syncOptions": ["ServerSideApply=true"]}
    spec = {"project": "default", "source": source, "destination": destination, "syncPolicy": sync}
    return _object("argoproj.io/v1alpha1", "Application", team, "argocd", {}) | {"spec": spec}


def write_manifest(file: Path, manifest: Manifest) -> None:
    """Write one object, in block style, as people and most tools do."""
    file.write_text(yaml.dump(manifest, Dumper=_Dumper, sort_keys=False, width=1000), encoding="utf-8")


def iter_team(number: int) -> Iterator[Manifest]:
    """Give the ten objects of one team."""
    name, namespace = f"app{number:04}", f"team{number:04}"
    kept = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}
    labels = {"pod-security.kubernetes.io/enforce": "baseline"}
    yield _object("v1", "Namespace", namespace, None, {"annotations": kept, "labels": labels})
    for api_version, kind, make in _KINDS:
        yield _object(api_version, kind, name, namespace, {"labels": _labels(name)}) | make(name, number)


def _object(api_version: str, kind: str, name: str, namespace: str | None, metadata: Manifest) -> Manifest:
    place = {"namespace": namespace} if namespace else {}
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, **place, **metadata}}


def _labels(name: str) -> Manifest:
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "argocd",
    }


def _account(name: str, number: int) -> Manifest:
    return {"automountServiceAccountToken": False}


def _config(name: str, number: int) -> Manifest:
    data = {"LOG_LEVEL": "info", "WORKERS": str(number % 16 + 1), "app.conf": f"listen 8080\nname {name}\nlog json\n"}
    return {"data": data}


def _deployment(name: str, number: int) -> Manifest:
    labels = {"app.kubernetes.io/name": name}
    template = {"metadata": {"labels": _labels(name)}, "spec": _pod(name, number)}
    return {"spec": {"replicas": number % 5 + 1, "selector": {"matchLabels": labels}, "template": template}}


def _pod(name: str, number: int) -> Manifest:
    return {
        "serviceAccountName": name,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10000 + number},
        "containers": [_container(name, number)],
        "volumes": [
            {"name": "config", "configMap": {"name": name, "defaultMode": 420}},
            {"name": "cache", "emptyDir": {"sizeLimit": "64Mi"}},
        ],
    }


def _container(name: str, number: int) -> Manifest:
    probe = {"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 10}
    return {
        "name": "app",
        "image": f"registry.example.org/shop/{name}:1.{number % 40}.{number % 7}",
        "args": ["--config=/etc/app/app.conf", f"--shard={number}"],
        "env": [{"name": "POD_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}],
        "envFrom": [{"configMapRef": {"name": name}}],
        "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}],
        "livenessProbe": probe,
        "readinessProbe": probe | {"periodSeconds": 5},
        "resources": {"requests": {"cpu": f"{100 + number % 9}m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": "config", "mountPath": "/etc/app"}, {"name": "cache", "mountPath": "/var/cache/app"}],
    }


def _service(name: str, number: int) -> Manifest:
    ports = [{"name": "http", "port": 80, "targetPort": "http"}, {"name": "metrics", "port": 9090}]
    return {"spec": {"selector": {"app.kubernetes.io/name": name}, "ports": ports}}


def _ingress(name: str, number: int) -> Manifest:
    backend = {"service": {"name": name, "port": {"name": "http"}}}
    paths = [{"path": "/", "pathType": "Prefix", "backend": backend}]
    return {"spec": {"rules": [{"host": f"{name}.example.org", "http": {"paths": paths}}]}}


def _policy(name: str, number: int) -> Manifest:
    spec = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": name}}, "policyTypes": ["Ingress"]}
    return {"spec": spec | {"ingress": [{"ports": [{"port": 8080, "protocol": "TCP"}, {"port": 9090}]}]}}


def _budget(name: str, number: int) -> Manifest:
    return {"spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app.kubernetes.io/name": name}}}}


def _scaler(name: str, number: int) -> Manifest:
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}}
    metrics = [{"type": "Resource", "resource": cpu}]
    return {"spec": {"scaleTargetRef": target, "minReplicas": 1, "maxReplicas": 9, "metrics": metrics}}


def _role(name: str, number: int) -> Manifest:
    return {"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list", "watch"]}]}


_KINDS: tuple[tuple[str, str, Callable[[str, int], Manifest]], ...] = (
    ("v1", "ServiceAccount", _account),
    ("v1", "ConfigMap", _config),
    ("apps/v1", "Deployment", _deployment),
    ("v1", "Service", _service),
    ("networking.k8s.io/v1", "Ingress", _ingress),
    ("networking.k8s.io/v1", "NetworkPolicy", _policy),
    ("policy/v1", "PodDisruptionBudget", _budget),
    ("autoscaling/v2", "HorizontalPodAutoscaler", _scaler),
    ("rbac.authorization.k8s.io/v1", "Role", _role),
)
