"""How many processes share a run must not be seen in what comes out of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository_support.repository import CLUSTER, CONFIG_MAP, Repository, write_repository
from trimtab.doors.cache import Cache
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding
from trimtab.pipeline import build_stages, check_stages, sharing, write_stages
from trimtab.pipeline.remembering import run_remembering
from trimtab.pipeline.state import Stage, State, continue_stages, run_stages

pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

NAMES = ("lab", *(f"lab{at}" for at in range(1, 9)))


@pytest.fixture
def nine(tmp_path: Path) -> Repository:
    """A repository with nine clusters, two to a process at the least."""
    repository = write_repository(tmp_path / "repository")
    for name in NAMES[1:]:
        repository.write(f"apps/clusters/{name}.yaml", CLUSTER.replace("cluster: lab", f"cluster: {name}"))
    return repository


@pytest.fixture(autouse=True)
def _share_even_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "can_copy", lambda: True)  # pytest's own threads hold nothing that we need
    monkeypatch.setattr(sharing, "LEAST", 2)


def synth(repository: Repository, jobs: int, cache: Cache | None = None) -> tuple[set[Finding], dict[str, bytes]]:
    """Build and write with a number of processes, and give findings and files."""
    options = repository.options(jobs=jobs, dist=repository.root / f"dist{jobs}")
    state = run_remembering("synth", build_stages, options, cache)
    state = continue_stages(write_stages(), state)
    shown = {finding for finding in state.findings if finding.place is None or "dist" not in finding.place.file}
    return shown, repository.tree(f"dist{jobs}")


def _nothing(_: Repository) -> None:
    pass


def _wrong_settings(repository: Repository) -> None:
    repository.add("components: {cert-manager: {replica: 1}}", "lab5")


def _wrong_objects(repository: Repository) -> None:
    for name in ("one", "two"):
        repository.write(f"apps/manifests/lab7/shop/{name}.yaml", CONFIG_MAP % "same")


def _wrong_in_two_stages(repository: Repository) -> None:
    _wrong_settings(repository)
    _wrong_objects(repository)


def _stale_allowance(repository: Repository) -> None:
    repository.add("allow: {local-volume-pins-workload: {components.rook: {reason: none}}}", "lab8")


def _stale_allowance_beside_an_error(repository: Repository) -> None:
    _stale_allowance(repository)
    _wrong_settings(repository)


def _misnamed(repository: Repository) -> None:
    repository.write("apps/clusters/more.yml", CLUSTER)


def _not_yaml(repository: Repository) -> None:
    repository.write("apps/clusters/lab3.yaml", "a: [")


WRONG = [
    _nothing,
    _wrong_settings,
    _wrong_objects,
    _wrong_in_two_stages,
    _stale_allowance,
    _stale_allowance_beside_an_error,
    _misnamed,
    _not_yaml,
]


@pytest.mark.parametrize("change", WRONG)
def test_findings_and_bytes_do_not_depend_on_the_processes(
    nine: Repository, change: Callable[[Repository], None]
) -> None:
    """An error in one cluster keeps the others from being built, in whichever process they are."""
    change(nine)
    alone = synth(nine, 1)
    assert synth(nine, 2) == alone
    assert synth(nine, 4) == alone


def test_copies_have_a_share(nine: Repository) -> None:
    """This process builds some of the clusters, and gets the others with their files."""
    state = run_remembering("synth", build_stages, nine.options(jobs=3), None)
    assert 2 <= len(state.clusters) <= 4
    assert len(state.clusters) + len(state.finished) == len(NAMES)
    assert state.cluster_names == NAMES
    assert all(outcome.files for outcome in state.finished.values())


def test_lines_of_a_copys_findings_can_be_shown(nine: Repository) -> None:
    """The text of a file with something wrong comes with the finding."""
    for name in NAMES:
        nine.add("components: {cert-manager: {replica: 1}}", name)
    state = run_remembering("check", check_stages, nine.options(jobs=3), None)
    assert {finding.place.file for finding in state.findings if finding.place} <= state.texts.keys()


def test_what_copies_built_is_remembered(nine: Repository, tmp_path: Path) -> None:
    """The second run builds nothing, in no process."""
    (tmp_path / "cache").mkdir()
    cache = Cache(tmp_path / "cache")
    first = synth(nine, 3, cache)

    def fail(stages: tuple[Stage, ...], options: object) -> State:
        raise AssertionError(f"{len(stages)} stages ran")

    state = run_remembering("synth", build_stages, nine.options(jobs=3), cache, run=fail)
    assert {name for name, outcome in state.finished.items() if outcome.files} == {*NAMES}
    assert set(state.findings) == first[0]


def test_one_cluster_is_no_work_for_two(nine: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process takes longer to begin than a few clusters take."""
    monkeypatch.setattr(sharing, "LEAST", 4)
    monkeypatch.setattr(sharing, "run_together", None)
    for asked in (("lab",), NAMES[:7]):
        assert run_remembering("check", check_stages, nine.options(jobs=8, clusters=asked), None).cluster_names == asked


def test_a_process_with_threads_works_alone(nine: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of it might wait for ever for what a thread held."""
    monkeypatch.setattr(sharing, "can_copy", lambda: False)
    state = run_remembering("check", check_stages, nine.options(jobs=3), None)
    assert len(state.clusters) == len(NAMES)


def test_own_code_stays_in_the_first_process(nine: Repository) -> None:
    """One Node serves all constructs, and only this process keeps what they printed."""
    for name in ("lab2", "lab6"):
        nine.add("constructs: {mine: {file: constructs/none.py, application: shop}}", name)
    state = run_remembering("check", check_stages, nine.options(jobs=4), None)
    assert {"lab2", "lab6"} <= {cluster.name for cluster in state.clusters}


def test_what_fails_in_a_copy_fails_the_run(nine: Repository) -> None:
    """A share that nobody did is not passed over."""
    first = os.getpid()

    def fail(state: State) -> State:
        if os.getpid() != first:
            raise OutsideError("no more room")
        return state

    with pytest.raises(OutsideError, match="no more room"):
        sharing.run_shared(lambda: (*check_stages(), Stage(name="x", run=fail)), nine.options(jobs=2), run=run_stages)


@given(st.sets(st.text(min_size=1)), st.data(), st.integers(1, 9))
def test_every_cluster_is_in_one_share(names: set[str], data: st.DataObject, count: int) -> None:
    """The fixed ones in the first, and no two shares without a fixed one differ by more than one."""
    fixed = data.draw(st.sets(st.sampled_from(sorted(names)))) if names else set()
    shares = sharing.share_out(sorted(names), fixed, count)
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert fixed <= set(shares[0])
    sizes = [len(share) for share in shares[1:]]
    assert len(shares) <= count
    assert not sizes or max(sizes) - min(sizes) <= 1
