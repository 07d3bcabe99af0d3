"""What users of cdk8s write works in the chart of an application, beside our own objects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trimtab.synth.records import ChartObject, SynthResult

Build = Callable[..., SynthResult]
ConfigMap = Callable[..., dict[str, Any]]


def web(result: SynthResult) -> dict[str, ChartObject]:
    """The objects of application `web` by construct path, in a run without findings."""
    assert result.findings == ()
    return {one.construct_path: one for one in result.clusters[0].objects["web"]}


def test_api_object_stands_beside_ours_in_the_charts_namespace(build: Build, config_map: ConfigMap) -> None:
    """An ApiObject of the user's is read back whole, with their file as its origin."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            made = cdk8s.ApiObject(chart, "mine", api_version="v1", kind="ConfigMap")
            made.add_json_patch(cdk8s.JsonPatch.add("/data", {"domain": facts["domain"], **settings}))
    """
    objects = web(build(source, config_map("ours"), settings={"size": "small"}))
    assert list(objects) == ["web/configmap-ours", "web/mine"]
    mine = objects["web/mine"]
    assert mine.manifest["data"] == {"domain": "example.org", "size": "small"}
    assert mine.manifest["metadata"] == {"name": "web-mine-c8c447ad", "namespace": "web"}
    assert (mine.origin, mine.from_user) == (("constructs/mine.py",), True)
    assert not objects["web/configmap-ours"].from_user


def test_include_brings_every_object_of_a_file(build: Build, tmp_path: Path) -> None:
    """A YAML file with two objects becomes two objects; the one of the whole cluster gets no namespace."""
    (tmp_path / "two.yaml").write_text(
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n"
        "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: whole}\n"
    )
    source = """
        import cdk8s
        def build(chart, facts, settings):
            cdk8s.Include(chart, "file", url=settings["url"])
    """
    objects = web(build(source, settings={"url": str(tmp_path / "two.yaml")}))
    assert objects["web/file/s-service"].manifest["spec"] == {"ports": [{"port": 80}]}
    assert objects["web/file/s-service"].manifest["metadata"] == {"name": "s", "namespace": "web"}
    assert objects["web/file/whole-namespace"].manifest["metadata"] == {"name": "whole"}


def test_helm_chart_is_rendered_into_the_application(build: Build, helm: Path, tmp_path: Path) -> None:
    """cdk8s.Helm runs helm on a local chart, and what it renders is read back."""
    chart = tmp_path / "little"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: little\nversion: 1.0.0\n")
    template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-helm}\ndata: {size: '{{ .Values.size }}'}\n"
    (chart / "templates" / "it.yaml").write_text(template)
    source = """
        import cdk8s
        def build(chart, facts, settings):
            cdk8s.Helm(chart, "h", chart=settings["chart"], helm_executable=settings["helm"], values={"size": "big"})
    """
    objects = web(build(source, settings={"chart": str(chart), "helm": str(helm)}))
    assert objects["web/h/from-helm-configmap"].manifest["data"] == {"size": "big"}


def test_cdk8s_plus_object_is_read_back(build: Build) -> None:
    """A Deployment of cdk8s-plus arrives as the Deployment that it stands for."""
    source = """
        import cdk8s_plus_33 as kplus
        def build(chart, facts, settings):
            kplus.Deployment(chart, "d", replicas=3, containers=[kplus.ContainerProps(image="nginx")])
    """
    manifest: Any = web(build(source))["web/d/Resource"].manifest
    assert (manifest["kind"], manifest["spec"]["replicas"]) == ("Deployment", 3)
    assert manifest["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx"


def test_json_patch_on_one_of_ours_counts(build: Build, config_map: ConfigMap) -> None:
    """as_api_object gives an object whose patches and labels change ours, and nothing else of it."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            made = chart.as_api_object("configmap-ours")
            made.add_json_patch(cdk8s.JsonPatch.replace("/data/a", "new"))
            made.metadata.add_label("team", "x")
    """
    ours = config_map("ours", b="kept", a="old", big=2**63 - 1, nothing=None)
    one = web(build(source, ours))["web/configmap-ours"]
    assert one.manifest == {
        **ours,
        "metadata": {"name": "ours", "namespace": "web", "labels": {"team": "x"}},
        "data": {"b": "kept", "a": "new", "big": 2**63 - 1, "nothing": None},
    }
    assert not one.from_user


def test_ours_as_api_object_is_unchanged_when_left_alone(build: Build, config_map: ConfigMap) -> None:
    """Turning an object of ours into a cdk8s one changes no value, no order of keys, no namespace."""
    source = """
        def build(chart, facts, settings):
            for name in chart.manifests:
                assert chart.as_api_object(name) is chart.as_api_object(name)
    """
    odd = config_map("odd", zebra=1, apple=(2**60, None, 1.0), constructor={"prototype": "x"}, empty={}, yes=True)
    odd["metadata"]["annotations"] = {}
    role = {"kind": "ClusterRole", "apiVersion": "rbac/v1", "metadata": {"name": "r", "generateName": "q"}, "rules": []}
    objects = web(build(source, odd, role))
    assert repr([one.manifest for one in objects.values()]) == repr([odd, role])


def test_values_of_ours_that_never_meet_cdk8s_are_the_very_same(build: Build, config_map: ConfigMap) -> None:
    """Big integers, None, tuples and the key `constructor` come through, since nothing crosses to Node."""
    ours = config_map("ours", big=2**63 - 1, none=None, pair=(1, 2), constructor="x")
    assert web(build("def build(chart, facts, settings): pass", ours))["web/configmap-ours"].manifest is ours


def test_what_cdk8s_cannot_hold_is_refused_by_name(build: Build, config_map: ConfigMap) -> None:
    """A label named `constructor` breaks cdk8s itself, so the conversion says so at the user's line."""
    ours = config_map("ours")
    ours["metadata"]["labels"] = {"constructor": "x"}
    source = "def build(chart, facts, settings):\n    chart.as_api_object('configmap-ours')\n"
    (finding,) = build(source, ours).findings
    assert "object 'configmap-ours' cannot become an ApiObject" in finding.message
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == ("constructs/mine.py", 2)


