"""Every lasting choice has its page, and every dependency is one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

SECTIONS = ("## Decision", "## Why", "## Refused")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Return the text of each decision by its file name, in order."""
    return {path.name: path.read_text("utf-8") for path in sorted((root / "docs" / "decisions").glob("[0-9]*.md"))}


def test_decisions_are_counted_without_a_gap(pages: dict[str, str]) -> None:
    """The number of a decision is its place in the row, and no two share one."""
    assert [name[:4] for name in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]


def test_every_decision_says_what_was_refused(pages: dict[str, str]) -> None:
    """A page states the decision, its reasons, and what else was looked at."""
    assert [(name, part) for name, text in pages.items() for part in SECTIONS if f"\n{part}\n" not in text] == []


def test_every_decision_fits_one_page(pages: dict[str, str]) -> None:
    """One page a decision: 80 lines at most."""
    assert {name: n for name, text in pages.items() if (n := len(text.splitlines())) > 80} == {}


def test_every_dependency_has_its_reason(root: Path, pages: dict[str, str]) -> None:
    """A runtime dependency is the subject of a decision: its name stands in a heading."""
    wanted = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    headings = "\n".join(re.findall(r"^# .*$", "\n".join(pages.values()), re.MULTILINE)).lower()
    names = [re.split(r"[<>=~!\[; ]", line)[0] for line in wanted]
    assert [name for name in names if f"`{name}`" not in headings] == []
