"""Names that something outside the objects of a tree may bring are not called nobody's."""

from __future__ import annotations

import pytest

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: shop}
spec:
  containers:
    - {name: shop, image: "shop:1.0.0", envFrom: [{secretRef: {name: shop-db}}]}
"""
LONE = POD
POD += """\
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: unlike, namespace: shop}
spec: {encryptedData: {a: AgB}}
"""
NOBODY = ["secret-made-by-nobody shop/pod.yaml:6:70"]


def custom(kind: str, name: str, spec: str = "{}") -> str:
    """Write an object of a kind that nobody knows."""
    return f"apiVersion: x.example.org/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"


def application(path: str, namespace: str = "shop") -> str:
    """Write an Application of a folder."""
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\n"
        f"spec: {{project: default, destination: {{name: in-cluster, namespace: {namespace}}},"
        f" source: {{repoURL: 'https://git.example.org/x.git', targetRevision: v1.0.0, path: {path}}}}}\n"
    )


def test_name_that_nothing_brings_is_nobodys(found):
    """The tree alone is all there is."""
    assert found({"shop/pod.yaml": POD}) == NOBODY


BRINGERS = {
    "an operator's object in its spec": {"shop/x.yaml": custom("Vault", "v", "{to: shop-db}")},
    "an operator's object by its name": {"shop/x.yaml": custom("User", "shop")},
    "kustomize": {"k/kustomization.yaml": "secretGenerator: [{name: shop-db}]\n"},
    "a template": {"t/secret.yaml": "kind: Secret\napiVersion: v1\nmetadata: {name: shop-db}\nx: {{ .Values.x }}\n"},
    "a folder that is not here": {"apps/a.yaml": application("elsewhere")},
    "Flux": {
        "shop/x.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
        "metadata: {name: db, namespace: shop}\n"
    },
    "a mirror": {
        "db/secret.yaml": "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n"
        "metadata: {name: shop-db, namespace: db}\n"
        "spec: {encryptedData: {a: AgB}, template: {metadata: {annotations:"
        " {reflector.v1.k8s.emberstack.com/reflection-allowed: 'true'}}}}\n"
    },
    "a class of secrets": {
        "shop/x.yaml": "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n"
        "metadata: {name: q, namespace: shop}\nspec: {secretObjects: [{secretName: shop-db}]}\n"
    },
}


@pytest.mark.parametrize("files", BRINGERS.values(), ids=BRINGERS)
def test_name_that_may_be_brought_is_left_alone(found, files):
    """What does the bringing is not looked into, so nothing is claimed."""
    assert [one for one in found({"shop/pod.yaml": POD, **files}) if "nobody" in one] == []


STRANGERS = {
    "an operator's object of another namespace": {"x.yaml": custom("User", "shop").replace("space: shop", "space: b")},
    "a monitor": {"x.yaml": custom("ServiceMonitor", "shop").replace("x.example.org", "monitoring.coreos.com")},
    "kustomize with other names": {"k/kustomization.yaml": "secretGenerator: [{name: shop-d}]\n"},
    "a folder for another namespace": {"apps/a.yaml": application("elsewhere", "other")},
    "a folder that is here": {"apps/a.yaml": application("shop")},
}


@pytest.mark.parametrize("files", STRANGERS.values(), ids=STRANGERS)
def test_name_stays_nobodys_beside_what_has_nothing_to_do_with_it(found, files):
    """A slip in a name is what the check is for."""
    assert [one for one in found({"shop/pod.yaml": POD, **files}) if "nobody" in one] == NOBODY


def test_one_name_is_told_once_an_object(found):
    """However often the object names it."""
    twice = POD.replace("{name: shop-db}}]", "{name: shop-db}}, {prefix: X_, secretRef: {name: shop-db}}]")
    assert found({"shop/pod.yaml": twice}) == NOBODY


def test_tree_without_a_secret_leaves_them_to_others(verify):
    """Nobody in the namespace makes one, and no Application says who does: it is counted, not refused."""
    examined = verify({"shop/pod.yaml": LONE})
    assert not [one for one in examined.findings if one.code == "secret-made-by-nobody"]
    assert any("not checked (1): a Secret, a class" in note for note in examined.notes)


@pytest.mark.parametrize(
    "more",
    [{"trimtab-verify.yaml": "secrets: {shop: {cache: []}}\n"}, {"a.yaml": application("x", "elsewhere")}],
    ids=["a list of Secrets", "an Application"],
)
def test_tree_that_says_what_there_is_is_taken_at_its_word(found, more):
    """Then a Secret that is missing is nobody's."""
    assert NOBODY[0] in found({"shop/pod.yaml": LONE, **more})


