"""What is allowed: told in no form but `sarif-all`, where each result says why it is meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from repository_support.repository import Repository
from trimtab.doors.signatures import SETTLED_NS, read_now_ns
from trimtab.pipeline import untouched

REASON = "backed up elsewhere"
WANTED = [{"kind": "external", "status": "accepted", "justification": REASON}]
SETTINGS = f"""
components: {{local-path: {{}}}}
allow: {{local-volume-pins-workload: {{components.local-path: {{reason: {REASON}}}}}}}
"""


@pytest.fixture
def allowing(repository: Repository) -> Repository:
    """The repository, with one warning that is allowed."""
    repository.add(SETTINGS)
    return repository


def results(repository: Repository, *command: str, form: str = "sarif-all") -> Sequence[dict[str, Any]]:
    """Run a command and read the results of its log."""
    (run,) = json.loads(repository.call(*command, "--format", form).stdout)["runs"]
    return list(run["results"])


def test_reason_is_the_justification(allowing: Repository) -> None:
    """The result is all that the warning would have been, with a suppression."""
    (result,) = results(allowing, "check")
    assert (result["ruleId"], result["level"]) == ("local-volume-pins-workload", "warning")
    assert result["suppressions"] == WANTED
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "apps/clusters/lab.yaml"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_other_forms_leave_it_out(allowing: Repository, form: str) -> None:
    """GitHub's code scanning shows a suppressed result as an open alert, so the form for it has none."""
    done = allowing.call("check", "--strict", "--format", form)
    assert done.returncode == 0
    assert "local-volume-pins-workload" not in done.stdout + done.stderr


def test_cache_remembers_it(allowing: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that builds nothing says the same; so does one that finds dist/ as the last one left it."""
    monkeypatch.setattr(untouched, "read_now_ns", lambda: read_now_ns() + 2 * SETTLED_NS)
    monkeypatch.delenv("TRIMTAB_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, *others = [results(allowing, "synth") for _ in range(3)]
    assert [one["suppressions"] for one in first if one["ruleId"] == "local-volume-pins-workload"] == [WANTED]
    assert others == [first] * 2


def test_processes_share_it(allowing: Repository) -> None:
    """What a copy of the process allowed comes back with the rest."""
    for at in range(8):
        settings = (allowing.root / "apps/clusters/lab.yaml").read_text().replace("cluster: lab", f"cluster: lab{at}")
        allowing.write(f"apps/clusters/lab{at}.yaml", settings)
    alone = results(allowing, "check", "--jobs", "1")
    assert len(alone) == 9
    assert results(allowing, "check", "--jobs", "3") == alone


def test_verify_says_it_of_files(repository: Repository) -> None:
    """The file beside a tree allows in the same way."""
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n"
    repository.write("tree/a.yaml", head + "spec: {containers: [{name: a, image: 'a:latest'}]}\n")
    repository.write("tree/trimtab-verify.yaml", f"allow: {{unpinned-source: {{a.yaml: {{reason: {REASON}}}}}}}\n")
    assert results(repository, "verify", "tree", form="sarif") == []
    (result,) = results(repository, "verify", "tree")
    assert (result["ruleId"], result["suppressions"]) == ("unpinned-source", WANTED)
