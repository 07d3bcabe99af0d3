"""Clusters that a new repository can be made from: this project's own `apps/`, which comes with every installation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from trimtab.doors.disk import FileKind, read_kind, read_text
from trimtab.settings.folders import CLUSTERS, PLATFORM_FILE, PROFILES, find_platform, list_manifests

REPOSITORY = "https://git.example.org/platform.git"
"""Stands where the repository's address is not known yet."""


def examples_root() -> Path:
    """Find the folder that holds `apps/`: inside the installed package, or the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_examples"
    return installed if read_kind(installed) is FileKind.FOLDER else package.parents[1]


def list_examples() -> tuple[str, ...]:
    """Give the names of all examples: the clusters there are."""
    return tuple(find_platform(examples_root()).clusters)


def read_example(cluster: str, repo_url: str | None = None) -> dict[str, str]:
    """Read all that a cluster's settings consist of: its file, the platform's, the profiles it names, its manifests.

    Args:
        cluster: The example's name.
        repo_url: The address to put for the example's; nothing to leave that as it is.

    Returns:
        Text by path below the top.

    Raises:
        OutsideError: A file cannot be read.
    """
    root = examples_root()
    texts = {path: read_text(root / path) for path in _iter_files(root, cluster)}
    if repo_url is not None:
        texts[PLATFORM_FILE] = re.sub(re.escape(REPOSITORY), lambda _: repo_url, texts[PLATFORM_FILE])
    return texts


def _iter_files(root: Path, cluster: str) -> Iterator[str]:
    from trimtab.settings.files import load

    yield from (PLATFORM_FILE, f"{CLUSTERS}/{cluster}.yaml")
    (loaded,) = load(root, [cluster]).clusters
    profiles = loaded.merged.value.get("profiles")
    for name in profiles if isinstance(profiles, list) else ():
        yield f"{PROFILES}/{name}.yaml"
    yield from (file for _, file in list_manifests(root, cluster))
    own = loaded.merged.value.get("constructs")
    for construct in own.values() if isinstance(own, dict) else ():
        if isinstance(construct, dict):
            yield str(construct.get("file"))