def test_config_map_stays_nobodys(found):
    """What lies beside its user is not left to others."""
    wants = LONE.replace("secretRef", "configMapRef")
    assert found({"shop/pod.yaml": wants}) == ["dangling-reference shop/pod.yaml:6:73"]


def test_account_of_a_namespace_elsewhere_is_left_to_others(found):
    """A binding may name who is in a namespace that the tree holds nothing of."""
    binding = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: shop}\n"
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
        "subjects: [{kind: ServiceAccount, name: prometheus, namespace: %s}]\n"
    )
    assert not found({"b.yaml": binding % "monitoring"})
    assert found({"b.yaml": binding % "shop"})


def test_secret_that_a_job_makes_is_somebodys(found):
    """Its arguments name it, as those of kube-webhook-certgen do."""
    job = (
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, namespace: shop}\nspec: {template: {spec: {restartPolicy:"
        " Never, containers: [{name: c, image: 'x:1.0.0', args: [create, --secret-name=shop-db]}]}}}\n"
    )
    assert not found({"shop/pod.yaml": POD, "shop/job.yaml": job})


OPERATOR = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules: [{apiGroups: [''], resources: [pods], verbs: [VERB]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: operator}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: operator}
subjects: [{kind: ServiceAccount, name: operator, namespace: shop}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: operator, namespace: shop}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
"""


@pytest.mark.parametrize(("verb", "codes"), [("create", set()), ("list", {"selects-nothing"})])
def test_service_may_lead_to_pods_of_an_operator(verify, verb, codes):
    """Whose account may create pods, and so brings some that the tree does not show."""
    assert {one.code for one in verify({"a.yaml": OPERATOR.replace("VERB", verb)}).findings} == codes


HOST = """\
apiVersion: v1
kind: Pod
metadata: {name: shop%s}
spec: {containers: [{name: shop, image: "shop:1.0.0", args: ["db.store.svc"]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db%s}
spec: {ports: [{port: 80}]}
"""


@pytest.mark.parametrize(("where", "codes"), [("", []), (", namespace: shop", ["namespace-in-host-name"])])
def test_host_name_is_left_alone_where_the_namespace_is_open(verify, where, codes):
    """Who names no namespace, and is applied by nobody, may go to the one that is spelled."""
    assert [one.code for one in verify({"a.yaml": HOST % (where, where)}).findings] == codes


def test_password_of_redis_is_made_by_argo_cd(found):
    """By an init container that is told so, in its own namespace."""
    redis = POD.replace("shop-db", "argocd-redis")
    init = "  initContainers: [{name: i, image: 'a:1.0.0', command: [argocd, admin, redis-initial-password]}]\n---\n"
    assert "secret-made-by-nobody" in found({"a.yaml": redis})[0]
    assert not found({"a.yaml": redis.replace("---\n", init, 1)})


@pytest.mark.parametrize(
    ("name", "is_near"), [("shop-bd", True), ("shop-d", True), ("shop-database", False), ("db", False)]
)
def test_secret_that_only_looks_like_another_is_no_slip(verify, name, is_near):
    """It may be made outside Git; two letters of a short name are another name."""
    (finding,) = verify({"shop/pod.yaml": POD.replace("name: unlike", f"name: {name}")}).findings
    assert (f"did you mean '{name}'?" == finding.help) is is_near
