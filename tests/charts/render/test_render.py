"""A chart of our own, with every awkward thing in it, through the real helm, oldest and newest."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from helm_support.made import (
    NEWEST,
    OLDEST,
    config_map,
    definition,
    find_helm,
    identity,
    names,
    render,
    try_render,
)
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.doors.helm import run_helm

HELMS = pytest.mark.parametrize("version", [OLDEST, NEWEST])


@HELMS
def test_values_release_and_cluster_reach_the_templates(version: str) -> None:
    """What the templates are told is what the request says."""
    data = (
        "{v: {{ .Values.a.b | quote }}, r: {{ .Release.Name }}, at: {{ .Release.Namespace }}, "
        "k: {{ .Capabilities.KubeVersion.Minor | quote }}, "
        'has: {{ .Capabilities.APIVersions.Has "x.org/v1/Y" | quote }}}'
    )
    (one,) = render(config_map("one", data), {"a": {"b": "1e3"}}, version=version, api_versions=("x.org/v1/Y",)).objects
    assert one["data"] == {"v": "1e3", "r": "here", "at": "there", "k": "35", "has": "true"}


@HELMS
def test_every_kind_of_hook_is_translated_or_named(version: str) -> None:
    """Through helm itself, and so through the annotations as charts write them."""
    kinds = ("pre-install", "post-upgrade", "pre-delete", "post-rollback", "test")
    text = "\n---\n".join(config_map(kind, annotations=f'{{"helm.sh/hook": {kind}}}') for kind in kinds)
    rendered = render(text, version=version)
    hooks = {one["metadata"]["name"]: one["metadata"]["annotations"] for one in rendered.hooks}
    assert {name: list(notes.values()) for name, notes in hooks.items()} == {
        "post-upgrade": ["PostSync"],
        "pre-delete": ["PreDelete"],
        "pre-install": ["PreSync"],
    }
    assert [str(one.identity) for one in rendered.dropped] == ["ConfigMap there/post-rollback", "ConfigMap there/test"]
    assert [finding.code for finding in rendered.findings] == ["hook-left-out"]


@HELMS
def test_definitions_stand_apart_wherever_they_come_from(version: str) -> None:
    """Those of `crds/` and those of templates are one list, by name."""
    files = {
        "crds/b.yaml": definition("bees", "Bee"),
        "templates/a.yaml": definition("ants", "Ant", "Cluster"),
        "templates/one.yaml": config_map("one"),
    }
    rendered = render(files, version=version)
    assert names(rendered.crds) == ["ants.example.org", "bees.example.org"]
    assert names(rendered.objects) == ["one"]
    assert names(render(files, version=version, include_crds=False).crds) == ["ants.example.org"]


@HELMS
def test_namespaces_are_what_argo_cd_would_make_them(version: str) -> None:
    """Written ones stay, missing ones are the release's, and what belongs to the cluster has none."""
    files = {
        "crds/both.yaml": f"{definition('ants', 'Ant')}---{definition('bees', 'Bee', 'Cluster')}",
        "templates/one.yaml": """
{kind: ConfigMap, apiVersion: v1, metadata: {name: a}}
---
{kind: ConfigMap, apiVersion: v1, metadata: {name: b, namespace: elsewhere}}
---
{kind: ClusterRole, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: c, namespace: wrong}}
---
{kind: Ant, apiVersion: example.org/v1, metadata: {name: d}}
---
{kind: Bee, apiVersion: example.org/v1, metadata: {name: e, namespace: wrong}}
---
{kind: Nobody, apiVersion: unknown.org/v1, metadata: {name: f}}
""",
    }
    found = {
        one["metadata"]["name"]: one["metadata"].get("namespace") for one in render(files, version=version).objects
    }
    assert found == {"a": "there", "b": "elsewhere", "c": None, "d": "there", "e": None, "f": None}


@HELMS
def test_scalars_are_read_as_kubernetes_reads_them(version: str) -> None:
    """YAML 1.1 with Go's ideas: an octal number, a truth value, and text that only looks like one."""
    text = "{apiVersion: v1, kind: Thing, metadata: {name: x}, mode: 0644, a: on, b: 'on', c: 1e3, d: 0o17, e: ~}"
    (one,) = render(text, version=version).objects
    assert {key: one[key] for key in ("mode", "a", "b", "c", "d", "e")} == {
        "mode": 420,
        "a": True,
        "b": "on",
        "c": 1000,
        "d": 15,
        "e": None,
    }


