"""What is said of objects that operators read, and of charts' values, where people write them by hand."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_REFUSED = tell_codes(
    [
        (
            "csi-drivers-missing",
            "Rook 1.20 has no CSI drivers without a third chart.",
            "Volumes cannot be made or mounted: no service accounts (rook v1.20.6 rook-upgrade.md:97-129).",
            "Add an Application of the chart ceph-csi-drivers between Rook's operator and its cluster.",
        ),
        (
            "bgp-password-in-plain",
            "The password of a BGP peer lies in Git.",
            "Calico reads it from a Secret in calico-system alone (projectcalico.org/v3 BGPPeer, password).",
            (
                "Put the password into a Secret in the namespace calico-system, and name it: `password: "
                "{secretKeyRef: {name: …, key: …}}`. Then change the password on both ends, for Git forgets nothing."
            ),
        ),
        (
            "harbor-family-list-breaks-render",
            "Harbor's values list address families.",
            "The chart writes the list into a field of its Redis Service that takes none, and renders nothing.",
            "Remove the list of families; `ipFamily.policy` says enough.",
        ),
        (
            "gateway-switch-by-version",
            "cert-manager is given a switch of another version.",
            (
                "The controller refuses an unknown field of its configuration and does not start (cert-manager v1.21.1"
                " values.yaml:298, v1.20.3 values.yaml:289)."
            ),
            (
                "Write the switch that this version reads: `config.enableGatewayAPI: true` below 1.21, the one of "
                "the message from there on."
            ),
        ),
    ],
    needs_build=True,
)

_SOFT = tell_codes(
    [
        (
            "crd-owned-twice",
            "A custom kind is defined twice.",
            (
                "Two owners write one definition in turn; of two definitions of one kind the API server takes the"
                " first (apiextensions-apiserver pkg/controller/status/naming_controller.go)."
            ),
            (
                "Leave the definition to one Application: switch the CRDs of the other chart off in its values, or "
                "remove the other file."
            ),
        ),
        (
            "calico-crds-owned-twice",
            "Calico's definitions are there in both of their forms.",
            (
                "Its operator looks which form there is and goes by that; with both it takes the older one, and"
                " objects of the other are read by nobody (tigera/operator v1.42.3 pkg/apis/version.go:40)."
            ),
            (
                "Keep the definitions of crd.projectcalico.org and remove the projectcalico.org/v3 ones: those are "
                "a preview."
            ),
        ),
        (
            "calico-default-pool",
            "Calico is given no pool and takes 192.168.0.0/16.",
            (
                "Pods get addresses that kubeadm knows nothing of, often those of the machines' own network"
                " (tigera/operator pkg/controller/installation, default pools)."
            ),
            "Write the pod range that kubeadm was given into `calicoNetwork.ipPools` of the Installation.",
        ),
        (
            "removed-volume-not-freed",
            "A StorageClass or volume belongs to a provisioner that nobody runs any more.",
            "Claims wait for ever, and what was deleted keeps its disk.",
            (
                "Make a class with a provisioner that runs, and move the data to volumes of it. What nobody needs "
                "is freed by hand: remove the finalizer of the volume, then its image on the storage."
            ),
        ),
        (
            "rejected-log-lines",
            "Fluent Bit sends what Elasticsearch refuses.",
            (
                "The output sends `_type` unless told not to (fluent-bit v5.1.1 plugins/out_es/es.c:1588), and"
                " Elasticsearch 8 refuses it."
            ),
            "Write `Suppress_Type_Name On` into the output, and `Replace_Dots On` for labels with dots.",
        ),
        (
            "ipv4-only-listener",
            "A log collector listens on IPv4 in a cluster without it.",
            (
                "The kubelet's probes come over IPv6, fail, and the pod starts anew for ever (fluent-bit chart 0.58.1"
                " values.yaml:394)."
            ),
            "Listen on `::` in place of 0.0.0.0; that takes both families.",
        ),
        (
            "harbor-secret-changes-every-render",
            "Harbor's chart makes new secrets at every render.",
            "Argo CD renders again at each look: never Synced, and pods roll (goharbor/harbor-helm issues 2263, 1901).",
            "Make the Secrets that the message lists once, outside Git, and name them in the chart's values.",
        ),
        (
            "random-password-in-chart",
            "A chart makes up a password at every render.",
            (
                "Argo CD renders again at each look: never Synced, and nobody knows the password"
                " (grafana/helm-charts issue 3399)."
            ),
            "Make a Secret with the password outside Git, and name it in the chart's values.",
        ),
    ],
    soft=True,
    needs_build=True,
)

_WARNED = tell_codes(
    [
        (
            "targets-always-down",
            "The control plane shows its metrics to its own machine alone, and Prometheus asks for them.",
            (
                "kubeadm binds them to localhost (v1.36 app/phases/controlplane/manifests.go); the targets are down"
                " for ever, and so are the alerts on etcd's quota and on certificates."
            ),
            (
                "Let the control plane listen for Prometheus, with the argument that the help names in kubeadm's "
                "configuration; or switch the target off in the chart's values."
            ),
        ),
        (
            "certificate-expired",
            "A certificate of the cluster is renewed by nobody.",
            "A kubelet without a valid one is refused by the API server (kubelet v1beta1, rotateCertificates).",
            (
                "Set `rotateCertificates: true` in the kubelet's configuration, as kubeadm does. A node whose "
                "certificate has run out already joins the cluster again."
            ),
        ),
        (
            "disk-full-of-images",
            "The kubelet keeps every image it ever pulled.",
            (
                "It deletes images when the disk is fuller than a threshold; one of 100 switches that off (kubelet"
                " v1beta1, imageGCHighThresholdPercent)."
            ),
            "Set `imageGCHighThresholdPercent` to 85 or less, and `imageMaximumGCAge` such as 336h beside it.",
        ),
        (
            "new-disks-unseen",
            "Rook is told how often to look for new disks, and not to look.",
            "The interval is read by the discovery daemon alone (rook v1.20.6 deploy/charts values.yaml:150-153).",
            "Write `enableDiscoveryDaemon: true` beside the interval, or remove the interval.",
        ),
        (
            "issuer-before-webhook",
            "An issuer is applied in the same wave as cert-manager.",
            (
                "Its webhook has to admit every issuer and certificate; until it answers, the API server refuses them"
                " and the sync fails (cert-manager docs, troubleshooting/webhook)."
            ),
            (
                'Annotate issuers and certificates with `argocd.argoproj.io/sync-wave: "1"`, and give the '
                "Application `syncPolicy.retry`."
            ),
        ),
        (
            "ceph-warning-blocks-sync",
            "A warning of Ceph stops what comes after it in the same Application.",
            (
                "Argo CD 3.3 and newer take HEALTH_WARN for Degraded, and a wave that is Degraded fails the sync"
                " (argo-cd v3.5.1 resource_customizations/ceph.rook.io/CephCluster/health.lua)."
            ),
            (
                "Set `resource.customizations.health.ceph.rook.io_CephCluster` in argocd-cm so that HEALTH_WARN "
                "does not count as Degraded, or give what comes after the CephCluster an Application of its own."
            ),
        ),
        (
            "teardown-hangs",
            "An operator is deleted at the same time as what only it can delete.",
            (
                "Argo CD deletes the Applications of one wave together, and a finalizer that nobody serves keeps its"
                " object for ever (rook issues 9103 and 4410)."
            ),
            (
                "Put the custom resource's Application into a later wave than the operator's: what comes last goes "
                "first."
            ),
        ),
        (
            "cephx-key-type",
            "Ceph's CSI keys may be of a type that kernels below 7.0 cannot use.",
            "Mounts fail until the type is set to aes (rook v1.20.6 cephx-key-rotation.md:83-88).",
            "Write `security: {cephx: {csi: {keyType: aes}}}` until all nodes have a kernel of 7.0 or newer.",
        ),
        (
            "cni-removed-with-its-app",
            "Deleting the Application of Calico's operator removes the pod network.",
            "Argo CD 3.3 and newer run the chart's pre-delete hook (argo-cd v3.3.14 docs/user-guide/helm.md:276).",
            (
                "Bring a Job 'tigera-operator-uninstall' with the annotation `argocd.argoproj.io/hook: Skip` from "
                "a later source of the Application, and give the Application no finalizer."
            ),
        ),
        (
            "logs-lost-with-the-app",
            "Deleting an Elasticsearch object deletes its volumes.",
            "That is the operator's default (cloud-on-k8s v3.5.0, volumeClaimDeletePolicy).",
            "Write `volumeClaimDeletePolicy: DeleteOnScaledownOnly` into the Elasticsearch.",
        ),
        (
            "monitor-dropped-silently",
            "A chart leaves out its monitors while their API is not there.",
            (
                "It asks which APIs there are; rendered before Prometheus, or without a list of APIs, it writes none,"
                " and nothing tells."
            ),
            (
                "Name monitoring.coreos.com/v1 in `helm.apiVersions` of the source, so that the chart writes its "
                "monitors whenever it is rendered."
            ),
        ),
        (
            "environment-not-passed",
            "php-fpm clears the environment of its workers.",
            (
                "`clear_env` is on unless the pool says otherwise (php-fpm.conf), so that settings in the pod's"
                " environment never arrive."
            ),
            "Write `clear_env = no` into the pool of php-fpm.",
        ),
    ],
    Severity.WARNING,
    needs_build=True,
)

CODES: tuple[Code, ...] = (*_REFUSED, *_SOFT, *_WARNED)
