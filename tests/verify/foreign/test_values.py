"""Helm values in trees of others: keys and types, wherever the values stand."""

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
    - repoURL: https://charts.example.org
      chart: {chart}
      targetRevision: {version}
      helm:
        {helm}
    - {{repoURL: https://git.example.org/us.git, targetRevision: v1.0.0, ref: us}}
"""


def write(helm: str, *, chart: str = "cert-manager", version: str = "v1.21.1", name: str = "certs") -> str:
    """Write an Application of a chart; `helm` is what is given to it, in lines that fit."""
    return APPLICATION.format(chart=chart, version=version, helm=helm, name=name)


WRONG = [
    ("valuesObject: {replicas: 2}", "dead-helm-value app.yaml:12:24"),
    ("valuesObject: {webhook: {replicas: 2}}", "dead-helm-value app.yaml:12:34"),
    ("values: |\n          a: 1\n          replicas: 2", "dead-helm-value app.yaml:14:11"),
    ("parameters: [{name: replicas, value: '2'}]", "dead-helm-value app.yaml:12:29"),
    ("parameters: [{name: webhook.x.y, value: '2'}]", "dead-helm-value app.yaml:12:29"),
    ("valuesObject: {webhook: true}", "values-of-wrong-type app.yaml:12:33"),
    ("valuesObject: {extraArgs: true}", "values-of-wrong-type app.yaml:12:35"),
    ('valuesObject: {crds: {enabled: "false"}}', "values-of-wrong-type app.yaml:12:40"),
]


@pytest.mark.parametrize(("helm", "expected"), WRONG)
def test_what_a_chart_does_not_take_is_found_where_it_stands(found, helm, expected):
    """Objects, texts and parameters: each is pointed at as closely as it has places."""
    assert expected in found({"app.yaml": write(helm)})


RIGHT = [
    "valuesObject: {replicaCount: 2, webhook: {replicaCount: 2}, crds: {enabled: false}}",
    "valuesObject: {webhook: {}, extraArgs: [--x], extraEnv: [], nodeSelector: {kubernetes.io/os: linux}}",
    "parameters: [{name: 'nodeSelector.kubernetes\\.io/os', value: linux}, {name: 'extraArgs[0]', value: --x}]",
    "parameters: [{name: crds.enabled, value: 'false'}]",
]


@pytest.mark.parametrize("helm", RIGHT)
@pytest.mark.parametrize("version", ["v1.21.1", "1.21.1"])
def test_what_a_chart_takes_is_quiet(found, helm, version):
    """With and without the `v` that Argo CD does not mind."""
    assert found({"app.yaml": write(helm, version=version)}) == []


def test_values_file_is_pointed_into(found):
    """A file that the tree has is checked, and shown in place of the Application."""
    files = {"app.yaml": write("valueFiles: [$us/values/certs.yaml]"), "values/certs.yaml": "crds: {}\nreplicas: 2\n"}
    assert found(files) == ["dead-helm-value values/certs.yaml:2:1"]


def test_file_for_two_charts_needs_to_be_read_by_one(found):
    """What is common to several charts may hold what only one of them reads."""
    files = {
        "a.yaml": write("valueFiles: [$us/values/common.yaml]"),
        "b.yaml": write("valueFiles: [$us/values/common.yaml]", chart="metallb", version="0.16.1", name="lb"),
        "values/common.yaml": "prometheus: {rbacPrometheus: false}\nneither: 1\n",
    }
    assert found(files) == ["dead-helm-value values/common.yaml:2:1"]


def test_file_for_a_chart_that_nobody_knows_is_left_alone(verify):
    """It may be that chart which reads the key; that it was not looked at is said."""
    files = {
        "a.yaml": write("valueFiles: [$us/values/common.yaml]"),
        "b.yaml": write("valueFiles: [$us/values/common.yaml]", chart="strange", version="1.0.0", name="odd"),
        "values/common.yaml": "neither: 1\n",
    }
    examined = verify(files)
    assert examined.findings == ()
    assert any("strange 1.0.0" in note for note in examined.notes)


def test_moved_key_is_named(verify):
    """Who upgrades Rook is told where a key went."""
    text = write("valuesObject: {csi: {rookUseCsiOperator: true}}", chart="rook-ceph", version="v1.20.6", name="rook")
    (finding,) = verify({"app.yaml": text}).findings
    assert "v1.19.10 was the last known version" in finding.message
    assert finding.help == "it is now 'csi.installCsiOperator'"


def test_parameter_counts_before_values(found):
    """What a parameter switches on, other checks see."""
    helm = "valuesObject: {config: {}}\n        parameters: [{name: config.gatewayAPI.enabled, value: 'true'}]"
    assert any("gateway-switch-by-version" in one for one in found({"app.yaml": write(helm, version="v1.20.3")}))


SECRETS = [
    "parameters: [{name: acmePassword, value: Hunter2-hunter2}]",
    "values: |\n          acmePassword: Hunter2-hunter2",
    "valuesObject: {acmePassword: Hunter2-hunter2}",
]


@pytest.mark.parametrize("helm", SECRETS)
def test_secret_in_values_is_found_once_and_not_shown(verify, helm):
    """By the name of its key, in each way that values are given."""
    found = [one for one in verify({"app.yaml": write(helm)}).findings if one.code == "secret-in-git"]
    assert len(found) == 1
    assert found[0].hide_source
    assert found[0].place.line > 11
    assert "Hunter2" not in found[0].message


def test_secret_in_a_values_file_is_found_there(found):
    """Not at the Application, which only names the file."""
    files = {
        "app.yaml": write("valueFiles: [$us/values/certs.yaml]"),
        "values/certs.yaml": "global: {}\nacmePassword: Hunter2-hunter2\n",
    }
    assert "secret-in-git values/certs.yaml:2:15" in found(files)


def test_other_publishers_chart_of_the_same_name_is_not_judged(found):
    """Its values are others."""
    text = write("valuesObject: {replicas: 2}").replace(
        "https://charts.example.org", "registry.example.org/bitnamicharts"
    )
    assert found({"app.yaml": text}) == []


BLOCKS = [
    ("values: |\n          # a word\n\n          replicas: 2", 15, 11),
    ("values: |-  # kept\n              replicas: 2", 13, 15),
    ("values: |\n          webhook:\n            replicas: 2", 14, 13),
    ("values: >\n          replicas: 2", 12, 9),
    ("values: 'replicas: 2'", 12, 9),
    ("values: |2\n          replicas: 2", 12, 9),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("helm", "line", "column"), BLOCKS)
def test_block_of_values_is_pointed_into(found, helm, line, column, newline):
    """Where its lines are kept as they are; other texts are pointed at as a whole."""
    text = write(helm).replace("\n", newline)
    assert f"dead-helm-value app.yaml:{line}:{column}" in found({"app.yaml": text})


HARBOR = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: default
  destination: {{name: {name}, namespace: harbor}}
  source: {{chart: harbor, repoURL: "https://helm.goharbor.io", targetRevision: 1.19.1}}
"""


def test_each_application_is_told_of_its_own_chart(found):
    """Also where the name of one ends in the other's."""
    said = found({"a.yaml": HARBOR.format(name="north-harbor"), "b.yaml": HARBOR.format(name="harbor")})
    told = sorted(one.partition(" ")[2] for one in said if one.startswith("harbor-secret-changes-every-render"))
    assert told == ["a.yaml:8:19", "b.yaml:8:19"]
