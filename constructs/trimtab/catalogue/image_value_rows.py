"""The values that name images, chart by chart, as upstream's values.yaml and templates have them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Row = tuple[str, Mapping[str, str]]
"""An image without its tag, and the dotted paths of the values: `registry`, `repository`."""


def _whole(image: str, *values: str) -> tuple[Row, ...]:
    """Give rows of an image that one value names with its registry, once for each place."""
    return tuple((image, {"repository": value}) for value in values)


def _parts(image: str, *parents: str) -> tuple[Row, ...]:
    """Give rows of an image that has `registry` and `repository` below one key."""
    return tuple((image, {"registry": f"{at}.registry", "repository": f"{at}.repository"}) for at in parents)


def _host(image: str, value: str) -> tuple[Row, ...]:
    """Give the row of an image whose registry alone is a value that the chart has no shorter way round."""
    return ((image, {"registry": value}),)


_ARGOCD = (
    # argoproj/argo-helm argo-cd-10.1.1 charts/argo-cd: all of Argo CD's own fall back to `global`
    *_whole("quay.io/argoproj/argocd", "global.image.repository"),
    *_whole("ghcr.io/dexidp/dex", "dex.image.repository"),
    *_whole("ecr-public.aws.com/docker/library/redis", "redis.image.repository", "redis-ha.image.repository"),
    *_whole("ecr-public.aws.com/docker/library/haproxy", "redis-ha.haproxy.image.repository"),
    *_whole("ghcr.io/oliver006/redis_exporter", "redis.exporter.image.repository", "redis-ha.exporter.image"),
    *_whole("quay.io/argoprojlabs/argocd-extension-installer", "server.extensions.image.repository"),
)

_CERT_MANAGER = (
    # cert-manager/cert-manager v1.21.1 deploy/charts/cert-manager/templates/_helpers.tpl, cert-manager.image:
    # `image.repository` goes before `imageRegistry`, `imageNamespace` and `image.name`, and was all there was to 1.19
    *_whole("quay.io/jetstack/cert-manager-controller", "image.repository"),
    *_whole("quay.io/jetstack/cert-manager-webhook", "webhook.image.repository"),
    *_whole("quay.io/jetstack/cert-manager-cainjector", "cainjector.image.repository"),
    *_whole("quay.io/jetstack/cert-manager-acmesolver", "acmesolver.image.repository"),
    *_whole("quay.io/jetstack/cert-manager-startupapicheck", "startupapicheck.image.repository"),
)

_SIG_STORAGE = "registry.k8s.io/sig-storage/"
_NFS = (
    # kubernetes-csi/csi-driver-nfs charts/v4.13.4 templates: `image.baseRepo` goes before a name that begins with `/`
    *_whole(f"{_SIG_STORAGE}nfsplugin", "image.nfs.repository"),
    *_whole(f"{_SIG_STORAGE}csi-provisioner", "image.csiProvisioner.repository"),
    *_whole(f"{_SIG_STORAGE}csi-resizer", "image.csiResizer.repository"),
    *_whole(f"{_SIG_STORAGE}csi-snapshotter", "image.csiSnapshotter.repository"),
    *_whole(f"{_SIG_STORAGE}livenessprobe", "image.livenessProbe.repository"),
    *_whole(f"{_SIG_STORAGE}csi-node-driver-registrar", "image.nodeDriverRegistrar.repository"),
    *_whole(f"{_SIG_STORAGE}snapshot-controller", "image.externalSnapshotter.repository"),
)

_ECK = (
    # elastic/cloud-on-k8s v3.5.0 deploy/eck-operator/templates: _helpers.tpl (imageReference), configmap.yaml:19;
    # pkg/controller/common/container/container.go (ImageRepository) puts the registry before every stack image
    *_whole("docker.elastic.co/eck/eck-operator", "image.repository"),
    *_host("docker.elastic.co/elasticsearch/elasticsearch", "config.containerRegistry"),
)

_ESO = "ghcr.io/external-secrets/external-secrets"
_HARBOR = "docker.io/goharbor/"
_QUAY_PROMETHEUS = "quay.io/prometheus-operator/"
_KPS = (
    # prometheus-community/helm-charts kube-prometheus-stack-88.5.3 and its charts: `global.imageRegistry` would move
    # all registries at once
    *_parts("quay.io/prometheus/alertmanager", "alertmanager.alertmanagerSpec.image"),
    *_parts("quay.io/prometheus/prometheus", "prometheus.prometheusSpec.image"),
    *_parts("quay.io/thanos/thanos", "prometheusOperator.thanosImage", "thanosRuler.thanosRulerSpec.image"),
    *_parts(f"{_QUAY_PROMETHEUS}prometheus-operator", "prometheusOperator.image"),
    *_parts(f"{_QUAY_PROMETHEUS}prometheus-config-reloader", "prometheusOperator.prometheusConfigReloader.image"),
    *_parts(f"{_QUAY_PROMETHEUS}admission-webhook", "prometheusOperator.admissionWebhooks.deployment.image"),
    *_parts("ghcr.io/jkroepke/kube-webhook-certgen", "prometheusOperator.admissionWebhooks.patch.image"),
    *_parts("docker.io/busybox", "crds.upgradeJob.image.busybox"),
    *_parts("registry.k8s.io/kubectl", "crds.upgradeJob.image.kubectl"),
    *_parts("docker.io/grafana/grafana", "grafana.image"),
    *_parts("docker.io/grafana/grafana-image-renderer", "grafana.imageRenderer.image"),
    *_parts("docker.io/library/busybox", "grafana.initChownData.image"),
    *_parts("docker.io/curlimages/curl", "grafana.downloadDashboardsImage"),
    *_parts("docker.io/bats/bats", "grafana.testFramework.image"),
    *_parts("quay.io/kiwigrid/k8s-sidecar", "grafana.sidecar.image"),
    *_parts("registry.k8s.io/kube-state-metrics/kube-state-metrics", "kube-state-metrics.image"),
    *_parts("quay.io/prometheus/node-exporter", "prometheus-node-exporter.image"),
    *_parts(
        "quay.io/brancz/kube-rbac-proxy",
        "kube-state-metrics.kubeRBACProxy.image",
        "prometheus-node-exporter.kubeRBACProxy.image",
    ),
    *_parts("quay.io/prometheus/busybox", "prometheus-node-exporter.permissionInitContainer.image"),
)

_ROOK = (
    # rook/rook v1.20.6 deploy/charts/rook-ceph/templates/configmap.yaml (ROOK_CSI_*_IMAGE): Rook puts them into the
    # image set that the drivers' operator reads
    *_whole("docker.io/rook/ceph", "image.repository"),
    *_whole("quay.io/cephcsi/cephcsi", "csi.cephcsi.repository"),
    *_whole(f"{_SIG_STORAGE}csi-node-driver-registrar", "csi.registrar.repository"),
    *_whole(f"{_SIG_STORAGE}csi-provisioner", "csi.provisioner.repository"),
    *_whole(f"{_SIG_STORAGE}csi-snapshotter", "csi.snapshotter.repository"),
    *_whole(f"{_SIG_STORAGE}csi-attacher", "csi.attacher.repository"),
    *_whole(f"{_SIG_STORAGE}csi-resizer", "csi.resizer.repository"),
    *_whole("quay.io/csiaddons/k8s-sidecar", "csi.csiAddons.repository"),
    *_whole("quay.io/cephcsi/ceph-csi-operator", "ceph-csi-operator.controllerManager.manager.image.repository"),
)

ROWS: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "argo-cd": _ARGOCD,
        # ceph/ceph-csi-operator v1.0.4 deploy/charts/ceph-csi-operator/values.yaml
        "ceph-csi-operator": _whole("quay.io/cephcsi/ceph-csi-operator", "controllerManager.manager.image.repository"),
        "cert-manager": _CERT_MANAGER,
        "csi-driver-nfs": _NFS,
        "eck-operator": _ECK,
        # external-secrets/external-secrets helm-chart-2.9.0 deploy/charts/external-secrets/values.yaml
        "external-secrets": _whole(
            _ESO, "image.repository", "webhook.image.repository", "certController.image.repository"
        ),
        # fluent/helm-charts fluent-bit-0.58.1 charts/fluent-bit/templates/_helpers.tpl, fluent-bit.image
        "fluent-bit": (
            *_whole("cr.fluentbit.io/fluent/fluent-bit", "image.repository"),
            *_whole("busybox", "testFramework.image.repository"),
            *_whole("ghcr.io/jimmidyson/configmap-reload", "hotReload.image.repository"),
        ),
        # goharbor/harbor-helm v1.19.1 values.yaml; up to 1.18 the registry was left out
        "harbor": (
            *_whole(f"{_HARBOR}nginx-photon", "nginx.image.repository"),
            *_whole(f"{_HARBOR}harbor-portal", "portal.image.repository"),
            *_whole(f"{_HARBOR}harbor-core", "core.image.repository"),
            *_whole(f"{_HARBOR}harbor-jobservice", "jobservice.image.repository"),
            *_whole(f"{_HARBOR}registry-photon", "registry.registry.image.repository"),
            *_whole(f"{_HARBOR}harbor-registryctl", "registry.controller.image.repository"),
            *_whole(f"{_HARBOR}trivy-adapter-photon", "trivy.image.repository"),
            *_whole(f"{_HARBOR}harbor-db", "database.internal.image.repository"),
            *_whole(f"{_HARBOR}redis-photon", "redis.internal.image.repository"),
            *_whole(f"{_HARBOR}harbor-exporter", "exporter.image.repository"),
        ),
        # kubernetes/ingress-nginx helm-chart-4.15.1 templates: `image.repository` would lose the `-chroot` that is
        # put behind `image.image`
        "ingress-nginx": (
            *_host("registry.k8s.io/ingress-nginx/controller", "global.image.registry"),
            *_host("registry.k8s.io/ingress-nginx/kube-webhook-certgen", "global.image.registry"),
            *_host("registry.k8s.io/defaultbackend-amd64", "global.image.registry"),
        ),
        # rancher/local-path-provisioner v0.0.37 deploy/chart/local-path-provisioner/templates
        "local-path-provisioner": (
            *_whole("docker.io/rancher/local-path-provisioner", "image.repository"),
            *_whole("docker.io/library/busybox", "helperImage.repository"),
        ),
        # metallb/metallb v0.16.1 charts/metallb, with metallb/frr-k8s v0.0.25 in it
        "metallb": (
            *_whole("quay.io/metallb/controller", "controller.image.repository"),
            *_whole("quay.io/metallb/speaker", "speaker.image.repository"),
            *_whole("quay.io/frrouting/frr", "speaker.frr.image.repository", "frr-k8s.frrk8s.frr.image.repository"),
            *_whole("quay.io/metallb/frr-k8s", "frr-k8s.frrk8s.image.repository"),
        ),
        "kube-prometheus-stack": _KPS,
        "rook-ceph": _ROOK,
        # bitnami-labs/sealed-secrets helm-v2.18.5 helm/sealed-secrets/values.yaml
        "sealed-secrets": _parts("docker.io/bitnami/sealed-secrets-controller", "image"),
        # projectcalico/calico v3.32.1 charts/tigera-operator/templates/tigera-operator/_helpers.tpl; calicoctl's image
        # is OpenShift's alone
        "tigera-operator": _host("quay.io/tigera/operator", "tigeraOperator.registry"),
        # traefik/traefik-helm-chart v41.3.0 traefik/templates/_helpers.tpl, traefik.image-name
        "traefik": _parts("docker.io/traefik", "image"),
    }
)
"""Chart to its images. An image that is missing here is one that no value of the chart moves, as far as is known."""
