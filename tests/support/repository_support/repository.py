"""Small repositories of settings, and ways to run the stages and the command in them."""

from __future__ import annotations

import ctypes
import io
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

from trimtab.cli.boundary import run_guarded
from trimtab.cli.main import app
from trimtab.findings.finding import Finding, Severity
from trimtab.pipeline import check_stages, synth_stages
from trimtab.pipeline.state import Options, State, run_stages

TOP = Path(__file__).resolve().parents[3]

PLATFORM = """
apiVersion: trimtab/v1
gitops: {repoURL: "https://git.example.org/platform.git"}
network: {timeServers: [time.example.org]}
backup: {etcd: {}}
"""

CLUSTER = """
apiVersion: trimtab/v1
cluster: lab
kubernetes: {version: "1.35", distribution: kubespray, provides: [calico, coredns, kube-proxy]}
network: {pods: [10.233.64.0/18], services: [10.233.0.0/18]}
nodes:
  one: {address: 192.0.2.11, roles: [control-plane], schedulable: true}
  two: {address: 192.0.2.12}
domain: lab.example.org
components:
  cert-manager: {issuers: {ca: {selfSigned: {commonName: lab}}}}
"""
"""IPv4, two nodes, one component with two applications."""

CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {key: value}\n"


@cache
def _command() -> Callable[..., Any]:
    """Make the command once: that takes as long as many a command runs."""
    return get_command(app)


@dataclass(frozen=True, kw_only=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository of settings in a folder of a test's own."""

    root: Path

    def write(self, file: str, text: str | bytes) -> Path:
        """Write a file below the top; text loses its common indent."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return path

    def add(self, text: str, cluster: str = "lab") -> None:
        """Add settings to a cluster; maps merge, null removes."""
        path = self.root / f"apps/clusters/{cluster}.yaml"
        merged = _merge(yaml.safe_load(path.read_text()), yaml.safe_load(textwrap.dedent(text)))
        path.write_text(yaml.safe_dump(merged, sort_keys=False))

    def options(self, **options: Any) -> Options:
        """Give the options of a run here."""
        return Options(root=self.root, **options)

    def check(self, **options: Any) -> State:
        """Run the stages of `check`."""
        return run_stages(check_stages(), self.options(**options))

    def synth(self, **options: Any) -> State:
        """Run the stages of `synth`."""
        given = self.options(**options)
        return run_stages(synth_stages(helm=given.helm), given)

    def tree(self, folder: str = "dist") -> dict[str, bytes]:
        """Read every file below a folder."""
        top = self.root / folder
        return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}

    def objects(self, application: str, cluster: str = "lab") -> list[dict[str, Any]]:
        """Read the objects of an application from the output."""
        folder = self.root / "dist" / cluster / "apps" / application / "manifests"
        return [yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*.yaml"))]

    def values(self, application: str, cluster: str = "lab") -> Any:
        """Read the values of an application's chart from the output."""
        return yaml.safe_load((self.root / "dist" / cluster / "apps" / application / "values.yaml").read_text())

    def call(self, *arguments: str) -> Done:
        """Run the command in this process, which takes a tenth of the time of `run`."""
        out, err = io.StringIO(), io.StringIO()
        with chdir(self.root), redirect_stdout(out), redirect_stderr(err):
            code = run_guarded(partial(_command(), args=list(arguments)))
        return Done(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())

    def run(
        self, *arguments: str, powerless: bool = False, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a process of its own.

        Args:
            arguments: What stands behind the command's name.
            powerless: Whether the modes of files bind it even when root runs it.
            environment: More variables of the environment.
        """
        return subprocess.run(
            [sys.executable, "-c", "from trimtab.cli.start import run; run()", *arguments],
            cwd=self.root,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_give_up_power if powerless else None,
        )


def _give_up_power() -> None:
    """Take from root what lets it pass over the modes of files: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # linux/capability.h
            if ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) != 0:  # PR_CAPBSET_DROP of linux/prctl.h
                raise PermissionError("root may not give up its power here")


def write_repository(root: Path, *, cluster: str | None = CLUSTER, platform: str | None = PLATFORM) -> Repository:
    """Write a small repository: one cluster, `lab`."""
    repository = Repository(root=root)
    root.mkdir(parents=True, exist_ok=True)
    if cluster is not None:
        repository.write("apps/clusters/lab.yaml", cluster)
    if platform is not None:
        repository.write("apps/platform.yaml", platform)
    return repository


def faults(state: State) -> tuple[Finding, ...]:
    """Give the findings that say something is wrong: all but notes."""
    return tuple(finding for finding in state.findings if finding.severity is not Severity.NOTE)


def codes(state: State) -> list[str]:
    """Give the codes of all faults, sorted, each once."""
    return sorted({finding.code for finding in faults(state)})


def only(state: State, code: str) -> Finding:
    """Give the one finding with a code."""
    (finding,) = [finding for finding in state.findings if finding.code == code]
    return finding


def _merge(low: Any, high: Any) -> Any:
    if not isinstance(low, dict) or not isinstance(high, dict):
        return high
    merged = low | {key: _merge(low.get(key), value) for key, value in high.items()}
    return {key: value for key, value in merged.items() if value is not None}
