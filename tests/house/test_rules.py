"""A rule is one code in three places: the source, a bad example, a page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from trimtab.rules.registry import RULES

CODES = tuple(rule.code for rule in RULES)


def test_every_code_is_a_name_of_the_bad_thing() -> None:
    """A code is kebab-case, and short enough for one column of a report."""
    kebab = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
    assert [code for code in CODES if not kebab.fullmatch(code) or len(code) > 48] == []


def test_every_code_stands_once() -> None:
    """Two rules that print the same code could be told apart by nobody."""
    assert [code for code, count in Counter(CODES).items() if count > 1] == []


@pytest.mark.parametrize("code", CODES)
def test_rule_has_a_bad_example(root: Path, code: str) -> None:
    """`tests/bad/<code>/` holds input that breaks the rule, beside the text it must print."""
    example = root / "tests" / "bad" / code
    assert example.is_dir(), f"tests/bad/{code}/ is missing"
    assert any(path.is_file() for path in example.rglob("*")), f"tests/bad/{code}/ is empty"


@pytest.mark.parametrize("code", CODES)
def test_rule_has_a_page(root: Path, code: str) -> None:
    """`docs/rules/<code>.md` says what goes wrong, why, and what to do; its heading is the code."""
    page = root / "docs" / "rules" / f"{code}.md"
    assert page.is_file(), f"docs/rules/{code}.md is missing"
    assert page.read_text("utf-8").splitlines()[0].strip("# `") == code


@pytest.mark.parametrize(("folder", "pattern"), [("tests/bad", "*"), ("docs/rules", "*.md")])
def test_no_example_or_page_is_left_of_a_rule_that_is_gone(root: Path, folder: str, pattern: str) -> None:
    """Every bad example and every page belongs to a rule that exists."""
    named = {path.stem for path in (root / folder).glob(pattern)} - {"README", "index"}
    assert named - set(CODES) == set()
