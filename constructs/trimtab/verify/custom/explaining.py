"""A refusal of the schema engine in the words that every check of structure uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from jsonschema_rs import ValidationError

from trimtab.findings.path import Path, render_path
from trimtab.findings.suggest import suggest
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.scalars import find_scalar_fault
from trimtab.verify.kubernetes.words import describe, show

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One refusal, taken apart."""

    keyword: str
    details: Mapping[str, Any]
    path: Path
    value: Any
    node: Mapping[str, Any]
    """The part of the schema that refused."""

    @classmethod
    def of(cls, error: ValidationError, schema: Mapping[str, Any]) -> Refused:
        """Take an engine's error apart."""
        node: Any = schema
        for step in error.schema_path[:-1]:
            node = node[step]
        return cls(
            keyword=error.kind.name,
            details={**error.kind.as_dict(), "message": error.message},
            path=tuple(error.instance_path),
            value=error.instance,
            node=node if isinstance(node, Mapping) else {},
        )

    @property
    def where(self) -> str:
        """The place, with a word before it; nothing at the top."""
        return f" in {render_path(self.path)}" if self.path else ""

    def fault(self, code: str, message: str, help_text: str, path: Path = (), *, on_key: bool = False) -> Fault:
        """Make a fault of it, at its own path unless another is given."""
        return Fault(code=code, path=path or self.path, message=message, help=help_text, on_key=on_key)


def explain(refused: Refused) -> Iterator[Fault]:
    """Say what is wrong; one fault, save for unknown fields, which are told each at its own key."""
    if refused.keyword == "additionalProperties":
        yield from (_unknown(refused, key) for key in refused.details["unexpected"])
    else:
        yield _WORDS.get(refused.keyword, _other)(refused)


def _unknown(refused: Refused, key: str) -> Fault:
    fields = list(refused.node.get("properties", ()))
    same = next((field for field in fields if field.lower() == key.lower()), None)
    near = suggest(key, fields)
    known = f"; there are {', '.join(sorted(fields))}" if 0 < len(fields) <= _MOST_SHOWN else ""
    cure = f"remove it, or move it to where it belongs{known}"
    if same or near:
        cure = f"write '{same}': upper and lower case count" if same else f"did you mean '{near}'?"
    message = f"has an unknown field '{key}'{refused.where}"
    return refused.fault("unknown-field", message, cure, (*refused.path, key), on_key=True)


def _missing(refused: Refused) -> Fault:
    key = refused.details["property"]
    message = f"lacks the field '{key}'{refused.where}"
    return refused.fault("missing-field", message, "give it a value; its definition has no default for it")


def _wrong_type(refused: Refused) -> Fault:
    types = [name for name in refused.details["types"] if name != "null"]
    word = _SCALARS.get(types[0], "") if len(types) == 1 else "int-or-string"
    is_scalar = bool(word) and refused.value is not None
    if is_scalar and (found := find_scalar_fault(refused.value, word, refused.path, hidden=False)):
        return found
    wanted = {"array": "a list", "object": "a mapping"}.get(types[0], "a value")
    message = f"has {describe(refused.value)} in {render_path(refused.path)}, where {wanted} belongs"
    cure = "begin each entry with `- `" if wanted == "a list" else f"write {wanted}"
    return refused.fault("wrong-field-type", message, cure)


def _choice(refused: Refused) -> Fault:
    known = [str(option) for option in refused.details["options"] if option is not None]
    near = suggest(refused.value, known) if isinstance(refused.value, str) else None
    message = f"has {show(refused.value)} in {render_path(refused.path)}, which is not among its choices"
    listed = ", ".join(known[:_MOST_SHOWN]) + (", …" if len(known) > _MOST_SHOWN else "")
    cure = f"did you mean '{near}'?" if near else f"choose one of {listed}"
    return refused.fault("value-not-allowed", message, cure)


def _pattern(refused: Refused) -> Fault:
    message = f"has {show(refused.value)} in {render_path(refused.path)}, which does not have the form that is wanted"
    return refused.fault("wrong-field-form", message, f"its definition wants it to match {refused.details['pattern']}")


def _format(refused: Refused) -> Fault:
    name = str(refused.details["format"]).removeprefix("kubernetes-")
    message = f"has {show(refused.value)} in {render_path(refused.path)}, which is no {_FORMATS.get(name, name)}"
    return refused.fault("wrong-field-form", message, f"write {_FORMAT_HELP.get(name, f'it in the form {name}')}")


