"""What Argo CD brings: Applications that somebody acts on."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.argocd.settings import Settings
from trimtab.kube.argocd import is_at_home
from trimtab.kube.release import MONITORING_APIS
from trimtab.plan.application import Application, Ignored, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, Need, Offer, PodNetwork

ARGOCD = "argocd"
GROUP = "argoproj.io"
MONITORING_GROUP = MONITORING_APIS[0].partition("/")[0]
REDIS_SECRET = "argocd-redis"
"""The Secret with the password of Redis, by the name the chart reads (argo-helm charts/argo-cd/values.yaml)."""


def offers(_settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group and its controller, where Argo CD runs in this cluster."""
    if not is_at_home(cluster):
        return ()
    return (ApiGroup(by=ARGOCD, name=GROUP), Controller(by=ARGOCD, name=GROUP))


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give Argo CD itself; nothing where the Argo CD of another cluster brings this one.

    Its objects stay when its Application goes: they are what would have to put them back.
    """
    cluster = facts.cluster
    if not is_at_home(cluster):
        return ()
    return (
        Application(
            name=ARGOCD,
            component="argocd",
            namespace=cluster.settings.gitops.namespace,
            # Redis' highly available chart leaves parts of what "restricted" asks to the image.
            pod_security="baseline" if settings.high_availability else "restricted",
            # Only the CRDs, not Prometheus itself: that may want storage and certificates first.
            needs=(Need(offer=PodNetwork), Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True)),
            keeps_on_delete=True,
            # The server writes its signing key and the admin's password there itself.
            ignored=(Ignored(kind="Secret", name="argocd-secret", json_pointers=("/data",)),),
            secrets=tuple(_secrets(settings, cluster)),
            host_names=(settings.host,) if settings.host else (),
            origins=("components.argocd",),
        ),
    )


def _secrets(settings: Settings, cluster: Cluster) -> Iterator[WantedSecret]:
    gitops = cluster.settings.gitops
    namespace = gitops.namespace
    yield WantedSecret(namespace=namespace, name=REDIS_SECRET, keys=("auth",), why="the password of Argo CD's Redis")
    if gitops.credentials:
        why = "how Argo CD reaches the Git repository; label argocd.argoproj.io/secret-type: repository"
        yield WantedSecret(namespace=namespace, name=gitops.credentials.secret_name, keys=("url",), why=why)
    if settings.oidc and settings.oidc.client_secret:
        wanted = settings.oidc.client_secret
        why = "the OpenID Connect client's secret; label app.kubernetes.io/part-of: argocd"
        yield WantedSecret(namespace=namespace, name=wanted.secret_name, keys=(wanted.key,), why=why)
