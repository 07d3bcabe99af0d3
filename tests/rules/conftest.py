"""What the tests of rules share: settings as a user writes them, and what is found in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from trimtab.findings.finding import Finding
from trimtab.pipeline import check_stages, synth_stages
from trimtab.pipeline.state import Options, run_stages

BASE = Path(__file__).parents[1] / "bad" / "_base"
TODAY = date(2026, 6, 15)

Find = Callable[..., list[Finding]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Return a function that lays settings over the base without faults, and gives what a run finds."""

    def run(settings: str = "", files: Mapping[str, str] | None = None, *, synth: bool = False) -> list[Finding]:
        shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
        for path, text in {"apps/clusters/lab.yaml": f"cluster: lab\n{settings}", **(files or {})}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        stages = synth_stages() if synth else check_stages()
        return list(run_stages(stages, Options(root=tmp_path, today=TODAY)).findings)

    return run


@pytest.fixture
def codes(find: Find) -> Callable[[str], list[str]]:
    """Return a function that gives the codes that settings are found to have."""
    return lambda settings: [finding.code for finding in find(settings)]
