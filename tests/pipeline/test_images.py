"""Images of a whole cluster: listed, checked, and rewritten to mirrors."""

from __future__ import annotations

import pytest

from repository_support.repository import TOP, Repository, codes, only
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.findings.finding import Finding, Severity
from trimtab.images.calico import find_calico_images
from trimtab.images.listing import Listed, Listing
from trimtab.images.rewrite import rewrite_images
from trimtab.images.use import How
from trimtab.pipeline import build_stages
from trimtab.pipeline.image_checks import check_chart_images
from trimtab.pipeline.imaging import HOSTS, elastic_registry, list_images
from trimtab.pipeline.state import Options, run_stages

JOB = """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: one}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - {name: a, image: "%s", resources: {requests: {cpu: 1m, memory: 1Mi}, limits: {memory: 1Mi}}}
    """
POD = {"containers": [{"name": "a", "image": "quay.io/jetstack/cert-manager-controller:v1"}]}
DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {"spec": POD}}}


def listing_of(repository: Repository, renders: dict[str, Rendered | NotRendered] | None = None) -> Listing:
    """List the images of the cluster `lab`."""
    (cluster,) = repository.synth().clusters
    return list_images(cluster, renders or {})


def named(listing: Listing) -> dict[str, Listed]:
    """Give the images of a listing by reference."""
    return {str(one.reference): one for one in listing.images}


def test_chart_that_was_not_rendered_has_its_usual_images(repository: Repository) -> None:
    """What the catalogue knows is listed as such, and said of the application."""
    listing = listing_of(repository)
    (image,) = (one for name, one in named(listing).items() if "cert-manager-controller" in name)
    assert image.how == (How.CHART,)
    assert image.applications == ("cert-manager",)
    assert "amd64" in image.architectures
    assert "cert-manager" in {one.application for one in listing.unseen}


def test_chart_that_was_rendered_has_what_it_names(repository: Repository) -> None:
    """Then nothing is guessed: usual images that this cluster does not need are gone."""
    rendered = Rendered(objects=(DEPLOYMENT,), crds=(), hooks=(), dropped=(), unstable=(), helm_version="", findings=())
    listing = listing_of(repository, {"cert-manager": rendered})
    found = [name for name, one in named(listing).items() if "cert-manager" in one.applications]
    assert found == ["quay.io/jetstack/cert-manager-controller:v1"]
    assert "cert-manager" not in {one.application for one in listing.unseen}


def test_why_a_chart_was_not_rendered_is_told(repository: Repository) -> None:
    """In the renderer's own words."""
    finding = Finding(code="helm-missing", severity=Severity.ERROR, message="there is no helm")
    listing = listing_of(repository, {"cert-manager": NotRendered(findings=(finding,))})
    assert any("there is no helm" in one.why for one in listing.unseen if one.application == "cert-manager")


def test_values_of_the_user_are_listed(repository: Repository) -> None:
    """A whole image is one, and of a part it is said that the chart knows the rest."""
    repository.add(
        "components: {cert-manager: {values: {cert-manager:"
        " {webhook: {image: {registry: r.example.org, repository: w, tag: v1}}, cainjector: {image: {digest: x}}}}}}"
    )
    listing = listing_of(repository)
    assert named(listing)["r.example.org/w:v1"].architectures == ()
    assert any("cainjector.image" in one.why for one in listing.unseen)


def test_own_manifests_are_listed(repository: Repository) -> None:
    """The catalogue knows nothing of their processors."""
    repository.write("apps/manifests/lab/shop/job.yaml", JOB % "busybox:1.37")
    image = named(listing_of(repository))["docker.io/library/busybox:1.37"]
    assert (image.applications, image.how, image.architectures) == (("shop",), (How.CONTAINER,), ())


