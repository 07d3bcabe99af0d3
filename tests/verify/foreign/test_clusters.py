"""Who applies what, and to which cluster."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.verify.files.clusters import Split, split_by_cluster
from trimtab.verify.files.gathering import gather_objects
from trimtab.verify.files.given import Given, Inventory


def config(name: str, namespace: str = "") -> str:
    """Write a ConfigMap."""
    place = f", namespace: {namespace}" if namespace else ""
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}{place}}}\n"


def application(name: str, path: str, *, server: str = "https://a", directory: str = "", more: str = "") -> str:
    """Write an Application with one directory source."""
    extra = f", directory: {directory}" if directory else ""
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}, namespace: argocd}}\nspec:\n"
        f"  source: {{repoURL: https://git.example.org/x.git, path: {path}{extra}}}\n"
        f"  destination: {{server: '{server}', namespace: {name}}}\n{more}"
    )


def split(files: dict[str, str], **given: Any) -> Split:
    """Split a tree by cluster."""
    contents = {name: text.encode() for name, text in files.items()}
    return split_by_cluster(gather_objects(contents).objects, contents, Given(kubernetes=(1, 35), **given))


def owners(files: dict[str, str], **given: Any) -> set[str]:
    """Give `cluster: application: object` of every ConfigMap."""
    return {
        f"{cluster.name}: {entry.application}: {entry}"
        for cluster in split(files, **given).clusters
        for entry in cluster.tree.of_kind("", "ConfigMap")
    }


def test_application_owns_what_lies_at_its_path():
    """A directory source owns the files directly in its folder, and its namespace is theirs."""
    files = {"a.yaml": application("shop", "shop"), "shop/a.yaml": config("a"), "shop/deep/b.yaml": config("b")}
    assert owners(files, prefix="") == {"https://a: shop: ConfigMap shop/a", "https://a: : ConfigMap b"}


@pytest.mark.parametrize(
    ("directory", "expected"),
    [
        ("{recurse: true}", {"a", "b"}),
        ("{recurse: true, include: 'deep/*'}", {"b"}),
        ("{recurse: true, exclude: '{deep/*,x}'}", {"a"}),
        ("{include: '*.yml'}", set()),
    ],
)
def test_directory_options_are_honoured(directory, expected):
    """`recurse`, `include` and `exclude` say which files a source takes."""
    files = {
        "a.yaml": application("shop", "shop", directory=directory),
        "shop/a.yaml": config("a"),
        "shop/deep/b.yaml": config("b"),
    }
    owned = {one.rpartition("/")[2] for one in owners(files, prefix="") if ": shop:" in one}
    assert owned == expected


def test_path_is_relative_to_the_repository():
    """A tree that lies below the top of its repository is found by the paths of sources all the same."""
    files = {"a.yaml": application("shop", "dist/shop"), "shop/a.yaml": config("a")}
    assert owners(files, prefix="dist/") == {"https://a: shop: ConfigMap shop/a"}
    assert owners(files, prefix=None) == {"https://a: shop: ConfigMap shop/a"}
    assert owners(files, prefix="other/") == {"https://a: : ConfigMap a"}


def test_one_object_may_be_in_two_clusters():
    """Two Applications of two clusters may apply one folder."""
    files = {
        "a.yaml": application("one", "shop", server="https://a"),
        "b.yaml": application("two", "shop", server="https://b"),
        "shop/a.yaml": config("a", "x"),
    }
    assert owners(files, prefix="") == {"https://a: one: ConfigMap x/a", "https://b: two: ConfigMap x/a"}


def test_folders_of_the_same_objects_are_clusters():
    """`dev` and `prod` with the same objects are taken for two clusters; what lies beside them is for both."""
    names = ("a", "b", "c")
    files = {f"{env}/{name}.yaml": config(name, "x") for env in ("dev", "prod") for name in names}
    made = split({**files, "shared.yaml": config("shared", "x")})
    assert made.variants == ("dev", "prod")
    assert {cluster.name: len(cluster.tree.entries) for cluster in made.clusters} == {"dev": 4, "prod": 4}


def test_files_of_the_same_objects_are_choices():
    """Of `install.yaml` and `ha-install.yaml` somebody applies one; four objects twice may be a copy by mistake."""
    bundle = [config(name, "x") for name in "abcdef"]
    made = split({"install.yaml": "---\n".join(bundle), "ha-install.yaml": "---\n".join(bundle[1:])})
    assert made.variants == ("ha-install.yaml", "install.yaml")
    assert not split({"one.yaml": "---\n".join(bundle[:4]), "two.yaml": "---\n".join(bundle[:4])}).variants


def test_files_that_are_applied_are_no_choices():
    """Argo CD applies all of a folder."""
    bundle = "---\n".join(config(name, "x") for name in "abcdef")
    files = {"a.yaml": application("shop", "shop"), "shop/one.yaml": bundle, "shop/two.yaml": bundle}
    assert not split(files, prefix="").variants


def test_one_object_in_two_folders_is_in_one_cluster():
    """A single object that stands in two folders does not make them clusters."""
    files = {"one/a.yaml": config("a", "x"), "one/b.yaml": config("b", "x"), "two/a.yaml": config("a", "x")}
    (cluster,) = split(files).clusters
    assert len(cluster.tree.owners("", ("", "ConfigMap", "x", "a"))) == 2


def test_copies_of_what_is_applied_are_left_out():
    """A file that no Application applies and that says the same object as one that is applied is an example."""
    files = {
        "a.yaml": application("shop", "shop"),
        "shop/a.yaml": config("a", "x"),
        "examples/a.yaml": config("a", "x"),
    }
    made = split(files, prefix="")
    assert made.copies == 1
    assert owners(files, prefix="") == {"https://a: shop: ConfigMap x/a"}


def test_inventories_name_clusters():
    """A folder of our own making is the cluster its inventory names, with its version and its Secrets."""
    inventories = tuple(
        Inventory(folder=name, cluster=name, kubernetes=(1, minor), secrets={("x", "s"): ()})
        for name, minor in (("one", 34), ("two", 36))
    )
    files = {f"{name}/{file}.yaml": config(file, "x") for name in ("one", "two") for file in "ab"}
    made = split(files, inventories=inventories)
    assert [(one.name, one.world.kubernetes, one.world.foreign) for one in made.clusters] == [
        ("one", (1, 34), False),
        ("two", (1, 36), False),
    ]
    assert made.clusters[0].world.secrets == {("x", "s"): ()}


def test_definitions_in_the_tree_say_scopes():
    """A kind that a definition in the tree makes namespaced goes to its Application's namespace."""
    definition = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ws.example.org}\n"
        "spec: {group: example.org, scope: Namespaced, names: {kind: W, plural: ws}}\n"
    )
    definition = definition.replace(
        "spec: {group: example.org, scope: Namespaced, names: {kind: W, plural: ws}}",
        ("spec:\n  group: example.org\n  scope: Namespaced\n  names: {kind: W, plural: ws}"),
    )
    thing = "apiVersion: example.org/v1\nkind: W\nmetadata: {name: w}\n"
    files = {"a.yaml": application("shop", "shop"), "shop/w.yaml": thing, "crd.yaml": definition}
    (cluster,) = split(files, prefix="").clusters
    assert [entry.namespace for entry in cluster.tree.of_kind("example.org", "W")] == ["shop"]


