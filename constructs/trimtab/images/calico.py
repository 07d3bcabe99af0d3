"""Images that Calico's operator takes by itself: those of its release, from the registry of the Installation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.findings.path import Path
from trimtab.images.reference import find_reference
from trimtab.images.use import How, ImageUse

_GROUP = "operator.tigera.io"
_REGISTRY = "quay.io/"
_PATH = "calico"
_UPSTREAM = "UseDefault"
"""The word for upstream's own, as the empty text is (tigera/operator v1.42.3 pkg/components/references.go)."""
_WORKLOADS: Mapping[str, tuple[str, ...]] = {
    "Installation": ("node", "cni", "typha", "kube-controllers"),
    "APIServer": ("apiserver",),
    "Goldmane": ("goldmane",),
    "Whisker": ("whisker", "whisker-backend"),
}
"""Kind to images (tigera/operator v1.42.3 pkg/render: node.go:192-198, typha.go:114, apiserver.go:201, goldmane and
whisker/component.go; the same in v1.40.15 and v1.38.13)."""
_UNLESS_NONE: Mapping[str, tuple[str, ...]] = {
    "flexVolumePath": ("pod2daemon-flexvol",),
    "kubeletVolumePluginPath": ("csi", "node-driver-registrar"),
}
"""Field to images that the word `None` leaves out (pkg/render/node.go:976, csi.go:396-401)."""


def find_calico_images(manifests: Sequence[Mapping[str, Any]], version: str) -> Iterator[tuple[int, ImageUse]]:
    """Give what Calico's operator pulls for the objects that it acts on.

    Args:
        manifests: All objects of the cluster; others than the operator's are passed over.
        version: The release of Calico, with its leading `v`.

    Yields:
        The position of the object among `manifests`, and the image.
    """
    ours = [(at, one) for at, one in enumerate(manifests) if str(one.get("apiVersion", "")).startswith(f"{_GROUP}/")]
    installation = next((_spec(one) for _, one in ours if one.get("kind") == "Installation"), None)
    if installation is None:
        return
    for at, one in ours:
        for name, path in _iter_names(str(one.get("kind")), _spec(one)):
            if reference := find_reference(f"{_prefix(installation)}{name}:{version}"):
                yield at, ImageUse(reference=reference, path=path, how=How.OPERATOR)


def rewrite_installation(manifest: Mapping[str, Any], prefixes: Mapping[str, str]) -> Mapping[str, Any]:
    """Give an Installation whose operator pulls from a mirror; any other object as it is.

    Source: tigera/operator v1.42.3 api/v1/installation_types.go (`registry` ends with a slash, and stands before the
    path), pkg/components/references.go.

    Args:
        manifest: The object; it stays as it is.
        prefixes: Registry to what stands in its place.
    """
    is_ours = manifest.get("kind") == "Installation" and str(manifest.get("apiVersion", "")).startswith(f"{_GROUP}/")
    if not is_ours:
        return manifest
    host, _, rest = (_own(_spec(manifest), "registry") or _REGISTRY).rstrip("/").partition("/")
    if host not in prefixes:
        return manifest
    registry = "/".join(part for part in (prefixes[host], rest) if part)
    return {**manifest, "spec": {**_spec(manifest), "registry": f"{registry}/"}}


def _iter_names(kind: str, spec: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    for name in _WORKLOADS.get(kind, ()):
        yield name, ("spec",)
    if kind == "Installation":
        for field, names in _UNLESS_NONE.items():
            if spec.get(field) != "None":
                yield from ((name, ("spec", field)) for name in names)


def _prefix(installation: Mapping[str, Any]) -> str:
    """Give what stands before an image's name: registry, path and prefix, each as the Installation says."""
    registry, path, prefix = (_own(installation, key) for key in ("registry", "imagePath", "imagePrefix"))
    start = (registry or _REGISTRY).rstrip("/")
    return f"{start}/{path or _PATH}/{prefix or ''}"


def _own(installation: Mapping[str, Any], key: str) -> str | None:
    value = installation.get(key)
    return value if isinstance(value, str) and value not in ("", _UPSTREAM) else None


def _spec(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    spec = manifest.get("spec")
    return spec if isinstance(spec, Mapping) else {}
