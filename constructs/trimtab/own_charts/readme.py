"""The README of one chart of ours: how to install it, and a table of its values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from trimtab.charts.archive import read_archive
from trimtab.documents.reader import parse_yaml
from trimtab.findings.path import get_value
from trimtab.own_charts.dependency import Dependency
from trimtab.own_charts.ingredients import Ingredients
from trimtab.own_charts.installing import plan_command
from trimtab.own_charts.markdown import render_code, render_key, render_table, render_words
from trimtab.own_charts.values import find_reason, iter_leaves

_LONG = 80
"""Characters of a value that are shown."""
_NOTHING: Any = object()


def render_readme(given: Ingredients, values: Mapping[str, Any], dependencies: Sequence[Dependency]) -> str:
    """Write the README of a chart.

    Args:
        given: What the chart is made of.
        values: Its values.
        dependencies: The charts it brings.
    """
    head = (
        f"# {given.name}\n\nThe application {given.name} of the cluster {given.cluster}, as a Helm chart.\n"
        "It was generated: what is changed here by hand is lost.\n"
    )
    parts = [
        head,
        _render_contents(given, dependencies),
        _render_install(given, dependencies),
        _render_values(given, values),
    ]
    return "\n".join(part for part in parts if part)


def _render_contents(given: Ingredients, dependencies: Sequence[Dependency]) -> str:
    lines = [f"- {one['name']} {one['version']} of {one['repository']}" for one in dependencies]
    if given.manifests:
        count = len(given.manifests)
        lines.append(f"- {count} {'object' if count == 1 else 'objects'} of our own, in `templates/`")
    if given.hooks:
        lines.append(f"- {given.hooks} of them run as hooks under Argo CD; helm applies them as plain objects")
    return "## What is in it\n\n" + "".join(f"{line}\n" for line in lines)


def _render_install(given: Ingredients, dependencies: Sequence[Dependency]) -> str:
    fetch = "" if given.archive is not None or not dependencies else "helm dependency build .\n"
    api = "".join(f" --api-versions {one}" for one in (given.release.api_versions if given.release else ()))
    crds = "" if given.release is not None and given.release.skip_crds else " --include-crds"
    look = f"helm template {given.release_name} . -n {given.namespace} --kube-version {given.kubernetes}{crds}{api}\n"
    names = "Objects have the names they have under Argo CD only under this release name and in this namespace.\n"
    return f"## Installing\n\n```console\n{fetch}{plan_command(given, '.')}\n{look}```\n\n{names}"


def _render_values(given: Ingredients, values: Mapping[str, Any]) -> str:
    defaults = _read_defaults(given.archive) if given.archive is not None else None
    reasons = given.release.reasons if given.release else {}
    head = ["value", "ours", *(["upstream's"] if defaults is not None else []), "why"]
    rows = [
        [
            render_key(path),
            _show(value),
            *([_show(get_value(defaults, path[1:], _NOTHING))] if defaults is not None else []),
            render_words(find_reason(reasons, path[1:])),
        ]
        for path, value in iter_leaves(values)
    ]
    return f"## Values\n\n{render_table(head, rows)}" if rows else ""


def _read_defaults(archive: bytes) -> Mapping[str, Any]:
    """Give the values that upstream's chart has by itself; none where they cannot be read.

    Raises:
        ChartError: It is no archive that may be read.
    """
    text = read_archive(archive).files.get("values.yaml", b"")
    parsed = parse_yaml(text, file="values.yaml")
    value = parsed.documents[0].value if parsed.documents and not parsed.findings else None
    return value if isinstance(value, Mapping) else {}


def _show(value: Any) -> str:
    if value is _NOTHING:
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return render_code(text if len(text) <= _LONG else f"{text[: _LONG - 1]}…")
