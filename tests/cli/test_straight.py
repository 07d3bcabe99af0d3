"""The quick way to read a command line reads what the library reads, or nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from repository_support.repository import Repository
from trimtab.cli.check_work import run_check
from trimtab.cli.formats import Format
from trimtab.cli.main import app
from trimtab.cli.straight import FLAGS, SPEAKING, read_flags, read_straight
from trimtab.cli.synth_work import run_synth

GROUP: Any = typer.main.get_command(app)
WORDS = st.one_of(
    st.sampled_from(sorted({flag for flags in FLAGS.values() for flag in flags})),
    st.sampled_from(["place7", "lab", "json", "text", "0", "1", "8", "64", "65", "-1", "", "--", "--help", "-vj", "-"]),
    st.sampled_from(["--jobs=2", "-j2", "--root=.", "--form", "--no-strict", "../x", "a b", "main~1", "none"]),
)


def read_by_library(command: str, arguments: list[str]) -> dict[str, Any]:
    """Read arguments as the library does, by the names that the function has for them, defaults left out."""
    context = GROUP.commands[command].make_context(command, [*arguments], resilient_parsing=False)
    given = {"format_" if name in {"format", "format_"} else name: value for name, value in context.params.items()}
    return {name: value for name, value in given.items() if value not in (None, False, [], ())}


@pytest.mark.parametrize("command", ["check", "synth"])
def test_every_flag_is_known(command: str) -> None:
    """And none that the library does not have."""
    options = [one for one in GROUP.commands[command].params if one.param_type_name == "option"]
    spelled = {flag for one in options for flag in (*one.opts, *one.secondary_opts)}
    assert set(FLAGS[command]) == spelled - {"--help", "-h"}


@pytest.mark.parametrize("command", ["check", "synth"])
def test_every_variable_is_known(command: str) -> None:
    """A variable of the environment that says what a flag says is the library's to read."""
    variables = {one.envvar for one in GROUP.commands[command].params if one.envvar}
    assert variables <= set(SPEAKING)


@given(st.sampled_from(sorted(FLAGS)), st.lists(WORDS, max_size=6))
def test_what_is_read_is_what_the_library_reads(command: str, arguments: list[str]) -> None:
    """For every line that is not left to the library."""
    try:
        straight = read_flags(command, arguments)
    except ValueError:
        return
    kept = {name: os.environ.pop(name) for name in SPEAKING if name in os.environ}
    try:
        library = read_by_library(command, arguments)
    finally:
        os.environ.update(kept)
    usual = {"root": Path(), "format_": Format.TEXT}
    assert {**usual, **straight} == {**usual, **library}


def test_a_usual_line_is_read() -> None:
    """With every kind of flag."""
    assert read_flags("synth", ["place7", "-o", "out", "--strict", "-j", "4", "--format", "json"]) == {
        "clusters": ["place7"],
        "output": Path("out"),
        "strict": True,
        "jobs": 4,
        "format_": Format.JSON,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["explain"],
        ["--help"],
        ["check", "--help"],
        ["check", "-j", "0"],
        ["check", "--format", "xml"],
        ["synth", "-o"],
    ],
)
def test_what_leaves_a_doubt_is_left_to_the_library(arguments: list[str]) -> None:
    """Help, other commands, and mistakes: it has the words for them."""
    assert read_straight(arguments, {}) is None


@pytest.mark.parametrize("name", SPEAKING)
def test_a_variable_that_speaks_leaves_it_to_the_library(name: str) -> None:
    """The library knows what such a variable means."""
    assert read_straight(["check"], {}) is not None
    assert read_straight(["check"], {name: ""}) is not None
    assert read_straight(["check"], {name: "1"}) is None


@pytest.mark.parametrize(("command", "work"), [("check", run_check), ("synth", run_synth)])
def test_defaults_are_the_same_both_ways(command: str, work: Any) -> None:
    """The library's defaults stand at the command, the quick way's at its work."""
    defaults = {name: value or None for name, value in (work.__kwdefaults__ or {}).items()}
    context = GROUP.commands[command].make_context(command, [], resilient_parsing=True)
    library = {("format_" if name == "format" else name): value or None for name, value in context.params.items()}
    assert {**defaults, "no_cache": None} == {**library, "no_cache": None}


def test_both_ways_end_alike(repository: Repository) -> None:
    """A line that both can read gives the same words and the same exit code."""
    repository.add("components: {cert-manager: {replica: 1}}")
    quick = repository.run("check", "--no-cache", "--format", "json", environment={"TRIMTAB_NO_CACHE": ""})
    slow = repository.run("check", "--no-cache", "--format=json")
    assert (quick.returncode, quick.stdout) == (slow.returncode, slow.stdout) == (1, slow.stdout)
