"""The top level keeps the shape that lets our source root share its name with a package from PyPI."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["constructs/__init__.py", "conftest.py", "__init__.py", "tests/__init__.py"])
def test_no_file_makes_the_checkout_a_package(root: Path, name: str) -> None:
    """With any of these, Python would find our folder where cdk8s means the PyPI package `constructs`."""
    assert not (root / name).exists()


def test_tests_are_not_packages(root: Path) -> None:
    """No folder of tests has an `__init__.py`, so none of them can hide a module of the package."""
    assert [str(found.relative_to(root)) for found in (root / "tests").rglob("__init__.py")] == []


def test_constructs_is_the_one_from_pypi() -> None:
    """`import constructs` finds the installed package, not the folder of our sources."""
    spec = importlib.util.find_spec("constructs")
    assert spec is not None
    assert spec.origin is not None
    assert "site-packages" in Path(spec.origin).parts


def test_only_our_package_stands_in_the_source_root(texts: dict[str, str]) -> None:
    """What else stood in `constructs/` would be importable on machines that install us, and be in no wheel."""
    assert {name.split("/")[1] for name in texts if name.startswith("constructs/")} == {"trimtab"}


def test_nobody_imports_the_package_by_way_of_the_source_root(texts: dict[str, str]) -> None:
    """`constructs.trimtab` would be a second copy of every module, with classes that are not equal."""
    second_copy = re.compile(r"^\s*(?:from|import)\s+constructs\.trimtab\b", re.MULTILINE)
    assert [name for name, text in texts.items() if name.endswith(".py") and second_copy.search(text)] == []


def test_every_module_can_be_found_as_a_package(package: Path) -> None:
    """A folder of modules without `__init__.py` would be missed by the linters of the floors."""
    folders = {module.parent for module in package.rglob("*.py")}
    assert [str(folder.relative_to(package)) for folder in folders if not (folder / "__init__.py").is_file()] == []
