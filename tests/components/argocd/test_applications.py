"""What Argo CD is made of, and what it waits for."""

from __future__ import annotations

import pytest

from argocd_support.made import make_argocd
from trimtab.plan.offers import ApiGroup, PodNetwork


def test_it_manages_itself_and_outlives_its_application() -> None:
    """Deleting the Application named argocd must not delete what would put it back."""
    (found,) = make_argocd().applications
    assert (found.name, found.namespace, found.keeps_on_delete) == ("argocd", "argocd", True)


def test_it_waits_for_the_pod_network_only() -> None:
    """Nothing else must run before Argo CD does; monitors come first where there are any."""
    (found,) = make_argocd().applications
    assert [need.offer for need in found.needs if not need.optional] == [PodNetwork]


def test_it_runs_where_its_applications_lie() -> None:
    """The namespace is the one that `gitops` names."""
    made = make_argocd(gitops={"namespace": "gitops"})
    assert {made.applications[0].namespace, made.chart.namespace} == {"gitops"}


@pytest.mark.parametrize("destination", [{"name": "place7"}, {"server": "https://place7.example.org:6443"}])
def test_no_second_argocd_where_another_clusters_applies(destination: dict[str, str]) -> None:
    """A cluster that is brought by the Argo CD of another has none of its own."""
    made = make_argocd(gitops={"destination": destination})
    assert (made.applications, made.facts.offers) == ((), ())


@pytest.mark.parametrize("destination", [{}, {"name": "in-cluster"}, {"server": "https://kubernetes.default.svc"}])
def test_both_names_of_the_own_cluster_are_known(destination: dict[str, str]) -> None:
    """Argo CD knows the cluster it runs in by a name and by an address."""
    made = make_argocd(gitops={"destination": destination})
    assert made.facts.has(ApiGroup, "argoproj.io")


def test_secrets_outside_git_are_named() -> None:
    """Whoever installs the cluster finds every Secret with its keys, and what label it needs."""
    oidc = {"issuer": "https://id.example.org", "clientID": "argocd", "clientSecret": {"secretName": "sso", "key": "k"}}
    made = make_argocd({"oidc": oidc, "host": "a.example.org"}, gitops={"credentials": {"secretName": "repo"}})
    found = {secret.name: secret for secret in made.applications[0].secrets}
    assert {name: secret.keys for name, secret in found.items()} == {
        "argocd-redis": ("auth",),
        "repo": ("type", "url", "username", "password"),
        "sso": ("k",),
    }
    assert found["repo"].labels == (("argocd.argoproj.io/secret-type", "repository"),)
    assert found["sso"].labels == (("app.kubernetes.io/part-of", "argocd"),)
    assert {name for name, secret in found.items() if secret.by_hand} == {"argocd-redis", "repo"}


def test_a_repository_over_ssh_wants_a_key() -> None:
    """Argo CD signs in with it instead of a user and a token."""
    gitops = {"credentials": {"secretName": "repo"}, "repoURL": "ssh://git@git.example.org/x.git"}
    [_, repo] = make_argocd({}, gitops=gitops).applications[0].secrets
    assert repo.keys == ("type", "url", "sshPrivateKey")


def test_what_argocd_writes_into_its_secret_is_not_compared() -> None:
    """The server's signing key and the admin's password are made in the cluster and lie in the chart's empty Secret."""
    (ignored,) = make_argocd().applications[0].ignored
    assert (ignored.kind, ignored.name, ignored.json_pointers) == ("Secret", "argocd-secret", ("/data",))


def test_high_availability_asks_less_of_its_namespace() -> None:
    """Redis' highly available chart is not known to run under the level "restricted"; all else is."""
    levels = [make_argocd({"highAvailability": wanted}).applications[0].pod_security for wanted in (False, True)]
    assert levels == ["restricted", "baseline"]
