"""Writing folders: what is kept, refused, named and removed."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from repository_support.folders import read_tree, write_cluster
from trimtab.doors import disk_writing
from trimtab.doors.errors import OutsideError
from trimtab.tree import staging, writing
from trimtab.tree.file import FileSpec
from trimtab.tree.planning import plan_writing
from trimtab.tree.writing import Outcome, write_all, write_plan

ONE = {"root.yaml": "1", "apps/a/values.yaml": "v", "apps/a/manifests/x.yaml": "x"}
TWO = {"root.yaml": "2", "apps/a/values.yaml": "v", "apps/b/values.yaml": "b"}


def codes(outcome: Outcome) -> list[tuple[str, str, str]]:
    """Name the findings: code, severity, file."""
    return [(one.code, one.severity.value, one.place.file if one.place else "") for one in outcome.findings]


def names(folder: Path) -> list[str]:
    """List what stands in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


def as_read(files: list[FileSpec]) -> dict[str, bytes]:
    """Turn files into what reading them back gives."""
    return {file.path: file.content for file in files}


def stamps(dist: Path) -> dict[str, tuple[int, int]]:
    """Gather inode and time of everything in dist/, to see that nothing was touched."""
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in dist.rglob("*")}


@pytest.fixture
def written(dist: Path, make_tree: Any) -> Path:
    """An output folder where cluster `lab` was written once."""
    write_cluster(dist, "lab", make_tree(ONE))
    return dist


def test_what_is_written_is_read_back(dist: Path, make_tree: Any) -> None:
    """A first run makes dist/ and every file in it, and leaves nothing else behind."""
    outcome = write_cluster(dist, "lab", make_tree(ONE))
    assert read_tree(dist, "lab") == as_read(make_tree(ONE))
    assert names(dist) == ["lab"]
    assert len(outcome.written["lab"].changed) == 4


def test_no_change_writes_nothing(written: Path, make_tree: Any) -> None:
    """When every byte is there already, no file and no folder is touched."""
    before = stamps(written)
    outcome = write_cluster(written, "lab", make_tree(ONE))
    assert stamps(written) == before
    assert outcome.written["lab"].changed == ()


def test_stale_files_are_removed(written: Path, make_tree: Any) -> None:
    """What was generated once and is no longer goes, with its folders."""
    outcome = write_cluster(written, "lab", make_tree(TWO))
    assert read_tree(written, "lab") == as_read(make_tree(TWO))
    assert outcome.written["lab"].removed == ("apps/a/manifests/x.yaml",)
    assert outcome.written["lab"].changed == ("apps/b/values.yaml", "index.json", "root.yaml")
    assert outcome.written["lab"].unchanged == ("apps/a/values.yaml",)
    assert not (written / "lab/apps/a/manifests").exists()


def test_an_emptied_folder_gives_the_same_bytes(written: Path, make_tree: Any) -> None:
    """Somebody who empties dist/ beforehand, as `cdk8s synth` does, gets the same tree."""
    shutil.rmtree(written / "lab")
    write_cluster(written, "lab", make_tree(ONE))
    assert read_tree(written, "lab") == as_read(make_tree(ONE))


def test_foreign_files_stay(written: Path, make_tree: Any) -> None:
    """What somebody else put there, links and folders too, stays as it is and is named."""
    (written / "lab/apps/a/mine").mkdir()
    (written / "lab/apps/a/mine/note").write_text("keep")
    (written / "lab/link").symlink_to("nowhere")
    outcome = write_cluster(written, "lab", make_tree(TWO))
    assert (written / "lab/apps/a/mine/note").read_text() == "keep"
    assert str((written / "lab/link").readlink()) == "nowhere"
    assert codes(outcome) == [
        ("foreign-file-in-dist", "warning", "dist/lab/apps/a/mine/note"),
        ("foreign-file-in-dist", "warning", "dist/lab/link"),
    ]


@pytest.mark.parametrize("path", ["root.yaml", "apps/a/manifests/x.yaml"])
def test_edits_are_refused(written: Path, make_tree: Any, path: str) -> None:
    """A generated file that was edited, still generated or not, is named and nothing is written."""
    (written / "lab" / path).write_text("edited")
    before = stamps(written)
    outcome = write_cluster(written, "lab", make_tree(TWO))
    assert codes(outcome) == [("hand-edited-output", "error", f"dist/lab/{path}")]
    assert outcome.written == {}
    assert stamps(written) == before


def test_edits_can_be_discarded(written: Path, make_tree: Any) -> None:
    """Who says so gets the generated tree in place of the edits."""
    (written / "lab/root.yaml").write_text("edited")
    (written / "lab/apps/a/manifests/x.yaml").write_text("edited")
    assert codes(write_cluster(written, "lab", make_tree(TWO), discard_edits=True)) == []
    assert read_tree(written, "lab") == as_read(make_tree(TWO))


