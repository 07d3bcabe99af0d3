"""The key tree of a chart is what its values, its templates and its schema say, and no more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from helm_support.made import pack_chart
from trimtab.charts.archive import read_archive
from trimtab.charts.chart_tree import iter_parts
from trimtab.charts.key_tree_of import derive_keys


def keys(template: str = "", values: str = "", schema: str = "", **more: str) -> dict[str, str]:
    """Give the key tree of a chart of one template, without the `global` that every chart has."""
    files: dict[str, str] = {"templates/one.yaml": template, "values.yaml": values, **more}
    if schema:
        files["values.schema.json"] = schema
    return {path: kind for path, kind in tree(files).items() if path != "global"}


def tree(files: Mapping[str, str]) -> dict[str, str]:
    """Give the key tree of a chart of files."""
    return derive_keys(list(iter_parts(read_archive(pack_chart(files)))))


def test_types_come_from_the_charts_own_values() -> None:
    """A list is free-form, whatever is in it."""
    values = "a: text\nb: 1\nc: 1.5\nd: true\ne: null\nf: [1]\ng: {h: x}\n"
    assert keys(values=values) == {
        "a": "string",
        "b": "int",
        "c": "number",
        "d": "bool",
        "e": "null",
        "f": "list*",
        "g": "map",
        "g.h": "string",
    }


def test_a_dot_in_a_key_is_no_step() -> None:
    """As the catalogue writes it."""
    assert keys(values="a: {b.c: 1}") == {"a": "map", "a.b\\.c": "int"}


@pytest.mark.parametrize(
    "template",
    [
        "{{ .Values.a.b }}",
        "{{ if .Values.a.b }}{{ end }}",
        "{{ with .Values.a }}{{ .b }}{{ end }}",
        "{{ $x := .Values.a }}{{ $x.b }}",
        "{{ with .Values.c }}{{ $.Values.a.b }}{{ end }}",
        '{{ index .Values "a" "b" }}',
        '{{ get .Values.a "b" }}',
        '{{ dig "a" "b" "none" .Values }}',
        '{{ dig "a" "b" "none" .Values.AsMap }}',
        '{{ get .Values.AsMap.a "b" }}',
        '{{ if hasKey .Values.a "b" }}{{ end }}',
        "{{ (.Values.a).b }}",
        "{{ (.Values.a | default dict).b }}",
        '{{ define "x" }}{{ .Values.a.b }}{{ end }}{{ include "x" . }}',
        '{{ define "x" }}{{ .b }}{{ end }}{{ template "x" .Values.a }}',
        '{{ define "x" }}{{ .v.b }}{{ end }}{{ include "x" (dict "v" .Values.a "root" $) }}',
        '{{ define "x" }}{{ (index . 1).b }}{{ end }}{{ include "x" (list $ .Values.a) }}',
        '{{ block "x" .Values.a }}{{ .b }}{{ end }}',
        '{{ tpl "{{ .Values.a.b }}" . }}',
        "{{- $x := dict -}}{{ if true }}{{ $x = .Values.a }}{{ end }}{{ $x.b }}",
        "{{ range $x := list .Values.a }}{{ $x.b }}{{ end }}",
        "{{/* .Values.no */}}{{ `.Values.no` }} .Values.no {{ .Values.a.b }}",
        "{{ coalesce .Values.a.b 1 }}",
        "{{ if .x }}{{ else if .Values.a.b }}{{ else }}{{ end }}",
    ],
)
def test_a_key_is_found_however_it_is_read(template: str) -> None:
    """All the ways that charts have."""
    found = keys(template)
    assert (found["a"], found["a.b"]) == ("map", "any")
    assert set(found) <= {"a", "a.b", "c"}


@pytest.mark.parametrize(
    ("template", "flag"),
    [
        ("{{ toYaml .Values.a }}", "map*"),
        ("{{ .Values.a | toJson }}", "map*"),
        ("{{ with .Values.a }}{{ . | toYaml }}{{ end }}", "map*"),
        ("{{ range $k, $v := .Values.a }}{{ $k }}={{ $v }}{{ end }}", "map*"),
        ("{{ range keys .Values.a }}{{ . }}{{ end }}", "map*"),
        ("{{ range .Values.a }}{{ toYaml . }}{{ .x }}{{ end }}", "map*"),
        ("{{ index .Values.a .Release.Name }}", "map*"),
        ("{{ toYaml (dict `x` .Values.a) }}", "map*"),
        ("{{ merge (dict) .Values.a | toYaml }}", "map*"),
        ("{{ .Values.a.b }}", "map"),
        ("{{ if .Values.a }}{{ end }}", "map*"),
        ("", "map*"),
    ],
)
def test_an_empty_map_is_free_form_unless_only_named_keys_are_taken(template: str, flag: str) -> None:
    """What is handed on whole may hold anything."""
    assert keys(template, "a: {}")["a"] == flag


def test_a_map_that_is_not_empty_is_free_form_only_where_it_is_handed_on() -> None:
    """Its own keys stay known."""
    assert keys("", "a: {b: 1}") == {"a": "map", "a.b": "int"}
    assert keys("{{ toYaml .Values.a }}", "a: {b: 1}") == {"a": "map*", "a.b": "int"}


def test_items_of_any_name_over_known_keys() -> None:
    """Free names, and inside an item only what is read."""
    template = "{{ range $k, $v := .Values.a }}{{ $v.x }}{{ toYaml $v.y }}{{ end }}"
    assert keys(template, "a: {}") == {"a": "map+", "a.*": "map", "a.*.x": "any", "a.*.y": "any*"}


def test_inside_a_list_nothing_is_told_apart() -> None:
    """What is in a list is free-form."""
    assert keys("{{ range .Values.a }}{{ .x }}{{ end }}", "a: []") == {"a": "list*"}


def test_a_template_that_walks_itself_comes_to_an_end() -> None:
    """Some charts print any tree."""
    template = (
        '{{ define "x" }}{{ range $k, $v := . }}{{ include "x" $v }}{{ end }}{{ end }}{{ include "x" .Values.a }}'
    )
    assert keys(template, "a: {}")["a"] == "map*"


def test_a_template_that_walks_itself_two_ways_does_not_take_for_ever() -> None:
    """After three items of any name below each other the rest is taken to be read whole."""
    inner = '{{ range . }}{{ include "x" .l }}{{ include "x" .r }}{{ end }}'
    found = keys(f'{{{{ define "x" }}}}{inner}{{{{ end }}}}{{{{ include "x" .Values.a }}}}', "a: {}")
    assert max(path.split(".").count("*") for path in found) == 3


def test_a_schema_forbids_and_names() -> None:
    """Where it forbids other keys nothing is free-form, and what it names is known."""
    schema = """{"properties": {"a": {"$ref": "#/$defs/a"}, "t": {"type": ["integer", "null"]}}, "$defs": {"a":
      {"type": "object", "additionalProperties": false, "properties": {"b": {"type": "string"}}}}}"""
    assert keys("{{ toYaml .Values.a }}", "t: null", schema) == {"a": "map", "a.b": "string", "t": "int"}


@pytest.mark.parametrize(
    "schema", ["{", "[]", "null", '{"properties": 3}', '{"$ref": "#/$defs/none"}', '{"$ref": "#"}']
)
def test_a_broken_schema_says_nothing(schema: str) -> None:
    """Helm refuses it when it renders; here it must not stop anything."""
    assert keys("", "a: 1", schema)["a"] == "int"


def test_a_broken_template_is_passed_over() -> None:
    """The others are read."""
    assert keys("{{ .Values.a }}", **{"templates/two.yaml": "{{ .Values.b"}) == {"a": "any"}


def test_charts_inside_have_their_keys_below_their_alias() -> None:
    """And their switches, and the `global` that all share."""
    files = {
        "Chart.yaml": """
