"""Which Node cdk8s gets, and where jsii keeps its packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trimtab.synth import node
from trimtab.synth.node import find_wheel_node

SOURCES = str(Path(node.__file__).parents[2])


def run(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process that has no Node on its path and no choice of one."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "/nonexistent", "PYTHONPATH": SOURCES, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_cdk8s_runs_on_the_wheels_node_in_a_home_that_others_may_write_to(tmp_path: Path) -> None:
    """No Node on the path, a home as CI containers have it: cdk8s works, and says nothing on stderr."""
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o777)
    code = "from trimtab.synth.node import ensure_node; ensure_node(); import cdk8s; print(cdk8s.App().node.path == '')"
    done = run(code, HOME=str(home))
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize("home", ["/proc", "{tmp}/missing", "relative", ""])
def test_odd_homes_get_a_private_folder_elsewhere(home: str, tmp_path: Path) -> None:
    """A home that takes no folder is not used, and nothing is made at its place."""
    code = "from trimtab.synth.node import ensure_node; ensure_node(); import os; print(os.environ[%r])"
    done = run(
        code % "JSII_RUNTIME_PACKAGE_CACHE_ROOT", HOME=home.replace("{tmp}", str(tmp_path)), TMPDIR=str(tmp_path)
    )
    folder = Path(done.stdout.strip())
    assert folder.parent == tmp_path, done.stderr
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "missing").exists()


def test_folder_that_others_may_write_to_is_not_used(tmp_path: Path) -> None:
    """Somebody else's code must not be put where Node will load it from."""
    for name in (".cache", ".cache/trimtab", ".cache/trimtab/jsii"):
        (tmp_path / "home" / name).mkdir(parents=True)
    (tmp_path / "home" / ".cache" / "trimtab" / "jsii").chmod(0o777)
    code = "from trimtab.synth.node import ensure_node; ensure_node(); import os; print(os.environ[%r])"
    done = run(code % "JSII_RUNTIME_PACKAGE_CACHE_ROOT", HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path))
    assert Path(done.stdout.strip()).parent == tmp_path


def test_users_own_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node and a folder that are already chosen stay as they are."""
    chosen = {"JSII_NODE": "/my/node", "JSII_RUNTIME_PACKAGE_CACHE_ROOT": "/my/cache"}
    for key, value in chosen.items():
        monkeypatch.setenv(key, value)
    node.ensure_node()
    assert {key: os.environ[key] for key in chosen} == chosen


def test_missing_node_is_one_clear_error() -> None:
    """Without the wheel and without a Node on the path the message says what to install."""
    code = "import trimtab.synth.node as n; n.find_wheel_node = lambda: None; n.ensure_node()"
    last = run(code).stderr.strip().splitlines()[-1]
    assert last.startswith("trimtab.synth.node.NodeError: there is no Node for cdk8s: install")


def test_cdk8s_before_trimtab_is_one_clear_error() -> None:
    """Whoever imported cdk8s first has started a Node that nobody chose."""
    code = f"""
import os; os.environ["JSII_NODE"] = {str(find_wheel_node())!r}
import cdk8s
del os.environ["JSII_NODE"]
import trimtab.synth.app
"""
    assert "NodeError: cdk8s was imported before trimtab chose its Node" in run(code).stderr


def test_types_and_output_planning_start_no_node() -> None:
    """What other rooms import from here costs no Node: only building does."""
    code = "import sys, trimtab.synth.outdir, trimtab.synth.user, trimtab.synth.records; print('jsii' in sys.modules)"
    assert run(code).stdout == "False\n"