def _limit(refused: Refused) -> Fault:
    limit = refused.details["multiple_of" if refused.keyword == "multipleOf" else "limit"]
    said, cure = _LIMITS[refused.keyword]
    held = show(refused.value) if isinstance(refused.value, int | float) else describe(refused.value)
    message = f"has {held} in {render_path(refused.path)}, which {said.format(limit)}"
    is_number = refused.keyword.lower().endswith("imum") or refused.keyword == "multipleOf"
    return refused.fault("field-out-of-range" if is_number else "wrong-field-form", message, cure.format(limit))


def _choices(refused: Refused) -> Fault:
    """Say that none, or more than one, of several shapes fits; most often each asks for another field."""
    asked = [part.get("required", []) for part in refused.node.get(refused.keyword, ()) if isinstance(part, Mapping)]
    fields = sorted({name for names in asked for name in names})
    here = render_path(refused.path) if refused.path else "the object"
    if fields and all(asked):
        many = "exactly one of them" if refused.keyword == "oneOf" else "at least one of them"
        held = [name for name in fields if isinstance(refused.value, Mapping) and name in refused.value]
        message = f"has {' and '.join(held) or 'none of ' + ', '.join(fields)} in {here}, which do not go together"
        if not held:
            message = f"has none of {', '.join(fields)} in {here}"
        return refused.fault("contradicting-fields", message, f"give {', '.join(fields)}: {many}")
    count = "more than one" if refused.details["message"].count("more than one") else "none"
    message = f"fits {count} of the shapes that its definition has for {here}"
    return refused.fault("contradicting-fields", message, "see `oneOf` and `anyOf` in its definition")


def _forbidden(refused: Refused) -> Fault:
    here = render_path(refused.path) if refused.path else "the object"
    wrong = refused.details.get("schema")
    fields = wrong.get("required", ()) if isinstance(wrong, Mapping) else ()
    held = f" with {' and '.join(fields)}" if fields else ""
    message = f"has {describe(refused.value)} in {here}{held}, which its definition forbids"
    return refused.fault("contradicting-fields", message, "see `not` in its definition")


def _twice(refused: Refused) -> Fault:
    last = refused.details["message"]
    position = int(last) if last.isdigit() else _first_repeat(refused.value)
    keys = refused.node.get("x-list-map-keys", ())
    named = f" with the same {' and '.join(keys)}" if keys else ""
    message = f"has two entries{named} in {render_path(refused.path)}"
    return refused.fault("duplicate-entry", message, "leave one of them away", (*refused.path, position))


def _first_repeat(items: list[Any]) -> int:
    return next(index for index, item in enumerate(items) if item in items[:index])


def _other(refused: Refused) -> Fault:
    message = f"has {describe(refused.value)}{refused.where}, which its definition refuses ({refused.keyword})"
    return refused.fault("value-not-allowed", message, "look it up in its definition")


_SCALARS = {"string": "string", "boolean": "boolean", "integer": "int64", "number": "number"}
_FORMATS = {"byte": "base64", "datetime": "time as RFC 3339 has it", "cidr": "network", "ipv4": "address of IPv4"}
_FORMATS |= {"ipv6": "address of IPv6", "date": "day"}
_FORMAT_HELP = {
    "byte": "it in base64 (`base64 -w0`)",
    "datetime": "it as `2026-01-31T12:00:00Z`",
    "date": "it as `2026-01-31`",
    "cidr": "an address and the length of its prefix: `10.0.0.0/8`, `fd00::/8`",
    "ipv4": "an address such as `10.0.0.1`",
    "ipv6": "an address such as `fd00::1`",
    "duration": "a number and a unit: `30s`, `5m`, `1h30m`",
}
_LIMITS = {
    "minimum": ("is less than {}", "write {} or more"),
    "maximum": ("is more than {}", "write {} or less"),
    "exclusiveMinimum": ("is not more than {}", "write more than {}"),
    "exclusiveMaximum": ("is not less than {}", "write less than {}"),
    "multipleOf": ("is no multiple of {}", "write a multiple of {}"),
    "minLength": ("is shorter than {}", "write {} characters or more"),
    "maxLength": ("is longer than {}", "write {} characters or fewer"),
    "minItems": ("has fewer than {} entries", "give {} or more"),
    "maxItems": ("has more than {} entries", "give {} or fewer"),
    "minProperties": ("has fewer than {} fields", "give {} or more"),
    "maxProperties": ("has more than {} fields", "give {} or fewer"),
}
_WORDS: Mapping[str, Callable[[Refused], Fault]] = MappingProxyType(
    {
        "required": _missing,
        "type": _wrong_type,
        "enum": _choice,
        "pattern": _pattern,
        "format": _format,
        "anyOf": _choices,
        "oneOf": _choices,
        "not": _forbidden,
        "uniqueItems": _twice,
        "x-list-map-keys": _twice,
        **dict.fromkeys(_LIMITS, _limit),
    }
)
