"""Charts of a tree that wrap others: the values they give them are checked where they stand."""

from __future__ import annotations

import pytest

CHART = """\
apiVersion: v2
name: certs
version: 0.0.0
dependencies:
  - name: cert-manager
    version: v1.21.1
    repository: https://charts.example.org
    condition: 'other.on,cert-manager.install'
"""
VALUES = [
    ("cert-manager: {replicas: 2}", ["dead-helm-value certs/values.yaml:1:16"]),
    ("cert-manager:\n  webhook:\n    replicas: 2", ["dead-helm-value certs/values.yaml:3:5"]),
    ("cert-manager: {webhook: true}", ["values-of-wrong-type certs/values.yaml:1:25"]),
    ("cert-manager: {acmePassword: Hunter2-hunter2}", ["secret-in-git certs/values.yaml:1:30"]),
    ("cert-manager: {install: true, webhook: {replicaCount: 2}}", []),
    ("other: {replicas: 2}", []),
]


@pytest.mark.parametrize(("values", "expected"), VALUES)
def test_values_of_a_dependency_are_checked(found, values, expected):
    """Below its name; the switch that Helm itself reads is none of the chart's."""
    said = found({"certs/Chart.yaml": CHART, "certs/values.yaml": values + "\n"})
    assert [one for one in said if one in expected or not expected] == expected


def test_alias_is_the_key(found):
    """Helm puts the values below it."""
    chart = CHART.replace("- name: cert-manager", "- alias: cm\n    name: cert-manager")
    files = {"certs/Chart.yaml": chart, "certs/values.yaml": "cm: {replicas: 2}\ncert-manager: {replicas: 2}\n"}
    assert found(files) == ["dead-helm-value certs/values.yaml:1:6"]


def test_key_that_the_chart_around_reads_is_left_alone(found):
    """Its templates may read anything below the dependency's name."""
    files = {
        "certs/Chart.yaml": CHART,
        "certs/values.yaml": "cert-manager: {replicas: 2}\n",
        "certs/templates/a.yaml": 'a: {{ index .Values "cert-manager" "replicas" }}\n',
    }
    assert found(files) == []


def test_version_that_nobody_knows_is_said(verify):
    """A range is none that facts are known of."""
    files = {"certs/Chart.yaml": CHART.replace("v1.21.1", "1.x"), "certs/values.yaml": "cert-manager: {replicas: 2}\n"}
    examined = verify(files)
    assert examined.findings == ()
    assert any("cert-manager 1.x" in note for note in examined.notes)


@pytest.mark.parametrize("value", ["$CLIENT_SECRET", "$__env{CLIENT_SECRET}", "CLIENT_SECRET", "${CLIENT_SECRET}"])
def test_name_of_a_variable_is_no_secret(found, value):
    """What it stands for is put in where it is read."""
    assert found({"x/Chart.yaml": CHART, "x/values.yaml": f"cert-manager: {{clientPassword: {value!r}}}\n"}) == [
        "dead-helm-value x/values.yaml:1:16"
    ]
