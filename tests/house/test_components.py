"""A component is one name in six places, and a missing one is told by its path."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from trimtab.components.registry import COMPONENTS

PARTS = ("settings", "offers", "charts", "build")
NAMES = tuple(component.name for component in COMPONENTS)


def folder_of(name: str) -> str:
    """Return the folder of a component: its name as Python can spell it."""
    return name.replace("-", "_")


@pytest.fixture(scope="module")
def folders(package: Path) -> set[str]:
    """Return the names of the folders in `components/`."""
    return {path.name for path in (package / "components").iterdir() if (path / "__init__.py").is_file()}


def imported_rooms(path: Path) -> set[str]:
    """Return each `trimtab.components.<name>` that a module imports."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    froms = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return {".".join(name.split(".")[:3]) for name in froms + plain if name.startswith("trimtab.components.")}


def test_every_folder_is_registered(folders: set[str]) -> None:
    """A folder in `components/` that the registry does not know would never run."""
    assert folders - {folder_of(name) for name in NAMES} == set()


def test_every_name_is_registered_once() -> None:
    """No two components share a name."""
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_component_has_its_files(root: Path, name: str) -> None:
    """Four modules, a page of documentation, and a test: each is where its name says."""
    here = folder_of(name)
    modules = [f"constructs/trimtab/components/{here}/{part}.py" for part in ("__init__", *PARTS)]
    missing = [path for path in (*modules, f"docs/components/{name}.md") if not (root / path).is_file()]
    tests = root / "tests" / "components"
    if not [*tests.glob(f"test_{here}*.py"), *(tests / here).glob("test_*.py")]:
        missing.append(f"tests/components/test_{here}.py")
    assert missing == []


@pytest.mark.parametrize("kind", ["docs", "tests"])
def test_no_page_or_test_is_left_of_a_component_that_is_gone(root: Path, kind: str) -> None:
    """Pages and folders of tests name components that exist."""
    pages = {path.stem for path in (root / "docs" / "components").glob("*.md")} - {"README", "index"}
    tests = {path.name for path in (root / "tests" / "components").iterdir() if any(path.glob("test_*.py"))}
    left = pages - set(NAMES) if kind == "docs" else tests - {folder_of(name) for name in NAMES}
    assert left == set()


def test_no_component_knows_another(package: Path, folders: set[str]) -> None:
    """What one component must know of another arrives as facts, never by an import."""
    known = {f"trimtab.components.{folder}" for folder in folders}
    for folder in sorted(folders):
        for path in (package / "components" / folder).rglob("*.py"):
            others = imported_rooms(path) & known - {f"trimtab.components.{folder}"}
            assert others == set(), f"{path.relative_to(package)} imports {sorted(others)}"
