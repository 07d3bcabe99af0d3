"""The door to the disk."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from trimtab.doors.disk import (
    FileKind,
    list_files,
    list_folder,
    read_bytes,
    read_digest,
    read_is_same,
    read_kind,
    read_text,
)
from trimtab.doors.disk_writing import write_atomically, write_carried, write_folder, write_new, write_removed
from trimtab.doors.errors import OutsideError


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    """A file as large as the limit is read, one byte more is refused."""
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a", limit=5) == b"12345"
    with pytest.raises(OutsideError, match="larger than 4 bytes"):
        read_bytes(tmp_path / "a", limit=4)


def test_text_keeps_its_line_endings(tmp_path: Path) -> None:
    """Text comes as it is in the file, carriage returns too."""
    (tmp_path / "a").write_bytes("ä\r\n".encode())
    assert read_text(tmp_path / "a") == "ä\r\n"


def test_what_is_not_utf8_is_said(tmp_path: Path) -> None:
    """A file in another encoding is refused with the place of the byte."""
    (tmp_path / "a").write_bytes(b"a\xff")
    with pytest.raises(OutsideError, match="byte 1 is not UTF-8"):
        read_text(tmp_path / "a")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe in a file's place is refused at once."""
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OutsideError, match="not a plain file"):
        read_bytes(tmp_path / "a")


@pytest.mark.parametrize(
    ("path", "words"),
    [("gone", "there is no such file"), ("file/below", "not a folder"), ("folder", "folder"), ("x" * 300, "too long")],
)
def test_each_failure_has_its_words(tmp_path: Path, path: str, words: str) -> None:
    """What the system refuses is said in a sentence that names the file."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutsideError, match=words) as caught:
        read_bytes(tmp_path / path)
    assert str(tmp_path / path) in caught.value.message


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    """A link to a folder is one entry, and nothing behind it is listed."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").touch()
    (tmp_path / "a/link").symlink_to("b")
    (tmp_path / "empty").mkdir()
    assert list_files(tmp_path) == {"a/b/c": FileKind.FILE, "a/link": FileKind.LINK}
    assert list_folder(tmp_path / "a") == {"b": FileKind.FOLDER, "link": FileKind.LINK}


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    """A folder that is not there lists nothing, and a file in its place is an error."""
    assert list_files(tmp_path / "gone") == {}


def test_listing_names_folders_that_hold_nothing_when_asked(tmp_path: Path) -> None:
    """The folder itself is not among them."""
    assert list_files(tmp_path, with_empty=True) == {}
    (tmp_path / "a/b").mkdir(parents=True)
    assert list_files(tmp_path) == {}
    assert list_files(tmp_path, with_empty=True) == {"a/b": FileKind.FOLDER}
    (tmp_path / "file").touch()
    with pytest.raises(OutsideError, match="not a folder"):
        list_folder(tmp_path / "file")


def test_kinds(tmp_path: Path) -> None:
    """A path's kind is its own, not that of what it points to."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    names = ("file", "link", "pipe", ".", "gone", "file/below")
    kinds = [read_kind(tmp_path / name) for name in names]
    nothing = FileKind.NOTHING
    assert kinds == [FileKind.FILE, FileKind.LINK, FileKind.OTHER, FileKind.FOLDER, nothing, nothing]


@pytest.mark.parametrize(("content", "same"), [(b"abc", True), (b"ab", False), (b"abcd", False), (b"abd", False)])
def test_files_are_compared_to_the_byte(tmp_path: Path, content: bytes, same: bool) -> None:
    """Only all the bytes and no more are the same."""
    (tmp_path / "a").write_bytes(b"abc")
    assert read_is_same(str(tmp_path / "a"), content) is same


def test_an_empty_file_is_the_same_as_nothing(tmp_path: Path) -> None:
    """An empty file has the same bytes as none, and a file with one byte has not."""
    (tmp_path / "a").touch()
    (tmp_path / "b").write_bytes(b"1")
    assert [read_is_same(str(tmp_path / name), b"") for name in "ab"] == [True, False]


def test_a_digest_is_not_taken_through_a_link(tmp_path: Path) -> None:
    """A file's digest is that of its bytes; a link has none."""
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("a")
    assert read_digest(tmp_path / "a") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(OutsideError, match="symbolic link"):
        read_digest(tmp_path / "link")


