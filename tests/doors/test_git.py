"""Git is asked for what a revision holds, and nothing that a repository's own configuration names is run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from git_support.git import commit_all, run_git
from trimtab.doors import git as subject
from trimtab.doors.errors import OutsideError
from trimtab.doors.git_program import scrub_environment


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with one commit: two clusters in `dist/`, one of them with a file that has no line feed."""
    for name, text in {"dist/a/x.yaml": "a: 1\n", "dist/b/y": "no end", "apps/z": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    commit_all(tmp_path)
    return tmp_path


def repository(folder: Path) -> subject.Repository:
    """Give the repository that a folder lies in."""
    found = subject.find_repository(folder)
    assert found is not None
    return found


def test_a_folder_outside_git_is_no_repository(tmp_path: Path) -> None:
    """It is no failure: whoever asks says so."""
    assert subject.find_repository(tmp_path) is None


def test_a_folder_that_is_not_there_is_not_a_git_that_is_missing(tmp_path: Path) -> None:
    """The system says the same of both."""
    with pytest.raises(OutsideError, match=r"cannot look into .*none: no such file"):
        subject.find_repository(tmp_path / "none")


def test_files_are_read_as_they_were_committed(top: Path) -> None:
    """The disk is not looked at; what is not there, and what is no file, is left out."""
    commit = subject.read_commit(repository(top), "HEAD") or ""
    (top / "dist/a/x.yaml").write_text("a: 2\n")
    found = subject.read_files(repository(top), commit, ["dist/a/x.yaml", "no/such", "dist", "dist/b/y", "apps/z"])
    assert found == {"dist/a/x.yaml": b"a: 1\n", "dist/b/y": b"no end", "apps/z": b""}


def test_paths_are_relative_to_the_folder(top: Path) -> None:
    """A project may lie below the top of its repository."""
    below = repository(top / "dist")
    commit = subject.read_commit(below, "HEAD") or ""
    assert subject.read_files(below, commit, ["b/y"]) == {"b/y": b"no end"}
    assert subject.read_sizes(below, commit, "") == {"a/x.yaml": 5, "b/y": 6}
    assert set(subject.read_trees(below, commit, "")) == {"a", "b"}
    assert set(subject.read_trees(repository(top), commit, "dist")) == {"a", "b"}
    (top / "sub/dist/c").mkdir(parents=True)
    (top / "sub/dist/c/x").write_text("")
    assert set(subject.read_trees(repository(top / "sub"), commit_all(top), "dist")) == {"c"}


def test_equal_trees_have_equal_hashes(top: Path) -> None:
    """A change of one cluster leaves the hash of the other."""
    before = subject.read_trees(repository(top), subject.read_commit(repository(top), "HEAD") or "", "dist")
    (top / "dist/b/y").write_text("other")
    after = subject.read_trees(repository(top), commit_all(top), "dist")
    assert (before["a"] == after["a"], before["b"] == after["b"]) == (True, False)


@pytest.mark.parametrize("revision", ["no-such", "--help", "", "HEAD\0", "-", "HEAD:dist"])
def test_what_is_no_commit_is_none(top: Path, revision: str) -> None:
    """A revision is never taken for an option, and a tree is no commit."""
    assert subject.read_commit(repository(top), revision) is None


def test_the_merge_base_is_where_the_branches_parted(top: Path) -> None:
    """Without a commit in common there is none."""
    base = run_git(top, "rev-parse", "HEAD").strip()
    run_git(top, "checkout", "--quiet", "-b", "topic")
    topic = commit_all(top, "topic")
    run_git(top, "checkout", "--quiet", "main")
    main = commit_all(top, "main")
    run_git(top, "checkout", "--quiet", "--orphan", "other")
    assert subject.find_merge_base(repository(top), topic, main) == base
    assert subject.find_merge_base(repository(top), topic, commit_all(top, "other")) is None


def test_branches_of_remotes_are_listed_with_where_their_head_points(
    top: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """That is how the default branch is known without asking the remote."""
    clone = tmp_path_factory.mktemp("clone")
    run_git(clone, "clone", "--quiet", str(top), "here")
    found = {branch.name: branch.points_at for branch in subject.read_branches(repository(clone / "here"))}
    assert found["refs/remotes/origin/HEAD"] == "refs/remotes/origin/main"
    assert found["refs/heads/main"] == ""


@pytest.mark.parametrize(
    "setting",
    [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "filter.x.smudge",
        "alias.rev-parse",
    ],
)
def test_a_hostile_configuration_runs_nothing(
    top: Path, tmp_path_factory: pytest.TempPathFactory, setting: str
) -> None:
    """Whatever program the repository names, none is started by looking."""
    proof = tmp_path_factory.mktemp("proof") / "ran"
    run_git(top, "config", setting, f"!touch {proof}" if setting.startswith("alias") else f"touch {proof}")
    (top / ".gitattributes").write_text("* filter=x\n")
    commit = subject.read_commit(repository(top), "HEAD") or ""
    subject.read_branches(repository(top))
    subject.read_trees(repository(top), commit, "dist")
    assert subject.read_files(repository(top), commit, ["dist/a/x.yaml"])
    assert not proof.exists()


def test_what_a_partial_clone_left_out_is_not_fetched(top: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An object that is not there fails, since fetching it would start what the configuration says."""
    proof = tmp_path_factory.mktemp("proof") / "ran"
    commit = subject.read_commit(repository(top), "HEAD") or ""
    blob = run_git(top, "rev-parse", "HEAD:dist/a/x.yaml").strip()
    run_git(top, "config", "extensions.partialClone", "origin")
    run_git(top, "config", "core.repositoryFormatVersion", "1")
    run_git(top, "config", "remote.origin.promisor", "true")
    run_git(top, "config", "remote.origin.url", f"ext::touch {proof}")
    run_git(top, "config", "protocol.ext.allow", "always")
    (top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with suppress(OutsideError):
        assert "dist/a/x.yaml" not in subject.read_files(repository(top), commit, ["dist/a/x.yaml"])
    assert not proof.exists()


def test_variables_of_git_do_not_lead_elsewhere(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that calls us has GIT_DIR set, which would be another repository's in a nested one."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert subject.read_commit(repository(top), "HEAD")
    assert not {name for name in scrub_environment(os.environ) if name in {"GIT_DIR", "GIT_INDEX_FILE"}}


def test_git_that_is_not_there_is_said(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the outside world's failure, with its cure."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OutsideError) as error:
        subject.find_repository(top)
    assert error.value.message.startswith("cannot run git: ")
    assert error.value.help == "install git, or put it on the path"


def test_remotes_are_listed_by_their_addresses(top: Path) -> None:
    """Each once, whatever it is called; a repository without one has none."""
    assert subject.read_remotes(repository(top)) == ()
    us, them = "https://git.example.org/us.git", "git@git.example.org:them.git"
    for name, address in {"origin": us, "fork.of": us, "other": them}.items():
        run_git(top, "remote", "add", name, address)
    assert subject.read_remotes(repository(top)) == (them, us)
