"""An example of a setting, as it stands in a settings file."""

from __future__ import annotations

from typing import Any

from trimtab.documents.writer import render_yaml
from trimtab.findings.path import Path
from trimtab.reference.lookup import ANY, Setting, Unknown, find_setting, iter_children, iter_forms
from trimtab.settings.subschema import Schema

NOTHING = object()
"""There is no example; null would be a value."""


def find_example(schema: Schema, setting: Setting) -> Any:
    """Give an example of a setting's value: its own, its default, or one that follows from its type.

    Returns:
        The value, or `NOTHING` where nothing can be said: a mapping with keys of its own shows in its keys.
    """
    default = setting.schema.get("default")
    for form in (setting.schema, *iter_forms(schema, setting.schema)):
        choices = [choice for choice in form.get("enum", ()) if choice != default]
        for given in (*form.get("examples", ()), *choices, *_wrapped(form, "const")):
            return given
    if default not in (None, {}, [], False):
        return not default if default is True else default
    return _make_example(schema, setting)


def _wrapped(form: Schema, keyword: str) -> tuple[Any, ...]:
    return (form[keyword],) if keyword in form else ()


def _make_example(schema: Schema, setting: Setting) -> Any:
    form = next(iter_forms(schema, setting.schema))
    match form.get("type"):
        case "boolean":
            return True
        case "integer" | "number":
            return form.get("minimum", 1)
        case "string":
            return "text"
        case "array":
            return _example_of_list(schema, setting)
        case "object":
            return _example_of_mapping(schema, setting)
    return NOTHING


def _example_of_list(schema: Schema, setting: Setting) -> Any:
    item = next(iter_children(schema, setting), None)
    example = NOTHING if item is None else find_example(schema, item)
    return NOTHING if example is NOTHING else [example]


def _example_of_mapping(schema: Schema, setting: Setting) -> Any:
    """Fill in what is required; a mapping that wants nothing is shown empty, which is a value too."""
    filled: dict[str, Any] = {}
    for child in iter_children(schema, setting):
        if child.required:
            filled[str(child.path[-1])] = find_example(schema, child)
        elif child.keys is not None:
            filled[name_key(child.keys)] = find_example(schema, child)
    return {key: value for key, value in filled.items() if value is not NOTHING}


def name_key(keys: Schema) -> str:
    """Give a name that may stand for any key of a mapping."""
    return str(next(iter((*keys.get("examples", ()), *keys.get("enum", ()))), "name"))


def render_snippet(schema: Schema, path: Path) -> str:
    """Write a setting with an example as it stands in a settings file; nothing where there is no example."""
    found = find_setting(schema, path)
    value = NOTHING if isinstance(found, Unknown) else find_example(schema, found)
    if value is NOTHING:
        return ""
    for length in range(len(path), 0, -1):
        value = _nest(schema, path[:length], value)
    return render_yaml(value).removeprefix("---\n")


def _nest(schema: Schema, path: Path, value: Any) -> Any:
    """Put a value below its key: in a list where the key is a position, below a name where any will do."""
    *above, key = path
    found = find_setting(schema, path)
    keys = found.keys if isinstance(found, Setting) else None
    if isinstance(key, int) or (key == ANY and keys is None):
        return [value]
    if key == ANY:
        return {_name_in(schema, tuple(above), keys or {}): value}
    return {key: value}


def _name_in(schema: Schema, parent: Path, keys: Schema) -> str:
    """Give a key that a mapping's own example has, or one of the form its keys have."""
    found = find_setting(schema, parent)
    given = found.schema.get("examples", ()) if isinstance(found, Setting) else ()
    named = (name for example in given if isinstance(example, dict) for name in example)
    return str(next(named, name_key(keys)))
