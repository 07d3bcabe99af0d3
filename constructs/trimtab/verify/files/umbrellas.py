"""Charts of a tree that only wrap others: the values they give, for what is known of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.verify.files.charts import find_facts
from trimtab.verify.files.folders import folder_of
from trimtab.verify.files.found import Found
from trimtab.verify.files.given_values import parse_mapping
from trimtab.verify.reading import fields_of, iter_fields, text_of
from trimtab.verify.world import ChartUse, GivenValues

_CHART, _VALUES = "Chart.yaml", "values.yaml"


def iter_umbrellas(files: Mapping[str, bytes]) -> Iterator[ChartUse]:
    """Give the charts that others name as dependencies, with the values that stand below their name, or alias.

    A key that Helm itself reads, as the condition of a dependency, is left out; so is a chart whose values the
    templates of the one around it read too.

    Args:
        files: The tree's files.
    """
    for file, content in files.items():
        values_file = file.removesuffix(_CHART) + _VALUES
        if file.rpartition("/")[2] == _CHART and values_file in files:
            chart, values = parse_mapping(content, file), parse_mapping(files[values_file], values_file)
            for _, one in iter_fields(chart, "dependencies"):
                key = text_of(one, "alias") or text_of(one, "name")
                given = _without_conditions(fields_of(values, key), key, text_of(one, "condition"))
                if given and not _reads(files, folder_of(file), key):
                    yield _use(one, key, given, Found(manifest=dict(values), file=values_file, document=0))


def _use(dependency: Mapping[str, Any], key: str, values: Mapping[str, Any], origin: Found) -> ChartUse:
    name, version = text_of(dependency, "name"), text_of(dependency, "version")
    folder = folder_of(origin.file)
    return ChartUse(
        application=folder,
        chart=name,
        version=version,
        namespace="",
        release_name=key,
        values=values,
        facts=find_facts(name, version, text_of(dependency, "repository")),
        origin=origin,
        given=(GivenValues(values=values, origin=origin, path=(key,), file=origin.file),),
    )


def _without_conditions(values: Mapping[str, Any], key: str, condition: str) -> Mapping[str, Any]:
    """Take out the switches of a dependency, written as `name.enabled,other.enabled`."""
    for one in condition.split(","):
        first, *rest = one.strip().split(".")
        if first == key and rest:
            values = _without(values, tuple(rest))
    return values


def _without(values: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    if len(path) == 1:
        return {key: value for key, value in values.items() if key != path[0]}
    inner = values.get(path[0])
    return {**values, path[0]: _without(inner, path[1:])} if isinstance(inner, Mapping) else values


def _reads(files: Mapping[str, bytes], folder: str, key: str) -> bool:
    """Say whether a template of the chart around a dependency reads the values below its name."""
    begin = f"{folder}/templates/" if folder else "templates/"
    pattern = re.compile(rb"\.Values\b[^}\n]*" + re.escape(key.encode()))
    return any(file.startswith(begin) and pattern.search(content) for file, content in files.items())
