"""What the user says of a tree: `trimtab-verify.yaml`, and what it allows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from trimtab.settings.verify_config import VerifyConfig, verify_schema

SOFT = "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: x}\nstringData:\n  a: b\n"
LATEST = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\nspec:\n  containers:\n"
    "  - name: a\n    image: registry.example.org/a:latest\n"
)
ALLOW = "allow:\n  unpinned-source:\n    {key}: {{reason: it is only a trial{until}}}\n"


def codes(examined) -> list[str]:
    """Give the codes that were found."""
    return [one.code for one in examined.findings if one.code != "no-health-probe"]


@pytest.mark.parametrize("key", ["pods/a.yaml", "pods/*", "'*'", "'pods/a.yaml#Pod/a'"])
def test_soft_finding_is_allowed(verify, key):
    """A finding is allowed by its file, a pattern, one object in a file, or for the whole tree."""
    assert codes(verify({"pods/a.yaml": LATEST})) == ["unpinned-source"]
    assert codes(verify({"trimtab-verify.yaml": ALLOW.format(key=key, until="")})) == []


def test_allowance_of_another_object_allows_nothing(verify):
    """An allowance that fits nothing is reported, at its key."""
    config = ALLOW.format(key="'pods/a.yaml#Pod/b'", until="")
    examined = verify({"pods/a.yaml": LATEST, "trimtab-verify.yaml": config})
    assert sorted(codes(examined)) == ["stale-allowance", "unpinned-source"]
    (stale,) = [one for one in examined.findings if one.code == "stale-allowance"]
    assert (Path(stale.place.file).name, stale.place.line) == ("trimtab-verify.yaml", 3)


def test_allowance_ends(verify):
    """After its last day an allowance holds no more, and says so."""
    config = ALLOW.format(key="'*'", until=", until: 2026-01-01")
    files = {"pods/a.yaml": LATEST, "trimtab-verify.yaml": config}
    assert codes(verify(files, today=date(2026, 1, 1))) == []
    assert sorted(codes(verify(files, today=date(2026, 1, 2)))) == ["stale-allowance", "unpinned-source"]


def test_hard_refusal_is_not_allowed(verify):
    """What the API server refuses cannot be allowed."""
    config = "allow:\n  unknown-field:\n    '*': {reason: because}\n"
    pod = LATEST.replace(":latest", ":1").replace("spec:", "spec:\n  wrong: 1")
    assert "hard-refusal-allowed" in codes(verify({"a.yaml": pod, "trimtab-verify.yaml": config}))


def test_unknown_key_is_refused_with_a_suggestion(verify):
    """A misspelt key is refused where it stands, and the right one is named."""
    (finding,) = verify({"trimtab-verify.yaml": "kubernets: '1.35'\n", "a.yaml": LATEST}).findings
    assert (finding.code, finding.help) == ("unknown-setting", "did you mean 'kubernetes'?")
    assert finding.place.line == 1


def test_version_is_said_aloud(verify):
    """Where nobody names a version of Kubernetes, the one that is assumed is said."""
    assert any("is assumed" in note for note in verify({"a.yaml": LATEST}, kubernetes=None).notes)
    named = verify({"trimtab-verify.yaml": "kubernetes: '1.34'\n"}, kubernetes=None)
    assert not any("is assumed" in note for note in named.notes)


def test_excluded_files_are_not_looked_at(verify):
    """A pattern in `exclude` takes files out, in folders below too."""
    files = {"trimtab-verify.yaml": "exclude: ['drafts/*']\n", "drafts/deep/a.yaml": "kind: [\napiVersion: x\n"}
    assert verify(files).findings == ()


def test_missing_definitions_are_named(verify):
    """A file of definitions that is not there is refused at the line that names it."""
    files = {"trimtab-verify.yaml": "definitions:\n- crds.yaml\n", "a.yaml": LATEST.replace(":latest", ":1")}
    (finding,) = [one for one in verify(files).findings if one.code == "unreadable-file"]
    assert finding.place.line == 2


def test_committed_schema_is_the_models(verify):
    """`schemas/verify.schema.json` is what the model says, and the model's own examples pass it."""
    committed = (Path(__file__).parents[3] / "schemas" / "verify.schema.json").read_text()
    assert json.loads(committed) == json.loads(json.dumps(verify_schema()))
    assert VerifyConfig().provided.namespaces == []
