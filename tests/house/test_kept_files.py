"""What is committed says nothing of the machine it was written on, nor where packages come from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

# Put together here, so that this file does not name what no file may name.
PACKAGE_INDEXES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("proxy", "golang", "org"),
    )
)
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("host", PACKAGE_INDEXES)
def test_no_file_names_a_package_index(texts: dict[str, str], host: str) -> None:
    """Which index packages come from is the reader's choice, made in their own configuration."""
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_names_a_path_of_this_machine(texts: dict[str, str], root: Path) -> None:
    """Neither the path of this checkout, nor this user's home, nor anybody's, is in a committed file."""
    own = "|".join(re.escape(str(place)) for place in (root, Path.home()) if place != Path("/"))
    place = re.compile(rf"(?<![\w.>}})*-])(?:{own}|/(?:home|Users)/[a-z]\w*)/")
    assert [name for name, text in texts.items() if place.search(text)] == []


def test_every_text_ends_in_a_newline_and_has_no_carriage_return(texts: dict[str, str]) -> None:
    """The same bytes everywhere; input that is wrong on purpose may be anything."""
    wrong = ("tests/bad/", "tests/fuzz/corpus/")
    ours = {name: text for name, text in texts.items() if text and not name.startswith(wrong)}
    assert [name for name, text in ours.items() if "\r" in text or not text.endswith("\n")] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_python_lock_names_no_address(texts: dict[str, str], lock: str) -> None:
    """A lock holds versions and hashes, and no place to fetch them from."""
    assert re.findall(r"\S*://\S*|^-\S+.*", texts[lock], re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_python_lock_pins_every_package_by_hash(texts: dict[str, str], lock: str) -> None:
    """Each package stands with one exact version and at least one SHA-256."""
    packages = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", texts[lock], flags=re.MULTILINE))
    pinned = re.compile(r"[a-z0-9-]+==\S+ .*?--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    assert [package for package in packages if not pinned.match(package)] == []


def test_both_python_locks_agree(texts: dict[str, str]) -> None:
    """The tests run on the versions that the product is locked to."""
    product, dev = (set(re.findall(r"^(\S+==\S+)", texts[lock], re.MULTILINE)) for lock in LOCKS)
    assert product - dev == set()


def test_python_lock_has_every_dependency(texts: dict[str, str]) -> None:
    """A dependency added to `pyproject.toml` comes with `make lock`."""
    wanted = tomllib.loads(texts["pyproject.toml"])["project"]["dependencies"]
    names = {re.split(r"[<>=~!\[; ]", line)[0].lower() for line in wanted}
    assert names - set(re.findall(r"^(\S+)==", texts[LOCKS[0]], re.MULTILINE)) == set()


def test_node_lock_names_no_address_and_pins_by_hash(texts: dict[str, str]) -> None:
    """Each npm package has its hash, unless it comes inside another, and no place to fetch it from."""
    packages = {name: entry for name, entry in json.loads(texts["package-lock.json"])["packages"].items() if name}
    fetched = {name: entry for name, entry in packages.items() if not entry.get("inBundle")}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in fetched.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_cdk8s_command_line_is_pinned_exactly(texts: dict[str, str]) -> None:
    """`package.json` allows one version of the cdk8s CLI, the one in the lock."""
    wanted = json.loads(texts["package.json"])["dependencies"]["cdk8s-cli"]
    locked = json.loads(texts["package-lock.json"])["packages"]["node_modules/cdk8s-cli"]["version"]
    assert wanted == locked


def test_ci_runs_on_every_python_we_promise(texts: dict[str, str]) -> None:
    """The workflow's versions are those of the classifiers, and the oldest is what `requires-python` says."""
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    promised = [line.split(" :: ")[-1] for line in project["classifiers"] if ":: Python :: " in line]
    assert re.findall(r'"(3\.\d+)"', texts[".github/workflows/ci.yml"])[: len(promised)] == promised
    assert project["requires-python"] == f">={promised[0]}"


def test_ci_pins_actions_by_hash(texts: dict[str, str]) -> None:
    """A tag can be moved to other code; a full commit hash cannot."""
    used = re.findall(r"uses: *(\S+)", texts[".github/workflows/ci.yml"])
    assert used
    assert [action for action in used if not re.search(r"@[0-9a-f]{40}$", action)] == []
