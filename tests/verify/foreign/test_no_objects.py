"""What stands in good trees and looks wrong: files of tools, examples that stand alone, and places to fill in."""

from __future__ import annotations

import pytest

JOB = "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-, namespace: jobs}\nspec: {template: {spec: {%s}}}\n"
JOB %= 'restartPolicy: Never, containers: [{name: run, image: "run:1.0.0"}]'
APPLICATION = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\n"
    "spec: {project: default, destination: {name: in-cluster, namespace: jobs},"
    " source: {repoURL: 'https://git.example.org/x.git', targetRevision: v1.0.0, path: jobs}}\n"
)
PATCH = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, namespace: kube-system}\n"
    "spec: {containers: [{name: it, resources: {requests: {cpu: 1m}}}]}\n"
)
CATALOG = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: shop, description: It sells}\n"
ISTIO = "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {namespace: istio-system}\n"
CALICO = "apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: a, labels: {reflects: true}}\nspec: {}\n"
OPENSHIFT = "apiVersion: v1beta1\nkind: AgentConfig\nmetadata: {name: lab}\nrendezvousIP: 10.0.0.5\n"
INGRESS = (
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop}\n"
    "spec: {defaultBackend: {resource: {kind: A, name: a, apiGroup: x.example.org}}, rules: [{host: '%s'}]}\n"
)
ROUTE = (
    "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop, namespace: shop}\n"
    "spec: {parentRefs: [{name: outside}], rules: [{backendRefs: [{name: shop, port: 80}]}]}\n"
)
SERVICE = (
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\n"
    "spec: {type: ExternalName, externalName: cart.example.org}\n"
)
GATEWAY = (
    "apiVersion: gateway.networking.k8s.io/v1\nkind: %s\nmetadata: {name: %s}\n"
    "spec: {controllerName: example.org/it}\n---\n"
    "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: shop, namespace: shop}\n"
    "spec: {gatewayClassName: internal, listeners: [{name: web, port: 80, protocol: HTTP}]}\n"
)


def codes(found, files: dict[str, str]) -> list[str]:
    """Give the codes of what is found in some files."""
    return [one.split()[0] for one in found(files)]


def test_object_that_nobody_applies_may_be_created_anew_each_time(found):
    """`kubectl create` has the API server make its name."""
    assert codes(found, {"jobs/run.yaml": JOB}) == []


def test_object_that_an_application_applies_needs_a_name(found):
    """Argo CD finds what it applied by its name."""
    assert "unnamed-object" in codes(found, {"jobs/run.yaml": JOB, "apps/a.yaml": APPLICATION})


def test_patch_of_kubeadm_is_no_object(found):
    """It bears the name of a pod of the control plane, and no image."""
    assert codes(found, {"patches/etcd.yaml": PATCH % "etcd"}) == []


def test_pod_of_another_name_needs_an_image(found):
    """Kubeadm lays patches over no other pods."""
    assert "missing-field" in codes(found, {"patches/shop.yaml": PATCH % "shop"})


@pytest.mark.parametrize("text", [CATALOG, ISTIO, CALICO, OPENSHIFT])
def test_file_of_a_tool_is_no_object(found, text):
    """Backstage, istioctl, calicoctl and OpenShift's installer read files; no API server is sent them."""
    assert codes(found, {"x.yaml": text}) == []


@pytest.mark.parametrize("host", ["shop.{{YOUR_DOMAIN}}", "shop.$(domain)", "<path:hosts/data/shop#name>"])
def test_place_to_fill_in_is_not_judged(found, host):
    """Somebody puts a host name there first."""
    assert codes(found, {"x.yaml": INGRESS % host}) == []


def test_host_that_is_written_out_is_judged(found):
    """Nobody writes over it."""
    assert codes(found, {"x.yaml": INGRESS % "shop_1"}) == ["wrong-field-form"]


def test_route_alone_may_lead_to_services_of_others(found):
    """Where a tree brings no Service at all, another does."""
    assert codes(found, {"route.yaml": ROUTE}) == []


def test_route_beside_services_leads_to_one_of_them(found):
    """A tree that brings Services to a namespace brings those that its routes name."""
    assert codes(found, {"route.yaml": ROUTE, "service.yaml": SERVICE}) == ["dangling-reference"]


def test_class_unlike_all_others_may_be_the_clusters(found):
    """Whoever runs the cluster makes classes."""
    assert codes(found, {"gateway.yaml": GATEWAY % ("GatewayClass", "acme")}) == []


def test_class_like_one_of_the_tree_is_a_slip(found):
    """One letter off."""
    assert codes(found, {"gateway.yaml": GATEWAY % ("GatewayClass", "internol")}) == ["unknown-gateway-class"]
