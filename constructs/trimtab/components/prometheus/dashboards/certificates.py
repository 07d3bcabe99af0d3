"""Certificates of the control plane and of kubelets.

Metrics: kubernetes staging/src/k8s.io/apiserver/pkg/authentication/request/x509/x509.go,
pkg/kubelet/certificate/kubelet.go, pkg/kubelet/metrics (certificate manager).
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import at_most, grown

_SHOWN = 'apiserver_client_certificate_expiration_seconds_bucket{job="apiserver"}'
_KUBELET = 'kubelet_certificate_manager_client_ttl_seconds{job="kubelet"}'
_DAY = 86400


_FIRST, _HALF = (at_most(share, _SHOWN, window="1h") for share in (0.01, 0.5))

BOARD = Board(
    name="certificates",
    title="Certificates of Kubernetes",
    panels=(
        stat(
            "Shown to the API server, the first ends in",
            _FIRST,
            "s",
            bounds=(7 * _DAY, 30 * _DAY),
            falls=True,
            width=12,
            about="Controller manager and scheduler show ones as old as the API server's own: kubeadm certs "
            "check-expiration. It is told in steps, the largest of them a year.",
        ),
        stat(
            "Of kubelets, the first ends in",
            f"min({_KUBELET})",
            "s",
            bounds=(7 * _DAY, 14 * _DAY),
            falls=True,
            width=12,
            about="Kubelets renew theirs long before: look at pending CertificateSigningRequests.",
        ),
        curves("Of kubelets, time left", (_KUBELET, "{{node}}"), unit="s"),
        curves("Shown to the API server, time left", (_FIRST, "first"), (_HALF, "half"), unit="s"),
        curves(
            "Kubelets that fail to renew",
            (grown("kubelet_certificate_manager_client_expiration_renew_errors", "node", window="1h"), "{{node}}"),
            width=24,
        ),
    ),
)
