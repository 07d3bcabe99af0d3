"""AppProjects: their own form, and what they permit."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argocd_tree_support.trees import SHOP, application, codes, complain, read_entries, say
from trimtab.verify.argocd.globs import is_match, normalise_repository
from trimtab.verify.complaint import Unchecked


def project(spec: str, name: str = "shop") -> str:
    """Write an AppProject."""
    head = f"apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {{name: {name}, namespace: argocd}}\nspec:\n"
    return head + indent(dedent(spec).strip() or "{}", "  ")


OPEN = """
sourceRepos: ['*']
destinations: [{server: '*', namespace: '*'}]
clusterResourceWhitelist: [{group: '*', kind: '*'}]
"""


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("sourceRepos: ['!*']", "invalid-project"),
        ("sourceRepos: [a, b, a]", "invalid-project"),
        ("destinations: [{server: '!*', namespace: a}]", "invalid-project"),
        ("destinations: [{server: x, namespace: a}, {server: x, namespace: a}]", "invalid-project"),
        ("roles: [{name: bad role}]", "invalid-project"),
        ("roles: [{name: a}, {name: a}]", "invalid-project"),
        ("roles: [{name: ci, policies: [garbage]}]", "policy-form"),
        ("roles: [{name: ci, policies: ['p, proj:shop:other, applications, get, shop/*, allow']}]", "policy-form"),
        ("roles: [{name: ci, policies: ['p, proj:shop:ci, applications, get, other/*, allow']}]", "policy-form"),
        ("syncWindows: [{kind: maybe, schedule: '* * * * *', duration: 1h, applications: [x]}]", "sync-window-form"),
        ("syncWindows: [{kind: deny, schedule: 'xx', duration: 1h, applications: [x]}]", "sync-window-form"),
        ("syncWindows: [{kind: deny, schedule: '* * * * *', duration: 1d, applications: [x]}]", "sync-window-form"),
        ("syncWindows: [{kind: deny, schedule: '* * * * *', duration: 1h}]", "sync-window-form"),
        (
            "syncWindows: [{kind: deny, schedule: '* * * * *', duration: 1h, timeZone: Mars, applications: [x]}]",
            "sync-window-form",
        ),
    ],
)
def test_what_argo_cds_server_would_refuse_is_found(spec: str, code: str) -> None:
    """From Git nobody looks at it."""
    assert codes(project(spec)) == [code]


def test_good_project_is_quiet() -> None:
    """With roles and windows."""
    spec = """
    sourceRepos: ['https://git.example.org/**', '!https://git.example.org/secret']
    roles: [{name: ci, policies: ['p, proj:shop:ci, applications, sync, shop/*, allow']}]
    syncWindows: [{kind: deny, schedule: '0 18 * * 1-5', duration: 8h, timeZone: Europe/Vienna, clusters: ['*']}]
    """
    assert codes(project(spec)) == []


def refused(spec: str, *objects: str, app: str = "") -> list[str]:
    """Give what the project of an Application does not permit."""
    entries = [*read_entries(project(spec)), *read_entries(application("project: shop\n" + app))]
    for each in objects:
        entries += read_entries(each, application="shop", namespace="shop")
    return [found.message for found in complain(entries) if found.code == "project-refuses-its-apps"]


CLUSTER_ROLE = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: x}}"
CONFIG_MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}"


def test_open_project_permits_all() -> None:
    """As the default one does."""
    assert refused(OPEN, CLUSTER_ROLE, CONFIG_MAP) == []


def test_repository_that_is_not_listed_is_refused() -> None:
    """Compared without case and `.git`; a denial wins."""
    (message,) = refused(OPEN.replace("'*'", "https://git.example.org/other", 1))
    assert message.startswith(
        "the project 'shop' does not permit the repository 'https://git.example.org/shop.git' of "
    )
    assert refused(OPEN.replace("'*'", "https://Git.example.org/shop", 1)) == []
    assert refused(OPEN.replace("'*'", "'*', '!https://git.example.org/*'", 1)) != []


def test_star_of_a_repository_does_not_cross_a_slash() -> None:
    """Two of them do."""
    assert refused(OPEN.replace("'*'", "'https://*'", 1)) != []
    assert refused(OPEN.replace("'*'", "'https://**'", 1)) == []


@pytest.mark.parametrize(
    ("destinations", "permits"),
    [
        ("{server: 'https://kubernetes.default.svc', namespace: shop}", True),
        ("{name: in-cluster, namespace: 'sh*'}", True),
        ("{server: 'https://kubernetes.default.svc', namespace: other}", False),
        ("{server: '*', namespace: '*'}, {server: '*', namespace: '!shop'}", False),
        ("{server: '*', namespace: '*'}, {server: '*', namespace: '!kube-system'}", True),
        ("{name: staging, namespace: '*'}", False),
    ],
)
def test_destination_is_decided_as_argo_cd_does(destinations: str, permits: bool) -> None:
    """By name or address, and namespace; a denial that fits wins over what permits."""
    spec = f"sourceRepos: ['*']\ndestinations: [{destinations}]"
    assert (refused(spec) == []) is permits


def test_kind_of_the_cluster_has_to_be_listed() -> None:
    """No list permits none."""
    spec = "sourceRepos: ['*']\ndestinations: [{server: '*', namespace: '*'}]"
    (message,) = refused(spec, CLUSTER_ROLE, CLUSTER_ROLE.replace("x}", "y}"))
    assert message.startswith("the project 'shop' does not permit ClusterRole.rbac.authorization.k8s.io, and ")
    assert refused(f"{spec}\nclusterResourceWhitelist: [{{group: '*.k8s.io', kind: 'Cluster*'}}]", CLUSTER_ROLE) == []
    assert refused(f"{OPEN}\nclusterResourceBlacklist: [{{group: '*', kind: ClusterRole}}]", CLUSTER_ROLE) != []


def test_namespaced_kind_is_permitted_unless_listed_otherwise() -> None:
    """An empty list permits none; no list permits all."""
    assert refused(f"{OPEN}\nnamespaceResourceWhitelist: []", CONFIG_MAP) != []
    assert refused(f"{OPEN}\nnamespaceResourceBlacklist: [{{group: '', kind: ConfigMap}}]", CONFIG_MAP) != []
    assert refused(OPEN, CONFIG_MAP) == []


def test_namespace_of_an_object_has_to_be_permitted() -> None:
    """Not the Application's alone."""
    spec = OPEN.replace("namespace: '*'", "namespace: shop")
    assert refused(spec, CONFIG_MAP) == []
    (message,) = refused(spec, CONFIG_MAP.replace("name: x", "name: x, namespace: shpo"))
    assert "does not permit the namespace 'shpo' of ConfigMap shpo/x" in message


