"""Parts of a schema joined by `allOf`, `anyOf`, `oneOf` and `not`: they restrict values and declare nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, text_of

JUNCTORS = ("allOf", "anyOf", "oneOf")
EITHER = "x-kubernetes-int-or-string"
_NOT_NESTED = frozenset(
    {
        *("type", "default", "nullable", "title", "description", "additionalProperties"),
        *("x-kubernetes-list-type", "x-kubernetes-map-type"),
    }
)
"""What parts of a junctor may not say; extensions of Kubernetes' are only three of them."""
_LOOKS_AROUND = ("(?=", "(?!", "(?<=", "(?<!")


def check_junctors(path: Path, node: Fields) -> Iterator[Fault]:
    """Find what the parts of a junctor say that only the node itself may say."""
    for word in JUNCTORS:
        parts = list_of(node, word)
        if node.get(EITHER) is True and _is_either(word, parts):
            continue
        for position, part in iter_fields(node, word):
            yield from _check_nested((*path, word, position), part, node)
    if isinstance(node.get("not"), Mapping):
        yield from _check_nested((*path, "not"), node["not"], node)


def _is_either(word: str, parts: Any) -> bool:
    """Say whether a junctor spells out `int-or-string`, which is the one place where it may name types."""
    either = [{"type": "integer"}, {"type": "string"}]
    if word == "anyOf":
        return list(parts) == either
    return word == "allOf" and bool(parts) and isinstance(parts[0], Mapping) and parts[0].get("anyOf") == either


def _check_nested(path: Path, part: Fields, node: Fields) -> Iterator[Fault]:
    for key in sorted(_NOT_NESTED.intersection(part)):
        if part[key] not in (None, False, ""):
            cure = "write it outside, where the field is declared"
            yield fault((*path, key), f"uses '{key}' within '{_word(path)}' of its schema", cure, on_key=True)
    yield from _check_declared(path, part, node)
    if isinstance(part.get("items"), Mapping):
        yield from _check_nested((*path, "items"), part["items"], fields_of(node, "items"))
    yield from check_pattern(path, part)
    for word in JUNCTORS:
        if not (node.get(EITHER) is True and _is_either(word, list_of(part, word))):
            for position, inner in iter_fields(part, word):
                yield from _check_nested((*path, word, position), inner, node)
    if isinstance(part.get("not"), Mapping):
        yield from _check_nested((*path, "not"), part["not"], node)


def _check_declared(path: Path, part: Fields, node: Fields) -> Iterator[Fault]:
    """Find fields that are only restricted, and never declared."""
    declared = fields_of(node, "properties")
    for key, inner in fields_of(part, "properties").items():
        outer = declared.get(key)
        if not isinstance(outer, Mapping):
            if not isinstance(node.get("additionalProperties"), Mapping):
                near = suggest(str(key), declared)
                cure = f"did you mean '{near}'?" if near else "declare it in 'properties' outside"
                what = f"speaks of a field that it does not declare within '{_word(path)}': '{key}'"
                yield fault((*path, "properties", key), what, cure, on_key=True)
        elif isinstance(inner, Mapping):
            yield from _check_nested((*path, "properties", key), inner, outer)


def _word(path: Path) -> str:
    return next(str(key) for key in reversed(path) if key in (*JUNCTORS, "not"))


def check_pattern(path: Path, node: Fields) -> Iterator[Fault]:
    """Find a pattern that looks around, as no pattern of Go's does."""
    pattern = text_of(node, "pattern")
    for sign in _LOOKS_AROUND:
        if sign in pattern and f"\\{sign}" not in pattern:
            what = f"has a pattern that Go cannot read, for it looks around: {sign}"
            yield fault((*path, "pattern"), what, "write it without")
            return


def fault(path: Path, message: str, help_: str, *, on_key: bool = False) -> Fault:
    """Say what is wrong with a definition."""
    return Fault(code="invalid-definition", path=path, message=message, help=help_, on_key=on_key)
