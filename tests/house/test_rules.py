"""A code is one name in four places: the source, the table of codes, a bad example, a page."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from trimtab.cli.main import app
from trimtab.findings.codes import CODES as OTHERS
from trimtab.rules.codes import CODES
from trimtab.rules.pages import read_examples, render_all
from trimtab.rules.registry import RULES

pytestmark = pytest.mark.unmeasured

NAMES = tuple(CODES)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TEXT_AFTER = {"find", "_error", "_finding", "_refuse", "_report", "ScalarError"}
"""Functions that take a code by its place, not by the name `code`."""


@pytest.fixture(scope="module")
def exempt(root: Path) -> dict[str, dict[str, str]]:
    """Return the codes without an example, with the reason and the test that shows each."""
    table: dict[str, dict[str, str]] = yaml.safe_load((root / "tests/bad/exempt.yaml").read_text("utf-8"))
    return table


def test_every_code_is_a_name_of_the_bad_thing() -> None:
    """A code is kebab-case, and short enough for one column of a report."""
    assert [code for code in NAMES if not KEBAB.fullmatch(code) or len(code) > 48] == []


def test_every_code_stands_once() -> None:
    """Two rules that print the same code could be told apart by nobody."""
    codes = [rule.code for rule in RULES] + [other.code for other in OTHERS]
    assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_every_rule_tells_what_and_why() -> None:
    """What goes wrong and why are sentences; a source or a reason stands with every rule."""
    bad = [code.code for code in CODES.values() if not (code.meaning.endswith(".") and code.why.endswith("."))]
    assert bad == []


def test_every_code_says_what_to_do() -> None:
    """A cure is a sentence for everybody, not a guess at one typing error."""
    bad = [code.code for code in CODES.values() if not re.fullmatch(r"[A-Z`].{15,}[.]", code.cure)]
    assert bad == []
    assert [code.code for code in CODES.values() if "did you mean" in code.cure.lower()] == []


def test_every_command_that_is_advised_exists(root: Path) -> None:
    """Whoever types what a cure or a finding's help says is not told that there is no such command."""
    examples = read_examples(root / "tests" / "bad")
    said = {code.code: f"{code.cure} {code.why}" for code in CODES.values()}
    said |= {name: f"{said.get(name, '')} {one.told} {one.output}" for name, one in examples.items()}
    there = set(get_command(app).commands)  # type: ignore[attr-defined]
    advised = {(name, word) for name, text in said.items() for word in re.findall(r"[`']trimtab ([a-z]+)", text)}
    assert len(advised) > 20
    assert sorted(one for one in advised if one[1] not in there) == []


def test_every_check_is_documented_as_a_search() -> None:
    """A rule's function says what it finds."""
    checks = {rule.code: inspect.getdoc(rule.check) for rule in RULES if rule.check.__name__ != "<lambda>"}
    assert [code for code, text in checks.items() if not (text or "").startswith("Find ")] == []


def _written_codes(tree: ast.AST) -> Iterator[str]:
    """Give every text that a call hands over as a code: by name, or as the first such word of the listed functions."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        given = [word.value for word in call.keywords if word.arg == "code"]
        given += call.args if name in TEXT_AFTER else []
        for one in (part for value in given for part in _branches(value)):
            word = one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
            if KEBAB.fullmatch(word) and "-" in word:
                yield word


def _branches(value: ast.expr) -> tuple[ast.expr, ...]:
    return (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)


def test_every_code_in_the_source_is_known(package: Path) -> None:
    """What any room may print stands in the table of codes, so that `trimtab explain` knows it."""
    table = package / "findings" / "codes.py"
    sources = [path for path in package.rglob("*.py") if path != table]
    written = {code: path.name for path in sources for code in _written_codes(ast.parse(path.read_text("utf-8")))}
    assert {code: file for code, file in written.items() if code not in CODES} == {}


def test_every_known_code_is_in_the_source(package: Path) -> None:
    """A code of the table that no room prints is left of something that is gone."""
    table = package / "findings" / "codes.py"
    texts = [path.read_text("utf-8") for path in package.rglob("*.py") if path != table]
    assert [entry.code for entry in OTHERS if not any(f'"{entry.code}"' in text for text in texts)] == []


@pytest.mark.parametrize("code", NAMES)
def test_code_has_a_bad_example(root: Path, exempt: dict[str, dict[str, str]], code: str) -> None:
    """`tests/bad/<code>/` holds a repository that shows it beside the text it prints, or a reason says why not."""
    expected = root / "tests" / "bad" / code / "expected.txt"
    assert expected.is_file() != (code in exempt), f"tests/bad/{code}/ is missing, or exempt for nothing"


def test_every_exemption_tells_how_the_code_comes_about(exempt: dict[str, dict[str, str]]) -> None:
    """Whoever asks about a code without an example is told in words."""
    assert [code for code, one in exempt.items() if not (one["why"] and one["told"].endswith("."))] == []


def test_every_exemption_names_a_test_that_shows_the_code(root: Path, exempt: dict[str, dict[str, str]]) -> None:
    """A code without an example is shown elsewhere, by a test that names it."""
    shown = {code: _read(root / one["shown_by"]) for code, one in exempt.items() if one["why"]}
    assert [code for code in exempt if code not in shown.get(code, "")] == []


def _read(path: Path) -> str:
    files = path.rglob("*.py") if path.is_dir() else [path]
    return "".join(file.read_text("utf-8") for file in files)


def test_no_example_or_page_is_left_of_a_code_that_is_gone(root: Path) -> None:
    """Every bad example and every page belongs to a code that exists."""
    examples = {path.name for path in (root / "tests/bad").iterdir() if path.is_dir()} - {"_base", "__pycache__"}
    pages = {path.stem for path in (root / "docs/rules").glob("*.md")} - {"README"}
    assert (examples | pages) - set(CODES) == set()


def test_pages_are_what_the_rules_and_examples_say(root: Path) -> None:
    """`docs/rules/` and the examples that the program carries are generated; `make rules` writes them anew."""
    wanted = render_all(read_examples(root / "tests" / "bad"))
    drifted = [path for path, text in wanted.items() if not _is(root / path, text)]
    assert drifted == []


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
