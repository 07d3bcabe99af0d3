"""Findings about the user's own manifests: where they point, and how they are allowed."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository, codes, only

FILE = "apps/manifests/lab/shop/web.yaml"
OWN = "applications: {shop: {namespace: shop}}\n"
WEB = """apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example.org/web:1.0.0
        ports: [{containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""


@pytest.fixture
def own(repository: Repository) -> Repository:
    """Give a repository with an application of the user's own, and a Deployment in it without a probe."""
    repository.add(OWN)
    repository.write(FILE, WEB)
    return repository


def test_finding_points_at_the_value(own: Repository) -> None:
    """A finding of `synth` about a manifest points at the line and column of the value that is wrong."""
    own.write(FILE, WEB.replace("      containers:", "      nodeNam: a\n      containers:"))
    finding = only(own.synth(), "unknown-field")
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == (FILE, 13, 7)


@pytest.mark.parametrize("key", [FILE, f"{FILE}#Deployment/web", "apps/manifests/lab/*/web.yaml"])
def test_finding_is_allowed_by_its_file(own: Repository, key: str) -> None:
    """A soft finding in a manifest is allowed by its file, by the object in it, or by a pattern."""
    assert "no-health-probe" in codes(own.synth())
    own.add(f"allow: {{no-health-probe: {{'{key}': {{reason: only a trial}}}}}}")
    assert not {"no-health-probe", "stale-allowance"} & set(codes(own.synth()))


def test_allowance_for_another_object_is_stale(own: Repository) -> None:
    """An allowance for an object that has no such finding allows nothing, and says so."""
    own.add(f"allow: {{no-health-probe: {{'{FILE}#Deployment/other': {{reason: only a trial}}}}}}")
    assert {"no-health-probe", "stale-allowance"} <= set(codes(own.synth()))


@pytest.mark.parametrize(
    "change",
    [
        "merge: {spec: {replica: 1}}",
        "json: [{op: add, path: /spec/replica, value: 1}]",
        "merge: {spec: {template: {spec: {replica: 1}}}}",
        "json: [{op: add, path: /spec/template, value: {replica: 1}}]",
    ],
)
def test_finding_about_what_a_patch_wrote_points_at_the_patch(own: Repository, change: str) -> None:
    """The manifest does not have the field, and is not to be searched for it."""
    own.add(f"patches: {{more: {{target: {{kind: Deployment, name: web}}, {change}, reason: a trial}}}}")
    place = next(one.place for one in own.synth().findings if "'replica'" in one.message)
    assert place is not None
    line = (own.root / place.file).read_text().splitlines()[place.line - 1]
    assert line.strip().removeprefix("- ") in ("replica: 1", "path: /spec/replica", "path: /spec/template")
