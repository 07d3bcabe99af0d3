"""The fuzz targets, `tests/fuzz/targets/<name>.py` each with `fuzz`, and their inputs, `tests/fuzz/corpus/<name>/`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

Target = Callable[[bytes], None]
"""Gives bytes to a reader and holds what it says to its promises; anything that is raised is a fault."""

FOLDER = Path(__file__).resolve().parents[2] / "fuzz"


def list_targets() -> list[str]:
    """Name all targets, sorted."""
    return sorted(path.stem for path in (FOLDER / "targets").glob("*.py"))


def load_target(name: str) -> Target:
    """Load a target.

    Raises:
        FileNotFoundError: There is none of this name.
    """
    path = FOLDER / "targets" / f"{name}.py"
    spec = spec_from_file_location(f"fuzz_target_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Target = module.fuzz
    return found


def list_corpus(name: str) -> list[Path]:
    """Give the inputs that are kept for a target: small nasty ones, and each that once found a fault."""
    return sorted(path for path in (FOLDER / "corpus" / name).glob("*") if path.is_file())
