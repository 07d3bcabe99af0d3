"""What the tab key offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from repository_support.repository import Repository
from trimtab.cli.completion import complete_examples, complete_explained


def press_tab(repository: Repository, *words: str) -> list[str]:
    """Press the tab key after these words, the last of which may be begun or empty."""
    line = ["trimtab", *words]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['trimtab']; from trimtab.cli.start import run; run()"],
        cwd=repository.root,
        env={
            "_TRIMTAB_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(line),
            "COMP_CWORD": str(len(line) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("command", ["check", "synth", "graph", "secrets"])
def test_commands_offer_clusters(repository: Repository, command: str) -> None:
    """Those that have a file in `apps/clusters`."""
    assert press_tab(repository, command, "l") == ["lab"]


def test_a_cluster_is_not_offered_twice(repository: Repository) -> None:
    """What stands on the line already needs no offer."""
    assert press_tab(repository, "check", "lab", "") == []


def test_clusters_of_another_repository_are_offered(repository: Repository, tmp_path) -> None:
    """`-C` says where to look."""
    assert press_tab(repository, "check", "-C", str(tmp_path), "") == []
    assert press_tab(repository, "explain", "network", "--cluster", "") == ["lab"]


def test_explain_offers_codes_and_settings() -> None:
    """Both begin with a plain word."""
    assert {"rook", "rook-without-ip-family"} <= set(complete_explained("rook"))


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("rook.blockP", ["rook.blockPools"]),
        ("components.rook.blockP", ["components.rook.blockPools"]),
        ("rook.blockPools.", ["rook.blockPools.*"]),
        ("rook.blockPools.*.repl", ["rook.blockPools.*.replicas"]),
        ("no.such.", []),
    ],
)
def test_paths_are_offered_a_step_at_a_time(begun: str, offered: list[str]) -> None:
    """The next step, as it was begun: with `components` or without."""
    assert complete_explained(begun) == offered


def test_init_offers_examples() -> None:
    """The clusters that come with us."""
    assert complete_examples("plac") == ["place7"]


def test_a_tab_imports_nothing_slow(repository: Repository) -> None:
    """No models of ours, no YAML, no engine, no Node: a person waits for it."""
    code = (
        "import sys; from trimtab.cli.completion import complete_explained, complete_examples;"
        "complete_explained('rook.'); complete_explained('d'); complete_examples('');"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} | set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository.root, capture_output=True, text=True, check=True)
    slow = {"cdk8s", "jsii", "yaml", "jsonschema_rs", "trimtab.settings.model", "trimtab.rules"}
    assert set(done.stdout.split()) & slow == set()
