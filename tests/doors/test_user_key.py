"""The user's own key is made once, lies outside every repository, and is nobody else's to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.doors.user_key import config_folder, read_user_key


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """The second call gives the first one's key, and nothing else is left in the folder."""
    folder = tmp_path / "a" / "trimtab"
    key = read_user_key(folder)
    assert len(key) == 32
    assert read_user_key(folder) == key
    assert [path.name for path in folder.iterdir()] == ["sealing.key"]


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    """Neither the file nor its folder gives anything to others."""
    read_user_key(tmp_path / "trimtab")
    assert (tmp_path / "trimtab" / "sealing.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "trimtab").stat().st_mode & 0o077 == 0


def test_what_a_killed_run_left_is_in_nobodys_way(tmp_path: Path) -> None:
    """In a container the next run has its number."""
    (tmp_path / f".sealing.key.new-{os.getpid()}").write_bytes(b"half")
    assert len(read_user_key(tmp_path)) == 32
    assert [path.name for path in tmp_path.iterdir()] == ["sealing.key"]


def test_a_spoilt_key_is_refused(tmp_path: Path) -> None:
    """A short key would make digests that can be guessed."""
    (tmp_path / "sealing.key").write_bytes(b"short")
    with pytest.raises(OutsideError, match="no key of 32 bytes"):
        read_user_key(tmp_path)


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs as a number that no list of users has."""
    monkeypatch.setattr(Path, "home", without_home)
    with pytest.raises(OutsideError, match="no home"):
        config_folder({})


def without_home() -> Path:
    """Refuse as `Path.home` does where HOME is not set and the user has no name."""
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/h"}, "/h/.config/trimtab"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "/c"}, "/c/trimtab"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "relative"}, "/h/.config/trimtab"),
    ],
)
def test_it_lies_where_configuration_lies(environment: dict[str, str], folder: str) -> None:
    """As the XDG specification says; a relative path in the variable is passed over, as it says too."""
    assert config_folder(environment) == Path(folder)
