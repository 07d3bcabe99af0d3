"""A chart that asks what the cluster serves must be told: what its question is made of is found."""

from __future__ import annotations

import pytest

from helm_support.made import pack_chart
from trimtab.charts.archive import read_archive
from trimtab.charts.chart_tree import iter_parts
from trimtab.charts.template_scan import find_asked


def asked(template: str, **more: str) -> list[str]:
    """Give what a chart of one template asks for."""
    chart = read_archive(pack_chart({"templates/one.yaml": template, **more}))
    return find_asked(list(iter_parts(chart)))


@pytest.mark.parametrize(
    "template",
    [
        '{{ if .Capabilities.APIVersions.Has "a.org/v1" }}{{ end }}',
        '{{ if ($.Capabilities.APIVersions.Has "a.org/v1") }}{{ end }}',
        '{{ if has "a.org/v1" .Capabilities.APIVersions }}{{ end }}',
        '{{ if not (has "a.org/v1" $.Capabilities.APIVersions) }}{{ end }}',
        '{{ if "a.org/v1" | .Capabilities.APIVersions.Has }}{{ end }}',
        '{{ if .Capabilities.APIVersions | has "a.org/v1" }}{{ end }}',
        '{{ $x := "a.org/v1" }}{{ if .Capabilities.APIVersions.Has $x }}{{ end }}',
        '{{ $x := .Values.api | default "a.org/v1" }}{{ if .Capabilities.APIVersions.Has $x }}{{ end }}',
        '{{ if .Capabilities.APIVersions.Has (.Values.api | default "a.org/v1") }}{{ end }}',
        '{{ define "x" }}{{ print "a.org/v1" }}{{ end }}{{ $y := include "x" . }}{{ .APIVersions.Has $y }}',
        '{{ define "x" }}{{ if .Capabilities.APIVersions.Has "a.org/v1" }}{{ end }}{{ end }}',
        '{{ with .Capabilities.APIVersions }}{{ if .Has "a.org/v1" }}{{ end }}{{ end }}',
    ],
)
def test_a_question_is_found_however_it_is_put(template: str) -> None:
    """What is not found is not told, and the chart leaves its object out without a word."""
    assert asked(template) == ["a.org/v1"]


@pytest.mark.parametrize(
    "template",
    [
        '{{ if has "a.org/v1" .Values.list }}{{ end }}',
        "{{ if .Capabilities.APIVersions.Has .Values.api }}{{ end }}",
        '{{ $x := include "none" . }}{{ if .Capabilities.APIVersions.Has $x }}{{ end }}',
        '{{ $x := printf "%s" .Values.api }}{{ if .Capabilities.APIVersions.Has $x }}{{ end }}',
        '{{ define "x" }}{{ include "x" . }}{{ end }}{{ if .Capabilities.APIVersions.Has (include "x" .) }}{{ end }}',
    ],
)
def test_what_is_no_question_or_cannot_be_known_is_none(template: str) -> None:
    """And a template that includes itself comes to an end."""
    assert asked(template) == []


def test_a_text_for_tpl_may_ask_too() -> None:
    """A template that another holds as a text."""
    assert asked("""{{ tpl `{{ .Capabilities.APIVersions.Has "a.org/v1" }}` . }}""") == ["a.org/v1"]
