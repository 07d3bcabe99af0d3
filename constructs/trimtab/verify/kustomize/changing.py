"""An object of a kustomization as it is applied, as far as that can be told without running kustomize."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.verify.entry import IsNamespaced
from trimtab.verify.kustomize.layers import Layer
from trimtab.verify.kustomize.patches import apply_patch, iter_wanted
from trimtab.verify.reading import fields_of, iter_fields, text_of
from trimtab.verify.tree import POD_PATHS

_WORKLOADS = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
_ACCOUNTS = ("ServiceAccount",)
_BINDINGS = frozenset({"RoleBinding", "ClusterRoleBinding"})
_SELECTORS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("", "Service"): ("spec", "selector"),
    ("", "ReplicationController"): ("spec", "selector"),
    **{("apps", kind): ("spec", "selector", "matchLabels") for kind in _WORKLOADS},
    ("policy", "PodDisruptionBudget"): ("spec", "selector", "matchLabels"),
    ("networking.k8s.io", "NetworkPolicy"): ("spec", "podSelector", "matchLabels"),
}
_SELECTORS_MADE = frozenset({("", "Service"), ("", "ReplicationController"), *(("apps", kind) for kind in _WORKLOADS)})
"""Kinds whose selector comes to be where there is none."""
_SCALED = frozenset({"Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"})
_CONTAINERS = ("initContainers", "containers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the kustomizations above an object wrote into it."""

    written: tuple[Path, ...] = ()
    """The paths whose values do not stand in the object's file."""
    is_open: bool = False
    """Whether any may be another."""
    renamed: tuple[str, str] = ("", "")
    """What its name will begin and end with beside its own; names stay as they are written, as they do in those who
    name it."""

    def covers(self, path: Path) -> bool:
        """Say whether the value at a path came from elsewhere, or may have."""
        return self.is_open or any(path[: len(one)] == one for one in self.written)


class Changer:
    """Makes the changes of some layers, one after the other."""

    def __init__(self, layers: Sequence[Layer], is_namespaced: IsNamespaced, accounts: Collection[str]) -> None:
        """Make it ready.

        Args:
            layers: What changes the objects, in order.
            is_namespaced: Which kinds live in a namespace.
            accounts: The ServiceAccounts of the same kustomization, which bindings follow.
        """
        self._layers, self._is_namespaced, self._accounts = layers, is_namespaced, accounts

    def change(self, manifest: Manifest) -> tuple[Manifest, Changes]:
        """Give an object as it is applied.

        Raises:
            GoneError: It is not.
        """
        written: list[Path] = []
        is_open = False
        for layer in self._layers:
            is_open |= layer.is_opaque
            for patch in iter_wanted(layer.patches, manifest):
                manifest, wrote = apply_patch(manifest, patch)
                is_open |= wrote is None
                written += wrote or ()
            manifest = self._transform(manifest, layer, written)
            for target, path in layer.replaced:
                if any(iter_wanted([target], manifest)):
                    written.append(path)
        prefix = "".join(layer.prefix for layer in reversed(self._layers))
        suffix = "".join(layer.suffix for layer in self._layers)
        return manifest, Changes(written=tuple(written), is_open=is_open, renamed=(prefix, suffix))

    def _transform(self, manifest: Manifest, layer: Layer, written: list[Path]) -> Manifest:
        if layer.namespace:
            manifest = self._move(manifest, layer.namespace, written)
        if layer.labels or layer.annotations:
            manifest = _label(manifest, layer)
        if manifest["kind"] in _SCALED and (name := manifest["metadata"].get("name")) in layer.replicas:
            manifest = _set(manifest, ("spec", "replicas"), layer.replicas[name])
            written.append(("spec", "replicas"))
        if layer.images:
            manifest = _rename_images(manifest, layer.images, written)
        return manifest

    def _move(self, manifest: Manifest, namespace: str, written: list[Path]) -> Manifest:
        if self._is_namespaced(split_api_version(manifest["apiVersion"])[0], str(manifest["kind"])):
            manifest = _set(manifest, ("metadata", "namespace"), namespace)
            written.append(("metadata", "namespace"))
        if manifest["kind"] == "Namespace" and manifest["apiVersion"] == "v1":
            manifest = _set(manifest, ("metadata", "name"), namespace)
        if manifest["kind"] in _BINDINGS:
            for position, subject in iter_fields(manifest, "subjects"):
                if text_of(subject, "kind") in _ACCOUNTS and text_of(subject, "name") in self._accounts:
                    manifest = _set(manifest, ("subjects", position, "namespace"), namespace)
        if manifest["kind"] in {"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"}:
            for position, webhook in iter_fields(manifest, "webhooks"):
                if fields_of(webhook, "clientConfig", "service"):
                    path: Path = ("webhooks", position, "clientConfig", "service", "namespace")
                    manifest = _set(manifest, path, namespace)
        if manifest["kind"] == "APIService" and fields_of(manifest, "spec", "service"):
            manifest = _set(manifest, ("spec", "service", "namespace"), namespace)
        return manifest


