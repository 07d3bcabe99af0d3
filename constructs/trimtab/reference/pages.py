"""The pages of `docs/reference/`, a page a component: `python -m trimtab.reference.pages` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from trimtab.doors.disk_writing import write_atomically, write_folder
from trimtab.reference.explanation import say_path
from trimtab.reference.lookup import ANY, COMPONENTS, Setting, component_names, find_setting, iter_children
from trimtab.reference.page import GENERATED, Page, render_entries
from trimtab.reference.schema import read_settings_schema
from trimtab.reference.upstream import list_upstream
from trimtab.reference.words import WORDS_FILE, render_words
from trimtab.settings.subschema import Schema

PAGES = "docs/reference"
COMMON = "every-component.md"
CLUSTER = "cluster.md"


def render_all(schema: Schema) -> dict[str, str]:
    """Give every generated file by its path below the checkout."""
    pages = {CLUSTER: _render_cluster(schema), COMMON: _render_common(schema), "README.md": _render_index(schema)}
    pages |= {f"{name}.md": _render_component(schema, name) for name in component_names(schema)}
    files = {f"{PAGES}/{name}": text for name, text in sorted(pages.items())}
    return {**files, f"constructs/trimtab/reference/{WORDS_FILE}": render_words()}


def write_all(root: Path) -> None:
    """Write every generated file of a checkout.

    Raises:
        OutsideError: The disk refuses.
    """
    texts = render_all(read_settings_schema())
    write_folder(root / PAGES)
    for path, text in texts.items():
        write_atomically(root / path, text.encode())


def _setting(schema: Schema, *path: str) -> Setting:
    found = find_setting(schema, path)
    if not isinstance(found, Setting):
        raise KeyError(say_path(path))
    return found


def _common(schema: Schema) -> tuple[Setting, ...]:
    """Give what every component has: the settings that stand in all of them alike."""
    first, *others = ([*iter_children(schema, _component(schema, name))] for name in component_names(schema))
    known = [{str(child.path[-1]): child.schema for child in children} for children in others]
    return tuple(one for one in first if all(each.get(str(one.path[-1])) == one.schema for each in known))


def _component(schema: Schema, name: str) -> Setting:
    return _setting(schema, COMPONENTS, name)


def _render_cluster(schema: Schema) -> str:
    top = [child for child in iter_children(schema, _setting(schema)) if child.path != (COMPONENTS,)]
    page = Page(schema=schema, base=())
    head = [
        "# A cluster",
        "",
        GENERATED,
        "",
        "What may stand in `apps/clusters/<cluster>.yaml`, in a profile and in `apps/platform.yaml`.",
        "Components have pages of their own ([all pages](README.md)).",
        "",
    ]
    return "\n".join([*head, *render_entries(page, top)])


def _render_common(schema: Schema) -> str:
    component = component_names(schema)[0]
    page = Page(schema=schema, base=(COMPONENTS, component), shown=(COMPONENTS, ANY))
    head = ["# Every component", "", GENERATED, "", "Settings that every component has.", ""]
    return "\n".join([*head, *render_entries(page, _common(schema))])


def _render_component(schema: Schema, name: str) -> str:
    component = _component(schema, name)
    common = {one.path[-1] for one in _common(schema)}
    own = [child for child in iter_children(schema, component) if child.path[-1] not in common]
    page = Page(schema=schema, base=component.path)
    head = [f"# {name}", "", GENERATED, "", str(component.schema.get("description", "")), ""]
    head += [
        f"[What is derived, and why](../components/{name}.md).",
        f"Beside these: [what every component has]({COMMON}).",
        "",
    ]
    return "\n".join([*head, *_upstream(name), *render_entries(page, own)])


def _upstream(name: str) -> Iterator[str]:
    sources = list_upstream(name)
    if sources:
        yield from ("Upstream:", "", *(f"- {source}" for source in sources), "")


def _render_index(schema: Schema) -> str:
    lines = ["# Every setting", "", GENERATED, ""]
    lines += [
        "`trimtab explain <path>` says the same in a terminal, and with `--cluster` what a cluster has there.",
        "",
    ]
    lines += [
        "| page | |",
        "|---|---|",
        f"| [{CLUSTER}]({CLUSTER}) | what a cluster is: Kubernetes, nodes, network, Git |",
    ]
    lines += [f"| [{COMMON}]({COMMON}) | version, namespace, sync, values: what every component has |"]
    for name in component_names(schema):
        about = _component(schema, name).schema.get("description", "")
        lines.append(f"| [{name}]({name}.md) | {about} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    write_all(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
