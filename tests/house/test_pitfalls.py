"""Every pitfall that the project knows of is found or derived, and nothing is promised without a test."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from trimtab.rules.codes import CODES
from trimtab.verify.operators.kubeadm import CODES as CONFIGURATION_CODES
from trimtab.verify.registry import CHECKS

TABLE = "docs/pitfalls.md"
ROW = re.compile(r"^\| (?P<code>[a-z][a-z0-9-]*) \| (?P<what>.+) \| `(?P<test>\S+)` \| (?P<why>.+) \|$", re.MULTILINE)
LINE = re.compile(r"^\| (?P<codes>[a-z][a-z0-9, -]*…?) \| (?P<rest>.*) \|$", re.MULTILINE)
FOUND_IN_TREES = {code for check in CHECKS for code in check.codes} | set(CONFIGURATION_CODES)


@pytest.fixture(scope="module")
def rows(root: Path) -> dict[str, re.Match[str]]:
    """Return the rows of the table, by code."""
    return {row["code"]: row for row in ROW.finditer((root / TABLE).read_text("utf-8"))}


@pytest.fixture(scope="module")
def pitfalls(root: Path) -> dict[str, str]:
    """Return what is to be done about each pitfall, by code."""
    named = os.environ.get("TRIMTAB_PITFALLS")
    file = Path(named) if named else root.parent / "shared" / "PITFALLS.md"
    if not file.is_file():
        pytest.skip("the list of pitfalls is not at hand: set TRIMTAB_PITFALLS")
    lines = [line for line in LINE.finditer(file.read_text("utf-8")) if line["codes"] != "code"]
    return {code.strip(" …"): line["rest"].rpartition("|")[2] for line in lines for code in line["codes"].split(",")}


def test_every_pitfall_is_a_code_with_an_example_or_stands_in_the_table(
    root: Path, rows: dict[str, re.Match[str]], pitfalls: dict[str, str]
) -> None:
    """None is dropped: it is found, or it is derived and a test shows it."""
    exempt = yaml.safe_load((root / "tests/bad/exempt.yaml").read_text("utf-8"))
    shown = {code for code in CODES if (root / "tests/bad" / code / "expected.txt").is_file() or code in exempt}
    assert len(pitfalls) > 100
    assert [code for code in pitfalls if code not in shown and code not in rows] == []


def test_what_is_derived_is_looked_for_in_trees_or_the_table_says_why_not(
    rows: dict[str, re.Match[str]], pitfalls: dict[str, str]
) -> None:
    """Whoever writes manifests by hand has nobody to derive for them."""
    derived = {code for code, deed in pitfalls.items() if re.search(r"\bD\b", deed)}
    assert sorted(derived - FOUND_IN_TREES - set(rows)) == []


def test_table_holds_nothing_that_is_found_in_trees(rows: dict[str, re.Match[str]]) -> None:
    """A check that was written later takes its row out."""
    assert len(rows) > 20
    assert [code for code in rows if code in FOUND_IN_TREES] == []


def test_every_row_names_a_test_that_exists(root: Path, rows: dict[str, re.Match[str]]) -> None:
    """It is called by its file and its name."""
    named = {code: row["test"].partition("::") for code, row in rows.items()}
    missing = [code for code, (file, _, test) in named.items() if f"def {test}(" not in _read(root / file)]
    assert missing == []


def test_every_line_of_the_table_is_a_row(root: Path, rows: dict[str, re.Match[str]]) -> None:
    """A row that is written in another form would be held against nothing; each says why in a sentence."""
    lines = [line for line in (root / TABLE).read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(lines) == len(rows) + 1
    assert [code for code, row in rows.items() if not row["why"].endswith(".")] == []


def _read(file: Path) -> str:
    return file.read_text("utf-8") if file.is_file() else ""
