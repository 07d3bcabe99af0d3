"""Every code has a bad example, and what is printed about it is the expected text, word for word."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from example_support.running import BASE, TREE, VERIFY, run_example
from trimtab.pipeline import check_stages
from trimtab.pipeline.state import Options, run_stages
from trimtab.rules.codes import CODES
from trimtab.rules.examples import parse_transcript, render_transcript
from trimtab.rules.pages import EXPECTED

HERE = Path(__file__).parent
EXAMPLES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))
REWRITE = "TRIMTAB_REWRITE"
"""Set to 1 to write the expected texts anew; look at the difference before it is committed."""


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
    said = render_transcript(command, run_example(HERE / code, tmp_path, command))
    if os.environ.get(REWRITE) == "1":
        assert not os.environ.get("CI"), "expected texts are written by people, never in CI"
        (HERE / code / EXPECTED).write_text(said, "utf-8")
    assert f"[{code}]: " in said
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
