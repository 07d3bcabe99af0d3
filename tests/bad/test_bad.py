"""Every code has a bad example, and what is printed about it is the expected text, word for word."""

from __future__ import annotations

import os
import shutil
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest

from git_support.git import commit_all
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report
from trimtab.pipeline import check_stages, lock_check_stages, synth_stages
from trimtab.pipeline.choosing_base import find_base
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.state import Options, run_stages
from trimtab.pipeline.tree_source import open_tree
from trimtab.rules.codes import CODES
from trimtab.rules.examples import parse_transcript, render_transcript

HERE = Path(__file__).parent
BASE = HERE / "_base"
EXPECTED = "expected.txt"
BEFORE = "before"
"""The folder of what an example was, where its code is about a change."""
EXAMPLES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))
TREE = "tree"
"""The folder of an example that is a tree of somebody else's: manifests, and what is said of them."""
VERIFY = f"trimtab verify {TREE}"
REWRITE = "TRIMTAB_REWRITE"
"""Set to 1 to write the expected texts anew; look at the difference before it is committed."""
STAGES = {
    "trimtab check": check_stages,
    "trimtab synth": synth_stages,
    "trimtab lock --check": lock_check_stages,
}


def run_example(code: str, root: Path, command: str) -> str:
    """Lay an example over the base below `root`, run a command, and give what it prints.

    What an example has in `before/` is synthesized and committed first, and is what the rest is compared with.
    """
    if command == VERIFY:
        return run_tree(HERE / code / TREE, root)
    options = Options(root=root)
    if (HERE / code / BEFORE).is_dir():
        options = commit_before(HERE / code / BEFORE, root)
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    left_out = shutil.ignore_patterns(EXPECTED, BEFORE, "__pycache__")
    shutil.copytree(HERE / code, root, dirs_exist_ok=True, ignore=left_out)
    state = run_stages(STAGES[command](), options)
    return RENDERERS["text"](Page(report=Report(findings=state.findings), sources=state.texts))


def run_tree(folder: Path, root: Path) -> str:
    """Lay a tree below `root` as the top of a repository, verify it from there, and give what is printed."""
    shutil.copytree(folder, root / TREE)
    commit_all(root / TREE)
    with chdir(root):
        examined = examine_tree(open_tree(TREE), today=date(2026, 1, 1))
    return RENDERERS["text"](Page(report=Report(findings=examined.findings), sources=examined.texts))


def commit_before(folder: Path, root: Path) -> Options:
    """Commit what a repository was before, with its output, and give the options that compare with it."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    shutil.copytree(folder, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("dist"))
    before = run_stages(synth_stages(), Options(root=root))
    assert not before.has_errors, before.findings
    shutil.copytree(folder, root, dirs_exist_ok=True)
    commit_all(root)
    shutil.rmtree(root / "apps")
    options, notes = find_base(Options(root=root), None)
    assert notes == ()
    return options


def choose_command(code: str) -> str:
    """Give the command of the expected text; for a new example, the one that can show its code."""
    expected = HERE / code / EXPECTED
    if expected.is_file():
        return parse_transcript(expected.read_text("utf-8"))[0]
    if (HERE / code / TREE).is_dir():
        return VERIFY
    return "trimtab synth" if CODES[code].needs_build else "trimtab check"


@pytest.mark.parametrize("code", EXAMPLES)
def test_example_prints_what_is_expected(code: str, tmp_path: Path) -> None:
    """The whole text that a user would see is the one in `expected.txt`, and it shows the code."""
    command = choose_command(code)
    said = render_transcript(command, run_example(code, tmp_path, command))
    assert f"[{code}]: " in said
    if os.environ.get(REWRITE) == "1":
        assert not os.environ.get("CI"), "expected texts are written by people, never in CI"
        (HERE / code / EXPECTED).write_text(said, "utf-8")
    assert said == (HERE / code / EXPECTED).read_text("utf-8")


def test_base_has_no_fault(tmp_path: Path) -> None:
    """What an example prints comes from the example: the base alone, with any cluster, prints nothing."""
    (tmp_path / "apps/clusters").mkdir(parents=True)
    (tmp_path / "apps/clusters/lab.yaml").write_text("cluster: lab\n")
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    assert run_stages(check_stages(), Options(root=tmp_path)).findings == ()


def test_no_example_is_empty() -> None:
    """Every folder here belongs to a code and holds its expected text."""
    assert [code for code in EXAMPLES if code not in CODES or not (HERE / code / EXPECTED).is_file()] == []
