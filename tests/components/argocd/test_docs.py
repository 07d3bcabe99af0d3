"""The page of this component says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from argocd_support.made import make_argocd
from trimtab.catalogue.components import newest_release
from trimtab.rules.argocd import RULES

PAGE = (Path(__file__).parents[3] / "docs/components/argocd.md").read_text("utf-8")


def test_the_example_is_taken_without_a_problem() -> None:
    """Whoever copies the example gets no finding for it."""
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    settings = yaml.safe_load(example)
    made = make_argocd(settings["components"]["argocd"], gitops=settings["gitops"])
    assert [rule.code for rule in RULES if made.problems(rule.code)] == ["sync-window-without-application"]


def test_the_commands_are_of_the_newest_chart() -> None:
    """What is installed by hand is what the tree takes over."""
    assert re.findall(r"--version (\S+)", PAGE) == [newest_release("argocd").version]


def test_every_rule_is_named() -> None:
    """What is refused stands on the page."""
    assert [rule.code for rule in RULES if f"`{rule.code}`" not in PAGE] == []
