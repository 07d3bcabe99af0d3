"""What Argo CD brings: Applications that somebody acts on."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.argocd.settings import Settings
from trimtab.kube.argocd import is_at_home
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.plan.application import Application, Ignored, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, Need, Offer, PodNetwork
from trimtab.settings.gitops import GitOps

ARGOCD = "argocd"
GROUP = "argoproj.io"
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
    namespace = cluster.settings.gitops.namespace
    yield WantedSecret(
        namespace=namespace,
        name=REDIS_SECRET,
        keys=("auth",),
        why="the password of Argo CD's Redis",
        formats=("32 random characters",),
        by_hand=True,
    )
    if cluster.settings.gitops.credentials:
        yield _repository(cluster.settings.gitops, cluster.settings.gitops.credentials.secret_name)
    if settings.oidc and settings.oidc.client_secret:
        wanted = settings.oidc.client_secret
        yield WantedSecret(
            namespace=namespace,
            name=wanted.secret_name,
            keys=(wanted.key,),
            why="the OpenID Connect client's secret",
            formats=("the client's secret, from the identity provider",),
            labels=(("app.kubernetes.io/part-of", "argocd"),),
        )


def _repository(gitops: GitOps, name: str) -> WantedSecret:
    """Give the repository's credentials (argo-cd v3.5.1 docs/operator-manual/declarative-setup.md, Repositories)."""
    logins = (
        {"username": "a user name, such as git", "password": "a token that may read the repository"}
        if gitops.repo_url.startswith("http")
        else {"sshPrivateKey": "a private SSH key in PEM that may read the repository"}
    )
    formats = {"type": "the text git", "url": f"the text {gitops.repo_url}", **logins}
    return WantedSecret(
        namespace=gitops.namespace,
        name=name,
        keys=tuple(formats),
        why="how Argo CD reaches the Git repository",
        formats=tuple(formats.values()),
        labels=(("argocd.argoproj.io/secret-type", "repository"),),
        by_hand=True,
    )
