"""A new repository as a list of files: the settings, and the house around them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from trimtab import __version__
from trimtab.doors.disk import FileKind, list_folder, read_kind, read_text
from trimtab.doors.disk_writing import write_folder, write_new
from trimtab.init.answers import Answers
from trimtab.init.cluster_file import render_cluster
from trimtab.init.examples import examples_root
from trimtab.settings.folders import CLUSTERS, PLATFORM_FILE
from trimtab.settings.schema_files import schema_folder

_HOUSE = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    "Makefile": "Makefile",
    "README.md": "README.md",
    "cdk8s.yaml": "cdk8s.yaml",
    "constructs/README.md": "constructs.README.md",
    "pyproject.toml": "pyproject.toml",
}
"""Path to template: the files that every repository has beside its settings."""

_ENTRY = "apps/main.py"
"""What the cdk8s command line runs: the same file as this project's own."""


def plan_settings(answers: Answers) -> dict[str, str]:
    """Give the settings files of a new cluster."""
    return {
        PLATFORM_FILE: _fill("platform.yaml", {"REPO": answers.repo_url}),
        f"{CLUSTERS}/{answers.name}.yaml": render_cluster(answers),
    }


def plan_repository(settings: Mapping[str, str], cluster: str) -> dict[str, str]:
    """Give every file of a new repository, text by path.

    Args:
        settings: Its settings files.
        cluster: The name of its first cluster.

    Raises:
        OutsideError: A file that comes with us cannot be read.
    """
    words = {"NAME": cluster, "CLUSTER": cluster, "VERSION": __version__}
    house = {path: _fill(template, words) for path, template in _HOUSE.items()}
    house[_ENTRY] = read_text(examples_root() / _ENTRY)
    schemas = {f"schemas/{name}": read_text(schema_folder() / name) for name in list_folder(schema_folder())}
    return dict(sorted({**house, **schemas, **settings}.items()))


def _fill(template: str, words: Mapping[str, str]) -> str:
    text = (files("trimtab.init") / "templates" / f"{template}.txt").read_text("utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def list_in_the_way(root: Path, texts: Mapping[str, str]) -> list[str]:
    """List the files of a new repository that are there already, and what stands where a folder must.

    Raises:
        OutsideError: A folder cannot be looked into.
    """
    taken = [path for path in texts if read_kind(root / path) is not FileKind.NOTHING]
    folders = {str(folder) for path in texts for folder in Path(path).parents if str(folder) != "."}
    blocked = [folder for folder in folders if read_kind(root / folder) not in (FileKind.NOTHING, FileKind.FOLDER)]
    return sorted([*taken, *blocked])


def write_repository(root: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a new repository; none of them may be there.

    Raises:
        OutsideError: The disk refuses, or a file is there.
    """
    for path, text in texts.items():
        write_folder((root / path).parent)
        write_new(str(root / path), text.encode())
