"""Ingredients of charts for tests, and what helm makes of the charts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from helm_support.made import NEWEST, find_helm, pack_chart
from trimtab.catalogue.chart import ChartPin
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.kube.release import ChartRelease
from trimtab.own_charts.chart import plan_chart
from trimtab.own_charts.ingredients import Ingredients

UPSTREAM = "https://charts.example.org"

SHOWS_ALL = """
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Chart.Name }}
  namespace: {{ .Release.Namespace }}
  labels: {chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
data:
  greeting: {{ .Values.greeting | quote }}
  gone: {{ hasKey .Values "gone" | quote }}
  nested: {{ .Values.map | toJson | quote }}
  far: {{ .Values.global.far | quote }}
  monitors: {{ .Capabilities.APIVersions.Has "example.org/v1" | quote }}
  text: {{ tpl .Values.text . | quote }}
  file: {{ .Files.Get "file.txt" | quote }}
"""
VALUES = "greeting: hello\ngone: here\nmap: {a: 1, b: 2}\ntext: 'I am {{ .Release.Name }}'\nglobal: {far: no}\n"
FILES = {
    "Chart.yaml": "apiVersion: v2\nname: probe\nversion: 1.2.3\ndependencies: [{name: inner, version: 0.1.0, "
    "condition: inner.enabled, tags: [extra]}, {name: silent, version: 0.1.0}]\n",
    "values.yaml": VALUES,
    "file.txt": "a file\n",
    "templates/all.yaml": SHOWS_ALL,
    "crds/one.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
    "metadata: {name: ones.example.org}\n",
    "charts/inner/Chart.yaml": "apiVersion: v2\nname: inner\nversion: 0.1.0\n",
    "charts/inner/values.yaml": "depth: 1\n",
    "charts/inner/templates/one.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: inner}\n"
    'data: {depth: "{{ .Values.depth }}", far: "{{ .Values.global.far }}"}\n',
    "charts/silent/Chart.yaml": "apiVersion: v2\nname: silent\nversion: 0.1.0\ntype: library\n",
}
"""A chart with a chart inside, definitions, files, `tpl`, `global`, a condition and a tag."""

KEYS = {
    "greeting": "string",
    "gone": "string",
    "map": "map+",
    "map.*": "int",
    "text": "string",
    "global": "map",
    "global.far": "any",
    "inner": "map",
    "inner.enabled": "bool",
    "inner.depth": "int",
    "free": "map*",
    "list": "list*",
}


def make_facts(keys: Mapping[str, str] = KEYS, kube_version: str | None = None) -> ChartFacts:
    """Make facts of the chart `probe`."""
    return ChartFacts(
        chart="probe",
        version="1.2.3",
        app_version="1",
        kube_version=kube_version,
        renders=(),
        crds=(),
        custom_kinds=(),
        images=(),
        api_versions_asked=(),
        uses_lookup=False,
        random=(),
        keys=keys,
    )


def make_release(values: Mapping[str, Any] | None = None, **more: Any) -> ChartRelease:
    """Make a release `here` of the chart `probe` in the namespace `there`."""
    pin = ChartPin(component="probe", chart="probe", version="1.2.3", app_version="9.9", repo_url=UPSTREAM, oci=False)
    return ChartRelease(pin=pin, release_name="here", namespace="there", values=dict(values or {}), **more)


def make_ingredients(values: Mapping[str, Any] | None = None, **more: Any) -> Ingredients:
    """Give what a chart of `probe` is made of, its archive at hand."""
    given: dict[str, Any] = {
        "name": "shop",
        "cluster": "lab",
        "kubernetes": "1.35",
        "release_name": "here",
        "namespace": "there",
        "version": "v1.2",
        "release": make_release(values),
        "address": UPSTREAM,
        "facts": make_facts(),
        "archive": pack_chart(FILES),
        **more,
    }
    return Ingredients(**given)


def make_objects_only(*manifests: Mapping[str, Any]) -> Ingredients:
    """Give what a chart of our objects alone is made of."""
    return make_ingredients(release=None, address="", facts=None, archive=None, manifests=manifests)


def config_map(name: str, **data: str) -> dict[str, Any]:
    """Make an object of ours."""
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data}


def write_chart(folder: Path, given: Ingredients) -> Path:
    """Write a chart below a folder, in one of its name."""
    return write_files(folder / given.name, plan_chart(given))


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files by path below a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def call_helm(*arguments: str | Path, home: Path, version: str = NEWEST) -> subprocess.CompletedProcess[str]:
    """Run helm in a home of the test's own; every address but this machine's leads nowhere."""
    environment = {
        "HOME": str(home),
        "PATH": "",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    command = [find_helm(version).path, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def render_objects(chart: Path, *more: str | Path, home: Path, version: str = NEWEST) -> list[str]:
    """Render a chart as the release `here` in `there`, and give each object as text, sorted."""
    flags = ("-n", "there", "--include-crds", "--api-versions", "example.org/v1", *more)
    done = call_helm("template", "here", chart, *flags, home=home, version=version)
    assert done.returncode == 0, done.stderr
    return as_texts(one for one in yaml.load_all(done.stdout, Loader=yaml.CSafeLoader) if one)


def as_texts(objects: Any) -> list[str]:
    """Give objects as texts that are equal where they are."""
    return sorted(json.dumps(one, sort_keys=True) for one in objects)
