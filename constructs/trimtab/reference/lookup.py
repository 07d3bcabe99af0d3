"""Finds a setting in the schema by the path that people say, and the nearest one where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.findings.path import Key, Path, parse_path
from trimtab.findings.suggest import suggest
from trimtab.settings.subschema import Schema, resolve

ANY = "*"
"""Any key of a mapping, any item of a list."""
COMPONENTS = "components"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting as the schema knows it."""

    path: Path
    schema: Schema
    """Its own part of the schema, references resolved; a choice between forms stays one."""
    required: bool = False
    """Whether what it stands in must have it."""
    keys: Schema | None = None
    """The form of the key that the path ends in, where any key will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """There is no such setting."""

    parent: Path
    """The part of the path that is known."""
    key: Key
    """The first step that is not."""
    suggestion: str | None
    """The key that may have been meant."""


def parse_setting(text: str, schema: Schema) -> Path | None:
    """Read a settings path; `components` may be left out before a component's name.

    Args:
        text: What was asked for, `*` and `[]` standing for any key or item.
        schema: The schema of a whole cluster.

    Returns:
        The path; nothing where `text` is no path at all.
    """
    try:
        path = parse_path(text.replace("[]", ".*").replace("[*]", ".*"))
    except ValueError:
        return None
    if path and path[0] not in schema["properties"] and path[0] in component_names(schema):
        return (COMPONENTS, *path)
    return path or None


def component_names(schema: Schema) -> tuple[str, ...]:
    """Give the names of all components."""
    return tuple(schema["properties"][COMPONENTS]["properties"])


def find_setting(schema: Schema, path: Path) -> Setting | Unknown:
    """Find a setting.

    Args:
        schema: The schema of a whole cluster.
        path: Its path; at a mapping with free keys any name will do, and at a list any position.
    """
    found = Setting(path=(), schema=resolve(schema, schema))
    for key in path:
        step = _step(schema, found, key)
        if step is None:
            names = {str(one.path[-1]) for one in iter_children(schema, found)} - {ANY}
            candidates = names if found.path else names | set(component_names(schema))
            return Unknown(parent=found.path, key=key, suggestion=suggest(str(key), sorted(candidates)))
        found = step
    return found


def iter_children(schema: Schema, parent: Setting) -> Iterator[Setting]:
    """Give what may stand directly in a setting; one child with the key `*` where any key or item may."""
    seen: set[Path] = set()
    for form in iter_forms(schema, parent.schema):
        for child in _children_of_form(schema, form, parent.path):
            if child.path not in seen:
                seen.add(child.path)
                yield child


def iter_forms(schema: Schema, node: Schema) -> Iterator[Schema]:
    """Give each form that a value may have: the branches of a choice, or the one there is."""
    for branch in node.get("anyOf", ()):
        yield from iter_forms(schema, resolve(schema, branch))
    if "anyOf" not in node:
        yield node


def _children_of_form(schema: Schema, form: Schema, path: Path) -> Iterator[Setting]:
    required = form.get("required", ())
    for name, child in form.get("properties", {}).items():
        yield Setting(path=(*path, name), schema=resolve(schema, child), required=name in required)
    free = form.get("additionalProperties")
    if free is True or isinstance(free, dict):
        child = resolve(schema, free) if isinstance(free, dict) else {"additionalProperties": True}
        yield Setting(path=(*path, ANY), schema=child, keys=form.get("propertyNames", {}))
    if isinstance(form.get("items"), dict):
        yield Setting(path=(*path, ANY), schema=resolve(schema, form["items"]))


def _step(schema: Schema, parent: Setting, key: Key) -> Setting | None:
    children = {child.path[-1]: child for child in iter_children(schema, parent)}
    found = children.get(key) or children.get(ANY)
    if found is None or not _is_key_of(found, key):
        return None
    return Setting(path=(*parent.path, key), schema=found.schema, required=found.required, keys=found.keys)


def _is_key_of(child: Setting, key: Key) -> bool:
    """Tell whether a key may stand where `*` does: any may, unless they are told one by one."""
    known = (child.keys or {}).get("enum")
    return known is None or key == ANY or key in known or key == child.path[-1]