def test_python_subclasses_keep_their_own_to_json(build: Build) -> None:
    """A class of constructs with an ApiObject subclass nested in it is read through its Python override."""
    source = """
        import cdk8s, constructs
        class Own(cdk8s.ApiObject):
            def to_json(self):
                return {**super().to_json(), "data": {"pair": ("a", "b")}}
        class Group(constructs.Construct):
            def __init__(self, scope, id, *, facts, settings):
                super().__init__(scope, id)
                Own(constructs.Construct(self, "inner"), "own", api_version="v1", kind="ConfigMap")
    """
    objects = web(build(source, symbol="Group"))
    assert objects["web/mine/inner/own"].manifest["data"] == {"pair": ["a", "b"]}


def test_users_may_add_mappings_as_we_do(build: Build) -> None:
    """chart.add is theirs too: no Node in between, and the origin is their file."""
    source = """
        def build(chart, facts, settings):
            other = chart.applications["db"]
            other.add({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"n": 2**63}})
    """
    result = build(source)
    added = result.clusters[0].objects["db"][-1]
    assert (added.manifest["data"], added.origin, added.from_user) == ({"n": 2**63}, ("constructs/mine.py",), True)


def test_number_that_node_rounds_is_an_error(build: Build) -> None:
    """A number of the user's above 2^53 cannot be trusted after Node, so it is named instead of written."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            cdk8s.ApiObject(chart, "x", api_version="v1", kind="A").add_json_patch(
                cdk8s.JsonPatch.add("/spec", {"size": [2**63 - 1]}))
    """
    (finding,) = build(source).findings
    assert (finding.code, finding.path) == ("rounded-number", ("constructs", "mine"))
    assert finding.message.endswith("Node rounds, at spec.size[0]: 9223372036854776000")


def test_chart_within_the_chart_belongs_to_the_application(build: Build) -> None:
    """A nested chart's objects are the application's, in the nested chart's namespace."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            cdk8s.ApiObject(cdk8s.Chart(chart, "in", namespace="inner"), "x", api_version="v1", kind="A")
    """
    manifest: Any = web(build(source))["web/in/x"].manifest
    assert manifest["metadata"]["namespace"] == "inner"


def test_second_object_with_an_id_is_refused(build: Build, config_map: ConfigMap) -> None:
    """Ids are unique in a chart; one name in two namespaces makes two ids."""
    source = """
        def build(chart, facts, settings):
            ours = dict(chart.manifests["configmap-ours"])
            assert chart.add({**ours, "metadata": {"name": "ours", "namespace": "x"}}) == "configmap-ours.x"
            chart.add(ours)
    """
    (finding,) = build(source, config_map("ours")).findings
    assert finding.message.endswith("application 'web' already has an object with the id 'configmap-ours'")


def test_chart_alone_can_be_read_in_a_test_of_the_users(config_map: ConfigMap) -> None:
    """chart.objects gives all of one chart, for who tests a construct without a run."""
    import cdk8s

    from trimtab.synth.chart import Chart

    chart = Chart(cdk8s.App(), "web", namespace="web")
    chart.add(config_map("ours"))
    cdk8s.ApiObject(chart, "x", api_version="v1", kind="A")
    chart.as_api_object("configmap-ours")
    assert [one.construct_path for one in chart.objects] == ["web/configmap-ours", "web/x"]


def test_construct_beside_the_applications_is_an_error(build: Build) -> None:
    """A chart that the user hangs on the app itself belongs to no application, and is named."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            cdk8s.Chart(chart.node.scope, "lost")
    """
    assert [one.code for one in build(source).findings] == ["construct-outside-application"]


def test_result_is_the_same_each_time(build: Build, config_map: ConfigMap) -> None:
    """Two runs in one process give the same objects, although Node has kept those of the first."""
    source = """
        import cdk8s
        def build(chart, facts, settings):
            for name in "cab":
                cdk8s.ApiObject(chart, name, api_version="v1", kind="ConfigMap")
    """
    one, other = (web(build(source, config_map("ours"))) for _ in range(2))
    assert list(one) == ["web/configmap-ours", "web/c", "web/a", "web/b"]
    assert json.dumps([v.manifest for v in one.values()]) == json.dumps([v.manifest for v in other.values()])
