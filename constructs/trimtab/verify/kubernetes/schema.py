"""Validators for Kubernetes' own kinds: quick to say that an object is right, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator, RegexOptions

from trimtab.catalogue.kubernetes.structures import Minor, Spec, find_structure, is_type
from trimtab.plan.quantities import QUANTITY
from trimtab.verify.kubernetes.forms import BYTES, INT32, INT64, TIME
from trimtab.verify.kubernetes.limits.limit import narrow
from trimtab.verify.kubernetes.limits.registry import ENGINE_FORMATS, has_needs, limits_of, required_of
from trimtab.verify.kubernetes.limits.requirements import REQUIREMENTS

Schema = dict[str, Any]

_WORDS: dict[str, Schema] = {
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "int32": {"type": "integer", "minimum": INT32[0], "maximum": INT32[1]},
    "int64": {"type": "integer", "minimum": INT64[0], "maximum": INT64[1]},
    "number": {"type": "number"},
    "quantity": {"type": ["string", "number"], "pattern": QUANTITY},
    "int-or-string": {"type": ["string", "integer"], "minimum": INT32[0], "maximum": INT32[1]},
    "time": {"type": "string", "pattern": TIME},
    "bytes": {"type": "string", "pattern": BYTES},
    "object": {"type": "object"},
    "any": {},
}


@cache
def find_validator(minor: Minor, name: str) -> Callable[[object], bool]:
    """Give what says whether an object has a type's structure, compiled when it is first asked for.

    Args:
        minor: A minor version that is known.
        name: The name of the kind's type.
    """
    schema = {**_build_type(minor, name), "$defs": {key: _build_type(minor, key) for key in _reach(minor, name)}}
    return Draft202012Validator(
        schema,
        retriever=_refuse_fetch,
        pattern_options=RegexOptions(),
        validate_formats=True,
        formats=dict(ENGINE_FORMATS),
    ).is_valid


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a structure refers to {uri}, and nothing is fetched")


def _reach(minor: Minor, name: str) -> set[str]:
    """Collect the types that a type is made of, itself not unless it holds itself."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        for spec in find_structure(minor, ahead.pop()).fields.values():
            new = {one for one in _iter_types(spec) if one not in found}
            found |= new
            ahead += sorted(new)
    return found


def _iter_types(spec: Spec) -> Iterator[str]:
    inner = spec if isinstance(spec, str) else spec[1]
    if isinstance(inner, list):
        yield from _iter_types(inner)
    elif is_type(inner) and (isinstance(spec, str) or spec[0] != "one-of"):
        yield inner


def _build_type(minor: Minor, name: str) -> Schema:
    structure = find_structure(minor, name)
    limits = limits_of(name)
    required = required_of(minor, name)
    fields = {key: _build_field(minor, spec, optional=key not in required) for key, spec in structure.fields.items()}
    narrowed = {key: narrow(schema, limits[key]) if key in limits else schema for key, schema in fields.items()}
    more = {**({"required": list(required)} if required else {}), **REQUIREMENTS.get(name, {})}
    return {"type": ["object", "null"], "properties": narrowed, "additionalProperties": False, **more}


def _build_field(minor: Minor, spec: Spec, *, optional: bool = True) -> Schema:
    """Describe a field. Go's decoder takes null for anything, as if nothing stood there; a required one may not be."""
    if is_type(spec):
        return {"$ref": f"#/$defs/{spec}"} if optional else {"$ref": f"#/$defs/{spec}", "type": "object"}
    schema = _build_plain(minor, spec)
    if not optional or "type" not in schema:
        return schema
    types = schema["type"]
    return {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]}


def _build_plain(minor: Minor, spec: Spec) -> Schema:
    if isinstance(spec, str):
        return _WORDS[spec]
    word, inner = spec[0], spec[1]
    if word == "one-of":
        return {"type": "string", "pattern": f"^(?:{'|'.join(('', *spec[1:]))})$".replace("*", r"\*")}
    if word == "map":
        return {"type": "object", "additionalProperties": _build_field(minor, inner)}
    return {"type": "array", "items": _build_field(minor, inner, optional=not has_needs(minor, inner))}
