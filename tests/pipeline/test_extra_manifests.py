"""The user's own manifests, joined to an application of ours or in one of their own."""

from __future__ import annotations

import pytest
import yaml

from repository_support.repository import CONFIG_MAP, Repository, codes, faults, only

SHOP = "apps/manifests/lab/shop"


def application(repository: Repository, name: str) -> dict[str, dict[str, object]]:
    """Read an Application of the root."""
    for path in (repository.root / "dist/lab/root").glob("*.yaml"):
        one: dict[str, dict[str, object]] = yaml.safe_load(path.read_text())
        if one["metadata"]["name"] == f"lab-{name}":
            return one
    raise AssertionError(f"no Application lab-{name}")


def test_folder_is_an_application_of_its_own(repository: Repository) -> None:
    """Every document of every file is an object; the namespace is the folder's name, and is made."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one" + "---\n" + CONFIG_MAP % "two")
    repository.write(f"{SHOP}/deeper/b.yaml", CONFIG_MAP % "three")
    assert faults(repository.synth()) == ()
    objects = repository.objects("shop")
    assert sorted((one["kind"], one["metadata"]["name"]) for one in objects) == [
        ("ConfigMap", "one"),
        ("ConfigMap", "three"),
        ("ConfigMap", "two"),
        ("Namespace", "shop"),
    ]
    destination = application(repository, "shop")["spec"]["destination"]
    assert isinstance(destination, dict)
    assert destination["namespace"] == "shop"


def test_folder_of_our_application_joins_it(repository: Repository) -> None:
    """An object in a folder named for an application of ours is one more of its objects."""
    repository.write("apps/manifests/lab/cert-manager-issuers/mine.yaml", CONFIG_MAP % "mine")
    assert faults(repository.synth()) == ()
    names = [one["metadata"]["name"] for one in repository.objects("cert-manager-issuers")]
    assert {"ca", "mine"} <= set(names)


def test_settings_of_an_own_application_are_honoured(repository: Repository) -> None:
    """It goes where it is told, makes no namespace where it must not, and comes after what it names."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one")
    repository.add("applications: {shop: {namespace: store, createNamespace: false, after: [cert-manager-issuers]}}")
    assert faults(repository.synth()) == ()
    assert [one["kind"] for one in repository.objects("shop")] == ["ConfigMap"]
    waves = {
        name: application(repository, name)["metadata"]["annotations"] for name in ("shop", "cert-manager-issuers")
    }
    numbers = {name: int(got["argocd.argoproj.io/sync-wave"]) for name, got in waves.items()}  # type: ignore[index]
    assert numbers["shop"] > numbers["cert-manager-issuers"]


def test_own_application_comes_after_what_its_objects_use(repository: Repository) -> None:
    """A Certificate of the user's needs its API group, and the issuer that it names."""
    text = """
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata: {name: shop}
    spec: {secretName: shop, dnsNames: [shop.lab.example.org], issuerRef: {kind: ClusterIssuer, name: ca}}
    """
    repository.write(f"{SHOP}/a.yaml", text)
    state = repository.synth()
    assert faults(state) == ()
    plan = state.clusters[0].require_plan()
    because = {(edge.first, edge.because) for edge in plan.order.edges if edge.then == "shop"}
    assert {("cert-manager", "API group cert-manager.io"), ("cert-manager-issuers", "ClusterIssuer ca")} <= because
    assert plan.order.waves["shop"] > plan.order.waves["cert-manager-issuers"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- a list\n", 1, "this is no Kubernetes object"),
        ("just words\n", 1, "this is no Kubernetes object"),
        ("kind: ConfigMap\nmetadata: {name: a}\n", 1, "the object has no apiVersion"),
        ("apiVersion: v1\nkind: 3\nmetadata: {name: a}\n", 2, "the kind of the object is no text"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", 3, "the object has no metadata.name"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: words\n", 3, "the object has no metadata.name"),
    ],
)
def test_document_that_is_no_object_is_refused_where_it_stands(
    repository: Repository, text: str, line: int, words: str
) -> None:
    """What has no version, kind or name is nothing that Argo CD could apply."""
    repository.write(f"{SHOP}/a.yaml", text)
    finding = only(repository.synth(), "not-an-object")
    assert finding.message == words
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (f"{SHOP}/a.yaml", line)
    assert not (repository.root / "dist").exists()


