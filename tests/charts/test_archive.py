"""An archive is a chart's files, or it is refused with the reason."""

from __future__ import annotations

import contextlib
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chart_support.made import compress, make_archive, make_files, pack, pack_tar, special
from trimtab.charts.archive import ArchiveLimits, read_archive
from trimtab.charts.errors import ChartError

GOOD = {f"made/{path}": body for path, body in make_files().items()}
SMALL = ArchiveLimits(files=10, total_bytes=10_000, file_bytes=4_000)


def refusal(content: bytes, limits: ArchiveLimits = SMALL) -> tuple[str, str]:
    """Give code and message of what is said of an archive."""
    with pytest.raises(ChartError) as caught:
        read_archive(content, limits=limits)
    assert caught.value.help
    return caught.value.code, caught.value.message


def test_files_stand_below_the_charts_folder() -> None:
    """The folder that every chart is packed in is left out, and paths are sorted."""
    archive = read_archive(make_archive("made", "1.0.0"))
    assert (archive.name, archive.version) == ("made", "1.0.0")
    assert list(archive.files) == ["Chart.yaml", "templates/one.yaml", "values.yaml"]
    assert archive.files["values.yaml"] == b"replicas: 1\n"


def test_folder_may_have_another_name() -> None:
    """Helm takes the name from Chart.yaml, and so do we."""
    assert read_archive(pack({f"src/{path}": body for path, body in make_files().items()})).name == "made"


def test_subchart_archives_stay_closed() -> None:
    """An archive in an archive is a file like any other."""
    inner = make_archive("inner", "0.1.0")
    assert read_archive(pack({**GOOD, "made/charts/inner.tgz": inner})).files["charts/inner.tgz"] == inner


@pytest.mark.parametrize(
    "path",
    [
        *("../evil", "made/../../evil", "/etc/passwd", "made//x", "./made/x", "made/./x", "made/..", "made\\..\\x"),
        *("C:/windows", "c:evil", "made/a\nb", "made/" + "x" * 1100),
    ],
)
def test_paths_that_leave_the_folder_are_refused(path: str) -> None:
    """Whatever would be written elsewhere, or be read differently by another program, is named and refused."""
    code, message = refusal(pack({**GOOD, path: b"x"}))
    assert code == "archive-not-safe"
    assert repr(path) in message


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (tarfile.SYMTYPE, "is a link"),
        (tarfile.LNKTYPE, "is a link"),
        (tarfile.CHRTYPE, "is no plain file"),
        (tarfile.BLKTYPE, "is no plain file"),
        (tarfile.FIFOTYPE, "is no plain file"),
        (tarfile.CONTTYPE, "is no plain file"),
    ],
)
def test_links_and_devices_are_refused(kind: bytes, word: str) -> None:
    """Only plain files and folders belong into a chart."""
    code, message = refusal(pack(GOOD, special("made/x", kind, "values.yaml")))
    assert (code, word in message) == ("archive-not-safe", True)


def test_a_folder_that_leads_outside_is_refused() -> None:
    """A folder without files is looked at too."""
    assert refusal(pack(GOOD, special("made/../..", tarfile.DIRTYPE)))[0] == "archive-not-safe"


def test_a_file_twice_is_refused() -> None:
    """Which of the two another program takes would be a guess."""
    assert "twice" in refusal(pack(GOOD, special("made/values.yaml", tarfile.REGTYPE)))[1]


def test_a_file_that_is_a_folder_too_is_refused() -> None:
    """No disk could hold both."""
    assert "both a file and a folder" in refusal(pack({**GOOD, "made/x": b"", "made/x/y": b""}))[1]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({f"made/{n}": b"" for n in range(10)}, "more than 10 files"),
        ({"made/large": b"x" * 4001}, "larger than 4000 bytes"),
        ({f"made/{n}": b"x" * 3000 for n in range(4)}, "more than 10000 bytes"),
    ],
)
def test_too_much_is_refused(more: dict[str, bytes], word: str) -> None:
    """Number of files, size of each and size of all have limits."""
    code, message = refusal(pack({**GOOD, **more}))
    assert (code, word in message) == ("archive-not-safe", True)


def test_bomb_is_refused_before_it_goes_off() -> None:
    """A gigabyte of zeros in a megabyte is refused with the memory that the limit allows."""
    import tracemalloc

    bomb = compress(b"\0" * 60_000_000)
    tracemalloc.start()
    code, message = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, "inflates to more" in message) == ("archive-not-safe", True)
    assert peak < 20_000_000


@pytest.mark.parametrize("cut", [0, 1, 10, 50, -1, -8, -20])
def test_cut_off_archive_is_refused(cut: int) -> None:
    """Half a download is never taken for a chart."""
    assert refusal(make_archive()[:cut])[0] == "archive-broken"


def test_damage_is_seen() -> None:
    """One changed byte breaks the check sum."""
    content = bytearray(make_archive())
    content[len(content) // 2] ^= 1
    assert refusal(bytes(content))[0] == "archive-broken"


def test_damaged_header_is_no_end() -> None:
    """A header that cannot be read does not hide the files behind it."""
    tar = bytearray(pack_tar(GOOD))
    tar[1024 + 148] ^= 1  # the check sum of the second file's header
    assert refusal(compress(bytes(tar)))[0] == "archive-broken"


def test_many_gzip_members_are_refused() -> None:
    """Ten thousand empty members would take time without end."""
    assert "members" in refusal(compress(b"") * 10_000)[1]


@pytest.mark.parametrize("content", [b"", b"hello", b"<html>sign in</html>", compress(b"hello"), compress(b"")])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    """A page that asks to sign in is no chart."""
    assert refusal(content)[0] in {"archive-broken", "archive-without-chart"}


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"made/values.yaml": b""}, "there is no made/Chart.yaml"),
        ({**GOOD, "other/Chart.yaml": b""}, "several folders: made, other"),
        ({"Chart.yaml": b"name: x"}, "lies outside"),
        ({"made/Chart.yaml": b"name: [", "made/x": b""}, "no YAML mapping"),
        ({"made/Chart.yaml": b"name: made\nversion: 1\n"}, "names no chart and version"),
    ],
)
def test_what_is_no_chart_is_refused(files: dict[str, bytes], word: str) -> None:
    """A chart is one folder with a Chart.yaml that names it."""
    code, message = refusal(pack(files))
    assert (code, word in message) == ("archive-without-chart", True)


@given(st.binary(max_size=2000), st.integers(0, 3000))
def test_no_bytes_break_the_reader(noise: bytes, at: int) -> None:
    """Whatever is in it, an archive is read or refused: no other error comes out."""
    tar = pack_tar(GOOD)
    for content in (noise, compress(noise), compress(tar[:at] + noise + tar[at + len(noise) :])):
        with contextlib.suppress(ChartError):
            assert read_archive(content, limits=SMALL).name
