"""Where settings files lie: `apps/` with the platform, profiles, clusters and extra manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, list_folder, read_kind

APPS = "apps"
PLATFORM_FILE = f"{APPS}/platform.yaml"
PROFILES = f"{APPS}/profiles"
CLUSTERS = f"{APPS}/clusters"
MANIFESTS = f"{APPS}/manifests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The settings files of one repository, by name; every file is relative to `root`."""

    root: Path
    found: bool = True
    """Whether there is an `apps` folder at all."""
    has_platform_file: bool = False
    profiles: Mapping[str, str] = field(default_factory=dict)
    clusters: Mapping[str, str] = field(default_factory=dict)
    misnamed: tuple[str, ...] = ()
    """Files that end in `.yml`, which nothing reads."""
    strays: tuple[str, ...] = ()
    """What lies in the folder of extra manifests and is no cluster's folder."""


def find_platform(root: Path) -> Platform:
    """Find the settings files below `root`.

    Raises:
        OutsideError: a folder is there and cannot be read.
    """
    if read_kind(root / APPS) is FileKind.NOTHING:
        return Platform(root=root, found=False)
    profiles, clusters = _list_yaml(root, PROFILES), _list_yaml(root, CLUSTERS)
    return Platform(
        root=root,
        has_platform_file=read_kind(root / PLATFORM_FILE) is not FileKind.NOTHING,
        profiles=profiles,
        clusters=clusters,
        strays=tuple(_iter_strays(root, clusters)),
        misnamed=tuple(_iter_yml(root, (APPS, PROFILES, CLUSTERS))),
    )


def list_manifests(root: Path, cluster: str) -> list[tuple[str, str]]:
    """List the extra manifests of a cluster, sorted: the application's name, and the file relative to `root`.

    A file that lies in no application's folder has the name "".

    Raises:
        OutsideError: a folder cannot be read.
    """
    folder = f"{MANIFESTS}/{cluster}"
    found = sorted(name for name in list_files(root / folder) if name.endswith((".yaml", ".yml")))
    return [(name.partition("/")[0] if "/" in name else "", f"{folder}/{name}") for name in found]


def _list_yaml(root: Path, folder: str) -> dict[str, str]:
    kinds = list_folder(root / folder)
    return {
        name.removesuffix(".yaml"): f"{folder}/{name}"
        for name, kind in kinds.items()
        if name.endswith(".yaml") and kind is not FileKind.FOLDER
    }


def _iter_strays(root: Path, clusters: Mapping[str, str]) -> Iterator[str]:
    for name, kind in list_folder(root / MANIFESTS).items():
        is_folder = kind is FileKind.FOLDER
        if (is_folder and name not in clusters) or (not is_folder and name.endswith((".yaml", ".yml"))):
            yield f"{MANIFESTS}/{name}"


def _iter_yml(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for name in list_folder(root / folder):
            if name.endswith(".yml"):
                yield f"{folder}/{name}"
