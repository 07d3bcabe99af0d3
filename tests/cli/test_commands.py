"""The command line: what goes where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import typer

from repository_support.repository import Repository, write_repository
from trimtab.cli import boundary
from trimtab.doors.errors import OutsideError

BROKEN = "constructs: {mine: {file: constructs/mine.py, application: shop}}"


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--frmat", "json"], ["check", "--format", "xml"], [], ["synth", "-o"]]
)
def test_wrong_usage_ends_with_two(repository: Repository, arguments: list[str]) -> None:
    """A command, flag or value that does not exist: exit code 2 and no traceback."""
    done = repository.call(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_sound_settings_end_with_zero(repository: Repository) -> None:
    """`check` says in one line which clusters it looked at, on stderr."""
    done = repository.call("check")
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (0, "", "nothing wrong: lab")


def test_synth_counts_what_it_wrote(repository: Repository) -> None:
    """One line a cluster, on stderr; the second run says that nothing was written."""
    assert " written, 0 unchanged, 0 removed" in repository.call("synth").stderr
    again = repository.call("synth")
    assert again.stderr.splitlines()[-1].startswith("dist/lab: 0 written, ")
    assert again.stdout == ""


def test_findings_are_told_once(repository: Repository) -> None:
    """Two clusters that share a wrong line show it once."""
    text = (repository.root / "apps/clusters/lab.yaml").read_text()
    repository.write("apps/clusters/second.yaml", text.replace("cluster: lab", "cluster: second"))
    repository.write("apps/platform.yaml", 'gitops: {repoURL: "https://git.example.org/a.git", unknown: 1}\n')
    done = repository.call("check")
    assert done.stderr.count("error[unknown-setting]") == 1
    assert "1 error" in done.stderr


@pytest.mark.parametrize("command", ["check", "synth"])
def test_json_stands_alone_on_stdout(repository: Repository, command: str) -> None:
    """Programs read stdout; what people read goes to stderr."""
    repository.add("components: {cert-manager: {replica: 1}}")
    done = repository.call(command, "--format", "json", "-v")
    assert done.returncode == 1
    assert "unknown-setting" in json.dumps(json.loads(done.stdout))
    assert "unknown-setting" not in done.stderr


def test_json_of_nothing_wrong_is_still_json(repository: Repository) -> None:
    """A program that asked gets an answer, also of an empty run."""
    assert json.loads(repository.call("check", "--format", "json", "-v").stdout) is not None


def test_github_annotations_go_to_stdout(repository: Repository) -> None:
    """GitHub reads `::error` lines with file and line from stdout."""
    repository.add("components: {cert-manager: {replica: 1}}")
    assert repository.call("check", "--format", "github").stdout.startswith("::error file=apps/clusters/lab.yaml,line=")


def test_strict_makes_warnings_count(repository: Repository) -> None:
    """Without it a warning leaves the exit code at 0."""
    repository.write("apps/clusters/other.yml", "")
    assert repository.call("check").returncode == 0
    assert repository.call("check", "--strict").returncode == 1
    done = repository.call("synth", "--strict")
    assert done.returncode == 1
    assert not (repository.root / "dist").exists()


def test_root_and_output_may_be_elsewhere(repository: Repository, tmp_path) -> None:
    """`-C` names the top, `-o` the output; places stay relative to the top."""
    elsewhere = write_repository(tmp_path / "empty", cluster=None, platform=None)
    out = str(tmp_path / "out")
    assert elsewhere.call("synth", "-C", str(repository.root), "-o", out).returncode == 0
    assert (tmp_path / "out/lab/index.json").exists()
    assert not (repository.root / "dist").exists()
    repository.add("components: {cert-manager: {replica: 1}}")
    assert "--> apps/clusters/lab.yaml:" in elsewhere.call("check", "-C", str(repository.root)).stderr


def test_unknown_cluster_is_refused_with_a_suggestion(repository: Repository) -> None:
    """Only clusters that have a file can be asked for."""
    done = repository.call("check", "lap")
    assert done.returncode == 1
    assert "did you mean 'lab'?" in done.stderr


def test_traceback_of_a_construct_is_shown_on_request(repository: Repository) -> None:
    """The finding is enough for most; `-v` gives the whole."""
    repository.add(BROKEN)
    repository.write("constructs/mine.py", "def build(chart, facts, settings):\n    return settings['none']\n")
    plain, verbose = repository.call("synth"), repository.call("synth", "-v")
    assert "constructs/mine.py:2" in plain.stderr
    assert "2 |     return settings['none']\n" in plain.stderr
    assert "Traceback" not in plain.stderr
    assert "Traceback" in verbose.stderr
    assert plain.returncode == verbose.returncode == 1


def test_what_a_construct_prints_stays_out_of_stdout(repository: Repository) -> None:
    """A user's `print` must not break a program that reads stdout."""
    repository.add(BROKEN)
    repository.write("constructs/mine.py", "print('x')\ndef build(chart, facts, settings):\n    print('y')\n")
    done = repository.call("synth", "--format", "json")
    assert done.returncode == 0
    json.loads(done.stdout)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OutsideError("cannot read x: no", "mend x"), 3, "error: cannot read x: no\n  = help: mend x\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (typer.Exit(130), 130, "interrupted\n"),
        (ZeroDivisionError("x"), 70, "error: this is a bug in trimtab; please report it with the lines above\n"),
    ],
)
def test_every_exception_becomes_words_and_a_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The boundary lets nothing through: the outside world, the keyboard, our own mistakes."""

    def fail(**_: object) -> None:
        raise error

    assert boundary.run_guarded(fail) == code
    assert capsys.readouterr().err.endswith(words)


def test_version_is_one_line(repository: Repository) -> None:
    """`--version` names the program and its version."""
    done = repository.call("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "trimtab")


def test_wrong_value_is_told_without_words_of_a_library(repository: Repository) -> None:
    """What parses flags says `Value error` before its own words."""
    said = repository.call("check", "--format", "xml").stderr
    assert "error: Invalid value for '--format': 'xml' is not one of" in said
    assert said.endswith("= help: `trimtab check --help` lists the flags\n")


def test_package_runs_as_a_module() -> None:
    """`python -m trimtab` is the command, where no script is on the path."""
    done = subprocess.run([sys.executable, "-m", "trimtab", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("trimtab ")