apiVersion: v2
name: probe
version: 1.2.3
dependencies:
  - {name: inner, alias: first, version: 1.0.0, condition: first.enabled, tags: [front]}
  - {name: packed, version: 1.0.0, condition: "packed.on,other.on"}
""",
        "values.yaml": "first: {set: here}\n",
        "charts/inner/Chart.yaml": "apiVersion: v2\nname: inner\nversion: 1.0.0\n",
        "charts/inner/values.yaml": "own: 1\nset: null\n",
        "charts/inner/templates/a.yaml": "{{ .Values.read }}{{ .Values.global.shared }}",
    }
    assert tree(files) == {
        "first": "map",
        "first.enabled": "any",
        "first.global": "map",
        "first.global.shared": "any",
        "first.own": "int",
        "first.read": "any",
        "first.set": "string",
        "global": "map",
        "global.shared": "any",
        "other": "map",
        "other.on": "any",
        "packed": "map",
        "packed.on": "any",
        "tags": "map",
        "tags.front": "any",
    }


def test_templates_of_a_library_are_read_with_the_dot_they_are_given() -> None:
    """A library writes nothing by itself, and nobody reads what is set below its name."""
    files = {
        "templates/one.yaml": '{{ include "lib.x" . }}',
        "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
        "charts/lib/templates/_x.tpl": '{{ define "lib.x" }}{{ .Values.of.outer }}{{ end }}',
        "charts/lib/templates/y.yaml": "{{ .Values.never }}",
    }
    assert tree(files) == {"global": "map", "of": "map", "of.outer": "any"}


def test_a_shared_value_has_the_type_that_it_has_in_a_chart_inside() -> None:
    """Helm lays the outermost `global` over that of each chart inside."""
    found = tree(
        {
            "charts/in/Chart.yaml": "apiVersion: v2\nname: in\nversion: 1.0.0\n",
            "charts/in/values.yaml": "global: {mode: auto}\n",
            "charts/in/templates/x.yaml": "{{ .Values.global.mode }}{{ .Values.global.other }}",
        }
    )
    assert (found["global.mode"], found["global.other"], found["in.global.mode"]) == ("string", "any", "string")


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ('{"type": ["string", "integer", "null"]}', "null"),
        ('{"anyOf": [{"type": "string"}, {"type": "null"}]}', "string"),
        ('{"oneOf": [{"$ref": "#/$defs/n"}, {"type": "integer"}]}', "int"),
        ('{"anyOf": [{"type": "string"}, {"minimum": 1}]}', "null"),
        ('{"anyOf": [{"type": "string"}, {"type": "integer"}]}', "null"),
        ('{"type": ["object", "null"]}', "map*"),
        ("{}", "null*"),
    ],
)
def test_what_a_schema_allows_beside_null_is_the_type_of_an_empty_value(schema: str, kind: str) -> None:
    """And only what may hold keys is free-form."""
    whole = f'{{"properties": {{"a": {schema}}}, "$defs": {{"n": {{"type": "null"}}}}}}'
    assert keys("", "a: null", whole) == {"a": kind}


def test_keys_stand_in_the_order_of_their_paths() -> None:
    """As the catalogue's files have them."""
    assert list(keys(values="a: {c: 1}\na-b: 1\n")) == ["a", "a-b", "a.c"]
