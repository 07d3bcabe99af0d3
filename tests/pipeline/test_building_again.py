"""Constructs of the user's that come out differently each time."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository
from trimtab.pipeline import build_stages, building_again
from trimtab.pipeline.state import Options, State, run_stages

UNSTEADY = """
import random, datetime, cdk8s

def build(chart, facts, settings):
    data = {
        "hosts": ",".join({f"host-{n}" for n in range(9)}), "day": str(datetime.date.today()),
        "luck": str(random.random()), "steady": "yes",
    }
    cdk8s.ApiObject(chart, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"}).add_json_patch(
        cdk8s.JsonPatch.add("/data", data))
"""
STEADY = """
import cdk8s

def build(chart, facts, settings):
    cdk8s.ApiObject(chart, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"})
"""


def build(repository: Repository, source: str | None) -> State:
    """Build twice, with a construct of the user's or without."""
    if source is not None:
        repository.write("constructs/mine.py", source)
        repository.add("constructs: {mine: {file: constructs/mine.py, application: shop}}")
    return run_stages(build_stages(twice=True), Options(root=repository.root))


def test_chance_the_clock_and_sets_are_named_by_field(repository: Repository) -> None:
    """Another process has another luck, another day and another order of sets; what stays is not named."""
    (finding,) = build(repository, UNSTEADY).findings
    assert (finding.code, finding.soft, finding.cluster) == ("changes-on-every-render", True, "lab")
    assert finding.message.endswith("each time it is built: data.day, data.hosts, data.luck")
    assert finding.place is not None
    assert finding.place.file == "constructs/mine.py"


@pytest.mark.unmeasured
def test_steady_construct_is_quiet(repository: Repository) -> None:
    """Built by another process it is the same to the byte."""
    assert build(repository, STEADY).findings == ()


def test_without_constructs_nothing_is_built_again(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own builders have no chance in them, which other tests show."""
    monkeypatch.setattr(building_again, "read_second_build", lambda *_: pytest.fail("it was built again"))
    assert build(repository, None).findings == ()


def test_object_of_a_random_name_is_named_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in another file each time, and the second name is not told."""
    other = b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: shop}\n"
    folder = "lab/apps/shop/manifests"
    state = build_with(repository, monkeypatch, {f"{folder}/configmap_shop_other.yaml": other})
    assert [one.message.rpartition(": ")[2] for one in state.findings if "shop/mine" in one.message] == [
        "metadata.name"
    ]
    assert not any("shop/other" in one.message for one in state.findings)


def build_with(repository: Repository, monkeypatch: pytest.MonkeyPatch, again: dict[str, bytes]) -> State:
    """Build with a steady construct, and let the second build give some files."""
    monkeypatch.setattr(building_again, "read_second_build", lambda *_: again)
    return build(repository, STEADY)
