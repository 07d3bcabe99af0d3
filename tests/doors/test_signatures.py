"""How files look tells whether any of them was touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from trimtab.doors.signatures import SETTLED_NS, list_all, read_now_ns, read_signature


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in it and one below."""
    (tmp_path / "below").mkdir()
    (tmp_path / "one").write_text("1")
    (tmp_path / "below/two").write_text("2")
    return tmp_path


def look(folder: Path, names: list[str]) -> bytes | None:
    """Give how the names look; nothing where one is gone."""
    seen = read_signature(str(folder), names)
    return seen.content if seen else None


def _edit(folder: Path) -> None:
    (folder / "below/two").write_text("3")


def _edit_and_put_the_time_back(folder: Path) -> None:
    path = folder / "below/two"
    before = path.stat()
    path.write_text("3")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replace(folder: Path) -> None:
    (folder / "other").write_text("2")
    (folder / "other").replace(folder / "below/two")


def _add(folder: Path) -> None:
    (folder / "below/three").write_text("")


def _remove(folder: Path) -> None:
    (folder / "one").unlink()


def _link(folder: Path) -> None:
    (folder / "below").rename(folder.parent / f"{folder.name}-moved")
    (folder / "below").symlink_to(folder.parent / f"{folder.name}-moved")


@pytest.mark.parametrize("touch", [_edit, _edit_and_put_the_time_back, _replace, _add, _remove, _link])
def test_every_touch_is_seen(folder: Path, touch: Callable[[Path], None]) -> None:
    """Also one that takes back the time: the system has another, which nobody can set."""
    folders, others = list_all(str(folder))
    names = [*folders, *others]
    before = look(folder, names)
    os.sync()
    _wait_for_the_next_tick(folder)
    touch(folder)
    assert before is not None
    assert look(folder, names) != before


def _wait_for_the_next_tick(folder: Path) -> None:
    probe = folder.parent / f"{folder.name}-probe"
    probe.write_text("")
    first = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == first:
        probe.write_text("")


def test_looking_twice_sees_the_same(folder: Path) -> None:
    """Reading a file touches nothing."""
    names = [name for part in list_all(str(folder)) for name in part]
    before = look(folder, names)
    (folder / "one").read_text()
    assert look(folder, names) == before


def test_everything_is_listed(folder: Path) -> None:
    """A link is no folder, wherever it leads."""
    (folder / "link").symlink_to("below")
    folders, others = list_all(str(folder))
    assert (sorted(folders), sorted(others)) == (["", "below"], ["below/two", "link", "one"])


def test_what_was_just_touched_is_not_settled(folder: Path) -> None:
    """A second touch within the same tick of the clock would leave no trace."""
    seen = read_signature(str(folder), ["one"])
    assert seen is not None
    assert not seen.is_settled(read_now_ns())
    assert not seen.is_settled(seen.youngest_ns + SETTLED_NS)
    assert seen.is_settled(seen.youngest_ns + SETTLED_NS + 1)


def test_the_future_is_not_settled(folder: Path) -> None:
    """A clock that was put back must not make old what is new."""
    os.utime(folder / "one", (2**33, 2**33))
    seen = read_signature(str(folder), ["one"])
    assert seen is not None
    assert not seen.is_settled(read_now_ns() + 10 * SETTLED_NS)
