"""The same settings give the same bytes, whoever runs it, where and when."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from repository_support.repository import CONFIG_MAP, Repository, faults
from trimtab.cli.synth import synth_for_cdk8s

SEEDS = range(20)
"""As many hash seeds as are tried without Node; three of them are tried through the whole."""

PURE = """
import hashlib, sys
from pathlib import Path
from types import SimpleNamespace
from trimtab.pipeline import synth_stages
from trimtab.pipeline.state import Options, State
from trimtab.synth.records import ChartObject, ClusterResult, SynthResult

def without_node(inputs, *, root, is_namespaced):
    def read(application):
        return tuple(
            ChartObject(
                manifest=one.manifest, origin=one.origin, construct_path=f"{application.name}/{one.id}", from_user=False
            )
            for one in application.objects
        )
    return SynthResult(clusters=tuple(
        ClusterResult(name=one.name, objects={a.name: read(a) for a in one.applications}) for one in inputs))

sys.modules["trimtab.synth.app"] = SimpleNamespace(synthesize=without_node)
state = State(options=Options(root=Path()))
for stage in synth_stages():
    if not stage.writes:
        state = stage.run(state)
assert all(str(one.severity) == "note" for one in state.findings), state.findings
files = [(file.path, file.content) for cluster in state.clusters for file in cluster.files]
print(hashlib.sha256(repr(files).encode()).hexdigest(), len(files))
"""


@pytest.fixture
def rich(repository: Repository) -> Repository:
    """A repository that uses all that could come out in some other order."""
    repository.add(
        """
        components:
          gateway-api: {}
          cert-manager: {values: {cert-manager: {podLabels: {z: "1", a: "2", i: I}}}}
        patches:
          mine: {target: {kind: ClusterIssuer}, reason: for a test, merge: {metadata: {labels: {i: I, x: "yes"}}}}
        """
    )
    for name in ("shop", "zoo", "idle"):
        repository.write(f"apps/manifests/lab/{name}/a.yaml", CONFIG_MAP % "one" + "---\n" + CONFIG_MAP % "two")
    return repository


def has_locale(name: str) -> bool:
    """Say whether the system has a locale."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def test_no_hash_seed_changes_a_byte(rich: Repository) -> None:
    """Twenty seeds, all that happens without Node: one digest."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def run(seed: int) -> str:
        environment = {**kept, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", PURE]
        return subprocess.run(
            command, cwd=rich.root, env=environment, capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(max_workers=2) as pool:
        digests = set(pool.map(run, SEEDS))
    assert len(digests) == 1
    assert int(digests.pop().split()[1]) > 10


OTHERS: dict[str, dict[str, str]] = {
    "seed 1": {"PYTHONHASHSEED": "1"},
    "seed 4711, plain locale": {"PYTHONHASHSEED": "4711", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "other time zone": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "99"},
    "turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
}


@pytest.mark.parametrize("name", OTHERS)
def test_no_environment_changes_a_byte(rich: Repository, name: str) -> None:
    """Hash seed, locale, time zone, another folder: the tree of this process, byte for byte."""
    wanted = OTHERS[name].get("LC_ALL", "C")
    if not has_locale(wanted):
        pytest.skip(f"this system has no locale {wanted}")
    assert faults(rich.synth()) == ()
    done = rich.run("synth", "-o", "other/folder", environment=OTHERS[name])
    assert done.returncode == 0, done.stderr
    assert rich.tree("other/folder") == rich.tree()


def test_entry_of_cdk8s_writes_the_same_bytes(rich: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """`apps/main.py` writes where CDK8S_OUTDIR says, from whatever folder it is run."""
    main = rich.write("apps/main.py", "")
    assert faults(rich.synth()) == ()
    monkeypatch.setenv("CDK8S_OUTDIR", str(rich.root / "elsewhere"))
    monkeypatch.chdir(rich.root.parent)
    assert synth_for_cdk8s(str(main)) == 0
    assert rich.tree("elsewhere") == rich.tree()


def test_entry_of_cdk8s_says_what_a_chart_leaves_out(
    rich: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For `--format helm` only plain objects are written, and stderr says what is not among them."""
    rich.write("chart/Chart.yaml", "description: Generated chart for dist\n")
    monkeypatch.setenv("CDK8S_OUTDIR", str(rich.root / "chart/templates"))
    assert synth_for_cdk8s(str(rich.write("apps/main.py", ""))) == 0
    assert "left out of the Helm chart" in capsys.readouterr().err
    assert all("/manifests/" in path for path in rich.tree("chart/templates"))


def test_entry_of_cdk8s_ends_with_the_same_codes(rich: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding ends `cdk8s synth` too, and leaves nothing behind."""
    rich.write("apps/clusters/lab.yaml", "- 1\n")
    monkeypatch.setenv("CDK8S_OUTDIR", str(rich.root / "elsewhere"))
    assert synth_for_cdk8s(str(rich.write("apps/main.py", ""))) == 1
    assert not (rich.root / "elsewhere").exists()