@HELMS
def test_lists_are_taken_apart(version: str) -> None:
    """As Argo CD does, whatever their kind, and one inside another."""
    item = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}"
    inner = f"{{apiVersion: v1, kind: ConfigMapList, items: [{item % 'b'}]}}"
    assert names(
        render(f"{{apiVersion: v1, kind: List, items: [{item % 'a'}, {inner}]}}", version=version).objects
    ) == [
        "a",
        "b",
    ]


@HELMS
def test_empty_documents_and_notes_give_nothing(version: str) -> None:
    """A template whose condition is false leaves only comments; notes are for people."""
    files = {
        "templates/one.yaml": "# nothing\n---\n{{ if .Values.no }}kind: X{{ end }}\n---\n" + config_map("a"),
        "templates/NOTES.txt": "kind: Wrong",
        "templates/_partial.tpl": '{{ define "x" }}kind: Wrong{{ end }}',
    }
    assert names(render(files, version=version).objects) == ["a"]


@HELMS
def test_a_key_written_twice_is_doubted_and_the_last_one_holds(version: str) -> None:
    """So does Kubernetes, without a word."""
    rendered = render("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1', x: '2'}\n", version=version)
    assert rendered.objects[0]["data"] == {"x": "2"}
    (finding,) = rendered.findings
    assert finding.code == "key-rendered-twice"
    assert "probe/templates/one.yaml" in finding.message


@HELMS
def test_subcharts_with_alias_condition_and_imported_values(version: str) -> None:
    """What is switched off is not there, and what is imported is read."""
    inner = "apiVersion: v2\nname: inner\nversion: 1.0.0\n"
    files = {
        "Chart.yaml": """
apiVersion: v2
name: probe
version: 1.2.3
dependencies:
  - {name: inner, version: 1.0.0, alias: first, condition: first.enabled, import-values: [{child: shared, parent: got}]}
  - {name: inner, version: 1.0.0, alias: second, condition: second.enabled}
""",
        "values.yaml": "second: {enabled: false}\n",
        "templates/one.yaml": config_map("outer", "{got: {{ .Values.got.x }}}"),
        "charts/inner/Chart.yaml": inner,
        "charts/inner/values.yaml": "shared: {x: imported}\nname: plain\n",
        "charts/inner/templates/a.yaml": config_map("{{ .Chart.Name }}-{{ .Values.name }}"),
    }
    rendered = render(files, {"first": {"name": "given"}}, version=version)
    assert {one["metadata"]["name"]: one["data"] for one in rendered.objects} == {
        "first-given": {},
        "outer": {"got": "imported"},
    }


@HELMS
def test_tpl_and_files_of_the_chart(version: str) -> None:
    """Templates in values, and files that templates read."""
    files = {
        "files/a.txt": "from a file",
        "templates/one.yaml": config_map("one", '{t: {{ tpl .Values.t . }}, f: {{ .Files.Get "files/a.txt" }}}'),
    }
    rendered = render(files, {"t": "{{ .Release.Name }}-x"}, version=version)
    assert rendered.objects[0]["data"] == {"t": "here-x", "f": "from a file"}


@HELMS
def test_lookup_finds_nothing(version: str) -> None:
    """There is no cluster, here as in Argo CD."""
    data = '{x: {{ (lookup "v1" "Secret" "there" "s") | len | quote }}}'
    assert render(config_map("one", data), version=version).objects[0]["data"] == {"x": "0"}


@HELMS
def test_objects_come_in_the_order_in_which_they_are_applied(version: str) -> None:
    """Whatever the chart's files are called."""
    kinds = ("Deployment", "ServiceAccount", "Namespace", "Thing", "Secret")
    objects = "\n---\n".join(f"{{apiVersion: v1, kind: {kind}, metadata: {{name: {kind.lower()}}}}}" for kind in kinds)
    assert [one["kind"] for one in render(objects, version=version).objects] == [
        "Namespace",
        "ServiceAccount",
        "Secret",
        "Deployment",
        "Thing",
    ]


