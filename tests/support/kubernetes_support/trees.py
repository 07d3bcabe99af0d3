"""Small trees of manifests as a user writes them, and what the checks of Kubernetes' rules say of them."""

from __future__ import annotations

from typing import Any

import yaml

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.api_server import registry as api_server
from trimtab.verify.complaint import Complaint, Said
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.kubernetes import registry as kubernetes
from trimtab.verify.tree import Tree
from trimtab.verify.workloads import registry as workloads
from trimtab.verify.world import World

CHECKS = (*kubernetes.CHECKS, *api_server.CHECKS, *workloads.CHECKS)

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: "example.org/web:1.0.0"}
"""


def entries(*texts: str, application: str = "shop", **more: Any) -> list[Entry]:
    """Make the objects of some YAML documents entries of one application, in the namespace `shop`."""
    manifests = [document for text in texts for document in yaml.safe_load_all(text) if document]
    return [
        make_entry(one, is_namespaced, application=application, namespace="shop", cluster="lab", **more)
        for one in manifests
    ]


def check_entries(listed: list[Entry], minor: int = 35, **world: Any) -> list[Said]:
    """Make all checks of Kubernetes' rules on a tree."""
    tree, known = Tree(listed), World(kubernetes=(1, minor), **world)
    return [said for check in CHECKS for said in check.run(tree, known)]


def complaints(*texts: str, minor: int = 35, **world: Any) -> list[Complaint]:
    """Give what is wrong with some YAML documents."""
    return [said for said in check_entries(entries(*texts), minor, **world) if isinstance(said, Complaint)]


def codes(*texts: str, minor: int = 35) -> list[str]:
    """Give the codes of all that is wrong."""
    return [one.code for one in complaints(*texts, minor=minor)]


def manifest_of(text: str) -> dict[str, Any]:
    """Read one YAML document."""
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def workload(kind: str = "Deployment", *, spec: str = "", pod: str = "", container: str = "") -> str:
    """Write a workload that selects its pods; each part is YAML in flow style, such as `replicas: 2, paused: true`."""
    first = "name: web, image: 'example.org/web:1.0.0'"
    return f"""
apiVersion: apps/v1
kind: {kind}
metadata: {{name: web}}
spec: {{selector: {{matchLabels: {{app: web}}}}, {spec + ", " if spec else ""}template: {{
  metadata: {{labels: {{app: web}}}},
  spec: {{{pod + ", " if pod else ""}containers: [{{{first}{", " + container if container else ""}}}]}}}}}}
"""


def service(name: str = "web", more: str = "") -> str:
    """Write a Service that leads to the pods of `workload`; `more` is YAML in flow style."""
    rest = f", {more}" if more else ""
    return f"""
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: web}}, ports: [{{port: 80}}]{rest}}}
"""
