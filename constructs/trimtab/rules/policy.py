"""Lines of Argo CD's policy of rights, as its Casbin reads them."""

from __future__ import annotations

import csv

_RESOURCES = frozenset(
    {
        *("applications", "applicationsets", "logs", "exec", "repositories", "write-repositories", "clusters"),
        *("projects", "accounts", "certificates", "gpgkeys", "extensions"),
    }
)
_ACTIONS = frozenset({"get", "create", "update", "delete", "sync", "override", "invoke", "action"})
_TWO_PARTS = frozenset({"applications", "applicationsets", "logs", "exec"})
"""Resources whose objects are `project/name` (argo-cd v3.5.1 docs/operator-manual/rbac.md)."""


def find_policy_fault(line: str) -> str | None:
    """Say why a line gives no right; nothing where it does.

    Blank lines and those that begin with `#` are comments.
    """
    if "\n" in line or "\r" in line:
        return "it is more than one line"
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    fields = [field.strip() for field in next(csv.reader([line], skipinitialspace=True))]
    if not all(fields):
        return "a field is empty"
    if fields[0] == "g":
        return None if len(fields) == 3 else f"it has {len(fields)} fields instead of 3"
    if fields[0] != "p":
        return "it begins with neither 'p' nor 'g'"
    return f"it has {len(fields)} fields instead of 6" if len(fields) != 6 else _find_right_fault(*fields[2:])


def _find_right_fault(resource: str, action: str, wanted: str, effect: str) -> str | None:
    if "*" not in resource and resource not in _RESOURCES:
        return f"there is no resource '{resource}'"
    if "*" not in action and action.partition("/")[0] not in _ACTIONS:
        return f"there is no action '{action}'"
    if resource in _TWO_PARTS and "/" not in wanted and wanted != "*":
        return f"'{wanted}' is no project/name"
    if effect not in {"allow", "deny"}:
        return f"the effect is '{effect}' instead of allow or deny"
    return None
