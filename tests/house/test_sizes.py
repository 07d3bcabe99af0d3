"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
VAGUE_NAMES = {"base", "common", "helper", "helpers", "misc", "util", "utils"}


def iter_long_functions(path: Path) -> Iterator[str]:
    """Give `file:line name (lines)` for each function whose body is too long; its docstring does not count."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST_FUNCTION:
                yield f"{path.name}:{node.lineno} {node.name} ({lines})"


def test_no_file_is_longer_than_300_lines(package: Path) -> None:
    """A file that grows past this has become two things."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in package.rglob("*.py")}
    assert {str(path.relative_to(package)): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


@pytest.mark.unmeasured
def test_no_function_is_longer_than_40_lines(package: Path) -> None:
    """A function that grows past this has steps that deserve names."""
    assert [found for path in sorted(package.rglob("*.py")) for found in iter_long_functions(path)] == []


def test_no_module_has_a_name_that_says_nothing(package: Path) -> None:
    """A module is named for what it knows; whatever fits in `utils` belongs somewhere else."""
    assert [str(path.relative_to(package)) for path in package.rglob("*.py") if path.stem in VAGUE_NAMES] == []
