"""What was found in a tree of files: objects, and what is meant as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import Manifest, split_api_version

if TYPE_CHECKING:  # our own trees need no kustomize, and not what reads files
    from trimtab.verify.kustomize.changing import Changes

_CONFIGURATIONS = frozenset({"kubeadm.k8s.io", "kubelet.config.k8s.io"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """An object in a file."""

    manifest: Manifest
    file: str
    document: int
    """Which of the file's documents it is, or is in."""
    path: Path = ROOT
    """Where in the document it stands: an item of a List does not stand at its top."""
    changes: Changes | None = None
    """What kustomizations wrote into it; nothing where it is applied as it stands in its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoObject:
    """Something in a file that is meant as an object and is none."""

    file: str
    document: int
    path: Path
    message: str


def is_object(value: Mapping[str, Any]) -> bool:
    """Say whether a mapping is an object that an API server would be sent."""
    return (
        type(value.get("apiVersion")) is str and type(value.get("kind")) is str and type(value.get("metadata")) is dict
    )


def is_configuration(value: Mapping[str, Any]) -> bool:
    """Say whether a mapping is what kubeadm or a kubelet is started with."""
    return split_api_version(value.get("apiVersion"))[0] in _CONFIGURATIONS and type(value.get("kind")) is str