def test_an_edit_to_what_comes_anyway_is_none(written: Path, make_tree: Any) -> None:
    """A file that already has its new bytes was not edited, whoever wrote them."""
    (written / "lab/root.yaml").write_text("2")
    assert codes(write_cluster(written, "lab", make_tree(TWO))) == []


def test_a_generated_file_that_became_a_link_is_an_edit(written: Path, make_tree: Any, tmp_path: Path) -> None:
    """A link in a generated file's place is refused, not followed, even when it leads to the same bytes."""
    (tmp_path / "elsewhere").write_text("1")
    (written / "lab/root.yaml").unlink()
    (written / "lab/root.yaml").symlink_to(tmp_path / "elsewhere")
    assert codes(write_cluster(written, "lab", make_tree(ONE))) == [
        ("hand-edited-output", "error", "dist/lab/root.yaml")
    ]
    write_cluster(written, "lab", make_tree(TWO), discard_edits=True)
    assert (tmp_path / "elsewhere").read_text() == "1"


def test_an_empty_folder_of_others_stays(written: Path, make_tree: Any) -> None:
    """A repository of Git with packed branches is none any more without its empty folders."""
    (written / "lab/.git/refs/heads").mkdir(parents=True)
    outcome = write_cluster(written, "lab", make_tree({**ONE, "root.yaml": "new"}))
    assert codes(outcome) == [("foreign-file-in-dist", "warning", "dist/lab/.git/refs/heads")]
    assert (written / "lab/.git/refs/heads").is_dir()


def test_an_empty_folder_of_ours_is_nobodys(written: Path, make_tree: Any) -> None:
    """What somebody emptied by hand is filled again, or goes with the application, without a word."""
    shutil.rmtree(written / "lab/apps")
    (written / "lab/apps/a/manifests").mkdir(parents=True)
    outcome = write_cluster(written, "lab", make_tree({"root.yaml": "new"}))
    assert codes(outcome) == []
    assert not (written / "lab/apps").exists()


def test_an_empty_folder_in_a_files_place_is_named(written: Path, make_tree: Any) -> None:
    """It is not taken away to make room."""
    (written / "lab/new.yaml").mkdir()
    outcome = write_cluster(written, "lab", make_tree({**ONE, "new.yaml": "1"}))
    assert ("foreign-file-in-dist", "error", "dist/lab/new.yaml") in codes(outcome)


@pytest.mark.parametrize("foreign", ["apps/b/values.yaml", "apps/b", "apps/b/values.yaml/note"])
def test_what_is_in_the_way_is_never_discarded(written: Path, make_tree: Any, foreign: str) -> None:
    """A foreign file at a new file's path, where its folder has to be, or below it is an error; nothing is written."""
    (written / "lab" / foreign).parent.mkdir(parents=True, exist_ok=True)
    (written / "lab" / foreign).write_text("mine")
    before = stamps(written)
    outcome = write_cluster(written, "lab", make_tree(TWO), discard_edits=True)
    assert ("foreign-file-in-dist", "error") in [(code, severity) for code, severity, _ in codes(outcome)]
    assert stamps(written) == before


def test_a_link_in_place_of_a_cluster_is_refused(dist: Path, make_tree: Any, tmp_path: Path) -> None:
    """A link at dist/<cluster> is named, and what it leads to is left alone."""
    (tmp_path / "elsewhere").mkdir()
    dist.mkdir()
    (dist / "lab").symlink_to(tmp_path / "elsewhere")
    assert codes(write_cluster(dist, "lab", make_tree(ONE))) == [("foreign-file-in-dist", "error", "dist/lab")]
    assert names(tmp_path / "elsewhere") == []


def test_an_unreadable_inventory_is_one_error(written: Path, make_tree: Any) -> None:
    """A conflict in the inventory is said once; who discards edits gets the new files, and stale ones are named."""
    (written / "lab/index.json").write_text("<<<<<<< HEAD\n")
    assert codes(write_cluster(written, "lab", make_tree(TWO))) == [
        ("foreign-file-in-dist", "warning", "dist/lab/apps/a/manifests/x.yaml"),
        ("hand-edited-output", "error", "dist/lab/index.json"),
    ]
    outcome = write_cluster(written, "lab", make_tree(TWO), discard_edits=True)
    assert outcome.written["lab"].foreign == ("apps/a/manifests/x.yaml",)
    assert (written / "lab/root.yaml").read_text() == "2"