def test_empty_documents_are_passed_over(repository: Repository) -> None:
    """A comment between two separators is no object, and no mistake, as for kubectl."""
    repository.write(f"{SHOP}/a.yaml", f"---\n# nothing\n---\n{CONFIG_MAP % 'one'}---\n")
    assert faults(repository.synth()) == ()
    assert len(repository.objects("shop")) == 2


def test_object_twice_in_one_application_is_refused(repository: Repository) -> None:
    """The second of the two is shown."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one" + "---\n" + CONFIG_MAP % "one")
    finding = only(repository.synth(), "object-owned-twice")
    assert finding.place is not None
    assert finding.place.line > 4


def test_object_in_two_applications_is_refused_with_both_places(repository: Repository) -> None:
    """A missing namespace counts as the application's own: these two would be one object."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one")
    repository.write(
        "apps/manifests/lab/other/b.yaml", CONFIG_MAP.replace("{name: %s}", "{name: one, namespace: shop}")
    )
    finding = only(repository.synth(), "object-owned-twice")
    files = {finding.place.file if finding.place else "", *(one.place.file for one in finding.related if one.place)}
    assert files == {f"{SHOP}/a.yaml", "apps/manifests/lab/other/b.yaml"}


def test_two_groups_may_share_kind_and_name(repository: Repository) -> None:
    """A kind of one name in two groups makes two objects."""
    one = "apiVersion: a.example.org/v1\nkind: Pool\nmetadata: {name: x}\n"
    repository.write(f"{SHOP}/a.yaml", one + "---\n" + one.replace("a.example", "b.example"))
    assert faults(repository.synth()) == ()
    assert len([built for built in repository.objects("shop") if built["kind"] == "Pool"]) == 2


def test_namespace_is_written_once(repository: Repository) -> None:
    """Two applications in one namespace, and a Namespace of the user's own: one object each."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one")
    repository.write("apps/manifests/lab/zoo/b.yaml", CONFIG_MAP % "two")
    repository.add("applications: {zoo: {namespace: shop}}")
    kept = "annotations: {argocd.argoproj.io/sync-options: Prune=confirm}"
    repository.write(
        "apps/manifests/lab/zoo/c.yaml", f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, {kept}}}\n"
    )
    assert faults(repository.synth()) == ()
    assert "Namespace" not in {one["kind"] for one in repository.objects("shop")}
    assert "Namespace" in {one["kind"] for one in repository.objects("zoo")}


def test_kind_that_argo_cd_never_applies_is_refused(repository: Repository) -> None:
    """An Endpoints object would be left out, and the Application still be called Synced."""
    repository.write(f"{SHOP}/a.yaml", "apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\n")
    finding = only(repository.synth(), "never-applied-kind")
    assert finding.place is not None
    assert finding.place.file == f"{SHOP}/a.yaml"


def test_file_outside_an_application_is_named(repository: Repository) -> None:
    """A manifest that lies in no application's folder would silently not be read."""
    repository.write("apps/manifests/lab/loose.yaml", CONFIG_MAP % "one")
    assert codes(repository.synth()) == ["manifest-without-application"]


def test_namespace_of_a_component_stays_with_it(repository: Repository) -> None:
    """An application of the user's that goes to the same namespace does not take it over, whatever its name."""
    repository.write("apps/manifests/lab/aaa/a.yaml", CONFIG_MAP % "one")
    repository.add("applications: {aaa: {namespace: cert-manager}}")
    assert faults(repository.synth()) == ()
    assert "Namespace" in {one["kind"] for one in repository.objects("cert-manager")}
    assert "Namespace" not in {one["kind"] for one in repository.objects("aaa")}


def test_object_that_stands_twice_names_the_other_file(repository: Repository) -> None:
    """Two files of the user's with one object: no word of an object of ours."""
    repository.write(f"{SHOP}/a.yaml", CONFIG_MAP % "one")
    repository.write(f"{SHOP}/b.yaml", CONFIG_MAP % "one")
    assert (
        only(repository.synth(), "object-owned-twice").help == f"remove one of the two; the other is in {SHOP}/a.yaml"
    )
