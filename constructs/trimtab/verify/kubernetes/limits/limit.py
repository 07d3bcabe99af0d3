"""What the API server asks of one field beyond its type: a bound, a form, or that something stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.verify.api_server.forms import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that a text must have."""

    name: str
    """Tells it from the others; the schema engine knows it by this."""
    what: str
    """What a text is that lacks it, to be read after `which is`: `no host name`."""
    look: Look
    code: str = "wrong-field-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What one field may hold."""

    least: int | None = None
    most: int | None = None
    needed: bool = False
    """Whether it must be there and not be empty."""
    form: Form | None = None
    may_be_empty: bool = True
    """Whether an empty text is the same as none, which needs no form."""
    choices: tuple[str, ...] = ()
    """The texts that it may hold."""
    each: Limit | None = None
    """What holds for the items of a list, or the values of a map."""
    keys: Form | None = None
    """The form of a map's keys."""
    most_items: int | None = None
    filled: bool = False
    """Whether it must not be an empty list where it is there."""
    loose: bool = False
    """Whether no limit holds below it: the API server does not look there."""

    @property
    def refuses_nothing(self) -> bool:
        """Whether null in a list or map is refused: for Go's decoder it is an empty text, or 0."""
        is_text = self.needed or (self.form is not None and not self.may_be_empty)
        return is_text or (bool(self.choices) and "" not in self.choices) or (self.least or 0) > 0


Limits = Mapping[str, Mapping[str, Limit]]
"""Type, field, and what the field may hold."""


def number(least: int | None = None, most: int | None = None, *, needed: bool = False) -> Limit:
    """Limit a number; one that is needed may not be left out."""
    return Limit(least=least, most=most, needed=needed)


def text(form: Form, *, needed: bool = False, may_be_empty: bool = True) -> Limit:
    """Limit a text to a form."""
    return Limit(form=form, needed=needed, may_be_empty=may_be_empty)


def each(limit: Limit, *, needed: bool = False) -> Limit:
    """Limit what is in a list or a map."""
    return Limit(each=limit, needed=needed)


def choice(*texts: str, needed: bool = False) -> Limit:
    """Limit a text to some."""
    return Limit(choices=texts, needed=needed)


NEEDED = Limit(needed=True)
"""It must be there, and not be empty."""

FILLED = Limit(filled=True)
"""It may be left out, and must not be an empty list."""

LOOSE = Limit(loose=True)
"""The API server does not look at what is below."""


def narrow(schema: dict[str, Any], limit: Limit) -> dict[str, Any]:
    """Give the schema of a field with its limit in it.

    Args:
        schema: What its type asks; an optional field may be null there.
        limit: What is asked beyond that.
    """
    narrowed = {**schema}
    if limit.least is not None:
        narrowed["minimum"] = limit.least
    if limit.most is not None:
        narrowed["maximum"] = limit.most
    if limit.choices:
        narrowed = {**_only(narrowed, "pattern"), "enum": [*limit.choices, *(() if limit.needed else (None,))]}
    if limit.form is not None:
        narrowed["format"] = format_name(limit.form, may_be_empty=limit.may_be_empty and not limit.needed)
    if limit.needed:
        narrowed = _forbid_nothing(narrowed)
    if limit.filled:
        narrowed["minItems"] = 1
    if limit.most_items is not None:
        narrowed["maxItems"] = limit.most_items
    if limit.each is not None:
        place = "items" if "items" in narrowed else "additionalProperties"
        item = _forbid_null(narrowed[place]) if limit.each.refuses_nothing else narrowed[place]
        narrowed[place] = narrow(item, limit.each)
    if limit.keys is not None:
        narrowed["propertyNames"] = {"format": format_name(limit.keys, may_be_empty=False)}
    return narrowed


def format_name(form: Form, *, may_be_empty: bool) -> str:
    """Give the name by which the schema engine knows a form."""
    return f"trimtab-{form.name}" + ("-or-empty" if may_be_empty else "")


def _only(schema: dict[str, Any], *without: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in without}


def _forbid_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """Neither null nor an empty text, list or map."""
    return {**_forbid_null(schema), "minLength": 1, "minItems": 1}


def _forbid_null(schema: dict[str, Any]) -> dict[str, Any]:
    types = schema.get("type")
    if isinstance(types, list):
        return {**schema, "type": [each for each in types if each != "null"]}
    return {**schema, "not": {"type": "null"}} if "$ref" in schema else schema
