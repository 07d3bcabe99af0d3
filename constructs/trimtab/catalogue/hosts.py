"""Which hosts on the internet answer on IPv6, as far as somebody has looked and said so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFact:
    """What is known of one host."""

    host: str
    ipv6: bool
    source: str
    archives_at: str | None = None
    """For a chart index: the host that its entries send the client to for the archive."""


_ARCHIVES_ON_GITHUB = "the index sends clients to github.com release files"

HOSTS = (
    HostFact(
        host="ghcr.io",
        ipv6=False,
        source="kube-vip/kube-vip#1165, kyverno/kyverno#13257, argoproj/argo-helm#3326",
    ),
    HostFact(
        host="github.com",
        ipv6=False,
        source="aquasecurity/trivy-db#371, spantaleev/matrix-docker-ansible-deploy#3123",
    ),
    HostFact(
        host="argoproj.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"argoproj/argo-helm gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="bitnami-labs.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"bitnami-labs/sealed-secrets gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="charts.external-secrets.io",
        ipv6=False,
        archives_at="github.com",
        source=f"external-secrets/external-secrets gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="ceph.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"ceph/ceph-csi-operator .github/workflows/publish-helm-charts.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="kubernetes.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"kubernetes/ingress-nginx gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="fluent.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"fluent/helm-charts gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="metallb.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"metallb/metallb gh-pages index.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="prometheus-community.github.io",
        ipv6=False,
        archives_at="github.com",
        source=f"prometheus-community/helm-charts .github/workflows/release.yaml: {_ARCHIVES_ON_GITHUB}",
    ),
    HostFact(
        host="public.ecr.aws",
        ipv6=False,
        source="argoproj/argo-helm#3326, kubernetes-sigs/aws-load-balancer-controller#3466",
    ),
    HostFact(host="ecr-public.aws.com", ipv6=True, source="argoproj/argo-helm#3328"),
    HostFact(host="registry.k8s.io", ipv6=True, source="kubernetes-sigs/aws-load-balancer-controller#3466"),
    HostFact(host="quay.io", ipv6=True, source="prometheus-operator/prometheus-operator#6059"),
    HostFact(
        host="docker.io",
        ipv6=True,
        source="docker.com/blog/docker-hub-registry-ipv6-support-now-generally-available",
    ),
)
_BY_HOST = {fact.host: fact for fact in HOSTS}


def has_ipv6(host: str) -> bool | None:
    """Say whether a chart, image or repository at this host can be fetched over IPv6 alone.

    Returns:
        False also for an index that answers but whose archives lie where nothing does; None where nobody has looked.
    """
    fact = find_host(host)
    return fact.ipv6 if fact else None


def find_host(host: str) -> HostFact | None:
    """Find what is known of a host; upper case and a port do not matter."""
    return _BY_HOST.get(host.lower().partition(":")[0])
