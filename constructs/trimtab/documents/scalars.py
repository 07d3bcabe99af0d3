"""How a plain YAML scalar reads in Kubernetes: YAML 1.1 as the Go readers there bend it."""

from __future__ import annotations

import math
import re
import struct
from typing import TypeAlias

Scalar: TypeAlias = bool | int | float | str | None

EXACT = 2**53
"""Every whole number up to this is exact in a double, which is what most readers of JSON keep numbers in."""

_MAX_SIGNED = 2**63 - 1
_MAX_UNSIGNED = 2**64 - 1


def _cases(*words: str) -> tuple[str, ...]:
    return tuple(form for word in words for form in (word, word.capitalize(), word.upper()))


_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(_cases("y", "yes", "true", "on"), True),
    **dict.fromkeys(_cases("n", "no", "false", "off"), False),
    **dict.fromkeys(("", "~", *_cases("null")), None),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((f"{sign}{word}" for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_ABSENT = object()
_NOT_TEXT = frozenset("+-.0123456789yYnNtTfFoO~")
_NUMBER = frozenset("+-0123456789")
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|(0[0-7]*|[1-9][0-9]*))\Z")
_SIGN_AFTER_PREFIX = re.compile(r"0b([-+][01]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_POINT_FLOAT = re.compile(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?\Z")


def resolve_plain(text: str) -> Scalar:
    """Read a plain scalar as sigs.k8s.io/yaml does, with numbers normalised.

    `0644` is 420, `on` is true, `1e3` is 1000, `1_000` is 1000; dates, times and numbers that no double holds
    (`1e400`) stay text. The rules are those of go.yaml.in/yaml/v2, resolve.go.
    """
    value = resolve_exactly(text)
    return normalise(value) if type(value) is float else value


def resolve_exactly(text: str) -> Scalar:
    """Read a plain scalar like `resolve_plain`, but leave `1.0` a float; a mapping key tells the two apart."""
    if text and text[0] not in _NOT_TEXT:
        return text
    word = _WORDS.get(text, _ABSENT)
    if word is not _ABSENT:
        return word  # type: ignore[return-value]
    if text[0] in _NUMBER:
        return _resolve_number(text)
    return _resolve_point(text) if text[0] == "." else text


def normalise(number: float) -> int | float:
    """Make a float that is exactly a whole number below 2**53 an integer, so that `1.0` and `1` are one value."""
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def render_key(value: Scalar) -> str | None:
    """Write a scalar mapping key as the text that Kubernetes makes of it; nothing where it refuses the key.

    Numbers and truth values become text (`yaml.go` of sigs.k8s.io/yaml); null and integers above 2**63-1 do not.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _render_float(value)
    return None if value is None or value > _MAX_SIGNED else str(value)


def _resolve_number(text: str) -> Scalar:
    plain = text.replace("_", "") if "_" in text else text
    integer = _resolve_integer(plain)
    if integer is not None:
        return integer
    if _FLOAT.match(plain):
        return _finite(plain, text)
    odd = _SIGN_AFTER_PREFIX.match(plain)
    value = int(odd[1], 2) if odd else None
    return value if value is not None and _fits(value) else text


def _resolve_integer(plain: str) -> int | None:
    match = _INTEGER.match(plain)
    if match is None:
        return None
    sign, hexadecimal, binary, octal, decimal = match.groups()
    if decimal and decimal[0] == "0":
        octal = decimal
    if hexadecimal or binary or octal:
        size = int(hexadecimal or binary or octal, 16 if hexadecimal else 2 if binary else 8)
    elif len(decimal) > len(str(_MAX_UNSIGNED)):
        return None
    else:
        size = int(decimal)
    value = -size if sign == "-" else size
    return value if _fits(value) or (not sign and value <= _MAX_UNSIGNED) else None


def _fits(value: int) -> bool:
    return -_MAX_SIGNED - 1 <= value <= _MAX_SIGNED


def _resolve_point(text: str) -> Scalar:
    return _finite(text.replace("_", ""), text) if _POINT_FLOAT.match(text) else text


def _finite(plain: str, text: str) -> float | str:
    number = float(plain)
    return text if math.isinf(number) else number


def _render_float(value: float) -> str:
    """Write a float as Go's `FormatFloat(value, 'g', -1, 32)` does: shortest text that single precision reads back."""
    if math.isnan(value):
        return ".nan"
    single = _to_single(value)
    if math.isinf(single):
        return ".inf" if single > 0 else "-.inf"
    forms = (f"{single:.{digits}e}" for digits in range(9))
    shortest = next(form for form in forms if _to_single(float(form)) == single)
    mantissa, exponent = shortest.split("e")
    if not -4 <= int(exponent) < 6:
        return shortest
    places = max(len(mantissa.lstrip("-").replace(".", "")) - 1 - int(exponent), 0)
    return f"{float(shortest):.{places}f}"


def _to_single(value: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)
