"""Bad input: a clear finding at its place, the documented exit code, nothing half written."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from repository_support.repository import CLUSTER, Repository

LAB = "apps/clusters/lab.yaml"
Break = Callable[[Repository], object]


def change(old: str, new: str) -> Break:
    """Replace words of the cluster's file."""
    return lambda repository: repository.write(LAB, CLUSTER.replace(old, new))


def remove_apps(repository: Repository) -> None:
    """Take `apps/` away."""
    (repository.root / "apps").rename(repository.root / "elsewhere")


def grow(repository: Repository) -> None:
    """Make the cluster's file too long, as a hole."""
    os.truncate(repository.root / LAB, 5_000_000)


def put_a_folder(repository: Repository) -> None:
    """Make a folder of the cluster's file."""
    (repository.root / LAB).unlink()
    (repository.root / LAB).mkdir()


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

CASES: dict[str, tuple[Break, str, str]] = {
    "no apps folder": (remove_apps, "missing-file", "there is no folder 'apps' here"),
    "no cluster": (lambda one: (one.root / LAB).unlink(), "missing-file", "there is no cluster"),
    "missing profile": (change("domain:", "profiles: [none]\ndomain:"), "missing-file", "there is no profile 'none'"),
    "not yaml": (change("nodes:", "nodes: ]"), "not-yaml", LAB),
    "tab": (change("  one:", "\tone:"), "tab-indentation", LAB),
    "duplicate key": (change("domain:", "cluster: lab\ndomain:"), "duplicate-key", LAB),
    "yaml bomb": (lambda one: one.write(LAB, BOMB), "too-many-values", LAB),
    "no utf-8": (lambda one: one.write(LAB, b"\xff\xfe\xfd"), "not-utf8", LAB),
    "binary": (lambda one: one.write(LAB, bytes(range(256))), "not-utf8", LAB),
    "5 mb": (grow, "file-too-large", "more than 4194304"),
    "a list": (lambda one: one.write(LAB, "- 1\n"), "not-a-mapping", LAB),
    "empty": (lambda one: one.write(LAB, ""), "missing-setting", "missing setting 'cluster'"),
    "unknown key": (change("domain:", "domian:"), "unknown-setting", "did you mean 'domain'?"),
    "unknown component": (change("cert-manager:", "cert-manger:"), "unknown-setting", "did you mean 'cert-manager'?"),
    "wrong type": (change("domain: lab.example.org", "domain: [a]"), "wrong-type", LAB),
    "missing key": (change("network:", "# network:"), "missing-setting", "apps/platform.yaml"),
    "not an address": (change("192.0.2.11", "300.0.2.11"), "not-an-address", LAB),
    "not a range": (change("10.233.64.0/18", "10.233.64.0/99"), "not-a-range", LAB),
    "other format": (change("trimtab/v1", "trimtab/v9"), "unknown-format", LAB),
    "folder for a file": (put_a_folder, "missing-file", ""),
    "no such construct": (
        lambda one: one.add("constructs: {a: {file: constructs/none.py, application: shop}}"),
        "missing-construct-file",
        LAB,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_told_at_its_place(repository: Repository, name: str) -> None:
    """Exit code 1, a finding with its code and words, no traceback, no output folder."""
    spoil, code, words = CASES[name]
    spoil(repository)
    done = repository.call("synth")
    assert done.returncode == 1, done.stderr
    assert f"error[{code}]" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "bug in trimtab" not in done.stderr
    assert done.stdout == ""
    assert not (repository.root / "dist").exists()
