"""Files that objects are rendered from: nobody can say here what they bring, only which words stand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from trimtab.verify.files.folders import find_rendered_folders, folder_of, is_below

_ENDINGS = (".yaml", ".yml", ".json", ".tpl", ".jsonnet", ".env", "Kustomization")


def find_unread(files: Mapping[str, bytes], with_objects: Collection[str]) -> Mapping[str, bytes]:
    """Give the files of charts and of Kustomize, and templates.

    Args:
        files: The bytes of all files by path.
        with_objects: The files that hold an object.
    """
    rendered = frozenset().union(*find_rendered_folders(files))
    return {
        file: content
        for file, content in files.items()
        if file not in with_objects
        and file.endswith(_ENDINGS)
        and (is_below(folder_of(file), rendered) or b"{{" in content)
    }
