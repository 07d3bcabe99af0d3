"""A folder that nobody touched is not read again, and any touch is seen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from repository_support.repository import CLUSTER, Repository
from trimtab.doors.cache import Cache
from trimtab.doors.signatures import SETTLED_NS, read_now_ns
from trimtab.pipeline import build_stages, untouched, write_stages
from trimtab.pipeline.remembering import run_remembering
from trimtab.pipeline.state import State, continue_stages
from trimtab.pipeline.untouched import keep_untouched, read_folders
from trimtab.tree import standing


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    (tmp_path / "cache").mkdir()
    return Cache(tmp_path / "cache")


@pytest.fixture
def two(repository: Repository) -> Repository:
    """A repository with two clusters that have nothing to say."""
    repository.write("apps/clusters/other.yaml", CLUSTER.replace("cluster: lab", "cluster: other"))
    return repository


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock say that all that was written was written a while ago."""
    monkeypatch.setattr(untouched, "read_now_ns", lambda: read_now_ns() + 2 * SETTLED_NS)


def synth(repository: Repository, cache: Cache) -> State:
    """Do what the command does."""
    options = repository.options()
    state = run_remembering("synth", build_stages, options, cache, output=options.output)
    folders = read_folders(state)
    state = continue_stages(write_stages(), state)
    keep_untouched(state, folders, cache)
    return state


def settle(repository: Repository, cache: Cache) -> None:
    """Write, and look at what was written."""
    synth(repository, cache)
    assert not synth(repository, cache).untouched
    assert set(synth(repository, cache).untouched) == {"lab", "other"}


@pytest.mark.usefixtures("later")
def test_what_nobody_touched_is_not_read(two: Repository, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first run writes, the second compares, the third knows; all three say the same."""
    first, second = synth(two, cache), synth(two, cache)
    monkeypatch.setattr(standing, "read_is_same", None)
    third = synth(two, cache)
    assert third.written == second.written
    assert set(third.findings) == set(first.findings)
    assert not any(outcome.files for outcome in third.finished.values())


def test_what_was_just_written_is_read(two: Repository, cache: Cache) -> None:
    """An edit in the same tick of the clock would leave no trace, so such a folder is not believed."""
    for _ in range(3):
        assert not synth(two, cache).untouched


@pytest.mark.usefixtures("later")
def test_a_file_of_the_future_is_read_each_time(two: Repository, cache: Cache) -> None:
    """However old its folder is, and all the others: the next touch could give it the same time."""
    synth(two, cache)
    os.utime(two.root / "dist/lab/index.json", (2**33, 2**33))
    for _ in range(2):
        synth(two, cache)
    assert set(synth(two, cache).untouched) == {"other"}


def _edit(file: Path) -> None:
    before = file.stat()
    content = file.read_bytes()
    file.write_bytes(content[:-2] + b"x\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _remove(file: Path) -> None:
    file.unlink()


def _add(file: Path) -> None:
    file.with_name("notes.txt").write_text("mine")


def _replace(file: Path) -> None:
    moved = file.parent.rename(file.parent.with_name("moved"))
    file.parent.symlink_to(moved)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("touch", "code"),
    [
        (_edit, "hand-edited-output"),
        (_remove, None),
        (_add, "foreign-file-in-dist"),
        (_replace, "foreign-file-in-dist"),
    ],
)
def test_every_touch_is_seen(two: Repository, cache: Cache, touch: Callable[[Path], None], code: str | None) -> None:
    """Also an edit of the same length that takes back the time of the file."""
    settle(two, cache)
    touch(next((two.root / "dist/lab/apps").rglob("manifests/*.yaml")))
    state = synth(two, cache)
    assert set(state.untouched) == {"other"}
    assert {finding.code for finding in state.findings} == ({code} if code else set())


@pytest.mark.usefixtures("later")
def test_an_edit_is_told_each_time(two: Repository, cache: Cache) -> None:
    """It is never taken for right."""
    settle(two, cache)
    _edit(next((two.root / "dist/lab/apps").rglob("manifests/*.yaml")))
    for _ in range(3):
        assert [finding.code for finding in synth(two, cache).findings] == ["hand-edited-output"]


@pytest.mark.usefixtures("later")
def test_a_folder_with_a_strange_file_is_read_each_time(two: Repository, cache: Cache) -> None:
    """The warning comes each time."""
    settle(two, cache)
    (two.root / "dist/lab/notes.txt").write_text("mine")
    for _ in range(3):
        state = synth(two, cache)
        assert ([finding.code for finding in state.findings], set(state.untouched)) == (
            ["foreign-file-in-dist"],
            {"other"},
        )


@pytest.mark.usefixtures("later")
def test_other_settings_make_another_folder(two: Repository, cache: Cache) -> None:
    """That a folder was right says nothing of what it should be now."""
    settle(two, cache)
    two.add("components: {cert-manager: {issuers: {ca: {selfSigned: {commonName: other}}}}}")
    state = synth(two, cache)
    assert set(state.untouched) == {"other"}
    assert state.written["lab"].changed


@pytest.mark.usefixtures("later")
def test_an_edit_between_looking_and_comparing_is_not_kept_as_right(two: Repository, cache: Cache) -> None:
    """The look comes first, so what is kept is older than the edit."""
    options = two.options()
    synth(two, cache)
    state = run_remembering("synth", build_stages, options, cache, output=options.output)
    folders = read_folders(state)
    state = continue_stages(write_stages(), state)
    _edit(next((two.root / "dist/lab/apps").rglob("manifests/*.yaml")))
    keep_untouched(state, folders, cache)
    assert set(synth(two, cache).untouched) == {"other"}


@pytest.mark.usefixtures("later")
def test_processes_look_at_their_shares(two: Repository, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them finds touched is touched."""
    monkeypatch.setattr(untouched, "_LEAST", 1)
    settle(two, cache)
    _add(two.root / "dist/other/index.json")
    keys = synth(two, cache).keys
    assert set(untouched.recall_untouched(two.root / "dist", keys, cache, jobs=2)) == {"lab"}


@pytest.mark.usefixtures("later")
def test_what_was_kept_and_spoilt_is_not_believed(two: Repository, cache: Cache) -> None:
    """An entry of another form, or of another cluster, was never there."""
    settle(two, cache)
    keys = synth(two, cache).keys
    top = os.path.realpath(two.root / "dist")
    other = cache.read(untouched._place(top, "other"))
    assert other is not None
    for content in (b"", b"{}\n", other):
        cache.write(untouched._place(top, "lab"), content)
        assert set(untouched.recall_untouched(two.root / "dist", keys, cache)) == {"other"}