def test_namespace_that_argo_cd_creates_has_to_be_permitted() -> None:
    """It is checked like any other object."""
    spec = "sourceRepos: ['*']\ndestinations: [{server: '*', namespace: '*'}]"
    assert len(refused(spec, app="syncPolicy: {syncOptions: [CreateNamespace=true]}")) == 1


def test_kind_whose_scope_nobody_knows_is_left_alone() -> None:
    """It may be of a namespace."""
    spec = "sourceRepos: ['*']\ndestinations: [{server: '*', namespace: '*'}]"
    assert refused(spec, "{apiVersion: example.org/v1, kind: Widget, metadata: {name: x}}") == []


def test_project_that_is_not_in_the_tree_is_found_where_others_are() -> None:
    """Else it is said that nobody could look."""
    assert codes(f"{project(OPEN, 'shops')}\n---\n{application('project: shop')}") == ["unknown-project"]
    (said,) = say(read_entries(application("project: shop")))
    assert isinstance(said, Unchecked)
    assert codes(SHOP) == []


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a*", "abc", True),
        ("{a,b}c", "bc", True),
        ("[ab]c", "bc", True),
        ("[!ab]c", "bc", False),
        ("a?c", "abc", True),
        ("a.c", "abc", False),
        ("*", "a/b", True),
    ],
)
def test_patterns_are_those_of_gobwas(pattern: str, text: str, fits: bool) -> None:
    """Without a separator a star crosses everything."""
    assert is_match(pattern, text) is fits


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_pattern_is_too_strange(pattern: str, text: str) -> None:
    """One that cannot be read fits nothing."""
    assert is_match(pattern, text, "/") in {True, False}


def test_repositories_are_compared_as_argo_cd_writes_them() -> None:
    """Both ways to write an address of ssh are one."""
    assert normalise_repository("git@Git.example.org:a/b.git") == "git@git.example.org/a/b"
    assert normalise_repository("ssh://git@git.example.org/a/b") == "git@git.example.org/a/b"


def test_tree_without_most_of_its_projects_does_not_hold_them_all() -> None:
    """Others are made elsewhere; but a name with a slip in it is still found."""
    entries = read_entries(project(OPEN))
    for number, name in enumerate(["search", "mail", "shp"]):
        entries += read_entries(application(f"project: {name}").replace("name: shop", f"name: app-{number}", 1))
    said = [found for found in complain(entries) if found.code == "unknown-project"]
    assert [found.help for found in said] == ["did you mean 'shop'?"]
