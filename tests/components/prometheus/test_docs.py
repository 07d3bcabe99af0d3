"""The page of this component says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from prometheus_support.made import ALL, STORAGE, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.prometheus.build import QUESTIONS
from trimtab.rules.monitoring import RULES

PAGE = (Path(__file__).parents[3] / "docs/components/prometheus.md").read_text("utf-8")


def test_the_example_is_taken_without_a_problem() -> None:
    """Whoever copies the example gets no finding for it."""
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    settings = yaml.safe_load(example)
    made = make_cluster(settings["components"]["prometheus"], domain=settings["domain"], brought=ALL)
    assert [rule.code for rule in RULES if made.problems(rule.code)] == []


def test_every_application_release_and_topic_is_named() -> None:
    """What it brings stands on the page, with the versions held."""
    made = make_cluster(brought=(STORAGE, *ALL))
    topics = {built.origin[0].rpartition(".")[2] for built in made.built if "alerts" in built.origin[0]}
    wanted = {*made.applications, *topics, *QUESTIONS}
    assert [word for word in sorted(wanted) if f"`{word}`" not in PAGE] == []
    assert [one.version for one in releases("prometheus") if one.version not in PAGE] == []


def test_every_rule_is_named() -> None:
    """What is refused stands on the page."""
    assert [rule.code for rule in RULES if f"`{rule.code}`" not in PAGE] == []
