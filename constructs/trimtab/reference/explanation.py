"""What a setting means, for the terminal: meaning, type, default, example, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import render_path
from trimtab.reference.examples import render_snippet
from trimtab.reference.lookup import ANY, Setting, Unknown, iter_children
from trimtab.reference.types import describe_type, render_plain
from trimtab.settings.subschema import Schema


def render_setting(schema: Schema, setting: Setting) -> str:
    """Write all there is to say of a setting."""
    return "".join(f"{line}\n" for line in _lines(schema, setting))


def render_unknown(unknown: Unknown) -> str:
    """Say that there is no such setting, and which one may have been meant."""
    where = f" in {say_path(unknown.parent)}" if unknown.parent else ""
    advice = (
        f"did you mean '{unknown.suggestion}'?"
        if unknown.suggestion
        else f"`trimtab explain {say_path(unknown.parent)}` lists what may stand there"
        if unknown.parent
        else "docs/reference/ lists every setting"
    )
    return f"error: there is no setting '{unknown.key}'{where}\n  = help: {advice}\n"


def say_path(path: tuple[str | int, ...]) -> str:
    """Write a path as people type it: with a bare `*` for any key."""
    parts = [f".{key}" if key == ANY else render_path(("x", key))[1:] for key in path]
    return "".join(parts).removeprefix(".")


def describe_default(setting: Setting) -> str:
    """Say what holds where nothing is written; nothing where the description says it."""
    if setting.required:
        return "none: it must be given"
    default = setting.schema.get("default")
    if default in (None, {}, []) and not isinstance(default, bool):
        return "empty" if default is not None and not setting.schema.get("properties") else ""
    return "empty" if default == "" else render_plain(default)


def first_sentence(text: str) -> str:
    """Give the first sentence of a description."""
    head, stop, _ = text.partition(". ")
    return head + stop.strip()


def _lines(schema: Schema, setting: Setting) -> Iterator[str]:
    yield say_path(setting.path)
    if setting.schema.get("description"):
        yield setting.schema["description"]
    yield ""
    yield f"type: {describe_type(schema, setting.schema)}"
    if default := describe_default(setting):
        yield f"default: {default}"
    yield from _children(schema, setting)
    if snippet := render_snippet(schema, setting.path):
        yield from ("", "for example:", "", *(f"  {line}" for line in snippet.splitlines()))


def _children(schema: Schema, setting: Setting) -> Iterator[str]:
    children = list(iter_children(schema, setting))
    if [child.path[-1] for child in children] == [ANY]:
        setting = children[0]
        children = list(iter_children(schema, setting))
    if children and children[0].path[-1] != ANY:
        names = [f"{child.path[-1]}{' (required)' if child.required else ''}" for child in children]
        width = max(map(len, names))
        yield from ("", f"settings of {say_path(setting.path)}:")
        for name, child in zip(names, children, strict=True):
            about = child.schema.get("description", "")
            yield f"  {name:<{width}}  {first_sentence(about)}".rstrip()
