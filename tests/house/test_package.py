"""The wheel holds what users need, and the command starts without Node."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured

# Imported by another name than they are installed by, or pinned exactly by one that is declared.
INSTALLED_AS = {"yaml": "pyyaml", "jsii": "cdk8s", "pydantic_core": "pydantic"}
STARTS_NODE = ("cdk8s", "cdk8s_plus_33", "constructs", "jsii")


def iter_imported(path: Path) -> Iterator[str]:
    """Give the first name of every absolute import in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


@pytest.fixture(scope="module")
def wheel_names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of the files in a wheel built from the checkout."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = out.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_wheel_holds_every_schema(root: Path, wheel_names: list[str]) -> None:
    """Editors and `check` read the committed schemas from the installed package."""
    schemas = {f"trimtab/_schemas/{path.relative_to(root / 'schemas')}" for path in (root / "schemas").rglob("*.json")}
    assert schemas
    assert schemas - set(wheel_names) == set()


def test_wheel_holds_every_module_and_its_types(package: Path, wheel_names: list[str]) -> None:
    """Nothing that imports from a checkout is missing from an installation."""
    ours = {f"trimtab/{path.relative_to(package)}" for path in package.rglob("*") if path.is_file()}
    assert {name for name in ours if "__pycache__" not in name} - set(wheel_names) == set()
    assert "trimtab/py.typed" in wheel_names


def test_wheel_brings_one_top_level_package(wheel_names: list[str]) -> None:
    """The name of our source root never reaches a user's machine, where cdk8s needs it."""
    top = {name.split("/")[0] for name in wheel_names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"trimtab"}


def test_wheel_is_not_built_into_the_generated_tree(root: Path) -> None:
    """`dist/` belongs to Argo CD, and `cdk8s synth` empties it."""
    assert not [*(root / "dist").glob("*.whl"), *(root / "dist").glob("*.tar.gz")]


def test_product_imports_only_what_it_declares(root: Path, package: Path) -> None:
    """A module that only the tools of the tests bring would be missing on a user's machine."""
    wanted = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    declared = {re.split(r"[<>=~!\[; ]", line)[0] for line in wanted}
    imported = {name for path in package.rglob("*.py") for name in iter_imported(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"trimtab"}
    assert {name for name in foreign if INSTALLED_AS.get(name, name).replace("_", "-") not in declared} == set()


def test_the_command_starts_without_node() -> None:
    """Importing the command imports nothing that would start Node."""
    code = f"import sys, trimtab.cli.main; print(*sorted(set(sys.modules) & set({STARTS_NODE!r})))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
