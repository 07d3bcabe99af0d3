"""A folder of charts on the disk: whole, ours alone, and never written over what is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.own_charts import folder as writing
from trimtab.own_charts.folder import Written, write_charts
from trimtab.own_charts.inventory import INVENTORY, Inventory, parse_inventory, render_inventory

FILES = {"shop/Chart.yaml": b"name: shop\n", "shop/templates/one.yaml": b"one\n"}
FETCHED = ("shop/charts/probe-1.2.3.tgz",)


def write(folder: Path, files: dict[str, bytes] = FILES, fetched: tuple[str, ...] = FETCHED, **more: bool) -> Written:
    """Write charts."""
    return write_charts(folder, files, fetched, shown="charts", **more)


def read(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder, the inventory left out."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if path != INVENTORY}


def told(written: Written) -> list[tuple[str, str]]:
    """Name the findings: code and file."""
    return [(one.code, one.place.file if one.place else "") for one in written.findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that was written once."""
    write(tmp_path / "build" / "charts")
    return tmp_path / "build" / "charts"


@pytest.mark.parametrize("name", ["charts", ".charts"])
def test_what_is_written_is_there_and_nothing_beside_it(name: str, tmp_path: Path) -> None:
    """The folders above are made; nothing of the work stays, the second time either."""
    folder = tmp_path / "build" / name
    for files in ({}, FILES):
        write(folder, files)
        assert read(folder) == files
        assert [path.name for path in folder.parent.iterdir()] == [name]


def test_the_second_run_changes_nothing(folder: Path) -> None:
    """Not even the folder is another one."""
    before = folder.stat().st_ino
    assert write(folder) == Written(unchanged=2)
    assert folder.stat().st_ino == before


def test_what_is_no_longer_made_goes(folder: Path) -> None:
    """Helm would take it for a part of the chart."""
    assert write(folder, {"shop/Chart.yaml": b"new\n"}) == Written(changed=1, removed=1)
    assert read(folder) == {"shop/Chart.yaml": b"new\n"}


def test_a_file_of_others_forbids_to_write_and_stays(folder: Path) -> None:
    """Helm would install it with the rest."""
    (folder / "shop/templates/mine.yaml").write_text("mine")
    assert told(write(folder, {})) == [("foreign-file-in-charts", "charts/shop/templates/mine.yaml")]
    assert read(folder) == {**FILES, "shop/templates/mine.yaml": b"mine"}


def test_an_edited_file_is_refused_unless_edits_are_discarded(folder: Path) -> None:
    """An edit is lost with a word only."""
    (folder / "shop/Chart.yaml").write_text("edited")
    assert told(write(folder)) == [("hand-edited-output", "charts/shop/Chart.yaml")]
    assert (folder / "shop/Chart.yaml").read_text() == "edited"
    assert write(folder, discard_edits=True).changed == 1
    assert read(folder) == FILES


def test_discarding_edits_discards_no_file_of_others(folder: Path) -> None:
    """It speaks of ours."""
    (folder / "shop/mine").write_text("mine")
    assert write(folder, discard_edits=True).findings


@pytest.mark.parametrize("name", ["notes.txt", ".git/HEAD", "shop/Chart.yaml"])
def test_a_folder_of_others_is_never_written_to(name: str, tmp_path: Path) -> None:
    """Somebody named the wrong one."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("theirs")
    assert told(write(tmp_path, discard_edits=True)) == [("foreign-file-in-charts", "charts")]
    assert read(tmp_path) == {name: b"theirs"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "files": {"a": 1}, "fetched": []}'])
def test_a_spoilt_inventory_is_no_inventory(text: str, folder: Path) -> None:
    """Then nobody knows whose the files are."""
    (folder / INVENTORY).write_text(text)
    assert told(write(folder)) == [("foreign-file-in-charts", "charts")]


def test_a_link_is_no_folder_of_ours(folder: Path) -> None:
    """What it leads to is somewhere else."""
    (folder.parent / "link").symlink_to(folder)
    assert told(write(folder.parent / "link")) == [("foreign-file-in-charts", "charts")]


def test_what_helm_fetched_stays_while_it_is_wanted(folder: Path) -> None:
    """`helm dependency build` need not run again."""
    (folder / "shop/charts").mkdir()
    (folder / FETCHED[0]).write_bytes(b"archive")
    assert write(folder, {**FILES, "shop/values.yaml": b"{}\n"}) == Written(changed=1, unchanged=2)
    assert read(folder)[FETCHED[0]] == b"archive"


def test_what_helm_fetched_goes_with_its_version(folder: Path) -> None:
    """Helm renders every archive in `charts/`, wanted or not."""
    (folder / "shop/charts").mkdir()
    (folder / FETCHED[0]).write_bytes(b"archive")
    assert write(folder, FILES, ("shop/charts/probe-2.0.0.tgz",)).removed == 1
    assert read(folder) == FILES


def test_an_archive_of_ours_takes_the_place_of_one_that_helm_fetched(folder: Path) -> None:
    """With `--with-dependencies` its digest is held against the lock."""
    (folder / "shop/charts").mkdir()
    (folder / FETCHED[0]).write_bytes(b"fetched")
    assert not write(folder, {**FILES, FETCHED[0]: b"locked"}).findings
    assert read(folder)[FETCHED[0]] == b"locked"


def test_a_full_disk_leaves_the_old_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one is made beside it."""

    def refuse(*_: object) -> None:
        raise OutsideError("the disk is full")

    monkeypatch.setattr(writing, "write_staged", refuse)
    with pytest.raises(OutsideError):
        write(folder, {})
    assert read(folder) == FILES


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_system_that_cannot_exchange_folders_gets_there_too(
    can_exchange: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By two renames; and where the second fails, the old one returns."""
    if not can_exchange:
        monkeypatch.setattr(writing, "exchange_folders", lambda *_: False)
    write(folder, {"a/b": b"c"})
    assert read(folder) == {"a/b": b"c"}
    assert [path.name for path in folder.parent.iterdir()] == ["charts"]


def test_an_inventory_reads_back() -> None:
    """What is written is what is read."""
    one = Inventory(files={"b": "2", "a": "1"}, fetched=frozenset({"c"}))
    assert parse_inventory(render_inventory(one)) == one


def test_what_a_killed_run_left_is_cleared_up(folder: Path) -> None:
    """Killed between two renames, the folder comes back; what others keep beside it stays."""
    (folder.parent / ".notes.old-7").mkdir()
    shutil.copytree(folder, folder.parent / ".charts.new-8")
    folder.rename(folder.parent / ".charts.old-7")
    assert write(folder) == Written(unchanged=2)
    assert sorted(path.name for path in folder.parent.iterdir()) == [".notes.old-7", "charts"]
