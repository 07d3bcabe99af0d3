"""Paths to fields as definitions write them: `.spec.replicas`, `.metadata.labels['a.b/c']`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trimtab.verify.reading import Fields, fields_of

_TOKEN = re.compile(r"'.*?(?<!\\)'|[.\[\]]|[^.\[\]]+", re.DOTALL)


def find_field(text: str, schema: Fields, *, in_brackets: bool = True) -> tuple[tuple[str, ...], Fields]:
    """Give the names that a path goes by, and the schema of what it leads to.

    Source: apiextensions-apiserver v0.35.4 pkg/apiserver/schema/cel/validation.go (ValidFieldPath:557).

    Args:
        text: The path.
        schema: Where it begins.
        in_brackets: Whether a name may stand in brackets.

    Raises:
        ValueError: It leads nowhere; it says why.
    """
    names: list[str] = []
    for name in _iter_names(text, in_brackets=in_brackets):
        schema = _step(schema, name)
        names.append(name)
    return tuple(names), schema


def _iter_names(text: str, *, in_brackets: bool) -> Iterator[str]:
    tokens = (match[0] for match in _TOKEN.finditer(text))
    for token in tokens:
        if token == ".":
            yield _next(tokens)
        elif token == "[" and in_brackets:
            quoted = _next(tokens)
            if not (len(quoted) > 1 and quoted[0] == quoted[-1] == "'"):
                raise ValueError("what stands in brackets is not in single quotes")
            if _next(tokens) != "]":
                raise ValueError("a bracket is not closed")
            yield quoted[1:-1].replace("\\'", "'")
        else:
            raise ValueError(f"'{token}' does not begin with a point")


def _next(tokens: Iterator[str]) -> str:
    token = next(tokens, None)
    if token is None:
        raise ValueError("it ends too early")
    return token


def _step(schema: Fields, name: str) -> Fields:
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        if name not in properties:
            raise ValueError(f"there is no field '{name}'")
        return fields_of(properties, name)
    if schema.get("additionalProperties"):
        return fields_of(schema, "additionalProperties")
    raise ValueError(f"there is nothing below which '{name}' could be")