def test_image_without_ipv6_is_found_in_own_manifests(repository: Repository) -> None:
    """Until a mirror is named, or the cluster reaches IPv4."""
    repository.add("network: {pods: ['2001:db8:1::/56'], services: ['2001:db8:2::/108']}")
    repository.add("nodes: {one: {address: '2001:db8::1'}, two: {address: '2001:db8::2'}}")
    repository.add("repositories: {https://argoproj.github.io/argo-helm: {mirror: 'https://charts.example.org'}}")
    repository.write("apps/manifests/lab/shop/job.yaml", JOB % "ghcr.io/a/b:v1")
    finding = only(repository.synth(), "image-without-ipv6")
    assert "Job" in finding.message
    assert finding.place is not None
    assert finding.place.file.endswith("job.yaml")
    repository.add("registries: {ghcr.io: {mirror: 'https://mirror.example.org/v2/ghcr'}}")
    assert "image-without-ipv6" not in codes(repository.synth())


def test_image_without_ipv6_is_found_in_charts_that_were_rendered(repository: Repository) -> None:
    """It points at the component, and a mirror mends it."""
    repository.add("network: {pods: ['2001:db8:1::/56'], services: ['2001:db8:2::/108']}")
    repository.add("nodes: {one: {address: '2001:db8::1'}, two: {address: '2001:db8::2'}}")
    repository.add("repositories: {https://argoproj.github.io/argo-helm: {mirror: 'https://charts.example.org'}}")
    pod = {"containers": [{"name": "a", "image": "ghcr.io/a/b:v1"}]}
    manifest = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": pod}
    rendered = Rendered(objects=(manifest,), crds=(), hooks=(), dropped=(), unstable=(), helm_version="", findings=())
    (cluster,) = repository.synth().clusters
    (finding,) = check_chart_images(cluster, {"cert-manager": rendered})
    assert (finding.code, finding.path) == ("image-without-ipv6", ("components", "cert-manager"))
    repository.add("registries: {ghcr.io: {mirror: 'https://mirror.example.org/v2/ghcr'}}")
    (cluster,) = repository.synth().clusters
    assert list(check_chart_images(cluster, {"cert-manager": rendered})) == []


def test_mirror_is_written_into_our_own_objects_and_into_values(repository: Repository) -> None:
    """Of one registry everything is: what is ours, and what Argo CD will render."""
    repository.write("apps/manifests/lab/shop/job.yaml", JOB % "quay.io/a/b:v1")
    repository.add("registries: {quay.io: {mirror: 'https://mirror.example.org/v2/quay', rewrite: true}}")
    repository.add("components: {cert-manager: {values: {cert-manager: {webhook: {image: {pullPolicy: Always}}}}}}")
    assert "image-not-rewritten" not in codes(repository.synth())
    (job,) = (one for one in repository.objects("shop") if one["kind"] == "Job")
    assert job["spec"]["template"]["spec"]["containers"][0]["image"] == "mirror.example.org/quay/a/b:v1"
    values = repository.values("cert-manager")
    repository_of_webhook = "mirror.example.org/quay/jetstack/cert-manager-webhook"
    assert values["webhook"]["image"] == {"repository": repository_of_webhook, "pullPolicy": "Always"}
    assert repository.values("argocd")["global"]["image"]["repository"] == "mirror.example.org/quay/argoproj/argocd"
    assert "redis" not in repository.values("argocd") or "image" not in repository.values("argocd")["redis"]


def test_registry_of_nobodys_chart_is_rewritten_without_a_word(repository: Repository) -> None:
    """Nothing would stay, so that nothing is refused."""
    repository.write("apps/manifests/lab/shop/job.yaml", JOB % "r.example.org/a/b:v1")
    repository.add("registries: {r.example.org: {mirror: 'https://mirror.example.org', rewrite: true}}")
    assert "image-not-rewritten" not in codes(repository.synth())
    (job,) = (one for one in repository.objects("shop") if one["kind"] == "Job")
    assert job["spec"]["template"]["spec"]["containers"][0]["image"] == "mirror.example.org/a/b:v1"


