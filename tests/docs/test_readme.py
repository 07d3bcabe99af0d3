"""What the README shows is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trimtab.pipeline import check_stages
from trimtab.pipeline.state import Options, run_stages

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
EXAMPLE = re.compile(r"<!-- example: (apps/\S+) -->\n```yaml\n(.*?)```", re.DOTALL)


@pytest.fixture
def example(tmp_path):
    """A repository that holds the README's files and nothing else."""
    for path, text in EXAMPLE.findall(README):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_the_example_passes_check_with_nothing_allowed_away(example):
    """A reader who copies it sees no error and no warning."""
    state = run_stages(check_stages(), Options(root=example))
    assert [finding.message for finding in state.findings] == []
    assert [cluster.name for cluster in state.clusters] == ["lab"]


def test_the_example_has_about_ten_applications(example):
    """As the sentence below it says."""
    (cluster,) = run_stages(check_stages(), Options(root=example)).clusters
    assert 8 <= len(cluster.require_plan().applications) <= 12


def test_every_link_of_the_readme_leads_somewhere():
    """Links are relative and there."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
