"""How the user's files are loaded, and what their mistakes become."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trimtab.findings.finding import Finding
from trimtab.synth.records import SynthResult, UserConstruct
from trimtab.synth.user import load_module, run_construct

Build = Callable[..., SynthResult]


def fail(build: Build, source: str, symbol: str = "build") -> Finding:
    """The one finding of a construct that fails."""
    (finding,) = build(source, symbol=symbol).findings
    return finding


def test_error_points_at_the_users_own_line(build: Build) -> None:
    """What a library raises is reported at the innermost line of the user's file, without a traceback."""
    finding = fail(build, "import json\n\ndef build(chart, facts, settings):\n    é = json.loads('{')\n")
    assert finding.message.startswith("user construct 'mine' failed with JSONDecodeError: Expecting property name")
    assert "\n" not in finding.message
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == ("constructs/mine.py", 4, 9)


def test_whole_traceback_is_kept_for_who_asks(build: Build) -> None:
    """The result carries the traceback beside the finding."""
    (text,) = build("def build(chart, facts, settings):\n    raise OSError('gone')\n").tracebacks
    assert text.startswith("Traceback (most recent call last):")
    assert "OSError: gone" in text


def test_file_that_is_not_python_is_reported_where_it_stops(build: Build) -> None:
    """A syntax error has the line and column that Python gives."""
    finding = fail(build, "x = 1\ndef build(:\n")
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (2, 11)


@pytest.mark.parametrize("end", ["raise SystemExit(3)", "assert False", "import no_such_module_at_all"])
def test_no_way_to_fail_ends_the_run(build: Build, end: str) -> None:
    """An exit, an assertion and a missing import are findings like any other."""
    finding = fail(build, f"def build(chart, facts, settings):\n    {end}\n")
    assert finding.code == "user-construct-failed"
    assert finding.place is not None
    assert finding.place.line == 2


def test_missing_file_and_symbol_are_told_apart(build: Build, tmp_path: Path) -> None:
    """Each says what the settings name that is not there."""
    assert fail(build, "x = 1").code == "missing-construct-symbol"
    gone = UserConstruct(name="gone", file="constructs/gone.py", symbol="build", application="web")
    failure = run_construct(gone, None, None, tmp_path)  # type: ignore[arg-type]  # it never gets that far
    assert failure is not None
    assert failure.finding.message.endswith("names a file that is not there: constructs/gone.py")


def test_file_outside_the_repository_is_not_loaded(tmp_path: Path) -> None:
    """Neither dots nor a link lead out of the checked-out tree."""
    (tmp_path / "repo").mkdir()
    (tmp_path / "evil.py").write_text("raise SystemExit('ran')")
    (tmp_path / "repo" / "link.py").symlink_to(tmp_path / "evil.py")
    for file in ("../evil.py", "link.py"):
        construct = UserConstruct(name="evil", file=file, symbol="build", application="web")
        failure = run_construct(construct, None, None, tmp_path / "repo")  # type: ignore[arg-type]  # never used
        assert failure is not None
        assert failure.finding.code == "construct-outside-repository"


def test_neighbours_are_imported_relatively_and_nothing_joins_the_path(build: Build, tmp_path: Path) -> None:
    """`from .parts import x` finds the file beside it; sys.path stays as it was."""
    (tmp_path / "constructs").mkdir()
    (tmp_path / "constructs" / "parts.py").write_text("NAME = 'from-parts'\n")
    before = list(sys.path)
    source = """
        from .parts import NAME
        def build(chart, facts, settings):
            chart.add({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": NAME}})
    """
    result = build(source)
    assert result.clusters[0].objects["web"][0].construct_path == "web/configmap-from-parts"
    assert sys.path == before
    assert "trimtab_user.mine.parts" in sys.modules


def test_two_files_with_one_name_are_two_modules(tmp_path: Path) -> None:
    """Names that differ only in what Python cannot spell do not share a module; one file has one module."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.py").write_text(f"WHERE = {folder!r}\n")
    one, other = load_module("my-one", tmp_path / "a" / "mine.py"), load_module("my_one", tmp_path / "b" / "mine.py")
    assert (one.WHERE, other.WHERE) == ("a", "b")
    assert load_module("another", tmp_path / "a" / "mine.py") is one


def test_printing_goes_to_stderr(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    """What the user prints while building cannot mix with what the command writes to stdout."""
    build("print('loading')\ndef build(chart, facts, settings):\n    print('building')\n")
    assert capsys.readouterr() == ("", "loading\nbuilding\n")


def test_one_failure_leaves_the_others_findings(build: Build) -> None:
    """A construct that fails half way and an object that cannot be rendered are both reported."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            made = cdk8s.ApiObject(chart, "x", api_version="v1", kind="A")
            made.add_json_patch(cdk8s.JsonPatch.remove("/not/there"))
            raise ValueError("later")
    """
    assert [one.code for one in build(source).findings] == ["user-construct-failed", "unreadable-construct"]
