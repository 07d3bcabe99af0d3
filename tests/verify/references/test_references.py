"""Names in objects, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.entry import make_entry
from trimtab.verify.references.made import iter_made
from trimtab.verify.references.registry import CHECKS
from trimtab.verify.selecting import matches
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

SHOP = """
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {colour: red}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: shop, namespace: shop}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: files, namespace: shop}
spec: {storageClassName: fast}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  template:
    metadata: {labels: {app: shop}}
    spec:
      serviceAccountName: shop
      priorityClassName: system-cluster-critical
      containers:
        - name: shop
          ports: [{name: http, containerPort: 8080}]
          env:
            - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
            - {name: WORD, valueFrom: {secretKeyRef: {name: database, key: word}}}
          envFrom: [{configMapRef: {name: extra, optional: true}}]
      volumes:
        - {name: files, persistentVolumeClaim: {claimName: files}}
        - {name: tls, secret: {secretName: shop-tls}}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop, labels: {app: shop}}
spec: {selector: {app: shop}, ports: [{name: web, port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop, annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
spec:
  ingressClassName: traefik
  tls: [{hosts: [shop.example.org], secretName: shop-tls}]
  rules:
    - host: shop.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {name: web}}}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: shop}
spec: {selector: {matchLabels: {app: shop}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: shop, namespace: shop}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: shop}]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: shop, namespace: shop, labels: {release: prometheus}}
spec: {selector: {matchLabels: {app: shop}}, endpoints: [{port: web}]}
"""
PROVIDED = frozenset(
    {("networking.k8s.io", "IngressClass", "", "traefik"), ("cert-manager.io", "ClusterIssuer", "", "letsencrypt")}
)
PROMETHEUS = """
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main, namespace: monitoring}
spec: {serviceMonitorSelector: {matchLabels: {release: prometheus}}}
"""
POLICY = """
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop, namespace: shop}
spec: {podSelector: {matchLabels: {app: shop}}, ingress: [{from: [{podSelector: {}}]}]}
"""


SPEAKERS = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: controller, namespace: shop}
spec:
  template:
    spec: {containers: [{name: c, env: [{name: METALLB_ML_SECRET_NAME, value: members}]}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: speaker, namespace: shop}
spec:
  template:
    spec: {containers: [{name: c}], volumes: [{name: members, secret: {secretName: members}}]}
"""


def say(text: str, charts: tuple[ChartUse, ...] = ()) -> list[Complaint | Unchecked]:
    """Make these checks on a text of objects."""
    namespaced = {"ServiceMonitor", "Prometheus"}
    objects = [one for one in yaml.safe_load_all(text) if one]
    tree = Tree(
        make_entry(one, lambda group, kind: kind in namespaced or is_namespaced(group, kind), application="shop")
        for one in objects
    )
    world = World(kubernetes=(1, 35), provided=PROVIDED, secrets={("shop", "database"): ("word",)}, charts=charts)
    return [said for check in CHECKS for said in check.run(tree, world)]


def find(*changes: tuple[str, str], more: str = "") -> list[Complaint]:
    """Give what is found after changing the shop."""
    text = SHOP
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [said for said in say(text + more) if isinstance(said, Complaint)]


def test_nothing_is_said_of_a_shop_where_all_names_are_somebodys() -> None:
    """Made by the tree, by the cluster, by a controller, by hand outside Git, or optional."""
    assert not find(more=PROMETHEUS)


def test_controller_of_metallb_makes_the_secret_of_its_speakers() -> None:
    """Its chart has none: a variable tells the controller how to call it."""
    assert not find(more=SPEAKERS)
    assert find(more=SPEAKERS.replace("value: members", "value: others"))


