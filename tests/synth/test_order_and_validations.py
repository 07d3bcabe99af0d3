"""Dependencies become waves or edges, validations become findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trimtab.catalogue.argocd_names import SYNC_WAVE
from trimtab.synth.records import SynthResult

Build = Callable[..., SynthResult]
ConfigMap = Callable[..., dict[str, Any]]


def waves(result: SynthResult) -> dict[str, str | None]:
    """The wave of each object of `web` by construct path."""
    objects: Any = result.clusters[0].objects["web"]
    return {one.construct_path: one.manifest["metadata"].get("annotations", {}).get(SYNC_WAVE) for one in objects}


def test_dependencies_in_an_application_become_waves(build: Build, config_map: ConfigMap) -> None:
    """Theirs on ours on theirs: one wave each, and what stands in no dependency gets none."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            first, last = (cdk8s.ApiObject(chart, id, api_version="v1", kind="A") for id in ("first", "last"))
            ours = chart.as_api_object("configmap-ours")
            ours.node.add_dependency(first)
            last.add_dependency(ours)
    """
    result = build(source, config_map("ours"), config_map("alone"))
    assert result.findings == ()
    assert result.clusters[0].edges == ()
    assert waves(result) == {
        "web/configmap-ours": "1",
        "web/configmap-alone": None,
        "web/first": "0",
        "web/last": "2",
    }


def test_construct_stands_for_all_objects_below_it(build: Build) -> None:
    """Depending on a construct is depending on each object in it."""
    source = """
        import cdk8s, constructs
        def build(chart, facts, settings):
            group = constructs.Construct(chart, "group")
            for id in "ab":
                cdk8s.ApiObject(group, id, api_version="v1", kind="A")
            cdk8s.ApiObject(chart, "after", api_version="v1", kind="A").add_dependency(group)
    """
    assert waves(build(source)) == {"web/group/a": "0", "web/group/b": "0", "web/after": "1"}


def test_long_chains_of_groups_stay_cheap(build: Build) -> None:
    """Thirty groups in a row take no longer than their length; cdk8s's own sort would never end."""
    source = """
        import cdk8s, constructs
        def build(chart, facts, settings):
            before = None
            for step in range(30):
                group = constructs.Construct(chart, f"g{step}")
                for id in "abc":
                    cdk8s.ApiObject(group, id, api_version="v1", kind="A")
                if before:
                    group.node.add_dependency(before)
                before = group
    """
    assert waves(build(source))["web/g29/c"] == "29"


def test_wave_that_the_user_wrote_wins(build: Build) -> None:
    """An explicit wave stays, what depends on it comes after it, and one that comes too early is warned of."""
    source = """
        import cdk8s
        def make(chart, id, wave=None):
            notes = {"argocd.argoproj.io/sync-wave": wave} if wave else {}
            metadata = cdk8s.ApiObjectMetadata(annotations=notes)
            return cdk8s.ApiObject(chart, id, api_version="v1", kind="A", metadata=metadata)
        def build(chart, facts, settings):
            late, after, early = make(chart, "late", "5"), make(chart, "after"), make(chart, "early", "-1")
            after.add_dependency(late)
            early.add_dependency(late)
    """
    result = build(source)
    assert waves(result) == {"web/late": "5", "web/after": "6", "web/early": "-1"}
    assert [one.message for one in result.findings] == ["web/early is in wave -1 and depends on web/late in wave 5"]


def test_wave_that_is_no_number_stays_as_it_was_written(build: Build) -> None:
    """Helm's own text or a mistake in an annotation is not for us to replace; it counts as wave 0."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            metadata = cdk8s.ApiObjectMetadata(annotations={"argocd.argoproj.io/sync-wave": "soon"})
            first = cdk8s.ApiObject(chart, "first", api_version="v1", kind="A", metadata=metadata)
            cdk8s.ApiObject(chart, "last", api_version="v1", kind="A").add_dependency(first)
    """
    assert waves(build(source)) == {"web/first": "soon", "web/last": "1"}


def test_ring_is_drawn(build: Build) -> None:
    """Objects that wait for each other are one error that names them in order."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            a, b, c = (cdk8s.ApiObject(chart, id, api_version="v1", kind="A") for id in "abc")
            a.add_dependency(b), b.add_dependency(c), c.add_dependency(a)
    """
    (finding,) = build(source).findings
    assert finding.code == "dependency-ring"
    ring = finding.message.partition(": ")[2].split(" -> ")
    assert ring[0] == ring[-1]
    assert "web/a -> web/b" in " -> ".join(ring + ring[1:])


def test_dependencies_between_applications_become_edges(build: Build, config_map: ConfigMap) -> None:
    """A chart on a chart, or an object on an object of another chart: an edge, and no wave."""
    source = """
        def build(chart, facts, settings):
            chart.as_api_object("configmap-ours").node.add_dependency(chart.applications["db"])
    """
    result = build(source, config_map("ours"))
    assert result.clusters[0].edges == (("web", "db"),)
    assert waves(result) == {"web/configmap-ours": None}
    source = "def build(chart, facts, settings): chart.applications['db'].add_dependency(chart)"
    assert build(source).clusters[0].edges == (("db", "web"),)


def test_all_validations_are_asked_once_and_collected(build: Build) -> None:
    """Two constructs with something to say give three findings, in one run, each asked a single time."""
    source = """
        import cdk8s, constructs, jsii
        asked = []
        @jsii.implements(constructs.IValidation)
        class Says:
            def __init__(self, *messages):
                self.messages = list(messages)
            def validate(self):
                asked.append(self.messages)
                return self.messages
        def build(chart, facts, settings):
            chart.node.add_validation(Says("too small", "too old"))
            cdk8s.ApiObject(chart, "a", api_version="v1", kind="A").node.add_validation(Says("not signed"))
            settings["asked"] = asked
    """
    settings: dict[str, Any] = {"any": 1}
    result = build(source, settings=settings)
    assert [one.message for one in result.findings] == [
        "construct 'web' is not valid: too small",
        "construct 'web' is not valid: too old",
        "construct 'web/a' is not valid: not signed",
    ]
    assert settings["asked"] == [["too small", "too old"], ["not signed"]]


def test_validation_that_fails_itself_hides_no_other(build: Build) -> None:
    """An exception in one validation is a finding like what the others say."""
    source = """
        import cdk8s, constructs, jsii
        @jsii.implements(constructs.IValidation)
        class Breaks:
            def validate(self):
                raise KeyError("gone")
        @jsii.implements(constructs.IValidation)
        class Says:
            def validate(self):
                return ["not signed"]
        def build(chart, facts, settings):
            cdk8s.ApiObject(chart, "a", api_version="v1", kind="A").node.add_validation(Breaks())
            cdk8s.ApiObject(chart, "b", api_version="v1", kind="A").node.add_validation(Says())
    """
    first, second = (one.message for one in build(source).findings)
    assert first.startswith("construct 'web/a' is not valid: the validation itself failed")
    assert second == "construct 'web/b' is not valid: not signed"
