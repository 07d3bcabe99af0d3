"""Where the pods of an object may run, as far as its processors are concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path, get_value

_POD_PATHS: Mapping[str, Path] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    "DaemonSet": ("spec", "template", "spec"),
    "Deployment": ("spec", "template", "spec"),
    "Job": ("spec", "template", "spec"),
    "Pod": ("spec",),
    "ReplicaSet": ("spec", "template", "spec"),
    "StatefulSet": ("spec", "template", "spec"),
}
_PLACED = ("nodeName", "nodeSelector", "affinity", "runtimeClassName")


def find_unplaced_pod(manifest: Mapping[str, Any]) -> Path | None:
    """Give the path of a pod that may run on every machine that takes pods.

    A pod that says anything of where it runs is left alone: which labels a machine has is not all known here.

    Returns:
        The path of the pod's own specification; nothing where the object has no pod, or one that chooses.
    """
    path = _POD_PATHS.get(str(manifest.get("kind")))
    pod = get_value(manifest, path or ())
    if path is None or not isinstance(pod, Mapping) or any(pod.get(key) for key in _PLACED):
        return None
    return path


def iter_container_images(manifest: Mapping[str, Any], pod: Path) -> Iterator[tuple[Path, str]]:
    """Give path and image of every container of a pod.

    Args:
        manifest: The object.
        pod: The path of the pod's specification in it.
    """
    spec: Any = manifest
    for key in pod:
        spec = spec[key]
    for field in ("initContainers", "containers"):
        containers = spec.get(field)
        for at, one in enumerate(containers if isinstance(containers, list) else ()):
            if isinstance(one, Mapping) and isinstance(one.get("image"), str):
                yield (*pod, field, at, "image"), one["image"]
