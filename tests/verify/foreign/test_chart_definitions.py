"""Definitions that a chart installs, and somebody else brings too."""

from __future__ import annotations

import pytest

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: default
  destination: {{server: https://kubernetes.default.svc, namespace: {name}}}
  sources:
    - {{repoURL: https://charts.example.org, chart: {chart}, targetRevision: {version}, helm: {{{helm}}}}}
    - {{repoURL: https://git.example.org/us.git, targetRevision: v1.0.0, path: {path}}}
"""
DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: certificates.cert-manager.io}
spec:
  group: cert-manager.io
  scope: Namespaced
  names: {kind: Certificate, plural: certificates, singular: certificate, listKind: CertificateList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
"""
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: certs}\n"


def write(helm: str = "", *, chart: str = "cert-manager", version: str = "v1.21.1", name: str = "certs") -> str:
    """Write an Application of a chart and a folder."""
    return APPLICATION.format(chart=chart, version=version, helm=helm, name=name, path=name)


@pytest.mark.parametrize(
    ("helm", "twice"),
    [
        ("", False),
        ("valuesObject: {crds: {enabled: true}}", True),
        ("valuesObject: {installCRDs: true}", True),
        ("valuesObject: {crds: {enabled: false}}", False),
    ],
)
def test_definition_that_the_chart_installs_too_is_found(found, helm, twice):
    """By its values, and their defaults."""
    said = found({"app.yaml": write(helm), "certs/crd.yaml": DEFINITION})
    assert ("crd-owned-twice certs/crd.yaml:3:18" in said) is twice


def test_two_applications_of_one_chart_install_its_definitions_twice(found):
    """Unless one of them is told not to."""
    helm, files = "valuesObject: {crds: {enabled: true}}", {"certs/a.yaml": SETTINGS, "more/a.yaml": SETTINGS}
    both = write(helm) + "---\n" + write(helm, name="more")
    assert "crd-owned-twice app.yaml:13:18" in found({"app.yaml": both, **files})
    one = write(helm) + "---\n" + write("", name="more")
    assert not [said for said in found({"app.yaml": one, **files}) if said.startswith("crd-owned-twice")]
