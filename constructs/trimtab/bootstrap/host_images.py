"""Images that the hosts pull before there is a cluster: kubeadm's, and those of static pods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.bootstrap.addresses import plan_endpoint
from trimtab.bootstrap.endpoint_files import plan_kube_vip_image
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.bootstrap.installers import has_bootstrap
from trimtab.catalogue.kubeadm_images import ARCHITECTURES, kubernetes_images, other_images
from trimtab.images.use import How
from trimtab.plan.cluster import Cluster
from trimtab.settings.kubernetes import EndpointProvider

KUBE_VIP_ARCHITECTURES = ("amd64", "arm", "arm64", "ppc64le")
"""What kube-vip's image exists for (kube-vip/kube-vip .github/workflows/release.yaml, platforms)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostImage:
    """One image that hosts pull."""

    image: str
    how: How
    architectures: tuple[str, ...]


def plan_host_images(cluster: Cluster) -> tuple[HostImage, ...]:
    """Give the images that are known; none where the files of day 0 are not ours, or kubespray pulls.

    haproxy and Keepalived are packages of the hosts.
    """
    if not has_bootstrap(cluster) or is_kubespray(cluster):
        return ()
    return (*_iter_kubeadm(cluster), *_iter_static_pods(cluster))


def plan_unknown_host_images(cluster: Cluster) -> tuple[str, ...]:
    """Say what of the hosts' images is not known, each with the command that names it."""
    if not has_bootstrap(cluster):
        return ()
    if is_kubespray(cluster):
        return ("what kubespray pulls before there is a cluster: its contrib/offline/generate_list.sh names it",)
    return tuple(_iter_unknown(cluster.settings.kubernetes.version))


def _iter_kubeadm(cluster: Cluster) -> Iterator[HostImage]:
    version = cluster.settings.kubernetes.version
    if _is_exact(version):
        for image in (*kubernetes_images(version), *(other_images(version) or ())):
            yield HostImage(image=image, how=How.KUBEADM, architectures=ARCHITECTURES)


def _iter_static_pods(cluster: Cluster) -> Iterator[HostImage]:
    endpoint = plan_endpoint(cluster)
    if endpoint and endpoint.address and endpoint.provider is EndpointProvider.KUBE_VIP:
        image = plan_kube_vip_image(cluster)
        yield HostImage(image=image, how=How.STATIC_POD, architectures=KUBE_VIP_ARCHITECTURES)


def _iter_unknown(version: str) -> Iterator[str]:
    if not _is_exact(version):
        yield (
            f"kubeadm takes the newest patch of {version}, whose images `kubeadm config images list` names on a host;"
            " with an exact kubernetes.version they are listed"
        )
    elif other_images(version) is None:
        yield (
            f"CoreDNS, pause and etcd of Kubernetes {version}, which nobody has looked at: `kubeadm config images list"
            f" --kubernetes-version v{version}`"
        )
    yield "the pause image that containerd itself starts pods with: `containerd config dump` names it on a host"


def _is_exact(version: str) -> bool:
    return version.count(".") == 2
