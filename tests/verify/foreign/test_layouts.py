"""Typical faults, in every layout that trees of others have: each is found at its place, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: data}}
      containers:
        - name: web
          image: registry.example.org/web:1.0.0
          readinessProbe: {tcpSocket: {port: 80}}
          ports: [{name: http, containerPort: 80}]
          volumeMounts: [{name: data, mountPath: /data}]
          envFrom: [{configMapRef: {name: settings}}]
  strategy: {type: Recreate}
"""
REST = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {port: "8080"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
"""
APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.org/x.git, path: shop, targetRevision: v1.0.0}
  destination: {name: in-cluster, namespace: shop}
  syncPolicy: {syncOptions: [ServerSideApply=true]}
"""
ROOT = (
    APPLICATION.replace("name: shop,", "name: root,")
    .replace("path: shop", "path: apps")
    .replace("namespace: shop}", "namespace: argocd}")
)
SET = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  generators: [{git: {repoURL: 'https://git.example.org/x.git', revision: v1.0.0, directories: [{path: shop}]}}]
  template:
    metadata: {name: '{{.path.basename}}'}
    spec:
      project: default
      source: {repoURL: https://git.example.org/x.git, path: '{{.path.path}}', targetRevision: v1.0.0}
      destination: {name: in-cluster, namespace: shop}
      syncPolicy: {syncOptions: [ServerSideApply=true]}
"""
SHOP = {"shop/web.yaml": WEB, "shop/rest.yaml": REST}
LAYOUTS: Mapping[str, Mapping[str, str]] = {
    "a flat folder": SHOP,
    "overlays": {
        **SHOP,
        "shop/kustomization.yaml": "resources: [web.yaml, rest.yaml]\n",
        "dev/kustomization.yaml": "resources: [../shop]\nnamespace: shop\n",
        "prod/kustomization.yaml": "resources: [../shop]\nnamespace: live\n",
    },
    "an app of apps": {**SHOP, "root.yaml": ROOT, "apps/shop.yaml": APPLICATION},
    "an app of overlays": {
        **SHOP,
        "shop/kustomization.yaml": "resources: [web.yaml, rest.yaml]\n",
        "apps/shop.yaml": APPLICATION,
    },
    "a set": {**SHOP, "set.yaml": SET},
}
ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n"
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {a: hunter2}\n"
ANNOTATED = "metadata: {name: web, namespace: shop, annotations: {%s}}"
NAMED = "metadata: {name: web, namespace: shop}"
HOOK, WAVE, OPTIONS = (f"argocd.argoproj.io/{name}" for name in ("hook", "sync-wave", "sync-options"))
FAULTS: Mapping[str, tuple[str, str, str, str]] = {
    "a hook's case": ("shop/web.yaml", NAMED, ANNOTATED % f"{HOOK}: presync", "unknown-hook shop/web.yaml:3:79"),
    "a wave without quotes": ("shop/web.yaml", NAMED, ANNOTATED % f"{WAVE}: 5", "wrong-field-type shop/web.yaml:3:84"),
    "an option's value": (
        "shop/web.yaml",
        NAMED,
        ANNOTATED % f"{OPTIONS}: Prune=flase",
        "ignored-sync-option shop/web.yaml:3:87",
    ),
    "a type": ("shop/web.yaml", "replicas: 2", "replicas: '2'", "wrong-field-type shop/web.yaml:5:13"),
    "a field": ("shop/web.yaml", "replicas: 2", "replica: 2", "unknown-field shop/web.yaml:5:3"),
    "an integer in a ConfigMap": ("shop/rest.yaml", '"8080"', "8080", "wrong-field-type shop/rest.yaml:4:14"),
    "an image": ("shop/web.yaml", "web:1.0.0", "web:latest", "unpinned-source shop/web.yaml:15:18"),
    "a selector": ("shop/rest.yaml", "{app: web}", "{app: wep}", "selects-nothing shop/rest.yaml:18:18"),
    "a port's name": ("shop/rest.yaml", "targetPort: http", "targetPort: htpp", "unknown-port shop/rest.yaml:18:61"),
    "a port's number": ("shop/rest.yaml", "number: 80", "number: 81", "unknown-port shop/rest.yaml:24:92"),
    "a Service": (
        "shop/rest.yaml",
        "service: {name: web",
        "service: {name: wbe",
        "dangling-reference shop/rest.yaml:24:81",
    ),
    "a ConfigMap": ("shop/web.yaml", "{name: settings}", "{name: setings}", "dangling-reference shop/web.yaml:19:43"),
    "a claim": ("shop/web.yaml", "claimName: data", "claimName: date", "dangling-reference shop/web.yaml:12:59"),
    "an account": (
        "shop/web.yaml",
        "serviceAccountName: web",
        "serviceAccountName: wep",
        "dangling-reference shop/web.yaml:10:27",
    ),
    "a duplicate key": (
        "shop/rest.yaml",
        'port: "8080"',
        'port: "8080", port: "80"',
        "duplicate-key shop/rest.yaml:4:22",
    ),
    "an object twice": (
        "shop/rest.yaml",
        "---\napiVersion: v1\nkind: Service\n",
        f"---\n{ACCOUNT}---\napiVersion: v1\nkind: Service\n",
        "object-owned-twice shop/rest.yaml:17:18",
    ),
    "a Secret in plain": (
        "shop/rest.yaml",
        "---\napiVersion: v1\nkind: Service\n",
        f"---\n{SECRET}---\napiVersion: v1\nkind: Service\n",
        "secret-in-git shop/rest.yaml:15:1",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_good_tree_is_quiet(verify, layout):
    """Whatever its layout."""
    assert [one.message for one in verify(dict(layout)).findings] == []


@pytest.mark.parametrize(
    ("layout", "fault"),
    [
        pytest.param(LAYOUTS[layout], FAULTS[fault], id=f"{fault} in {layout}")
        for layout, fault in product(LAYOUTS, FAULTS)
    ],
)
def test_fault_is_found_at_its_place(found, layout, fault):
    """Exactly that finding, once."""
    file, right, wrong, expected = fault
    assert right in layout[file]
    assert found({**layout, file: layout[file].replace(right, wrong, 1)}) == [expected]


OF_APPLICATIONS: Mapping[str, tuple[str, str, str]] = {
    "a field": ("syncPolicy:", "syncPolicyy:", "unknown-field"),
    "an option": ("ServerSideApply", "ServerSideAply", "ignored-sync-option"),
    "an option's value": ("ServerSideApply=true", "ServerSideApply=yes", "ignored-sync-option"),
    "a finalizer": (
        "metadata: {name: ",
        "metadata: {finalizers: [resources-finaliser.argocd.argoproj.io], name: ",
        "unknown-finalizer",
    ),
}


@pytest.mark.parametrize("file", ["apps/shop.yaml", "set.yaml"])
@pytest.mark.parametrize(("right", "wrong", "code"), OF_APPLICATIONS.values(), ids=OF_APPLICATIONS)
def test_fault_of_an_application_is_found(found, file, right, wrong, code):
    """In an Application, and in the template that others are made from."""
    layout = LAYOUTS["an app of apps" if file == "apps/shop.yaml" else "a set"]
    before, _, after = layout[file].rpartition(right)
    line = before.count("\n") + 1
    (said,) = found({**layout, file: before + wrong + after})
    assert said.startswith(f"{code} {file}:{line}:")


DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ws.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: W, plural: ws, singular: w, listKind: WList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
"""


@pytest.mark.parametrize(("wave", "said"), [(2, ["custom-resource-before-definition shop/w.yaml:3:18"]), (0, [])])
def test_custom_resource_before_its_definition_is_found(found, wave, said):
    """By the waves of two Applications."""
    files = {
        "root.yaml": ROOT,
        "apps/shop.yaml": APPLICATION.replace("metadata: {", f"metadata: {{annotations: {{{WAVE}: '1'}}, "),
        "apps/kinds.yaml": APPLICATION.replace("shop,", "kinds,").replace(
            "metadata: {", f"metadata: {{annotations: {{{WAVE}: '{wave}'}}, "
        ),
        "kinds/w.yaml": DEFINITION,
        "shop/w.yaml": "apiVersion: example.org/v1\nkind: W\nmetadata: {name: w, namespace: shop}\n",
    }
    assert found(files) == said
