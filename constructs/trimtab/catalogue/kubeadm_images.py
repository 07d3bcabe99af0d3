"""The images that kubeadm pulls for each version of Kubernetes."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.catalogue.versions import parse_version

REGISTRY = "registry.k8s.io"
ARCHITECTURES = ("amd64", "arm64", "ppc64le", "s390x")
"""What the images exist for (kubernetes hack/lib/golang.sh, KUBE_SUPPORTED_SERVER_PLATFORMS; etcd, pause and CoreDNS
have more: cluster/images/etcd/Makefile, build/pause/Makefile, coredns Makefile.docker)."""
_OF_KUBERNETES = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Minor:
    """One minor: what its patches, the oldest first, take beside Kubernetes' own images."""

    minor: str
    newest: int
    """The newest patch that somebody has looked at."""
    coredns: str
    pause: str
    etcd: tuple[tuple[int, str], ...]
    """The first patch, and the tag that holds from there."""


_MINORS = (
    _Minor(minor="1.33", newest=13, coredns="v1.12.0", pause="3.10", etcd=((0, "3.5.21-0"), (6, "3.5.24-0"))),
    _Minor(minor="1.34", newest=10, coredns="v1.12.1", pause="3.10.1", etcd=((0, "3.6.4-0"), (2, "3.6.5-0"))),
    _Minor(minor="1.35", newest=7, coredns="v1.13.1", pause="3.10.1", etcd=((0, "3.6.6-0"),)),
    _Minor(minor="1.36", newest=3, coredns="v1.14.2", pause="3.10.2", etcd=((0, "3.6.8-0"),)),
)
"""Source: kubernetes/minikube@eb25dbc pkg/minikube/constants/constants_kubeadm_images.go, which holds what `kubeadm
config images list` says of each release. Kubernetes' own place is cmd/kubeadm/app/constants/constants.go
(CoreDNSVersion, PauseVersion, DefaultEtcdVersion) with cmd/kubeadm/app/images/images.go."""


def kubernetes_images(version: str) -> tuple[str, ...]:
    """Give the images of Kubernetes itself, which have its version.

    Args:
        version: An exact version, without a leading `v`.
    """
    return tuple(f"{REGISTRY}/{name}:v{version}" for name in _OF_KUBERNETES)


def other_images(version: str) -> tuple[str, ...] | None:
    """Give the images of CoreDNS, pause and etcd that kubeadm of a version takes; nothing where nobody has looked.

    Args:
        version: An exact version, without a leading `v`.

    Raises:
        ValueError: `version` is not a version.
    """
    parsed = parse_version(version)
    row = next((one for one in _MINORS if one.minor == parsed.minor), None)
    if row is None or parsed.patch > row.newest or parsed.pre:
        return None
    etcd = [tag for first, tag in row.etcd if first <= parsed.patch][-1]
    return (
        f"{REGISTRY}/coredns/coredns:{row.coredns}",
        f"{REGISTRY}/pause:{row.pause}",
        f"{REGISTRY}/etcd:{etcd}",
    )
