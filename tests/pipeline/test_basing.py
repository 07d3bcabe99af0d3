"""Every run is compared with a revision of Git, is none the slower, and says so where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from git_support.git import commit_all, run_git
from repository_support.repository import Repository, codes, only
from trimtab.doors import git, git_program
from trimtab.doors.cache import Cache
from trimtab.doors.errors import OutsideError
from trimtab.doors.git import Branch
from trimtab.findings.finding import Severity
from trimtab.pipeline import check_stages
from trimtab.pipeline import choosing_base as subject
from trimtab.pipeline.remembering import run_remembering
from trimtab.pipeline.state import State

SHOP = "apps/manifests/lab/shop/archive.yaml"
CLASS = """
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: archive}
provisioner: nfs.csi.k8s.io
parameters: {share: /%s}
"""


@pytest.fixture
def committed(repository: Repository) -> Repository:
    """A repository whose output is committed."""
    repository.add("components: {cert-manager: {version: v1.19.6}}")
    repository.write(SHOP, CLASS % "a")
    assert not repository.synth().has_errors
    commit_all(repository.root)
    return repository


def found(repository: Repository, base: str | None = None, *, synth: bool = False, **more: Any) -> State:
    """Run against a base."""
    options, notes = subject.find_base(repository.options(**more), base)
    assert notes == ()
    return repository.synth(base=options.base) if synth else repository.check(base=options.base)


def note(repository: Repository, base: str | None = None) -> str:
    """Give the one thing that is said where there is no base."""
    options, notes = subject.find_base(repository.options(), base)
    assert options.base is None
    (said,) = notes
    return said


def test_nothing_changed_means_nothing_found(committed: Repository) -> None:
    """On the branch itself HEAD is the base, and it is what the settings say."""
    assert codes(found(committed, synth=True)) == []


def test_what_is_not_committed_is_compared(committed: Repository) -> None:
    """The disk's dist/ is never the base: it may hold the very change that is to be judged."""
    committed.add("components: {cert-manager: {version: v1.21.1}}")
    assert not committed.synth().has_errors
    assert only(found(committed), "skipped-minor").path == ("components", "cert-manager", "version")


def test_the_base_is_where_the_branch_began(committed: Repository) -> None:
    """A step that the default branch has taken meanwhile is not held against the topic."""
    run_git(committed.root, "checkout", "--quiet", "-b", "topic")
    committed.add("components: {cert-manager: {version: v1.20.3}}")
    committed.synth()
    commit_all(committed.root)
    committed.add("components: {cert-manager: {version: v1.21.1}}")
    assert codes(found(committed)) == ["skipped-minor"], "from main, 1.19 to 1.21"
    assert codes(found(committed, "HEAD")) == [], "from the last commit, 1.20 to 1.21"


def test_an_allowance_lets_it_pass_and_is_not_stale_afterwards(committed: Repository) -> None:
    """Once merged there is nothing left to find, which is no reason to complain of the allowance."""
    allow = "allow: {skipped-minor: {components.cert-manager.version: {reason: it was reinstalled}}}"
    committed.add("components: {cert-manager: {version: v1.21.1}}\n" + allow)
    assert codes(found(committed, synth=True)) == []
    commit_all(committed.root)
    assert codes(found(committed)) == []


def test_an_immutable_field_is_found_where_it_stands(committed: Repository) -> None:
    """In the user's own file, at the value; the object need not stay in the same application."""
    moved = SHOP.replace("/shop/", "/other/")
    (committed.root / SHOP).unlink()
    committed.write(moved, CLASS % "b")
    finding = only(found(committed, synth=True), "immutable-field-changed")
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (moved, 6)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("setting", ["namespace", "releaseName"])
def test_data_is_not_left_behind_by_a_new_name(committed: Repository, setting: str) -> None:
    """Volumes are named after both: Prometheus would begin with empty ones; cert-manager has none."""
    committed.add("components: {local-path: {storageClass: {name: local, default: true}}, prometheus: {}}")
    assert not committed.synth().has_errors
    commit_all(committed.root)
    committed.add(f"components: {{prometheus: {{{setting}: new}}, cert-manager: {{namespace: new}}}}")
    finding = only(found(committed, synth=True), "unsafe-change")
    assert (finding.path, finding.soft) == (("components", "prometheus", setting), True)
    assert "is now" in finding.message


