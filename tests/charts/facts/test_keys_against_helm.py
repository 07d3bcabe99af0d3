"""What helm writes changes only with values that the key tree knows: the tree is held against the program itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from helm_support.made import pack_chart, render
from trimtab.catalogue.key_tree import Known, Node, build_tree, find_key
from trimtab.charts.archive import read_archive
from trimtab.charts.chart_tree import iter_parts
from trimtab.charts.key_tree_of import derive_keys

WAYS = {
    "plain": "{{ if .Values.a }}on{{ end }}{{ (.Values.b).c }}",
    "with": "{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ end }}",
    "variables": "{{ $x := .Values.a }}{{ if .Values.b }}{{ $x = .Values.b }}{{ end }}{{ $x.c }}",
    "items": '{{ range $k, $v := .Values.a }}{{ $k }}{{ if kindIs "map" $v }}{{ $v.b }}{{ end }}{{ end }}',
    "whole": "{{ toYaml .Values.b }}",
    "index": '{{ index (.Values.a | default dict) "b" }}{{ dig "b" "c" 1 .Values.AsMap }}{{ hasKey .Values `c` }}',
    "merged": "{{ $x := merge (dict) (.Values.a | default dict) (.Values.b | default dict) }}{{ $x.c }}",
    "helper": '{{ include "walk" (dict "here" .Values.a "deep" (list .Values.b)) }}',
    "text": "{{ tpl .Values.text . }}",
    "shared": "{{ (.Values.global | default dict).a }}{{ pick (.Values.b | default dict) `c` | toJson }}",
    "taken": '{{ $x := set (.Values.a | default dict | deepCopy) "z" 1 }}{{ $x.b }}{{ (.Values.c | default dict).b }}',
}
"""Templates that take values in one way each. None prints what may be a map: of a text nothing below it is known."""

HELPERS = """
{{ define "walk" }}{{ with .here }}{{ .c }}{{ end }}{{ range .deep }}{{ with . }}{{ .a }}{{ end }}{{ end }}{{ end }}
"""
VALUES = "text: '{{ if .Values.a }}on{{ end }}{{ with .Values.b }}{{ .a }}{{ end }}'\n"
WORDS = ("a", "b", "c", "global", "slip")
"""Two of them make every path that is tried; `slip` is read by nobody."""

SET: Mapping[str, Any] = {"set": "MARK"}
"""A map can stand where helm prints, walks, or takes a field of it."""


def inner_chart(ways: Mapping[str, str]) -> dict[str, str]:
    """Give the files of a chart that writes one text for each way."""
    texts = "".join(f'{{{{ define "{way}" }}}}{text}{{{{ end }}}}' for way, text in ways.items())
    data = ", ".join(f'{way}: {{{{ include "{way}" . | quote }}}}' for way in ways)
    return {
        "Chart.yaml": "apiVersion: v2\nname: in\nversion: 1.0.0\n",
        "values.yaml": VALUES,
        "templates/_helpers.tpl": HELPERS + texts,
        "templates/one.yaml": f"""{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {{{{ .Chart.Name }}}}}},
          data: {{{data}}}}}""",
    }


def nest(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """Build values that set one path."""
    for key in reversed(path):
        value = {key: value}
    assert isinstance(value, dict)
    return value


def iter_cases() -> Iterator[tuple[tuple[str, ...], dict[str, Any], dict[str, Any]]]:
    """Give each path with values without and with it; a neighbour stands beside it both times."""
    for path in (*((word,) for word in WORDS), *itertools.product(WORDS, WORDS)):
        beside = {"beside": "x"}
        yield path, nest(path[:-1], beside), nest(path[:-1], {**beside, path[-1]: SET})


@pytest.fixture(scope="module")
def texts() -> dict[str, dict[str, str]]:
    """Render a chart of all ways, under an alias for each case without (`o`) and with (`p`), in one run of helm."""
    cases = {
        f"{which}{at}": case[place] for at, case in enumerate(iter_cases()) for place, which in ((1, "o"), (2, "p"))
    }
    dependencies = [{"name": "in", "version": "1.0.0", "alias": alias} for alias in cases]
    outer = {"apiVersion": "v2", "name": "probe", "version": "1.2.3", "dependencies": dependencies}
    inner = {f"charts/in/{path}": text for path, text in inner_chart(WAYS).items()}
    rendered = render({"Chart.yaml": yaml.safe_dump(outer), **inner}, cases)
    return {one["metadata"]["name"]: one["data"] for one in rendered.objects}


def tree_of(way: str) -> Node:
    """Build the key tree of a chart of one way alone."""
    chart = read_archive(pack_chart(inner_chart({way: WAYS[way]})))
    return build_tree(derive_keys(list(iter_parts(chart))))


@pytest.mark.parametrize("way", WAYS)
def test_what_changes_the_output_is_known(way: str, texts: Mapping[str, Mapping[str, str]]) -> None:
    """A value that helm uses and the tree does not know would be refused for nothing."""
    tree = tree_of(way)
    changed = [path for at, (path, *_) in enumerate(iter_cases()) if texts[f"o{at}"][way] != texts[f"p{at}"][way]]
    assert changed
    assert [path for path in changed if not isinstance(find_key(tree, path), Known)] == []


@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_reads_is_not_known(way: str) -> None:
    """Else a tree that knows everything would pass."""
    assert not isinstance(find_key(tree_of(way), ("slip",)), Known)