def test_charts_are_given_their_values():
    """The values of a chart are merged as Argo CD does: files, then `valuesObject` in place of `values`."""
    chart = (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: mon, namespace: argocd}\nspec:\n"
        "  destination: {server: 'https://a', namespace: monitoring}\n"
        "  sources:\n"
        "    - chart: kube-prometheus-stack\n      repoURL: https://charts.example.org\n      targetRevision: 1.2.3\n"
        "      helm:\n        valueFiles: ['$v/values/mon.yaml']\n        values: 'a: 9'\n"
        "        valuesObject: {b: 2}\n"
        "    - {ref: v, repoURL: 'https://git.example.org/x.git', targetRevision: main}\n"
    )
    (cluster,) = split({"a.yaml": chart, "values/mon.yaml": "a: 1\nb: 1\nc: {d: 1}\n"}, prefix="").clusters
    (use,) = cluster.world.charts
    assert (use.chart, use.version, use.namespace, use.release_name) == (
        "kube-prometheus-stack",
        "1.2.3",
        "monitoring",
        "mon",
    )
    assert use.values == {"a": 1, "b": 2, "c": {"d": 1}}


def test_object_of_two_folders_is_a_choice():
    """Nobody says that both folders are applied; of two files in one folder, or in one below it, both are."""
    apart = {"deploy/a.yaml": config("a", "x"), "testdata/a.yaml": config("a", "x")}
    below = {"deploy/a.yaml": config("a", "x"), "deploy/more/a.yaml": config("a", "x")}
    assert [split(files).alternatives for files in (apart, below)] == [1, 0]


def test_object_for_all_clusters_is_a_choice_beside_that_of_one():
    """`dev` and `prod` are a cluster each, and what lies apart from them is for both."""
    bundle = {f"{env}/{name}.yaml": config(name, "x") for env in ("dev", "prod") for name in "abc"}
    assert split({**bundle, "other/a.yaml": config("a", "x")}).alternatives == 1


def test_cluster_of_argo_cd_has_two_names():
    """`in-cluster` is the one with the address that Kubernetes has within itself."""
    address = application("one", "one", server="https://kubernetes.default.svc")
    name = application("two", "two").replace("server: 'https://a'", "name: in-cluster")
    files = {"a.yaml": address, "b.yaml": name, "one/x.yaml": config("a"), "two/x.yaml": config("b")}
    (cluster,) = split(files, prefix="").clusters
    assert {entry.application for entry in cluster.tree.of_kind("", "ConfigMap")} == {"one", "two"}


def test_kind_that_nobody_knows_lives_in_a_namespace():
    """So that one name in two namespaces is not taken for one object."""
    route = "apiVersion: routes.example.org/v1\nkind: Route\nmetadata: {name: web}\n"
    files = {"a.yaml": application("one", "one"), "b.yaml": application("two", "two")}
    (cluster,) = split({**files, "one/r.yaml": route, "two/r.yaml": route}, prefix="").clusters
    routes = cluster.tree.of_kind("routes.example.org", "Route")
    assert [str(entry) for entry in routes] == ["Route.routes.example.org one/web", "Route.routes.example.org two/web"]


@pytest.mark.parametrize(("path", "partial"), [("chart", {("https://a", "shop")}), ("plain", set())])
def test_application_with_a_chart_of_the_tree_is_shown_in_part(path, partial):
    """What the chart renders is not seen beside the files of its other source."""
    text = application("shop", "x").replace(
        "source: {", "sources: [{repoURL: https://git.example.org/x.git, path: y}, {"
    )
    text = text.replace("path: x}", f"path: {path}}}]")
    files = {"a.yaml": text, "y/a.yaml": config("a"), "plain/b.yaml": config("b"), "chart/Chart.yaml": "name: c\n"}
    (cluster,) = split(files, prefix="").clusters
    assert cluster.world.partial == partial
