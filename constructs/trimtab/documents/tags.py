"""What a scalar event is worth: its tag, its quotes and its text together."""

from __future__ import annotations

import math

from yaml.events import ScalarEvent

from trimtab.documents.scalars import Scalar, resolve_exactly

_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    _CORE + "int": (int,),
    _CORE + "float": (float, int),
    _CORE + "bool": (bool,),
    _CORE + "null": (type(None),),
}
MAPPING_TAGS = (None, "!", _CORE + "map")
SEQUENCE_TAGS = (None, "!", _CORE + "seq")


class ScalarError(Exception):
    """A scalar that has no value here: the code and message of its finding, and what would be right."""

    def __init__(self, code: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.cure = cure


def resolve_scalar(event: ScalarEvent) -> Scalar:
    """Read a scalar as Go does, whole floats still floats.

    Raises:
        ScalarError: its tag is not known or does not fit, or it is a number that JSON lacks.
    """
    tag: str | None = event.tag
    text: str = event.value
    if tag is None:
        value = resolve_exactly(text) if event.implicit[0] else text
    elif tag in ("!", _CORE + "str"):
        return text
    else:
        value = _resolve_tagged(tag, text)
    if type(value) is float and not math.isfinite(value):
        cure = "write a number, or put quotes around it if it is text"
        raise ScalarError("number-not-finite", f"'{text}' is a number that JSON cannot hold", cure)
    return value


def is_merge(event: ScalarEvent) -> bool:
    """Tell whether a mapping key is the merge key, as against the quoted text `"<<"`."""
    if event.value != "<<":
        return False
    return bool(event.implicit[0]) if event.tag in (None, "!") else event.tag == _CORE + "merge"


def render_tag(tag: str) -> str:
    """Write a tag as people do: `!!set` for the long form."""
    return "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag


def unknown_tag(tag: str) -> ScalarError:
    """Give the refusal of a tag, for scalars, lists and mappings alike."""
    return ScalarError("unknown-tag", f"unknown tag '{render_tag(tag)}'", "remove the tag and write the plain value")


def _resolve_tagged(tag: str, text: str) -> Scalar:
    wanted = _SCALAR_TAGS.get(tag)
    if wanted is None:
        raise unknown_tag(tag)
    value = resolve_exactly(text)
    if type(value) not in wanted:
        cure = f"remove the tag, or write a value that is {render_tag(tag)}"
        raise ScalarError("tag-mismatch", f"'{text}' does not read as {render_tag(tag)}", cure)
    return float(value) if tag.endswith("float") and type(value) is int else value
