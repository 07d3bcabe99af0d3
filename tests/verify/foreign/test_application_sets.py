"""ApplicationSets whose generators the tree alone explains."""

from __future__ import annotations

import pytest

from trimtab.verify.files.application_sets import expand_sets
from trimtab.verify.files.applications import Application
from trimtab.verify.files.gathering import gather_objects
from trimtab.verify.files.parameters_of_sets import make_ground

SET = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: all, namespace: argocd}}
spec:
  goTemplate: {go}
  generators: [{generator}]
  template:
    metadata: {{name: '{name}'}}
    spec:
      project: default
      source: {{repoURL: https://git.example.org/x.git, path: '{path}', targetRevision: v1.0.0}}
      destination: {{name: '{cluster}', namespace: '{namespace}'}}
"""
BAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n"


def write(
    generator: str, *, go: str = "true", name: str = "{{.name}}", path: str = "{{.path.path}}", **more: str
) -> str:
    """Write an ApplicationSet."""
    more = {"cluster": "in-cluster", "namespace": "shop", **more}
    return SET.format(generator=generator, go=go, name=name, path=path, **more)


def expand(text: str, **files: str) -> list[Application]:
    """Give the Applications of a set beside some files; `__` in a name stands for a slash."""
    contents = {name.replace("__", "/") + ".yaml": file.encode() for name, file in files.items()}
    contents["set.yaml"] = text.encode()
    return list(expand_sets(gather_objects(contents).objects, make_ground(contents, ""), ()))


def show(applications: list[Application]) -> list[str]:
    """Write name and path of each."""
    return [f"{one.name} {one.sources[0].path}" for one in applications]


GENERATORS = {
    "list": ("list: {elements: [{name: a, path: {path: x/a}}, {name: b, path: {path: x/b}}]}", ["a x/a", "b x/b"]),
    "folders": (
        "git: {repoURL: u, revision: v1.0.0, directories: [{path: x/*}, {path: x/b, exclude: true}], values: {}}",
        ["x-a x/a"],
    ),
    "files": ("git: {repoURL: u, revision: v1.0.0, files: [{path: 'x/**/c.yaml'}]}", ["of-a x/a"]),
    "a matrix": (
        "matrix: {generators: [{list: {elements: [{env: one}]}}, {git: {directories: [{path: x/*}]}}]}",
        ["x-a x/a", "x-b x/b"],
    ),
}


@pytest.mark.parametrize(("generator", "expected"), GENERATORS.values(), ids=GENERATORS)
def test_generator_gives_an_application_each(generator, expected):
    """What it finds in the tree, and nothing else."""
    name = "{{.name}}" if expected[0][:2] in ("a ", "of") else "x-{{.path.basename}}"
    files = {"x__a__c": "name: of-a\n", "x__b__d": "name: of-b\n"}
    assert show(expand(write("{" + generator + "}", name=name), **files)) == expected


def test_plain_templates_are_filled_in():
    """Parameters nest by dots in their names."""
    text = write(
        "{git: {repoURL: u, revision: v1.0.0, directories: [{path: x/*}]}}",
        go="false",
        name="{{path.basename}}",
        path="{{path}}",
    )
    assert show(expand(text, x__a__c="a: 1\n")) == ["a x/a"]


def test_function_is_not_resolved():
    """What is more than a name stays as it is."""
    text = write("{list: {elements: [{name: a}]}}", name="{{ .name | lower }}", path="x")
    assert show(expand(text)) == ["{{ .name | lower }} x"]


def test_cluster_that_nobody_knows_is_each():
    """The generator of clusters asks Argo CD, which is not here."""
    known = write("{list: {elements: [{name: a}]}}", path="x", cluster="one")
    unknown = write("{clusters: {}}", path="x", name="b", cluster="{{.name}}").replace("name: all", "name: more")
    made = expand(known + "---\n" + unknown)
    assert [(one.name, one.destination) for one in made] == [("a", "one"), ("b", "one")]


def test_folders_of_a_set_are_owned(found):
    """Their objects go where the template says, and are checked."""
    files = {
        "set.yaml": write(
            "{git: {repoURL: u, revision: v1.0.0, directories: [{path: x/*}]}}", name="{{.path.basename}}"
        ),
        "x/a/m.yaml": BAD,
    }
    assert found(files) == ["wrong-field-type x/a/m.yaml:4:11"]


def test_two_applications_of_a_set_for_one_place_are_found(found):
    """Both write the same object."""
    config = BAD.replace("a: 1", "a: x")
    text = write("{git: {repoURL: u, revision: v1.0.0, directories: [{path: x/*}]}}", name="{{.path.basename}}")
    assert found({"set.yaml": text, "x/a/m.yaml": config, "x/b/m.yaml": config}) == [
        "object-owned-twice x/b/m.yaml:3:18"
    ]
    apart = write(
        "{git: {repoURL: u, revision: v1.0.0, directories: [{path: x/*}]}}",
        name="{{.path.basename}}",
        namespace="{{.path.basename}}",
    )
    assert found({"set.yaml": apart, "x/a/m.yaml": config, "x/b/m.yaml": config}) == []


CHART = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{name: certs, count: 2}]}}]
  template:
    metadata: {name: '{{.name}}'}
    spec:
      project: default
      destination: {name: in-cluster, namespace: certs}
      source:
        repoURL: https://charts.example.org
        chart: cert-manager
        targetRevision: v1.21.1
        helm:
          HELM
"""
VALUES = [
    ("valuesObject: {replicas: '{{.count}}'}", ["dead-helm-value set.yaml:17:26"]),
    ("values: |\n            replicas: {{.count}}", ["dead-helm-value set.yaml:18:13"]),
    ("valuesObject: {webhook: '{{.name | lower}}'}", []),
    ("valuesObject: {webhook: '{{.name}}'}", ["values-of-wrong-type set.yaml:17:35"]),
    ("valuesObject: {webhook: {replicaCount: 1}}", []),
]


@pytest.mark.parametrize(("helm", "expected"), VALUES)
def test_values_of_a_set_are_checked(found, helm, expected):
    """At the place in the template; a place that nobody fills in is not known."""
    assert found({"set.yaml": CHART.replace("HELM", helm)}) == expected


CLUSTERS = "{clusters: {values: {stage: dev, folder: x/none}}}"
LIST = "{list: {elements: [{name: a, values: {folder: x/a}}, {name: b, values: {folder: x/b}}]}}"
MORE = "{list: {elements: [{name: b, values: {folder: x/c}}, {name: d, values: {folder: x/d}}]}}"


@pytest.mark.parametrize("go", ["true", "false"])
def test_merge_lays_what_later_generators_give_over_the_first(go):
    """Where the keys say the same; what the first one does not give is not made."""
    dot = "." if go == "true" else ""
    text = write(
        f"{{merge: {{mergeKeys: [name], generators: [{LIST}, {MORE}]}}}}",
        go=go,
        name=f"{{{{{dot}name}}}}",
        path=f"{{{{{dot}values.folder}}}}",
    )
    assert show(expand(text)) == ["a x/a", "b x/c"]


def test_merge_over_clusters_is_one_application_of_which_little_is_known():
    """Which clusters there are only Argo CD knows; what is the same for each of them stays."""
    text = write(
        f"{{merge: {{mergeKeys: [name], generators: [{CLUSTERS}, {LIST}]}}}}",
        go="false",
        name="{{name}}-{{values.stage}}",
        path="{{values.folder}}",
    )
    assert show(expand(text)) == ["{{name}}-dev {{values.folder}}"]


def test_merge_with_what_only_argo_cd_knows_leaves_what_that_may_change_open():
    """A cluster may have another folder than the list says."""
    text = write(
        f"{{merge: {{mergeKeys: [name], generators: [{LIST}, {CLUSTERS}]}}}}",
        go="false",
        name="{{name}}",
        path="{{name}}/{{values.folder}}",
    )
    assert show(expand(text)) == ["a a/{{values.folder}}", "b b/{{values.folder}}"]


def test_template_that_is_not_filled_in_is_shown_alone(verify):
    """Not the whole text of values around it."""
    values = 'helm: {values: "a: 1\\nhost: {{ .host }}\\nb: 2\\n"}'
    text = write("{list: {elements: [{name: a}]}}", go="false", name="{{name}}", path="x")
    (one,) = verify({"set.yaml": text.replace("targetRevision: v1.0.0", f"targetRevision: v1.0.0, {values}")}).findings
    assert one.message == "'{{ .host }}' of ApplicationSet.argoproj.io argocd/all is not filled in"