def test_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    """A file that is there already, or a link in its place, is not written over."""
    (tmp_path / "link").symlink_to("elsewhere")
    write_new(str(tmp_path / "a"), b"1")
    for name in ("a", "link"):
        with pytest.raises(OutsideError, match="there already"):
            write_new(str(tmp_path / name), b"2")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert not (tmp_path / "elsewhere").exists()


def test_short_writes_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system takes a byte at a time, all bytes are written in the end."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:1]))
    write_new(str(tmp_path / "a"), b"12345")
    assert (tmp_path / "a").read_bytes() == b"12345"


def test_an_atomic_write_is_refused_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    """Not by the one of the file beside it, which nobody has heard of."""
    with pytest.raises(OutsideError, match=r"none/a: "):
        write_atomically(tmp_path / "none" / "a", b"")


def test_an_atomic_write_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced as a whole; when the disk is full, the old bytes stand and nothing else."""
    write_atomically(tmp_path / "a", b"old")
    write_atomically(tmp_path / "a", b"new")

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutsideError, match="disk is full"):
        write_atomically(tmp_path / "a", b"never")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    """What others could not read they cannot read afterwards."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    write_atomically(tmp_path / "a", b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_what_a_killed_run_left_beside_a_file_goes(tmp_path: Path) -> None:
    """Not what a running one is writing, and nothing that only looks alike."""
    gone, running, others = (f".a.new-{one}" for one in (2**30, os.getppid(), "x"))
    for name in (gone, running, others, f".a.new-{os.getpid()}", ".b.new-1"):
        (tmp_path / name).write_bytes(b"half")
    write_atomically(tmp_path / "a", b"new")
    assert {path.name for path in tmp_path.iterdir()} == {"a", running, others, ".b.new-1"}


@pytest.mark.parametrize("can_link", [True, False])
def test_carrying_keeps_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool) -> None:
    """A file and a link are carried over as they are, on file systems without hard links too; nothing is replaced."""
    (tmp_path / "a").write_text("1")
    (tmp_path / "link").symlink_to("nowhere")
    if not can_link:
        monkeypatch.setattr(os, "link", refuse)
    for name in ("a", "link"):
        write_carried(tmp_path / name, tmp_path / "to" / name)
    assert (tmp_path / "to/a").read_text() == "1"
    assert (tmp_path / "to/link").readlink() == Path("nowhere")


def test_carrying_keeps_the_rights_of_folders(tmp_path: Path) -> None:
    """A folder that only its owner may enter is still that; one that holds nothing is carried over too."""
    (tmp_path / "from/secret/empty").mkdir(parents=True)
    (tmp_path / "from/secret/a").touch()
    (tmp_path / "from/secret").chmod(0o700)
    (tmp_path / "to").mkdir()
    for name in ("a", "empty"):
        write_carried(tmp_path / "from/secret" / name, tmp_path / "to/secret" / name)
    assert (tmp_path / "to/secret/empty").is_dir()
    assert stat.S_IMODE((tmp_path / "to/secret").stat().st_mode) == 0o700


def refuse(*_: object, **__: object) -> None:
    """Refuse as a file system does that has no hard links."""
    raise OSError(errno.EPERM, "Operation not permitted")


def test_carrying_replaces_nothing(tmp_path: Path) -> None:
    """A file that stands at the target stays."""
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("2")
    with pytest.raises(OutsideError, match="there already"):
        write_carried(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "2"


def test_a_file_in_a_folders_place_is_said(tmp_path: Path) -> None:
    """A folder cannot be made where a file stands; one that is there is fine."""
    write_folder(tmp_path)
    (tmp_path / "a").touch()
    with pytest.raises(OutsideError, match="there already"):
        write_folder(tmp_path / "a")


def test_removing_follows_no_link(tmp_path: Path) -> None:
    """A folder goes with its links, and what they lead to stays; one that is gone is fine."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / "a/link").symlink_to(tmp_path / "kept")
    write_removed(tmp_path / "a")
    write_removed(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_names_that_are_no_text_can_be_printed(tmp_path: Path) -> None:
    """A file name that is not UTF-8 is escaped in the message."""
    with pytest.raises(OutsideError) as caught:
        read_bytes(tmp_path / os.fsdecode(b"\xff"))
    assert caught.value.message.encode()