OWN_IMAGES = {
    "cassandra-lab": {"quay.io/ceph/ceph:v20.2.4"},
    "place7": {
        "quay.io/ceph/ceph:v20.2.4",
        "registry.k8s.io/pause:3.10",
        *(
            f"quay.io/calico/{name}:v3.32.1"
            for name in ("apiserver", "cni", "kube-controllers", "node", "pod2daemon-flexvol", "typha")
        ),
    },
    "utgb": {
        "docker.elastic.co/elasticsearch/elasticsearch:9.5.0",
        "docker.elastic.co/kibana/kibana:9.5.0",
    },
    "utgb-rpi": set[str](),
}


@pytest.mark.parametrize("name", sorted(OWN_IMAGES))
def test_objects_of_our_own_clusters_name_just_these(name: str) -> None:
    """Everything that our own objects pull, and no sentence, address or label taken for an image."""
    state = run_stages(build_stages(), Options(root=TOP, clusters=(name,)))
    (cluster,) = state.clusters
    listing = list_images(cluster, {})
    assert {one for one, image in named(listing).items() if image.how != (How.CHART,)} >= OWN_IMAGES[name]
    sure = {How.CONTAINER, How.RESOURCE, How.OPERATOR, How.ARGUMENT, How.ENVIRONMENT, How.CONFIG}
    assert {one for one, image in named(listing).items() if sure & {*image.how}} == OWN_IMAGES[name]
    assert not {"image-without-ipv6", "mixed-architectures", "image-not-rewritten"} & {*codes(state)}


KIBANA = "apiVersion: kibana.k8s.elastic.co/v1\nkind: Kibana\nmetadata: {name: one}\nspec: {version: 9.5.0, count: 1}\n"


def test_image_that_an_operator_picks_is_not_rewritten_and_told(repository: Repository) -> None:
    """No object names it, so that it would stay where it is."""
    repository.write("apps/manifests/lab/shop/kibana.yaml", KIBANA)
    repository.add("registries: {docker.elastic.co: {mirror: 'https://mirror.example.org', rewrite: true}}")
    finding = only(repository.synth(), "image-not-rewritten")
    assert "an operator picks 1 image of docker.elastic.co for the application 'shop'" in finding.message
    assert finding.place is not None


def test_mirrors_are_written_where_an_image_that_stays_is_allowed(repository: Repository) -> None:
    """Who lets one image stay where it is still gets all others from the mirror."""
    repository.write("apps/manifests/lab/shop/kibana.yaml", KIBANA)
    repository.write("apps/manifests/lab/shop/job.yaml", JOB % "docker.elastic.co/a/b:v1")
    repository.add("registries: {docker.elastic.co: {mirror: 'https://mirror.example.org', rewrite: true}}")
    at = 'registries["docker.elastic.co"].rewrite'
    repository.add(f"allow: {{image-not-rewritten: {{'{at}': {{reason: nodes know it}}}}}}")
    assert "image-not-rewritten" not in codes(repository.synth())
    (job,) = (one for one in repository.objects("shop") if one["kind"] == "Job")
    assert job["spec"]["template"]["spec"]["containers"][0]["image"] == "mirror.example.org/a/b:v1"


def test_elastics_operator_is_told_of_the_mirror(repository: Repository) -> None:
    """Then it picks from there, and nothing is left."""
    repository.write("apps/manifests/lab/shop/kibana.yaml", KIBANA)
    repository.add("components: {logging: {elasticsearch: {storageClass: local-path}}, local-path: {}}")
    repository.add("registries: {docker.elastic.co: {mirror: 'https://m.example.org/v2/elastic', rewrite: true}}")
    state = repository.synth()
    assert "image-not-rewritten" not in codes(state)
    (cluster,) = state.clusters
    assert elastic_registry(cluster) == "m.example.org/elastic"
    assert "m.example.org/elastic/kibana/kibana:9.5.0" in named(list_images(cluster, {}))