@HELMS
@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('{{ required "name it" .Values.name }}', "templates/one.yaml:1:3): name it"),
        ('{{ fail "no" }}', "no"),
        ("{{ .Values.a.b.c }}", "nil pointer"),
        ("{{ if }}", "templates/one.yaml"),
        ("kind: [", "YAML parse error on probe/templates/one.yaml"),
        (
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: .inf}",
            "templates/one.yaml: error converting YAML to JSON",
        ),
        ("apiVersion: v1\nkind: ConfigMap", "templates/one.yaml renders something that is no Kubernetes object"),
    ],
)
def test_what_stops_a_render_is_said_in_one_line(version: str, template: str, words: str) -> None:
    """With the template it is about, no traceback, and nothing of the folder helm ran in."""
    answer = try_render(template, {"a": {}}, version=version, at=("components", "probe"))
    assert isinstance(answer, NotRendered)
    (finding,) = answer.findings
    assert (finding.code, finding.path) == ("render-failed", ("components", "probe"))
    assert words in finding.message
    assert "\n" not in finding.message
    assert "/tmp" not in finding.message  # noqa: S108 - where helm ran
    assert "debug" not in finding.message


@HELMS
def test_values_that_a_schema_refuses(version: str) -> None:
    """The path of the value is in the message."""
    files = {
        "values.schema.json": '{"properties": {"port": {"type": "integer"}}}',
        "templates/one.yaml": config_map("one"),
    }
    answer = try_render(files, {"port": "http"}, version=version)
    assert isinstance(answer, NotRendered)
    assert "port" in answer.findings[0].message


def test_a_chart_that_writes_without_end_is_stopped() -> None:
    """Long before the memory is full."""
    answer = try_render('{{ range until 9999 }}# {{ repeat 99 "x" }}\n{{ end }}', run=partial(run_helm, limit=10_000))
    assert isinstance(answer, NotRendered)
    assert "it renders more than 10000 bytes" in answer.findings[0].message


def test_a_secret_among_the_values_is_in_no_message() -> None:
    """Charts like to repeat what they were given."""
    answer = try_render("{{ fail (print `cannot use ` .Values.db.password) }}", {"db": {"password": "hunter22"}})
    assert isinstance(answer, NotRendered)
    assert "hunter22" not in answer.findings[0].message
    assert "cannot use (hidden)" in answer.findings[0].message


@pytest.mark.parametrize(("version", "taken"), [(OLDEST, "yes"), (NEWEST, "no")])
def test_why_helm_3_18_0_is_refused(version: str, taken: str) -> None:
    """It takes a 0 among the chart's own values for true (helm/helm#30923); 3.18.1 and newer do not."""
    files = {
        "values.yaml": "zero: 0\n",
        "templates/one.yaml": config_map("one", '{x: "{{ if .Values.zero }}yes{{ else }}no{{ end }}"}'),
    }
    if find_helm(version).version != f"v{version}":
        pytest.skip("another helm than the pinned one")
    assert render(files, version=version).objects[0]["data"] == {"x": taken}


def test_object_that_kubernetes_is_to_name_keeps_its_place() -> None:
    """Its identity has a star, so that it is never taken for another."""
    text = "{apiVersion: batch/v1, kind: Job, metadata: {generateName: run-}}"
    rendered = render(text)
    assert isinstance(rendered, Rendered)
    assert rendered.objects[0]["metadata"] == {"generateName": "run-", "namespace": "there"}


def test_random_fields_are_named() -> None:
    """Two renders that differ say which field will never come to rest."""
    rendered = render(config_map("one", "{a: same, b: {{ randAlphaNum 20 }}}"))
    assert [(one.identity, one.field, one.values) for one in rendered.unstable] == [
        (identity("ConfigMap", "one"), ("data", "b"), ())
    ]
    (finding,) = rendered.findings
    assert finding.code == "changes-on-every-render"
    assert "ConfigMap there/one data.b" in finding.message


def test_a_random_name_is_named_once() -> None:
    """The object of the second render is the same one under another name."""
    rendered = render(config_map("one-{{ randAlpha 8 | lower }}"))
    assert [one.field for one in rendered.unstable] == [("metadata", "name")]


@pytest.mark.skipif(not Path("/usr/share/zoneinfo").is_dir(), reason="this machine knows no time zones")
def test_a_date_is_named_too() -> None:
    """Two renders of one minute have one date, but tomorrow it is another one."""
    rendered = render(config_map("one", '{built: {{ now | date "2006-01-02" | quote }}}'))
    assert [one.field for one in rendered.unstable] == [("data", "built")]
