"""kubespray's tags: which Kubernetes each can install, and which Calico it brings."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.catalogue.chart import KubernetesRange
from trimtab.catalogue.versions import parse_version

SOURCE = "kubernetes-sigs/kubespray@<tag> roles/kubespray_defaults (kube_version, kubelet_checksums)"
"""Where each row was read: the versions that a tag has checksums of are the ones it can install."""
WALK_SOURCE = "kubernetes-sigs/kubespray docs/operations/upgrades.md (Multiple upgrades)"
"""Where kubespray asks not to skip a minor of its tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag, the newest of its minor."""

    version: str
    kubernetes: KubernetesRange
    """The minors it can install."""
    installs: str
    """The version of Kubernetes that it installs where the settings name a minor alone, or none."""
    calico: str


def _tag(version: str, oldest: str, installs: str, calico: str) -> Tag:
    newest = parse_version(installs).minor
    kubernetes = KubernetesRange(oldest=oldest, newest=newest)
    return Tag(version=version, kubernetes=kubernetes, installs=installs, calico=calico)


TAGS = (
    _tag("v2.31.0", "1.33", "1.35.4", "3.31.5"),
    _tag("v2.30.0", "1.32", "1.34.3", "3.30.6"),
    _tag("v2.29.1", "1.31", "1.33.7", "3.30.5"),
    _tag("v2.28.1", "1.30", "1.32.8", "3.29.5"),
    _tag("v2.27.1", "1.29", "1.31.9", "3.29.4"),
    _tag("v2.26.1", "1.28", "1.30.6", "3.28.1"),
    _tag("v2.25.1", "1.27", "1.29.10", "3.27.4"),
    _tag("v2.24.3", "1.26", "1.28.14", "3.26.5"),
)
"""The tags, newest first."""


def find_tag(version: str) -> Tag | None:
    """Find the row of a tag, or of another patch of its minor, which installs the same minors.

    Args:
        version: With or without a leading `v`.

    Raises:
        ValueError: `version` is not a version.
    """
    minor = parse_version(version).minor
    return next((tag for tag in TAGS if parse_version(tag.version).minor == minor), None)
