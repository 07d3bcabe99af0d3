"""A cluster that has not changed is taken from the cache, and nobody can tell but by the clock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository_support.repository import CLUSTER, CONFIG_MAP, Repository, write_repository
from trimtab.doors import program
from trimtab.doors.cache import Cache
from trimtab.pipeline import build_stages, check_stages, write_stages
from trimtab.pipeline import remembering as subject
from trimtab.pipeline.fingerprint import read_inputs
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.state import Options, Stage, State, continue_stages, run_stages


class Runs:
    """Runs stages, and remembers which clusters they were run for."""

    def __init__(self) -> None:
        self.clusters: list[tuple[str, ...]] = []

    def __call__(self, stages: tuple[Stage, ...], options: Options) -> State:
        """Run them."""
        state = run_stages(stages, options)
        self.clusters.append(tuple(cluster.name for cluster in state.clusters))
        return state


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    folder = tmp_path / "cache"
    folder.mkdir()
    return Cache(folder)


@pytest.fixture
def two(repository: Repository) -> Repository:
    """A repository with two clusters that have nothing to say."""
    repository.write("apps/clusters/other.yaml", CLUSTER.replace("cluster: lab", "cluster: other"))
    repository.write("apps/profiles/plain.yaml", "apiVersion: trimtab/v1\n")
    return repository


def synth(repository: Repository, cache: Cache | None, *, out: str = "dist", **options: Any) -> tuple[State, Runs]:
    """Run `synth` with a cache, and write."""
    runs = Runs()
    given = repository.options(dist=repository.root / out, **options)
    state = subject.run_remembering("synth", build_stages, given, cache, run=runs)
    return continue_stages(write_stages(), state), runs


def test_second_run_builds_nothing(two: Repository, cache: Cache) -> None:
    """And says and writes what the first one did."""
    first, runs = synth(two, cache)
    tree = two.tree()
    second, again = synth(two, cache)
    assert (runs.clusters, again.clusters) == ([("lab", "other")], [])
    assert set(second.findings) == set(first.findings)
    assert two.tree() == tree
    assert not any(written.changed for written in second.written.values())


def test_lost_output_is_written_again(two: Repository, cache: Cache) -> None:
    """The files come from the cache, byte for byte."""
    synth(two, cache)
    synth(two, cache, out="again")
    assert two.tree("again") == two.tree("dist")


def test_only_the_cluster_that_changed_is_built(two: Repository, cache: Cache) -> None:
    """One setting of one cluster is the work of one cluster."""
    synth(two, cache)
    two.add("domain: lab.example.org")
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab",)]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("apps/platform.yaml", 'apiVersion: trimtab/v1\ngitops: {repoURL: "https://git.example.org/other.git"}\n'),
        ("apps/profiles/plain.yaml", "apiVersion: trimtab/v1\nsize: small\n"),
        ("apps/profiles/new.yaml", "apiVersion: trimtab/v1\n"),
    ],
)
def test_what_clusters_share_changes_them_all(two: Repository, cache: Cache, file: str, text: str) -> None:
    """A profile counts for each cluster, named by it or not: that is simple, and never wrong."""
    synth(two, cache)
    two.write(file, text)
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab", "other")]


def _add_manifest(repository: Repository) -> None:
    repository.write("apps/manifests/lab/shop/map.yaml", CONFIG_MAP % "one")


def _move_manifest(repository: Repository) -> None:
    _add_manifest(repository)
    folder = repository.root / "apps/manifests/lab"
    (folder / "shop").rename(folder / "market")


@pytest.mark.parametrize("change", [_add_manifest, _move_manifest])
def test_extra_manifests_count_with_their_names(
    two: Repository, cache: Cache, change: Callable[[Repository], None]
) -> None:
    """A file that comes, or goes to another application, changes its own cluster."""
    synth(two, cache)
    change(two)
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab",)]


def test_another_day_is_another_result(two: Repository, cache: Cache) -> None:
    """Allowances end, and certificates too."""
    synth(two, cache)
    _, runs = synth(two, cache, today=date.today() + timedelta(days=1))  # noqa: DTZ011 - any other day
    assert runs.clusters == [("lab", "other")]


def test_another_program_is_another_result(two: Repository, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of one of our files counts, and so does a package that is installed beside us."""
    synth(two, cache)
    monkeypatch.setattr(program, "_iter_installed", lambda: ["another-1.0.dist-info"])
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab", "other")]


def test_every_file_of_the_program_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code, catalogue and schemas alike."""
    read: list[str] = []
    real = program._read

    def note(path: str) -> bytes:
        read.append(path)
        return real(path)

    monkeypatch.setattr(program, "_read", note)
    program.read_program_digest()
    names = {"/trimtab/synth/chart.py", "/trimtab/catalogue/data/rook.py", "/trimtab/rules/examples.json"}
    assert all(any(path.endswith(name) for path in read) for name in names)
    assert any("/catalogue/facts/" in path for path in read)


def test_error_is_told_as_if_nothing_had_been_kept(two: Repository, cache: Cache) -> None:
    """An error in one cluster keeps the others from being built, so what they would say must not be said either."""
    two.add("allow: {kubeconform: {x: {reason: a test}}}", "other")
    two.add("domain: lab.example.org")
    synth(two, cache)
    two.add("nodeCount: nonsense")
    assert set(synth(two, cache)[0].findings) == set(synth(two, None)[0].findings)


def test_cluster_with_an_error_is_not_kept(two: Repository, cache: Cache) -> None:
    """It is looked at each time, until it is right."""
    two.add("nodeCount: nonsense")
    synth(two, cache)
    assert list(cache.folder.iterdir()) == []


def test_cluster_with_constructs_is_not_kept(two: Repository, cache: Cache) -> None:
    """Nobody knows what the user's code reads."""
    two.write("constructs/mine.py", "def build(chart, facts, settings): pass\n")
    two.add("constructs: {mine: {file: constructs/mine.py, application: shop, symbol: build}}")
    synth(two, cache)
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab",)]


