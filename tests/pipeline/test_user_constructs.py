"""The user's own cdk8s constructs, through the whole of `synth`."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository, codes, only

FILE = "constructs/mine.py"


def use(repository: Repository, source: str, *, application: str = "shop", more: str = "") -> None:
    """Write a construct and name it in the settings."""
    repository.write(FILE, source)
    repository.add(f"constructs: {{mine: {{file: {FILE}, application: {application}, settings: {{size: 3}}{more}}}}}")


FUNCTION = """
import cdk8s

def build(chart, facts, settings):
    print("this goes to stderr")
    cdk8s.ApiObject(chart, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"}).add_json_patch(
        cdk8s.JsonPatch.add("/data", {"size": str(settings["size"]), "domain": facts.cluster.settings.domain}))
"""


def test_function_builds_into_its_own_application(repository: Repository) -> None:
    """It is given chart, facts and settings; its application's namespace is made and is the objects' own."""
    use(repository, FUNCTION)
    assert repository.synth().findings == ()
    by_kind = {one["kind"]: one for one in repository.objects("shop")}
    assert by_kind["ConfigMap"]["data"] == {"size": "3", "domain": "lab.example.org"}
    assert by_kind["ConfigMap"]["metadata"]["namespace"] == "shop"
    assert by_kind["Namespace"]["metadata"]["name"] == "shop"


def test_class_builds_into_an_application_of_ours(repository: Repository) -> None:
    """A class takes scope, id and the keywords; its objects stand beside ours in one chart."""
    source = """
    from constructs import Construct
    import cdk8s

    class Mine(Construct):
        def __init__(self, scope, id, *, facts, settings):
            super().__init__(scope, id)
            cdk8s.ApiObject(self, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"})
    """
    use(repository, source, application="cert-manager-issuers", more=", symbol: Mine")
    assert repository.synth().findings == ()
    names = {one["metadata"]["name"] for one in repository.objects("cert-manager-issuers")}
    assert {"ca", "mine"} <= names


def test_include_and_library_objects_stand_beside_ours(repository: Repository) -> None:
    """cdk8s's Include of a file and an object of cdk8s-plus come out as files like any other."""
    pytest.importorskip("cdk8s_plus_33", reason="cdk8s-plus is not installed")
    repository.write("extra.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: included}\n")
    source = """
    import cdk8s, cdk8s_plus_33
    from pathlib import Path

    def build(chart, facts, settings):
        cdk8s.Include(chart, "inc", url=str(Path(__file__).resolve().parent.parent / "extra.yaml"))
        cdk8s_plus_33.ConfigMap(chart, "plus", metadata={"name": "plus"}, data={"a": "b"})
    """
    use(repository, source, application="cert-manager-issuers")
    assert repository.synth().findings == ()
    names = {one["metadata"]["name"] for one in repository.objects("cert-manager-issuers")}
    assert {"ca", "included", "plus"} <= names


def test_object_of_ours_can_be_patched_by_a_construct(repository: Repository) -> None:
    """`chart.as_api_object` gives one of ours as an ApiObject, patched like any other."""
    source = """
    import cdk8s

    def build(chart, facts, settings):
        one = chart.as_api_object("clusterissuer-ca")
        one.add_json_patch(cdk8s.JsonPatch.add("/metadata/labels/mine", "yes"))
    """
    use(repository, source, application="cert-manager-issuers")
    assert repository.synth().findings == ()
    (issuer,) = [one for one in repository.objects("cert-manager-issuers") if one["metadata"]["name"] == "ca"]
    assert issuer["metadata"]["labels"]["mine"] == "yes"


def test_mistake_in_a_construct_is_shown_at_its_line(repository: Repository) -> None:
    """The finding stands at the user's own line; the traceback is kept for who asks; nothing is written."""
    use(repository, "def build(chart, facts, settings):\n    return settings['none']\n")
    state = repository.synth()
    finding = only(state, "user-construct-failed")
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (FILE, 2)
    assert any("Traceback" in one for one in state.tracebacks)
    assert not (repository.root / "dist").exists()


def test_dependency_between_applications_is_an_order(repository: Repository) -> None:
    """A construct that depends on another application's chart puts its application after that one."""
    source = """
    import cdk8s

    def build(chart, facts, settings):
        one = cdk8s.ApiObject(chart, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"})
        one.node.add_dependency(chart.applications["cert-manager-issuers"])
    """
    use(repository, source)
    state = repository.synth()
    assert state.findings == ()
    waves = state.clusters[0].require_plan().order.waves
    assert waves["shop"] > waves["cert-manager-issuers"]


def test_ring_that_a_construct_closes_is_drawn(repository: Repository) -> None:
    """An object of ours made to wait for an application that waits for ours: a finding, no crash, nothing written."""
    source = """
    import cdk8s

    def build(chart, facts, settings):
        one = cdk8s.ApiObject(chart, "map", api_version="v1", kind="ConfigMap", metadata={"name": "mine"})
        one.node.add_dependency(chart.applications["cert-manager-issuers"])
    """
    use(repository, source, application="cert-manager")
    finding = only(repository.synth(), "ring")
    assert "cert-manager-issuers" in finding.message
    assert not (repository.root / "dist").exists()


def test_refused_validation_of_a_construct_is_a_finding(repository: Repository) -> None:
    """What `node.add_validation` refuses keeps everything from being written."""
    source = """
    import cdk8s, jsii
    from constructs import IValidation

    @jsii.implements(IValidation)
    class Refuse:
        def validate(self):
            return ["not today"]

    def build(chart, facts, settings):
        chart.node.add_validation(Refuse())
    """
    use(repository, source)
    state = repository.synth()
    assert "not today" in only(state, "invalid-construct").message
    assert codes(state) == ["invalid-construct"]
    assert not (repository.root / "dist").exists()


def test_value_that_yaml_has_not_is_a_finding(repository: Repository) -> None:
    """A Python set in an object is the user's mistake: told with its path, at the construct, and nothing is written."""
    source = """
    def build(chart, facts, settings):
        chart.add({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mine"}, "data": {"a": {1, 2}}})
    """
    use(repository, source)
    finding = only(repository.synth(), "user-construct-failed")
    assert "ConfigMap mine of a user construct cannot be written: data.a: set has no form in YAML" in finding.message
    assert finding.place is not None
    assert not (repository.root / "dist").exists()
