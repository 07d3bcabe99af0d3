"""Numbers, texts and truth values as Go's decoder takes them."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.findings.path import Path, render_path
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.forms import INT32, INT64, PATTERNS
from trimtab.verify.kubernetes.words import describe, show

_WANTED: Mapping[str, str] = {
    "string": "a text",
    "boolean": "true or false",
    "int32": "a whole number",
    "int64": "a whole number",
    "number": "a number",
    "quantity": "a quantity",
    "int-or-string": "a whole number or a text",
    "time": "a time",
    "bytes": "base64",
    "object": "a mapping",
}
_FORMS: Mapping[str, tuple[str, str]] = {
    "quantity": ("no quantity", "write a number and perhaps one of m, k, M, G, T, Ki, Mi, Gi, Ti: `500m`, `8Gi`"),
    "time": ("no time as RFC 3339 has it", "write it as `2026-01-31T12:00:00Z`"),
    "bytes": ("no base64", "encode it (`base64 -w0`), or use a field that takes plain text: stringData, data"),
}
_BOUNDS = {"int32": INT32, "int64": INT64, "int-or-string": INT32}


def find_scalar_fault(value: object, word: str, path: Path, *, hidden: bool) -> Fault | None:
    """Say why Go's decoder would refuse a value for a plain field.

    Args:
        value: The value; not null, which it takes for anything.
        word: What the field holds, one of the words of a structure.
        path: Where it stands.
        hidden: Whether the value must not be shown.
    """
    if word == "any" or (word == "object" and isinstance(value, Mapping)):
        return None
    if not _has_type(value, word):
        return _wrong_type(value, word, path, hidden=hidden)
    if word in _BOUNDS and isinstance(value, int | float) and not _BOUNDS[word][0] <= value <= _BOUNDS[word][1]:
        return _too_large(word, path)
    if word in PATTERNS and isinstance(value, str) and not PATTERNS[word].fullmatch(value):
        what, cure = _FORMS[word]
        if word == "quantity" and value.endswith("B") and PATTERNS[word].fullmatch(value[:-1]):
            cure = f"write {value[:-1]}, without 'B'"
        if word == "quantity" and value.endswith("K") and PATTERNS[word].fullmatch(f"{value[:-1]}k"):
            cure = f"write {value[:-1]}k for thousands, or {value[:-1]}Ki"
        shown = "a text" if hidden or word == "bytes" else show(value)
        message = f"has {shown} in {render_path(path)}, which is {what}"
        return Fault(code="wrong-field-form", path=path, message=message, help=cure)
    return None


def _has_type(value: object, word: str) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_whole = is_number and value == int(value)  # type: ignore[call-overload]
    is_text = isinstance(value, str)
    return {
        "string": is_text,
        "time": is_text,
        "bytes": is_text,
        "boolean": isinstance(value, bool),
        "int32": is_whole,
        "int64": is_whole,
        "number": is_number,
        "quantity": is_number or is_text,
        "int-or-string": is_whole or is_text,
        "object": False,
    }[word]


def _wrong_type(value: object, word: str, path: Path, *, hidden: bool) -> Fault:
    return Fault(
        code="wrong-field-type",
        path=path,
        message=f"has {describe(value, hidden=hidden)} in {render_path(path)}, where {_WANTED[word]} belongs",
        help=_advise(value, word, hidden=hidden),
    )


def _advise(value: object, word: str, *, hidden: bool) -> str:
    if word in ("string", "bytes", "time") and isinstance(value, bool | int | float):
        return "put it in quotes" if hidden else f'put it in quotes: "{show(value)}"'
    if isinstance(value, str) and not hidden and value in ("true", "false") and word == "boolean":
        return f"leave the quotes away: {value}"
    if isinstance(value, str) and not hidden and value.lstrip("-").isdigit() and word in ("int32", "int64", "number"):
        return f"leave the quotes away: {value}"
    return f"write {_WANTED[word]}"


def _too_large(word: str, path: Path) -> Fault:
    low, high = _BOUNDS[word]
    return Fault(
        code="field-out-of-range",
        path=path,
        message=f"has a number in {render_path(path)} that does not fit into {high.bit_length() + 1} bits",
        help=f"write one from {low} to {high}",
    )
