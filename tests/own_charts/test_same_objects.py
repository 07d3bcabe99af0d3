"""A chart of ours gives what upstream's chart gives by itself, and our objects beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from helm_support.made import NEWEST, OLDEST, pack_chart
from own_chart_support.made import (
    as_texts,
    call_helm,
    config_map,
    make_facts,
    make_ingredients,
    make_objects_only,
    make_release,
    render_objects,
    write_chart,
)
from trimtab.charts.errors import ChartError
from trimtab.own_charts.chart import plan_chart
from trimtab.own_charts.ingredients import Ingredients

VALUES: list[dict[str, Any]] = [
    {},
    {"greeting": "{{ not a template }}", "map": {"a": 5}},
    {"gone": None},
    {"map": {"a": None}},
    {"global": {"far": "yes"}},
    {"global": {"far": "yes"}, "inner": {"depth": 3}},
    {"inner": {"enabled": False}},
    {"tags": {"extra": False}},
    {"text": "{{ .Chart.Name }} in {{ .Release.Namespace }} of {{ .Template.BasePath | base }}"},
]

NASTY = [
    "{{ .Values.x }}",
    "{{{{ }}}}",
    "{{{ }}}",
    "{{- trim -}}",
    "{{/* a comment */}}",
    '{{ `back` }} and {{ "quotes" }}',
    "`{{`",
    "$value {{ $labels.instance }} is {{ $value | humanize }}",
    "ends with braces {{",
    "}} begins",
    "---\nnew: document",
    "a\n---\nb",
    "  both ends  ",
    "last line\n\n\n",
    "\n\nfirst lines",
    "a tab\t and blanks   \n   \n",
    "# a comment\nkey: value # more",
    "%Y-%m-%d",
    "\u2028 \x85 \ufeff",
    '{{ include "x" . }}\n{{- end }}\n',
    "[[ not ours ]]",
    "{% raw %}",
    "\\{{ \\",
    "{",
]


def render_upstream(given: Ingredients, folder: Path, version: str) -> list[str]:
    """Render upstream's chart by itself with the same values."""
    assert given.release is not None
    assert given.archive is not None
    (folder / "upstream.tgz").write_bytes(given.archive)
    (folder / "given.yaml").write_text(yaml.safe_dump(given.release.values))
    return render_objects(folder / "upstream.tgz", "-f", folder / "given.yaml", home=folder, version=version)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("values", VALUES, ids=str)
def test_upstreams_chart_gives_the_same_objects_inside_ours(
    values: dict[str, Any], version: str, tmp_path: Path
) -> None:
    """Names, namespaces, defaults, globals, conditions, tags, nulls, files and `tpl` are as if it were alone."""
    given = make_ingredients(values, manifests=(config_map("ours"),))
    expected = sorted([*render_upstream(given, tmp_path, version), *as_texts([config_map("ours")])])
    assert render_objects(write_chart(tmp_path, given), home=tmp_path, version=version) == expected


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_no_text_of_ours_is_taken_for_a_template(version: str, tmp_path: Path) -> None:
    """Alerts and dashboards are full of braces, and texts may end with blank lines, which helm cuts off."""
    objects = [config_map(f"text-{at}", text=text) for at, text in enumerate(NASTY)]
    objects.append(config_map("all", **{f"k{at}": text for at, text in enumerate(NASTY)}))
    chart = write_chart(tmp_path, make_objects_only(*objects))
    assert render_objects(chart, home=tmp_path, version=version) == as_texts(objects)


def test_braces_in_keys_and_names_stay_too(tmp_path: Path) -> None:
    """An annotation's key may be anything."""
    one = config_map("one", **{"{{ key }}": "value"})
    assert render_objects(write_chart(tmp_path, make_objects_only(one)), home=tmp_path) == as_texts([one])


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("has_objects", [True, False])
def test_helm_finds_nothing_wrong_and_packs_it(version: str, has_objects: bool, tmp_path: Path) -> None:
    """`helm lint --strict` warns of nothing, our objects or not."""
    given = make_ingredients({"inner": {"depth": 2}}, manifests=(config_map("ours"),) if has_objects else ())
    chart = write_chart(tmp_path, given)
    linted = call_helm("lint", "--strict", chart, home=tmp_path, version=version)
    assert linted.returncode == 0, linted.stdout
    packed = call_helm("package", chart, "-d", tmp_path / "packed", home=tmp_path, version=version)
    assert packed.returncode == 0, packed.stderr
    [archive] = (tmp_path / "packed").iterdir()
    assert render_objects(archive, home=tmp_path, version=version) == render_objects(chart, home=tmp_path)


def test_definitions_stay_out_where_another_application_brings_them(tmp_path: Path) -> None:
    """The command that installs says so, for helm knows it by a flag alone."""
    skipping = make_ingredients(release=make_release({}, skip_crds=True))
    text = (write_chart(tmp_path, skipping) / "README.md").read_text()
    assert "helm upgrade --install here . -n there --create-namespace --take-ownership --skip-crds --wait" in text
    assert "--include-crds" not in text


def test_helm_gives_a_chart_with_a_dot_in_its_name_no_values(tmp_path: Path) -> None:
    """Which is why such a chart is refused where it reads any."""
    template = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Values.greeting }}"}\n'
    release = make_release({"greeting": "dotted"})
    archive = pack_chart({"templates/one.yaml": template, "values.yaml": "greeting: no\n"}, name="probe.example.org")
    pin = replace(release.pin, chart="probe.example.org")
    given = make_ingredients(release=replace(release, pin=pin), facts=None, archive=archive)
    with pytest.raises(ChartError, match="helm gives no values to the chart") as caught:
        plan_chart(given)
    assert caught.value.code == "dot-in-chart-name"
    empty = make_ingredients(release=replace(make_release(), pin=pin), facts=make_facts({}), archive=archive)
    chart = write_chart(tmp_path, empty)
    (chart / "values.schema.json").unlink()
    assert json.loads(render_objects(chart, home=tmp_path)[0])["metadata"]["name"] == ""
