"""What a cluster says of a setting: its value, and the layers that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.documents.document import Value
from trimtab.findings.path import Path
from trimtab.reference.explanation import describe_default, say_path
from trimtab.reference.lookup import ANY, Setting
from trimtab.reference.types import render_plain
from trimtab.settings.layers import Merged
from trimtab.settings.words import is_shown, name_value


def render_standing(cluster: str, merged: Merged, setting: Setting) -> str:
    """Write what a cluster's files say of a setting.

    Args:
        cluster: The cluster's name.
        merged: Its layers, merged.
        setting: The setting; `*` in its path stands for every key or item that the cluster has there.
    """
    said = list(_iter_values(merged.value, setting.path, ()))
    lines = [f"in {cluster}:"]
    for path, value in said:
        lines.append(f"  {say_path(path)} = {_render(value, path)}")
        lines.extend(f"    {where}" for where in _origins(merged, path))
    if not said:
        default = describe_default(setting)
        lines.append(f"  {say_path(setting.path)}: nothing is said in any file" + _instead(default, setting))
    return "\n".join(lines) + "\n"


def _instead(default: str, setting: Setting) -> str:
    if setting.required or not default:
        return ""
    return f"; the default holds: {default}"


def _iter_values(value: Value, rest: Path, walked: Path) -> Iterator[tuple[Path, Value]]:
    if not rest:
        yield walked, value
        return
    key, *below = rest
    for step, inner in _steps(value, key):
        yield from _iter_values(inner, tuple(below), (*walked, step))


def _steps(value: Value, key: str | int) -> Iterator[tuple[str | int, Value]]:
    if isinstance(value, dict):
        yield from ((name, inner) for name, inner in value.items() if key in (ANY, name))
    if isinstance(value, list):
        yield from ((index, inner) for index, inner in enumerate(value) if key in (ANY, index))


def _render(value: Value, path: Path) -> str:
    if isinstance(value, dict) and value:
        return f"a mapping: {', '.join(value)}"
    if isinstance(value, list) and value:
        return _render_list(value, path)
    return (
        render_plain(value) if not isinstance(value, dict | list) and is_shown(value, path) else name_value(value, path)
    )


def _render_list(value: list[Value], path: Path) -> str:
    is_short = all(not isinstance(item, dict | list) and is_shown(item, path) for item in value)
    return render_plain(value) if is_short else f"a list of {len(value)}"


def _origins(merged: Merged, path: Path) -> Iterator[str]:
    places = merged.places(path)
    for index, place in enumerate(places):
        word = "from" if index == 0 else "and" if _is_mapping(merged, path) else "instead of what stands in"
        yield f"{word} {place.file}:{place.line}"


def _is_mapping(merged: Merged, path: Path) -> bool:
    return any(isinstance(value, dict) for _, value in _iter_values(merged.value, path, ()))
