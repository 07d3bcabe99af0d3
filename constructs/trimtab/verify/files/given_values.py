"""The values that a source of an Application gives to its chart, each with the place it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.documents.document import Value
from trimtab.documents.values import parse_values
from trimtab.findings.path import Path
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.files.applications import Application, Source, clean_path
from trimtab.verify.files.found import Found
from trimtab.verify.files.parameters import nest_parameter, parse_parameter_name, parse_parameter_value
from trimtab.verify.files.templates import close
from trimtab.verify.world import GivenValues


def iter_given(
    application: Application, source: Source, files: Mapping[str, bytes], prefix: str
) -> Iterator[GivenValues]:
    """Give what a source gives, the lowest first: files in order, then `values` or `valuesObject` in its place.

    Source: reposerver/repository/repository.go in argo-cd, helmTemplate.

    Args:
        application: The Application.
        source: The source.
        files: The tree's files, among which values files are looked for.
        prefix: Where the tree lies in its repository.
    """
    listed = source.helm.get("valueFiles")
    for name in listed if isinstance(listed, list) else ():
        file = _find(application, str(name), files, prefix)
        if file is not None:
            yield from _of_file(file, files[file])
    found = application.found
    written, text = source.helm.get("valuesObject"), source.helm.get("values")
    at: Path = (*source.at, "helm")
    if isinstance(written, dict):
        yield GivenValues(values=close(written), origin=found, path=(*at, "valuesObject"))
    elif isinstance(text, str) and (values := parse_mapping(text.encode(), "values")):
        yield GivenValues(values=close(values), origin=found, path=(*at, "values"), is_text=True)
    yield from _iter_parameters(application, source)


def _iter_parameters(application: Application, source: Source) -> Iterator[GivenValues]:
    listed = source.helm.get("parameters")
    for position, one in enumerate(listed if isinstance(listed, list) else ()):
        name, text = (one.get("name"), one.get("value")) if isinstance(one, dict) else (None, None)
        path = parse_parameter_name(name) if isinstance(name, str) else None
        if path and isinstance(text, str):
            value = (
                None if is_templated(text) else parse_parameter_value(text, is_string=one.get("forceString") is True)
            )
            yield GivenValues(
                values=nest_parameter(path, value),
                origin=application.found,
                path=(*source.at, "helm", "parameters", position, "name"),
                is_text=True,
                parameter=path,
            )


def _of_file(file: str, content: bytes) -> Iterator[GivenValues]:
    values = parse_mapping(content, file)
    if values:
        yield GivenValues(values=values, origin=Found(manifest=values, file=file, document=0), path=(), file=file)


def _find(application: Application, name: str, files: Mapping[str, bytes], prefix: str) -> str | None:
    """Find a file of values that lies in the tree: `$ref/path` with a source of that name."""
    ref, slash, path = name.partition("/")
    known = {f"${source.ref}" for source in application.sources if source.ref}
    if not slash or ref not in known:
        return None
    inside = clean_path(path).removeprefix(prefix)
    while inside not in files and "/" in inside and not prefix:
        inside = inside.partition("/")[2]
    return inside if inside in files else None


def parse_mapping(content: bytes, file: str) -> dict[str, Value]:
    """Read the first document of a file; an empty mapping where it is none."""
    values = parse_values(content, file=file).values
    return values[0] if values and isinstance(values[0], dict) else {}