@pytest.mark.parametrize(
    ("code", "old", "new", "path"),
    [
        ("dangling-reference", "name: settings, key", "name: setings, key", "configMapKeyRef"),
        ("key-not-in-reference", "key: colour", "key: color", "configMapKeyRef"),
        ("key-not-in-reference", "key: word", "key: pass", "secretKeyRef"),
        ("secret-made-by-nobody", "name: database", "name: databse", "secretKeyRef"),
        ("secret-made-by-nobody", "secret: {secretName: shop-tls}", "secret: {secretName: shop-cert}", "secret"),
        ("dangling-reference", "claimName: files", "claimName: data", "persistentVolumeClaim"),
        ("dangling-reference", "serviceAccountName: shop", "serviceAccountName: shopp", "serviceAccountName"),
        ("dangling-reference", "system-cluster-critical", "important", "priorityClassName"),
        ("dangling-reference", "optional: true", "optional: false", "envFrom"),
        ("unknown-storage-class", "storageClassName: fast", "storageClassName: slow", "storageClassName"),
        ("unknown-ingress-class", "ingressClassName: traefik", "ingressClassName: nginx", "ingressClassName"),
        ("unknown-issuer", "cluster-issuer: letsencrypt", "cluster-issuer: acme", "annotations"),
        ("dangling-reference", "service: {name: shop, port", "service: {name: web, port", "backend"),
        ("unknown-port", "port: {name: web}", "port: {number: 81}", "backend"),
        ("unknown-port", "targetPort: http", "targetPort: htpp", "targetPort"),
        ("unknown-port", "endpoints: [{port: web}]", "endpoints: [{port: metrics}]", "endpoints"),
        ("dangling-reference", "ClusterRole, name: view", "Role, name: view", "roleRef"),
        ("dangling-reference", "{kind: ServiceAccount, name: shop}", "{kind: ServiceAccount, name: x}", "subjects"),
        ("selects-nothing", "spec: {selector: {app: shop}", "spec: {selector: {app: shap}", "selector"),
        (
            "selects-nothing",
            "{selector: {matchLabels: {app: shop}}}",
            "{selector: {matchLabels: {app: x}}}",
            "selector",
        ),
        (
            "selects-nothing",
            "{selector: {matchLabels: {app: shop}}, endpoints",
            "{selector: {matchLabels: {app: x}}, endpoints",
            "selector",
        ),
    ],
)
def test_name_that_is_nobodys_is_found_where_it_stands(code: str, old: str, new: str, path: str) -> None:
    """It alone."""
    (complaint,) = find((old, new))
    assert (complaint.code, path in complaint.path) == (code, True)


def test_near_name_is_suggested() -> None:
    """A misspelt one is the most common mistake."""
    assert find(("name: settings, key", "name: setings, key"))[0].help == "did you mean 'settings'?"
    assert find(("name: database, key", "name: databse, key"))[0].help == "did you mean 'database'?", "made by hand"


def test_monitor_without_the_labels_of_prometheus_is_found() -> None:
    """It is there, and nobody reads it."""
    (complaint,) = find(("labels: {release: prometheus}", "labels: {release: other}"), more=PROMETHEUS)
    assert complaint.code == "monitor-not-picked-up"


def test_policy_that_cuts_a_scrape_is_found() -> None:
    """It lets in pods of the same namespace alone; a rule for other namespaces on that port mends it."""
    assert [one.code for one in find(more=POLICY)] == ["scrape-cut-off"]
    opened = POLICY.replace("podSelector: {}}]}", "namespaceSelector: {}}], ports: [{port: http}]}")
    assert opened != POLICY
    assert not find(more=opened)


@pytest.mark.parametrize(("namespace", "codes"), [("shop", []), ("monitoring", ["scrape-cut-off"])])
def test_prometheus_of_the_same_namespace_is_let_in(namespace: str, codes: list[str]) -> None:
    """A rule for pods of the namespace is for it too."""
    server = f"apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {{name: p, namespace: {namespace}}}\n"
    assert [one.code for one in find(more=f"{POLICY}\n---\n{server}")] == codes


