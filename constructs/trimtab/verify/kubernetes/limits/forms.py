"""The forms of texts that limits speak of."""

from __future__ import annotations

import re

from trimtab.verify.api_server import forms
from trimtab.verify.api_server.addresses import find_address_fault, find_block_fault
from trimtab.verify.kubernetes.limits.limit import Form

_HEADER = re.compile(r"[-A-Za-z0-9_]+\Z")
_SYSCTL = re.compile(r"[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:[./][a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*\Z")
_ISCSI = re.compile(r"(?:iqn\.[0-9]{4}-[0-9]{2}(?:\.[^:]*)?(?::.+)?|eui\.[0-9A-Fa-f]{16}|naa\.[0-9A-Fa-f]{32})\Z")
_PATH_PART = re.compile(r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+\Z")
_AMOUNTS = re.compile(r"(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)\Z")


def _find_relative_fault(text: str) -> str | None:
    """A path within a volume (validateLocalDescendingPath, validateLocalNonReservedPath)."""
    if text.startswith("/"):
        return "write it without a leading '/'"
    return "write it without '..'" if ".." in text.split("/") or text.startswith("..") else None


def _find_climbing_fault(text: str) -> str | None:
    """A path that may begin anywhere (validatePathNoBacksteps)."""
    return "write it without '..'" if ".." in text.split("/") else None


def _find_absolute_fault(text: str) -> str | None:
    return None if text.startswith("/") else "begin it with '/'"


def _find_host_fault(text: str) -> str | None:
    """A host name whose first part may be '*' (IsWildcardDNS1123Subdomain)."""
    return forms.find_subdomain_fault(text.removeprefix("*."))


def _find_search_fault(text: str) -> str | None:
    """A domain that names are looked up in: it may end in '.', and hold '_' (validatePodDNSConfig)."""
    return None if text == "." else forms.find_subdomain_fault(text.removesuffix(".").replace("_", "a"))


def _find_driver_fault(text: str) -> str | None:
    """The name of a CSI driver (ValidateCSIDriverName)."""
    return f"it has {len(text)} characters, 63 fit" if len(text) > 63 else forms.find_subdomain_fault(text.lower())


def _find_prefixed_fault(text: str) -> str | None:
    """A name with a domain before it (IsDomainPrefixedPath)."""
    domain, slash, path = text.partition("/")
    if not (domain and slash and path):
        return "write a domain, '/', and a name: example.org/name"
    return forms.find_subdomain_fault(domain) or (None if _PATH_PART.match(path) else "the part after '/' is no path")


def _find_column_fault(text: str) -> str | None:
    return None if text.startswith(".") else "begin it with '.': .spec.replicas"


def _find_url_path_fault(text: str) -> str | None:
    """A path of the API server that is no resource's (flowcontrol validation, ValidateNonResourceURLPath)."""
    if text != "*" and not text.startswith("/"):
        return "begin it with '/'"
    if " " in text or "//" in text:
        return "write it without blanks and without '//'"
    is_whole = text == "*" or "*" not in text or (text.count("*") == 1 and text.endswith("/*"))
    return None if is_whole else "'*' stands at the end, after '/'"


def _or_all(look: forms.Look) -> forms.Look:
    return lambda text: None if text == "*" else look(text)


def _below(*fields: str) -> forms.Look:
    """A path that leads below one of some fields (apiextensions validation, ...DefinitionSubresources)."""
    wanted = " or ".join(f"'{field}'" for field in fields)
    return lambda text: None if text.startswith(fields) else f"begin it with {wanted}"


def _find_lower_key_fault(text: str) -> str | None:
    return forms.find_key_fault(text.lower())


def _find_kind_fault(text: str) -> str | None:
    return forms.find_old_label_fault(text.lower())


def _by(pattern: re.Pattern[str], words: str) -> forms.Look:
    return lambda text: None if pattern.match(text) else words


LABEL = Form(name="label", what="no DNS label", look=forms.find_label_fault)
OLD_LABEL = Form(name="old-label", what="no DNS label", look=forms.find_old_label_fault)
SUBDOMAIN = Form(name="subdomain", what="no DNS name", look=forms.find_subdomain_fault)
SEGMENT = Form(name="segment", what="no name", look=forms.find_segment_fault)
KEY = Form(name="key", what="no label key", look=forms.find_key_fault, code="invalid-label")
VALUE = Form(name="value", what="no label value", look=forms.find_value_fault, code="invalid-label")
QUALIFIED = Form(name="qualified", what="no qualified name", look=forms.find_key_fault)
LOWER_QUALIFIED = Form(name="lower-qualified", what="no qualified name", look=_find_lower_key_fault)
KIND = Form(name="kind", what="no name of a kind", look=_find_kind_fault)
CONFIG_KEY = Form(name="config-key", what="no key of a ConfigMap or Secret", look=forms.find_config_key_fault)
VARIABLE = Form(name="variable", what="no name of a variable", look=forms.find_variable_fault)
ADDRESS = Form(name="address", what="no IP address", look=find_address_fault)
BLOCK = Form(name="block", what="no address block", look=find_block_fault)
PADDED_BLOCK = Form(name="padded-block", what="no address block", look=lambda text: find_block_fault(text.strip()))
RELATIVE = Form(name="relative", what="no path within a volume", look=_find_relative_fault)
NO_CLIMBING = Form(name="no-climbing", what="no path that stays below", look=_find_climbing_fault)
ABSOLUTE = Form(name="absolute", what="no absolute path", look=_find_absolute_fault)
HOST = Form(name="host", what="no host name", look=_find_host_fault)
SEARCH = Form(name="search", what="no domain", look=_find_search_fault)
DRIVER = Form(name="driver", what="no name of a driver", look=_find_driver_fault)
PREFIXED = Form(name="prefixed", what="no name with a domain", look=_find_prefixed_fault)
HEADER = Form(name="header", what="no HTTP header", look=_by(_HEADER, "it may hold letters, digits, '-' and '_'"))
SYSCTL = Form(name="sysctl", what="no kernel setting", look=_by(_SYSCTL, "write it as net.core.somaxconn"))
ISCSI = Form(name="iscsi", what="no iSCSI name", look=_by(_ISCSI, "begin it with iqn., eui. or naa."))
AMOUNT = Form(name="amount", what="no amount of a container", look=_by(_AMOUNTS, "write it as limits.cpu"))
NAMESPACE_OR_ALL = Form(name="namespace-or-all", what="no namespace", look=_or_all(forms.find_label_fault))
SUBDOMAIN_OR_ALL = Form(name="subdomain-or-all", what="no DNS name", look=_or_all(forms.find_subdomain_fault))
URL_PATH = Form(name="url-path", what="no path of the API server", look=_find_url_path_fault)
SPEC_PATH = Form(name="spec-path", what="no path below spec", look=_below(".spec."))
STATUS_PATH = Form(name="status-path", what="no path below status", look=_below(".status."))
SPEC_OR_STATUS_PATH = Form(name="either-path", what="no path below spec or status", look=_below(".spec.", ".status."))
COLUMN = Form(name="column", what="no JSON path below the object", look=_find_column_fault)
