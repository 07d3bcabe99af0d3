"""The Job that runs once for each change of what Elasticsearch and Kibana are told."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Literal

from trimtab.components.logging.elasticsearch import stack_image
from trimtab.components.logging.indices import (
    plan_data_view,
    plan_default_view,
    plan_index_settings,
    plan_policy,
    plan_template,
)
from trimtab.components.logging.kibana import kibana_host, kibana_url
from trimtab.components.logging.names import (
    CA_FILE,
    USER,
    elasticsearch_ca,
    elasticsearch_host,
    kibana_ca,
    user_secret,
    wanted_namespace,
)
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.setup_script import (
    DATA_VIEW_FILE,
    DEFAULT_VIEW_FILE,
    ELASTICSEARCH_CA,
    FOLDER,
    INDEX_SETTINGS_FILE,
    KIBANA_CA,
    POLICY_FILE,
    SCRIPT_FILE,
    TEMPLATE_FILE,
    plan_script,
)
from trimtab.components.logging.sizes import plan_resources
from trimtab.components.releases import wanted_release
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.facts import Facts

_USER_ID = 1000
"""The user `elasticsearch` of the image (elastic/elasticsearch distribution/docker/src/docker/Dockerfile)."""

_RETRIES = 20
_ORIGIN = ("components.logging", "nodes", "size")
_REASONS: dict[tuple[str | int, ...], str] = {
    ("metadata", "name"): "a Job cannot be changed: other contents are another Job, and Argo CD prunes this one",
    ("spec", "template", "spec", "containers", 0, "image"): "it has curl and bash, and is on the machines already",
}


def build_setup(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the Job and the ConfigMap with its script and requests; both are named after what is in them."""
    files = plan_files(settings, facts)
    pod = _pod(settings, facts)
    name = f"logging-setup-{_fingerprint([files, pod])}"
    pod["volumes"][0]["configMap"] = {"name": name}
    namespace = wanted_namespace(settings)
    config = plan_object("v1", "ConfigMap", name, namespace=namespace, data=files)
    manifests.add(config, id="configmap-logging-setup", origin=_ORIGIN)
    job = plan_object(
        "batch/v1",
        "Job",
        name,
        namespace=namespace,
        spec={"backoffLimit": _RETRIES, "template": {"spec": pod}},
    )
    manifests.add(job, id="job-logging-setup", origin=_ORIGIN, reasons=_REASONS)


def plan_files(settings: Settings, facts: Facts) -> dict[str, str]:
    """Give the script and the bodies of its requests, by file name."""
    policy = plan_policy(settings)
    bodies: dict[str, dict[str, Any] | None] = {
        POLICY_FILE: policy,
        TEMPLATE_FILE: plan_template(settings, facts.cluster),
        INDEX_SETTINGS_FILE: plan_index_settings(settings, facts.cluster),
    }
    if settings.kibana.enabled:
        bodies |= {DATA_VIEW_FILE: plan_data_view(settings), DEFAULT_VIEW_FILE: plan_default_view(settings)}
    script = plan_script(has_policy=policy is not None, kibana=_kibana_speech(settings, facts))
    written = {name: json.dumps(body, indent=1) + "\n" for name, body in bodies.items() if body is not None}
    return {SCRIPT_FILE: script, **written}


def _fingerprint(contents: object) -> str:
    return sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()[:8]


def _pod(settings: Settings, facts: Facts) -> dict[str, Any]:
    affinity = plan_architecture_affinity(facts.cluster, wanted_release("logging", settings).architectures)
    volumes: list[dict[str, Any]] = [{"name": "setup"}, _authority("elasticsearch-ca", elasticsearch_ca(settings))]
    if _kibana_speech(settings, facts) == "tls":
        volumes.append(_authority("kibana-ca", kibana_ca()))
    return {
        **({"affinity": affinity} if affinity else {}),
        "restartPolicy": "OnFailure",
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": _USER_ID,
            "runAsGroup": _USER_ID,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(settings, facts)],
        "volumes": volumes,
    }


def _container(settings: Settings, facts: Facts) -> dict[str, Any]:
    mounts = [("setup", FOLDER), ("elasticsearch-ca", ELASTICSEARCH_CA)]
    if _kibana_speech(settings, facts) == "tls":
        mounts.append(("kibana-ca", KIBANA_CA))
    return {
        "name": "setup",
        "image": stack_image(settings),
        "command": ["bash", f"{FOLDER}/{SCRIPT_FILE}"],
        "env": _environment(settings, facts),
        "resources": plan_resources(settings, facts.cluster, "setup"),
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": name, "mountPath": path, "readOnly": True} for name, path in mounts],
    }


def _environment(settings: Settings, facts: Facts) -> list[dict[str, Any]]:
    password = {"secretKeyRef": {"name": user_secret(settings), "key": USER}}
    values = {"PREFIX": settings.index_prefix, "ELASTICSEARCH": f"https://{elasticsearch_host(settings)}:9200"}
    if settings.kibana.enabled:
        values["KIBANA"] = kibana_url(settings, facts)
    given = [{"name": name, "value": value} for name, value in values.items()]
    return [{"name": "PASSWORD", "valueFrom": password}, *given]


def _kibana_speech(settings: Settings, facts: Facts) -> Literal["tls", "plain", "none"]:
    if not settings.kibana.enabled:
        return "none"
    return "plain" if kibana_host(settings, facts) else "tls"


def _authority(name: str, secret: str) -> dict[str, Any]:
    return {"name": name, "secret": {"secretName": secret, "items": [{"key": CA_FILE, "path": CA_FILE}]}}