def test_only_changed_files_are_read(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests are compared first: one process reads the inventories, and another what differs."""
    committed.write(SHOP, CLASS % "b")
    asked: list[list[str]] = []
    real = git.read_files

    def read(repository: git.Repository, commit: str, paths: Any) -> dict[str, bytes]:
        asked.append(list(paths))
        return real(repository, commit, asked[-1])

    monkeypatch.setattr("trimtab.tree.revision.read_files", read)
    found(committed, synth=True)
    file = "dist/lab/apps/shop/manifests/storageclass.storage.k8s.io_archive.yaml"
    assert asked == [["dist/lab/index.json"], [file]]


def test_the_cache_keeps_what_was_found_against_one_base(committed: Repository, tmp_path: Path) -> None:
    """Another base is another key: what was quiet against one is not quiet against the next."""
    (tmp_path / "cache").mkdir()
    cache = Cache(tmp_path / "cache")
    first = run_git(committed.root, "rev-parse", "HEAD").strip()
    committed.add("components: {cert-manager: {version: v1.20.3}}")
    committed.synth()
    commit_all(committed.root)
    committed.add("components: {cert-manager: {version: v1.21.1}}")
    for base, said in (("HEAD", []), (first, ["skipped-minor"]), ("HEAD", []), (first, ["skipped-minor"])):
        options, _ = subject.find_base(committed.options(), base)
        assert codes(run_remembering("check", check_stages, options, cache)) == said


def test_an_inventory_of_an_older_trimtab_still_tells_versions(committed: Repository) -> None:
    """The charts' versions say the release where the inventory does not."""
    index = committed.root / "dist/lab/index.json"
    lines = index.read_text().splitlines(keepends=True)
    kept = [line.replace('"version": "v1.19.6", "wave"', '"wave"') for line in lines if '"network"' not in line]
    index.write_text("".join(line for line in kept if '"distribution"' not in line))
    commit_all(committed.root)
    committed.add("components: {cert-manager: {version: v1.21.1}}\nnetwork: {pods: [10.244.0.0/16]}")
    assert codes(found(committed)) == ["skipped-minor"]


def test_a_project_below_the_top_of_its_repository_is_found(tmp_path: Path, committed: Repository) -> None:
    """`gitops.path` is such a folder."""
    (committed.root / ".git").rename(tmp_path / "gone")
    commit_all(committed.root.parent)
    committed.add("components: {cert-manager: {version: v1.21.1}}")
    assert codes(found(committed)) == ["skipped-minor"]


def test_no_git_is_said_and_stops_nothing(repository: Repository) -> None:
    """Whoever has no repository yet is told what goes unchecked, once."""
    said = note(repository)
    assert said.startswith("note: nothing to compare with (this is no Git repository), so ")
    done = repository.call("check", "--no-cache")
    assert (done.returncode, done.stderr.count("note: ")) == (0, 1)


def test_no_comparison_may_be_asked_for(committed: Repository) -> None:
    """It is said all the same."""
    assert note(committed, "none").startswith("note: nothing to compare with (--base none), ")


def test_a_repository_without_output_or_commit_is_said(repository: Repository) -> None:
    """Neither is an error."""
    run_git(repository.root, "init", "--quiet", "--initial-branch", "main")
    assert "(there is no commit yet)" in note(repository)
    commit_all(repository.root)
    assert "(main has no dist at " in note(repository)


def test_a_branch_that_nobody_can_compare_is_said(committed: Repository) -> None:
    """A history without a commit in common, as after a shallow clone; and no default branch at all."""
    run_git(committed.root, "checkout", "--quiet", "--orphan", "other")
    commit_all(committed.root, "another beginning")
    assert "(HEAD and main have no commit in common here)" in note(committed)
    run_git(committed.root, "branch", "--quiet", "-D", "main")
    assert "(there is no default branch; name a revision with --base)" in note(committed)


def test_a_revision_that_is_not_there_is_an_error(committed: Repository) -> None:
    """Whoever names one means it."""
    with pytest.raises(OutsideError, match="cannot compare with 'nope': there is no such revision"):
        subject.find_base(committed.options(), "nope")
    assert committed.call("check", "--base", "nope").returncode == 3


def test_a_new_cluster_is_said(committed: Repository) -> None:
    """It has nothing to be compared with, and the others have."""
    text = (committed.root / "apps/clusters/lab.yaml").read_text()
    committed.write("apps/clusters/new.yaml", text.replace("cluster: lab", "cluster: new"))
    done = committed.call("check", "--no-cache")
    assert "note: nothing to compare with (new since main: new), so " in done.stderr


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the starts of Git."""
    started: list[str] = []
    real = git_program._start

    def start(folder: Path, arguments: Any, given: bytes) -> Any:
        started.append(arguments[0])
        return real(folder, arguments, given)

    monkeypatch.setattr(git_program, "_start", start)
    yield started


def test_git_is_started_few_times(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each start takes milliseconds, however many clusters and files there are."""
    text = (committed.root / "apps/clusters/lab.yaml").read_text()
    for number in range(4):
        committed.write(f"apps/clusters/c{number}.yaml", text.replace("cluster: lab", f"cluster: c{number}"))
    committed.synth()
    commit_all(committed.root)
    with counted(monkeypatch) as started:
        found(committed, synth=True)
    assert len(started) <= 5


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["refs/heads/main"], "refs/heads/main"),
        (["refs/heads/master", "refs/heads/x"], "refs/heads/master"),
        (["refs/heads/main", "refs/remotes/origin/main"], "refs/remotes/origin/main"),
        (
            ["refs/heads/main", "refs/remotes/origin/HEAD>refs/remotes/origin/trunk", "refs/remotes/origin/trunk"],
            "refs/remotes/origin/trunk",
        ),
        (
            [
                "refs/remotes/a/HEAD>refs/remotes/a/x",
                "refs/remotes/a/x",
                "refs/remotes/origin/HEAD>refs/remotes/origin/y",
                "refs/remotes/origin/y",
            ],
            "refs/remotes/origin/y",
        ),
        (["refs/remotes/origin/HEAD>refs/remotes/origin/gone", "refs/heads/main"], "refs/heads/main"),
        (["refs/heads/x"], None),
        ([], None),
    ],
)
def test_the_default_branch_is_the_remotes(names: list[str], wanted: str | None) -> None:
    """Where its HEAD points, else the usual names, the remote's before ours, which may be behind."""
    parts = [name.partition(">") for name in names]
    branches = [Branch(name=name, commit="0", points_at=target) for name, _, target in parts]
    chosen = subject.find_default_branch(branches)
    assert (chosen.name if chosen else None) == wanted