def test_file_edited_during_the_run_is_not_kept(two: Repository, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key made before an edit must not lead to what was built after it."""

    def edit(stages: tuple[Stage, ...], options: Options) -> State:
        two.add("domain: lab.example.org")
        return run_stages(stages, options)

    subject.run_remembering("synth", build_stages, two.options(), cache, run=edit)
    assert len(list(cache.folder.iterdir())) == 1


def test_warning_is_told_again(two: Repository, cache: Cache) -> None:
    """With its lines, though no file was parsed."""
    two.add("components: {local-path: {}}")
    first, _ = synth(two, cache)
    second, _ = synth(two, cache)
    assert {finding.code for finding in first.findings} == {"local-volume-pins-workload"}
    assert set(second.findings) == set(first.findings)
    assert all(finding.place is None or finding.place.file in second.texts for finding in second.findings)


def test_check_and_synth_keep_their_own(two: Repository, cache: Cache) -> None:
    """`check` finds less, and has no files."""
    runs = Runs()
    subject.run_remembering("check", check_stages, two.options(), cache, run=runs)
    _, second = synth(two, cache)
    assert second.clusters == [("lab", "other")]


def test_damaged_entry_is_built_again(two: Repository, cache: Cache) -> None:
    """The cache may hold anything at all."""
    synth(two, cache)
    for path in cache.folder.iterdir():
        path.write_bytes(b"{}")
    tree = two.tree()
    _, runs = synth(two, cache)
    assert runs.clusters == [("lab", "other")]
    assert two.tree() == tree


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b"null\n", b'{"cluster":"a","findings":[{}],"files":[]}\n'])
def test_outcome_of_another_form_is_none(content: bytes) -> None:
    """Whatever its digest says, it must be what we write."""
    assert parse_outcome(content) is None


def test_outcome_survives_being_written(two: Repository) -> None:
    """Findings with all they say, files with all their bytes."""
    state = two.synth()
    cluster = state.clusters[0]
    outcome = Outcome(cluster=cluster.name, findings=state.findings, files=cluster.files)
    assert parse_outcome(render_outcome(outcome)) == outcome


EDITS = st.lists(
    st.sampled_from(
        [
            "domain: lab.example.org",
            "size: small",
            "components: {gateway-api: {}}",
            "components: {gateway-api: null}",
            "patches: {mine: {target: {kind: ClusterIssuer}, reason: a test, merge: {metadata: {labels: {i: j}}}}}",
            "patches: {mine: null}",
            "profiles: [plain]",
            "nodes: {one: {address: 192.0.2.13}}",
            "nodeCount: nonsense",
            "nodeCount: null",
        ]
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.unmeasured
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_cached_is_uncached(tmp_path_factory: pytest.TempPathFactory, edits: list[str]) -> None:
    """Whatever is edited in whatever order, the tree and the findings are those of a run without a cache."""
    top = tmp_path_factory.mktemp("edits")
    repository = write_repository(top / "repository")
    repository.write("apps/profiles/plain.yaml", "apiVersion: trimtab/v1\n")
    (top / "cache").mkdir()
    for edit in edits:
        repository.add(edit)
        cached, _ = synth(repository, Cache(top / "cache"))
        fresh, _ = synth(repository, None, out="fresh")
        assert set(cached.findings) == set(fresh.findings)
        assert repository.tree("dist") == repository.tree("fresh")


OPENED = """
import sys
opened = []
sys.addaudithook(lambda name, about: opened.append(str(about[0])) if name == "open" else None)
from pathlib import Path
from trimtab.pipeline import build_stages
from trimtab.pipeline.state import Options, run_stages
run_stages(build_stages(), Options(root=Path(".")))
print(*sorted({name for name in opened if not name.startswith("/") and not name.isdigit()}), sep="\\n")
"""


@pytest.mark.unmeasured
def test_a_build_reads_nothing_that_has_no_part_in_the_key(two: Repository) -> None:
    """A file that a stage comes to read must be added to the key, or old results would be taken for new ones."""
    _add_manifest(two)
    two.add("profiles: [plain]")
    done = subprocess.run([sys.executable, "-c", OPENED], cwd=two.root, capture_output=True, text=True, check=True)
    inputs = read_inputs("synth", two.options())
    assert inputs is not None
    assert set(done.stdout.split()) - {"None"} == set(inputs.contents)


def test_the_lock_counts_where_releases_are_named(repository: Repository) -> None:
    """What is known of a release of one's own comes from the archive that the lock names."""

    def key() -> str:
        inputs = read_inputs("check", repository.options())
        assert inputs is not None
        return inputs.keys["lab"]

    lock = repository.root / "charts.lock"
    plain = key()
    lock.write_text("lockVersion: 1\ncharts: []\n")
    assert key() == plain
    repository.add("releases: {cert-manager: {v1.21.99: {}}}")
    named = key()
    lock.write_text("lockVersion: 1\ncharts: [] # other\n")
    assert key() != named
