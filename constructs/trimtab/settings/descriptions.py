"""The sentence under each field of a settings model, read from its source."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


def describe_fields(model: type[BaseModel]) -> Mapping[str, str]:
    """Give the sentence under each field by the field's name; inherited fields keep theirs."""
    described: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if issubclass(ancestor, BaseModel) and ancestor is not BaseModel:
            described.update(_described_in(ancestor))
    return described


def describe_model(model: type[BaseModel]) -> str:
    """Give the first paragraph of a model's own docstring on one line; nothing where it has none."""
    return join_lines((model.__doc__ or "").strip().split("\n\n")[0])


def join_lines(text: str) -> str:
    """Put wrapped prose on one line."""
    return " ".join(text.split())


def _described_in(model: type[BaseModel]) -> Mapping[str, str]:
    found = _class_nodes(model.__module__).get(model.__qualname__)
    return dict(_iter_described(found.body)) if found else {}


@cache
def _class_nodes(module: str) -> Mapping[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return dict(_iter_classes(tree.body, ""))


def _iter_classes(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, node
            yield from _iter_classes(node.body, f"{prefix}{node.name}.")


def _iter_described(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            text = below.value.value if isinstance(below.value, ast.Constant) else None
            if isinstance(text, str):
                yield field.target.id, join_lines(text)
