"""The formats of texts that the API server knows in definitions; it passes over all others."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import ipaddress
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_LEADING_ZEROS = re.compile(r"(?<![0-9a-fA-F:.])0+(?=[0-9])|(?<=\.)0+(?=[0-9])")
_TIME_OF_DAY = r"\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:[zZ]|[+-]\d{2}:\d{2})"
_LABEL = r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"
_SHORT_NAME = re.compile(_LABEL)
_LONG_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_UUID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")
_HEX = "[0-9a-fA-F]{2}"
_UNIT = r"(?:ns|us|µs|ms|s|m|h|d|w|[a-zA-Z]+)"


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(_LEADING_ZEROS.sub("", text)).version == version
    except ValueError:
        return False


def is_cidr(text: str) -> bool:
    """Say whether a text is an address with the length of its prefix; bits of the host may be set."""
    try:
        ipaddress.ip_interface(_LEADING_ZEROS.sub("", text))
    except ValueError:
        return False
    return text.partition("/")[2].isdigit()


def is_base64(text: str) -> bool:
    """Say whether a text is base64 with its padding."""
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return True


def is_date(text: str) -> bool:
    """Say whether a text is a day such as 2026-01-31."""
    try:
        return len(text) == 10 and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def is_date_time(text: str) -> bool:
    """Say whether a text is a point in time as RFC 3339 writes it."""
    day, _, time = text.replace("t", "T").partition("T")
    return is_date(day) and re.fullmatch(_TIME_OF_DAY, time) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "bsonobjectid": _matches("[0-9a-fA-F]{24}"),
        "byte": is_base64,
        "cidr": is_cidr,
        "date": is_date,
        "datetime": is_date_time,
        "duration": _matches(rf"[-+]?(?:\d+(?:\.\d*)?\s*{_UNIT}\s*)+|0"),
        "email": _matches(r"[^@]+@[^@]+|.+<[^@]+@[^@]+>"),
        "hexcolor": _matches("#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
        "hostname": lambda text: 0 < len(text) <= 255 and not re.search(r"[\s/:]", text),
        "ipv4": lambda text: _is_address(text, 4),
        "ipv6": lambda text: _is_address(text, 6),
        "k8slongname": lambda text: len(text) <= 253 and _LONG_NAME.fullmatch(text) is not None,
        "k8sshortname": lambda text: len(text) <= 63 and _SHORT_NAME.fullmatch(text) is not None,
        "mac": _matches(rf"{_HEX}(?:(?::{_HEX}){{5}}|(?::{_HEX}){{7}}|(?:-{_HEX}){{5}}|(?:-{_HEX}){{7}})"),
        "uri": _matches(r"(?:/|[a-zA-Z][a-zA-Z0-9+.\-]*:)[^\x00-\x1f\x7f]*"),
        "uuid": lambda text: _UUID.fullmatch(text) is not None,
        "uuid3": lambda text: _UUID.fullmatch(text) is not None,
        "uuid4": lambda text: _UUID.fullmatch(text) is not None,
        "uuid5": lambda text: _UUID.fullmatch(text) is not None,
    }
)
"""The name without its hyphens to what says whether a text has the form.

Source: apiextensions-apiserver pkg/apiserver/validation/formats.go, kube-openapi pkg/validation/strfmt. Where Go's
reader is laxer than can be said in a line (mail addresses, host names, addresses of pages), this is laxer still;
isbn, creditcard, ssn, rgbcolor and password are not looked at.
"""


def normal_name(name: str) -> str:
    """Give the name by which the API server looks a format up."""
    return name.replace("-", "")
