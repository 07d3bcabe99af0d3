"""What somebody meant who wrote a field that its type does not have."""

from __future__ import annotations

from trimtab.catalogue.kubernetes.structures import (
    Minor,
    find_minor_with_field,
    find_structure,
    is_type,
)
from trimtab.findings.suggest import suggest

_DEEPEST = 3
_MOST_SHOWN = 12


def advise_unknown_field(minor: Minor, name: str, key: str) -> str:
    """Say what to write instead of a field that a type does not have.

    Args:
        minor: The cluster's Kubernetes.
        name: The type.
        key: The field that it does not have.
    """
    fields = find_structure(minor, name).fields
    same = next((field for field in fields if field.lower() == key.lower()), None)
    if same:
        return f"write '{same}': upper and lower case count"
    since = find_minor_with_field(name, key)
    if since is not None:
        came = "came with" if since > minor else "is gone; it was there in"
        return f"the field {came} Kubernetes {since[0]}.{since[1]}, and the cluster runs {minor[0]}.{minor[1]}"
    below = _find_below(minor, name, key)
    if below:
        return f"it belongs into {'.'.join(below)}"
    near = suggest(key, fields)
    if near:
        return f"did you mean '{near}'?"
    known = f"; there are {', '.join(sorted(fields))}" if 0 < len(fields) <= _MOST_SHOWN else ""
    return f"remove it, or move it to where it belongs{known}"


def _find_below(minor: Minor, name: str, key: str) -> tuple[str, ...]:
    """Find the one nearest place below a type that has a field, not through lists or maps."""
    level: list[tuple[tuple[str, ...], str]] = [((), name)]
    for _ in range(_DEEPEST):
        level = [
            ((*path, field), spec)
            for path, holder in level
            for field, spec in find_structure(minor, holder).fields.items()
            if isinstance(spec, str) and is_type(spec) and field not in ("metadata", "status")
        ]
        found = [path for path, holder in level if key in find_structure(minor, holder).fields]
        if found:
            return found[0] if len(found) == 1 else ()
    return ()