def test_elastics_operator_picks_for_charts_too(repository: Repository) -> None:
    """What a chart renders asks for the same images as an object of ours."""
    repository.add("components: {logging: {elasticsearch: {storageClass: local-path}}, local-path: {}}")
    repository.add("registries: {docker.elastic.co: {mirror: 'https://m.example.org/v2/elastic', rewrite: true}}")
    kibana = {"apiVersion": "kibana.k8s.elastic.co/v1", "kind": "Kibana", "spec": {"version": "9.4.0"}}
    rendered = Rendered(objects=(kibana,), crds=(), hooks=(), dropped=(), unstable=(), helm_version="", findings=())
    listing = listing_of(repository, {"cert-manager": rendered})
    assert {one for one in named(listing) if one.endswith(":9.4.0")} == {"m.example.org/elastic/kibana/kibana:9.4.0"}


def test_calicos_operator_is_told_of_the_mirror(repository: Repository) -> None:
    """The Installation has a field for it; a path that is there already stays behind it."""
    prefixes = {"quay.io": "m.example.org/quay"}
    spec = {"registry": "quay.io/mine/", "imagePath": "calico"}
    manifest = {"apiVersion": "operator.tigera.io/v1", "kind": "Installation", "spec": spec}
    found = [rewrite_images({**manifest, "spec": one}, prefixes)["spec"] for one in (spec, {}, {"registry": "r/"})]
    assert [one.get("registry") for one in found] == ["m.example.org/quay/mine/", "m.example.org/quay/", "r/"]
    uses = find_calico_images([{**manifest, "spec": found[1]}], "v3.32.1")
    assert "m.example.org/quay/calico/node:v3.32.1" in {str(use.reference) for _, use in uses}


def test_what_hosts_pull_is_listed(repository: Repository) -> None:
    """Under their own name, with processors and IPv6; of a minor alone it is said that nobody knows."""
    repository.add("kubernetes: {distribution: kubeadm}")
    listing = listing_of(repository)
    assert any("newest patch of 1.35" in one.why for one in listing.unseen if one.application == HOSTS)
    assert "registry.k8s.io/etcd:3.6.6-0" not in named(listing)
    repository.add("kubernetes: {version: 1.35.4}")
    listing = listing_of(repository)
    etcd = named(listing)["registry.k8s.io/etcd:3.6.6-0"]
    assert (etcd.applications, etcd.how) == ((HOSTS,), (How.KUBEADM,))
    assert {"amd64", "arm64"} <= {*etcd.architectures}
    assert listing.registries["registry.k8s.io"].ipv6


CEPH = """
    components:
      ceph-csi:
        monitors: {a: "192.0.2.1:6789"}
        fsid: 4f4a7a1e-5b0c-4d6e-9c2a-0d3b8a1f7e55
        block: {pool: kube, storageClass: {name: ceph-rbd}}
    """


def test_drivers_of_ceph_have_images_that_nothing_names(repository: Repository) -> None:
    """They are listed, and of a registry that is rewritten they are told with the way out."""
    repository.add(CEPH)
    (cluster,) = repository.check().clusters
    (image,) = (one for name, one in named(list_images(cluster, {})).items() if "/cephcsi/cephcsi:" in name)
    assert (image.how, image.applications) == ((How.OPERATOR,), ("ceph-csi-drivers",))
    repository.add("registries: {registry.k8s.io: {mirror: 'https://m.example.org/v2/k8s', rewrite: true}}")
    finding = only(repository.synth(), "image-not-rewritten")
    assert "operatorConfig.driverSpecDefaults.imageSet.name" in (finding.help or "")


@pytest.mark.parametrize(("chosen", "count"), [("", 1), ("nodeSelector: {kubernetes.io/arch: amd64}", 0)])
def test_pod_that_may_land_on_the_wrong_processor_is_found(repository: Repository, chosen: str, count: int) -> None:
    """One machine of two lacks an image; a pod that chooses its machine is left alone."""
    repository.add("components: {external-secrets: {}}\nnodes: {two: {arch: arm}}")
    image = "ghcr.io/external-secrets/external-secrets:v2.9.0"
    repository.write(
        "apps/manifests/lab/external-secrets/job.yaml", (JOB % image).replace("restart", f"{chosen}\n          restart")
    )
    found = [one for one in repository.synth().findings if one.code == "mixed-architectures"]
    assert len(found) == count
    assert all("may run on arm, for which ghcr.io/external-secrets" in one.message for one in found)
