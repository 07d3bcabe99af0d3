"""Names of resources: what containers ask for, what quotas count, and what else is measured.

Source: kubernetes v1.35.4 pkg/apis/core/helper/helpers.go and pkg/apis/core/validation/validation.go, the function
named beside each.
"""

from __future__ import annotations

from functools import lru_cache

from trimtab.verify.api_server.forms import find_key_fault

PLAIN = ("cpu", "memory", "ephemeral-storage")
"""What every container may ask for."""
_COUNTS = frozenset(
    {
        *("configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets"),
        *("services", "services.loadbalancers", "services.nodeports"),
    }
)
_QUOTAS = frozenset(
    {*PLAIN, *_COUNTS, "requests.storage", *(f"{side}.{name}" for side in ("limits", "requests") for name in PLAIN)}
)
_PAGES = "hugepages-"
_OWN_DOMAIN = "kubernetes.io/"


@lru_cache(maxsize=1 << 12)
def find_container_resource_fault(name: str) -> str | None:
    """Say why no container can ask for a resource (validateContainerResourceName)."""
    if "/" in name:
        is_extended = _OWN_DOMAIN in name or not name.startswith("requests.")
        asked = name if _OWN_DOMAIN in name else f"requests.{name}"
        return find_key_fault(asked) if is_extended else "write it without 'requests.', which belongs into quotas"
    if name in PLAIN or name.startswith(_PAGES):
        return find_key_fault(name)
    return f"there are {', '.join(PLAIN)}, {_PAGES}…, and names with a domain such as example.com/gpu"


@lru_cache(maxsize=1 << 12)
def find_quota_resource_fault(name: str) -> str | None:
    """Say why no quota can count a resource (ValidateResourceQuotaResourceName)."""
    if "/" in name or name in _QUOTAS or name.startswith((_PAGES, f"requests.{_PAGES}")):
        return find_key_fault(name)
    return "name one as requests.cpu, limits.memory, pods, or objects as count/deployments.apps"


@lru_cache(maxsize=1 << 12)
def find_resource_fault(name: str) -> str | None:
    """Say why nothing is measured in a resource (validateResourceName)."""
    return find_key_fault(name) if name == "storage" else find_quota_resource_fault(name)


def is_divisible(name: str) -> bool:
    """Say whether containers share a resource; huge pages and devices belong to one (IsOvercommitAllowed)."""
    return ("/" not in name or _OWN_DOMAIN in name) and not name.startswith(_PAGES)


def is_counted(name: str) -> bool:
    """Say whether there are only whole ones of a resource (IsIntegerResourceName)."""
    return name in _COUNTS or ("/" in name and _OWN_DOMAIN not in name and not name.startswith("requests."))


def is_quota_resource(name: str) -> bool:
    """Say whether quotas know a resource by itself (IsStandardQuotaResourceName)."""
    return name in _QUOTAS or name.startswith((_PAGES, f"requests.{_PAGES}"))
