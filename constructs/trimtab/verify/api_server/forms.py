"""The forms of names and keys in Kubernetes; each function says what is wrong with a text, or nothing.

Source: apimachinery pkg/util/validation/validation.go and pkg/api/validate/content.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_LABEL = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\Z")
_LABEL_1035 = re.compile(r"[a-z](?:[-a-z0-9]*[a-z0-9])?\Z")
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\Z")
_QUALIFIED = re.compile(r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\Z")
_PORT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CONFIG_KEY = re.compile(r"[-._a-zA-Z0-9]+\Z")
_CACHED = 1 << 14

Look = Callable[[str], str | None]
"""Says what is wrong with a text, or nothing."""


RELAXED_SERVICES = (1, 36)
"""From here on a Service's name may begin with a digit (feature gate RelaxedServiceNameValidation, beta)."""


@lru_cache(maxsize=_CACHED)
def find_label_fault(text: str) -> str | None:
    """Check a DNS label (IsDNS1123Label)."""
    return _check(text, 63, _LABEL, "small letters, digits and '-', beginning and ending with a letter or digit")


@lru_cache(maxsize=_CACHED)
def find_old_label_fault(text: str) -> str | None:
    """Check a DNS label that begins with a letter (IsDNS1035Label)."""
    return _check(text, 63, _LABEL_1035, "small letters, digits and '-', beginning with a letter")


@lru_cache(maxsize=_CACHED)
def find_subdomain_fault(text: str) -> str | None:
    """Check a DNS subdomain (IsDNS1123Subdomain)."""
    return _check(
        text,
        253,
        _SUBDOMAIN,
        "small letters, digits, '-' and '.', each part beginning and ending with a letter or digit",
    )


@lru_cache(maxsize=_CACHED)
def find_segment_fault(text: str) -> str | None:
    """Check a name that must only fit into a path (IsValidPathSegmentName)."""
    if text in (".", "..") or "/" in text or "%" in text:
        return "it must not be '.' or '..', nor hold '/' or '%'"
    return None


@lru_cache(maxsize=_CACHED)
def find_key_fault(text: str) -> str | None:
    """Check the key of a label or annotation (IsQualifiedName)."""
    prefix, slash, name = text.rpartition("/")
    if slash and (fault := find_subdomain_fault(prefix)):
        return f"the part before '/': {fault}"
    return _check(
        name, 63, _QUALIFIED, "letters, digits, '-', '_' and '.', beginning and ending with a letter or digit"
    )


@lru_cache(maxsize=_CACHED)
def find_value_fault(text: str) -> str | None:
    """Check the value of a label (IsValidLabelValue)."""
    if not text:
        return None
    return _check(
        text, 63, _QUALIFIED, "letters, digits, '-', '_' and '.', beginning and ending with a letter or digit"
    )


@lru_cache(maxsize=_CACHED)
def find_port_name_fault(text: str) -> str | None:
    """Check the name of a port (IsValidPortName)."""
    if text.isdigit():
        return "it needs a letter"
    return _check(text, 15, _PORT_NAME, "small letters, digits and single '-' between them")


@lru_cache(maxsize=_CACHED)
def find_config_key_fault(text: str) -> str | None:
    """Check a key of a ConfigMap or Secret (IsConfigMapKey)."""
    if text in (".", "..") or text.startswith(".."):
        return "it must not begin with '..'"
    return _check(text, 253, _CONFIG_KEY, "letters, digits, '-', '_' and '.'")


@lru_cache(maxsize=_CACHED)
def find_variable_fault(text: str) -> str | None:
    """Check the name of an environment variable: any text that is printed and without '=' (IsRelaxedEnvVarName)."""
    if not text or "=" in text or not all(" " <= letter <= "~" for letter in text):
        return "it must be plain text without '='"
    return None


def _check(text: str, longest: int, form: re.Pattern[str], words: str) -> str | None:
    if not text:
        return "it is empty"
    if len(text) > longest:
        return f"it has {len(text)} characters, {longest} fit"
    return None if form.match(text) else f"it may hold {words}"