def _label(manifest: Manifest, layer: Layer) -> Manifest:
    """Add labels to an object, to the pods it makes, and to its selector.

    Source: kustomize, api/internal/konfig/builtinpluginconsts/commonlabels.go.
    """
    metadata = manifest["metadata"]
    made = {**metadata, "labels": {**fields_of(metadata, "labels"), **layer.labels}}
    if layer.annotations:
        made["annotations"] = {**fields_of(metadata, "annotations"), **layer.annotations}
    manifest = {**manifest, "metadata": made}
    kind = split_api_version(manifest["apiVersion"])[0], str(manifest["kind"])
    if layer.pod_labels and kind in POD_PATHS and POD_PATHS[kind]:
        manifest = _add(manifest, (*POD_PATHS[kind], "metadata", "labels"), layer.pod_labels)
    selector = _SELECTORS.get(kind)
    if layer.selecting and selector and (kind in _SELECTORS_MADE or fields_of(manifest, *selector)):
        manifest = _add(manifest, selector, layer.selecting)
    return manifest


def _add(manifest: Manifest, path: Path, labels: Mapping[str, Any]) -> Manifest:
    made: Manifest = _set(manifest, path, {**fields_of(manifest, *map(str, path)), **labels})
    return made


def _rename_images(manifest: Manifest, images: Mapping[str, Mapping[str, Any]], written: list[Path]) -> Manifest:
    pod = POD_PATHS.get((split_api_version(manifest["apiVersion"])[0], str(manifest["kind"])))
    if pod is None:
        return manifest
    at: Path = (*pod, "spec")
    for field in _CONTAINERS:
        for position, container in iter_fields(manifest, *map(str, at), field):
            image = text_of(container, "image")
            name = image.partition("@")[0]
            name = name[: name.rindex(":")] if ":" in name.rpartition("/")[2] else name
            change = images.get(name)
            if change is not None:
                path: Path = (*at, field, position, "image")
                manifest = _set(manifest, path, _rename(image, name, change))
                written.append(path)
    return manifest


def _rename(image: str, name: str, change: Mapping[str, Any]) -> str:
    new, tag, digest = (change.get(key) for key in ("newName", "newTag", "digest"))
    rest = f"@{digest}" if digest else f":{tag}" if tag is not None else image[len(name) :]
    return f"{new or name}{rest}"


def _set(value: Any, path: Path, to: Any) -> Any:
    """Give a value with another one at a path, and leave it as it is."""
    if not path:
        return to
    key, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(key, int):
        return [_set(one, rest, to) if at == key else one for at, one in enumerate(value)]
    below = dict(value) if isinstance(value, Mapping) else {}
    below[str(key)] = _set(below.get(str(key)), rest, to)
    return below
