"""Validators for custom kinds: quick to say that an object is right, and all that is wrong where it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator, RegexOptions

from trimtab.findings.path import Path
from trimtab.verify.custom.defaults import apply_defaults, plan_defaults, prune_nulls
from trimtab.verify.custom.definitions import Schema, Version
from trimtab.verify.custom.explaining import Refused, explain
from trimtab.verify.custom.formats import FORMATS
from trimtab.verify.custom.patterns import is_readable, translate_pattern
from trimtab.verify.custom.schemas import FORMAT_MARK, LIST_KEYS, Built, build_object_schema
from trimtab.verify.kubernetes.fault import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What one version of a kind asks of its objects, rules apart."""

    apply: Callable[[Any], Any]
    """Puts the defaults in."""
    is_valid: Callable[[Any], bool]
    schema: Built
    unread: tuple[str, ...]
    """Patterns of the definition that cannot be read, and so are not looked at."""
    _version: Version
    _engine: Draft202012Validator

    def complete(self, manifest: Mapping[str, Any], *, keeps_nulls: bool = False) -> Mapping[str, Any] | None:
        """Give an object as the API server has it, with its defaults; nothing where its schema refuses it.

        Args:
            manifest: The object.
            keeps_nulls: Whether nulls that are not allowed are kept, and so refused. An API server 1.35.4 drops them
                from what is created, and refuses them in what is applied on the server's side.
        """
        completed = self.apply(manifest)
        if self.is_valid(completed):
            return completed  # type: ignore[no-any-return]
        if keeps_nulls:
            return None
        pruned = self.apply(prune_nulls(manifest, self._version.schema))
        return pruned if self.is_valid(pruned) else None

    def iter_faults(self, manifest: Mapping[str, Any], *, keeps_nulls: bool = False) -> Iterator[Fault]:
        """Give all that its schema refuses about an object; at least one where `complete` gives nothing."""
        pruned = self.apply(manifest if keeps_nulls else prune_nulls(manifest, self._version.schema))
        if faults := [*iter_key_faults(pruned, ())]:
            yield from faults
            return
        for error in self._engine.iter_errors(pruned):
            yield from explain(Refused.of(error, self.schema))


@cache
def find_validator(version: Version) -> Validator:
    """Give the validator of a version, compiled when it is first asked for."""
    schema = build_object_schema(version)
    engine = compile_schema(schema)
    plan = plan_defaults(_without_status(version))
    return Validator(
        apply=partial(apply_defaults, plan=plan) if plan is not None else _keep,
        is_valid=partial(_is_valid, engine),
        schema=schema,
        unread=tuple(sorted(set(_iter_unread(version.schema)))),
        _version=version,
        _engine=engine,
    )


def compile_schema(schema: Built) -> Draft202012Validator:
    """Compile a built schema; its patterns are read by an engine without look-around, as Go's are."""
    return Draft202012Validator(
        schema,
        pattern_options=RegexOptions(),
        validate_formats=True,
        formats={FORMAT_MARK + name: check for name, check in FORMATS.items()},
        keywords={LIST_KEYS: _ListKeys},
        retriever=_refuse_fetch,
    )


def iter_key_faults(value: object, path: Path) -> Iterator[Fault]:
    """Find keys that JSON does not have, such as numbers; with one, nothing else can be said."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            if not isinstance(key, str):
                message = f"has the key {key!r}, which is no text"
                yield Fault(
                    code="wrong-field-type", path=(*path, key), message=message, help="put it in quotes", on_key=True
                )
            yield from iter_key_faults(held, (*path, key))
    elif isinstance(value, list | tuple):
        for position, held in enumerate(value):
            yield from iter_key_faults(held, (*path, position))


def _is_valid(engine: Draft202012Validator, value: object) -> bool:
    try:
        return engine.is_valid(value)
    except ValueError:  # no JSON, such as a key that is a number: what is wrong is told key by key
        return False


def _keep(value: Any) -> Any:
    return value


def _without_status(version: Version) -> Schema:
    properties = version.schema.get("properties")
    if not version.has_status or not isinstance(properties, Mapping):
        return version.schema
    return {**version.schema, "properties": {key: one for key, one in properties.items() if key != "status"}}


def _iter_unread(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        pattern = node.get("pattern")
        if isinstance(pattern, str) and not is_readable(translate_pattern(pattern)):
            yield pattern
        for key in ("properties", "items", "additionalProperties", "not", "allOf", "anyOf", "oneOf"):
            inner = node.get(key)
            for one in inner.values() if key == "properties" and isinstance(inner, Mapping) else (inner,):
                yield from _iter_unread(one)
    elif isinstance(node, list):
        for one in node:
            yield from _iter_unread(one)


class _ListKeys:
    """Refuses two items of a list that Kubernetes reads as a map with the same keys."""

    def __init__(self, _parent: object, value: list[str], _path: Path) -> None:
        self._keys = value

    def validate(self, instance: object) -> None:
        """Raise for the first keys that come twice; their position stands in the message."""
        seen = set()
        for position, item in enumerate(instance if isinstance(instance, list) else ()):
            key = json.dumps([item.get(name) for name in self._keys] if isinstance(item, dict) else item)
            if key in seen:
                raise ValueError(position)
            seen.add(key)


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a definition refers to {uri}, and nothing is fetched")