def test_what_a_chart_may_bring_is_counted_and_not_refused() -> None:
    """Its objects are not here."""
    chart = ChartUse(application="x", chart="x", version="1", namespace="shop", release_name="x", values={})
    said = say(SHOP.replace("name: settings, key", "name: theirs, key"), charts=(chart,))
    assert said
    assert all(isinstance(one, Unchecked) for one in said)


LABELS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"), max_size=3)


@given(LABELS, LABELS)
def test_expressions_say_what_labels_say(wanted: dict[str, str], labels: dict[str, str]) -> None:
    """`matchLabels` and `In` with one value are two ways to write one thing (Kubernetes, labels and selectors)."""
    expressions: list[dict[str, Any]] = [{"key": k, "operator": "In", "values": [v]} for k, v in wanted.items()]
    assert matches({"matchLabels": wanted}, labels) == matches({"matchExpressions": expressions}, labels)


@pytest.mark.parametrize(
    ("operator", "fits"), [("In", True), ("NotIn", False), ("Exists", True), ("DoesNotExist", False)]
)
def test_operators_are_kubernetes_own(operator: str, fits: bool) -> None:
    """All four of them, on a label that is there."""
    assert matches({"matchExpressions": [{"key": "a", "operator": operator, "values": ["x"]}]}, {"a": "x"}) is fits


def codes(text: str) -> list[str]:
    """Give the codes of what is found in objects alone."""
    return [one.code for one in say(text) if isinstance(one, Complaint)]


MADE = """
---
apiVersion: v1
kind: Service
metadata: {name: hook, namespace: shop, annotations: {service.beta.openshift.io/serving-cert-secret-name: %s}}
---
apiVersion: v1
kind: Pod
metadata: {name: hook, namespace: shop}
spec: {volumes: [{name: tls, secret: {secretName: hook-tls}}], containers: []}
"""


@pytest.mark.parametrize(("name", "said"), [("hook-tls", []), ("other", ["secret-made-by-nobody"])])
def test_openshift_makes_the_certificate_that_a_service_asks_for(name: str, said: list[str]) -> None:
    """Under the name of the annotation."""
    assert codes(MADE % name) == said


def test_what_is_in_openshifts_own_namespaces_came_with_it() -> None:
    """Nobody else may have a namespace that begins so."""
    binding = """
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: scrape, namespace: shop}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: prometheus-k8s, namespace: %s}]
"""
    assert codes(binding % "openshift-monitoring") == []
    assert codes(binding % "monitoring") == ["dangling-reference"]


def test_key_of_a_secret_that_is_also_made_elsewhere_may_be_there() -> None:
    """A file of examples holds one key; what makes the real one may bring others."""
    secret = """
---
apiVersion: v1
kind: Secret
metadata: {name: store}
stringData: {endpoint: x}
---
apiVersion: v1
kind: Pod
metadata: {name: hook, namespace: shop}
spec:
  containers: [{name: a, env: [{name: A, valueFrom: {secretKeyRef: {name: store, key: bucket}}}]}]
"""
    external = """
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: store, namespace: shop}
"""
    assert codes(secret) == ["key-not-in-reference"]
    assert codes(secret + external) == []


def test_operator_makes_pods_in_the_namespace_that_its_object_targets() -> None:
    """Wherever the object itself is, or if it is the whole cluster's."""
    service = """
---
apiVersion: v1
kind: Service
metadata: {name: chains, namespace: pipelines}
spec: {selector: {app: chains}, ports: [{port: 80}]}
"""
    config = """
---
apiVersion: operator.example.org/v1
kind: Config
metadata: {name: config}
spec: {targetNamespace: pipelines}
"""
    assert codes(service) == ["selects-nothing"]
    assert codes(service + config) == []


def test_service_that_asks_for_no_certificate_makes_no_secret() -> None:
    """Neither does an object that leaves a name out."""
    documents = [one for one in yaml.safe_load_all(SHOP) if one]
    made = set(iter_made(Tree(make_entry(one, is_namespaced) for one in documents)))
    assert made == {("", ("", "Secret", "shop", "shop-tls"))}
