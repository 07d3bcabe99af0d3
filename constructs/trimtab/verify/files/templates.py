"""Templates of ApplicationSets: a parameter is put in for its name, and what is more than a name is left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trimtab.verify.argocd.texts import is_templated

_GO = re.compile(r"\{\{-?\s*\.([A-Za-z_][\w.]*)\s*-?\}\}")
_INDEX = re.compile(r"\{\{-?\s*index\s+\.([A-Za-z_][\w.]*)\s+\"?([\w.-]+)\"?\s*-?\}\}")
_PLAIN = re.compile(r"\{\{\s*([A-Za-z_][\w.\[\]/-]*)\s*\}\}")


def fill_in(value: Any, parameters: Mapping[str, Any], *, uses_go: bool) -> Any:
    """Fill the texts of a value in, keys too.

    Args:
        value: Mappings, lists and scalars.
        parameters: What stands for each name: nested for Go's templates, else with dots in the names.
        uses_go: Whether the templates are Go's.
    """
    if isinstance(value, str):
        return _fill_text(value, parameters, uses_go=uses_go) if "{{" in value else value
    if isinstance(value, Mapping):
        return {
            fill_in(key, parameters, uses_go=uses_go): fill_in(inner, parameters, uses_go=uses_go)
            for key, inner in value.items()
        }
    return [fill_in(one, parameters, uses_go=uses_go) for one in value] if isinstance(value, list) else value


def close(value: Any) -> Any:
    """Give values without those that are not known: nothing stands in their place."""
    if isinstance(value, Mapping):
        return {key: close(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [close(one) for one in value]
    return None if is_templated(value) else value


def _fill_text(text: str, parameters: Mapping[str, Any], *, uses_go: bool) -> str:
    if not uses_go:
        return _PLAIN.sub(lambda found: _show(parameters.get(found[1]), found[0]), text)
    text = _INDEX.sub(lambda found: _show(_look_up(parameters, f"{found[1]}.{found[2]}"), found[0]), text)
    return _GO.sub(lambda found: _show(_look_up(parameters, found[1]), found[0]), text)


def _look_up(parameters: Any, name: str) -> Any:
    for key in name.split("."):
        if isinstance(parameters, list) and key.isdigit() and int(key) < len(parameters):
            parameters = parameters[int(key)]
        else:
            parameters = parameters.get(key) if isinstance(parameters, Mapping) else None
    return parameters


def _show(value: Any, otherwise: str) -> str:
    """Write a parameter as a template does; what is no scalar, or not known, leaves the place as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else otherwise
