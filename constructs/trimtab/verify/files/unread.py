"""Which files of a tree hold no object, and are what objects are rendered from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from trimtab.verify.files.folders import find_charts, folder_of, has_template, is_below
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.unread import Unread

_ENDINGS = (".yaml", ".yml", ".json", ".tpl", ".jsonnet", ".env", "Kustomization")


def find_unread(files: Mapping[str, bytes], with_objects: Collection[str], graph: Graph) -> Unread:
    """Give the files of charts and of Kustomize, and templates.

    Args:
        files: The bytes of all files by path.
        with_objects: The files that hold an object.
        graph: The kustomizations.
    """
    charts = find_charts(files)
    return Unread(
        content
        for file, content in files.items()
        if file not in with_objects
        and file.endswith(_ENDINGS)
        and (is_below(folder_of(file), charts) or graph.keeps(file) or has_template(content))
    )