def test_a_lost_inventory_makes_files_foreign(written: Path, make_tree: Any) -> None:
    """Without an inventory nothing says that a differing file is ours: it is in the way unless edits are discarded."""
    (written / "lab/index.json").unlink()
    assert codes(write_cluster(written, "lab", make_tree(ONE))) == []
    (written / "lab/index.json").unlink()
    assert ("foreign-file-in-dist", "error", "dist/lab/root.yaml") in codes(
        write_cluster(written, "lab", make_tree(TWO))
    )
    assert write_cluster(written, "lab", make_tree(TWO), discard_edits=True).written


def test_one_error_holds_back_all_clusters(written: Path, make_tree: Any) -> None:
    """An edit in one cluster's folder keeps every cluster from being written."""
    (written / "lab/root.yaml").write_text("edited")
    trees = {"lab": make_tree(TWO), "prod": make_tree(ONE, "prod")}
    assert write_all(written, trees).written == {}
    assert not (written / "prod").exists()


def test_clusters_without_settings_are_named(written: Path, make_tree: Any) -> None:
    """A folder of no known cluster and a stray file are warnings; names with a dot in front are Git's business."""
    (written / "README").touch()
    (written / ".gitattributes").touch()
    outcome = write_all(written, {"prod": make_tree(ONE, "prod")})
    assert codes(outcome) == [
        ("foreign-file-in-dist", "warning", "dist/README"),
        ("cluster-without-settings", "warning", "dist/lab"),
    ]
    assert codes(write_all(written, {"prod": make_tree(ONE, "prod")}, known=["lab", "README"])) == []
    assert (written / "lab/root.yaml").exists()


def test_findings_name_files_as_the_user_does(written: Path, make_tree: Any) -> None:
    """The output folder is called what the caller calls it."""
    (written / "lab/note").touch()
    outcome = write_all(written, {"lab": make_tree(ONE)}, shown="build/out")
    assert codes(outcome) == [("foreign-file-in-dist", "warning", "build/out/lab/note")]


def test_nothing_is_executable(written: Path) -> None:
    """Generated files are never executable."""
    modes = [path.stat().st_mode for path in written.rglob("*") if path.is_file()]
    assert not any(mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH) for mode in modes)


@pytest.mark.parametrize("path", ["root.yaml", "prod/a", "lab/../a", "lab/", "lab//a", "/lab/a", "lab/a\\b", "lab/x/y"])
def test_paths_that_lead_elsewhere_are_bugs(dist: Path, path: str) -> None:
    """A path that is not plainly below its cluster, or lies below another file, is refused before the disk is read."""
    with pytest.raises(ValueError, match=r"path of its own|at once"):
        write_cluster(dist, "lab", [FileSpec(path="lab/x", content=b""), FileSpec(path=path, content=b"")])


def test_a_refused_plan_is_not_written(written: Path, make_tree: Any) -> None:
    """Writing a plan that has an error is a bug, and does nothing."""
    (written / "lab/root.yaml").write_text("edited")
    with pytest.raises(ValueError, match="with errors"):
        write_plan(plan_writing(written, {"lab": make_tree(TWO)}))


@pytest.fixture
def _share_even_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_LEAST", 1)
    monkeypatch.setattr(writing, "can_copy", lambda: True)  # pytest's own threads hold nothing that we need


@pytest.mark.usefixtures("_share_even_few")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_several_processes_write_what_one_writes(dist: Path, make_tree: Any) -> None:
    """What was there of somebody else is carried over by each of them."""
    trees = {name: make_tree(ONE, name) for name in ("lab", "one", "two")}
    write_all(dist, trees)
    (dist / "one/mine.txt").write_text("mine")
    trees = {name: make_tree(TWO, name) for name in trees}
    outcome = write_all(dist, trees, jobs=2)
    assert [*outcome.written] == ["lab", "one", "two"]
    assert {path: content for name in trees for path, content in read_tree(dist, name).items()} == {
        **{path: content for tree in trees.values() for path, content in as_read(tree).items()},
        "one/mine.txt": b"mine",
    }
    assert names(dist) == ["lab", "one", "two"]


@pytest.mark.usefixtures("_share_even_few")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_what_one_of_several_processes_is_refused_undoes_all(
    dist: Path, make_tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every folder stays as it was, and nothing half written is left."""
    first, real = os.getpid(), disk_writing.write_new
    trees = {name: make_tree(ONE, name) for name in ("lab", "one")}
    write_all(dist, trees)
    before = stamps(dist)

    def refuse(path: str, content: bytes) -> None:
        if os.getpid() != first:
            raise OutsideError("no space left")
        real(path, content)

    monkeypatch.setattr(staging, "write_new", refuse)
    with pytest.raises(OutsideError, match="no space left"):
        write_all(dist, {name: make_tree(TWO, name) for name in trees}, jobs=2)
    assert stamps(dist) == before
