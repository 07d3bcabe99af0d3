"""Alerts on etcd's quota and on the certificates of the control plane, beside those that the chart brings.

The chart's own etcd alerts speak at 95 per cent of the quota; a cluster that was mended on two of three members shows
nothing until it refuses writes.
"""

from __future__ import annotations

from trimtab.components.prometheus.alerts.alert import Alert

_QUOTA = 'etcd_server_quota_backend_bytes{job=~".*etcd.*"}'
_USED = 'etcd_mvcc_db_total_size_in_bytes{job=~".*etcd.*"}'

ETCD = (
    Alert(
        name="EtcdQuotasDiffer",
        expression=f"max({_QUOTA}) != min({_QUOTA})",
        lasting="10m",
        severity="critical",
        summary="etcd's members have different quotas",
        cure="The smallest one holds for the whole cluster. Give all members the same and restart them one by one.",
    ),
    Alert(
        name="EtcdQuotaTooSmall",
        expression=f"min({_QUOTA}) < 1024 ^ 3",
        lasting="10m",
        severity="critical",
        summary="etcd's quota is {{ $value | humanize1024 }}B: less than a gibibyte",
        cure="Kubernetes fills this in days, and then all writes stop. Raise quota-backend-bytes on all members.",
    ),
    Alert(
        name="EtcdQuotaFills",
        expression=f"max by (instance) ({_USED} / {_QUOTA}) > 0.75",
        lasting="30m",
        severity="warning",
        summary="etcd on {{ $labels.instance }} has used {{ $value | humanizePercentage }} of its quota",
        cure="Compact, defragment each member in turn, and look for what writes so much. At the quota all writes stop.",
    ),
)

# The bucket's bound as clients of several ages write it: 30 days in seconds.
_MONTH = r'le=~"2592000(\\.0)?|2\\.592e\\+06"'

CERTIFICATES = (
    Alert(
        name="ControlPlaneCertificateExpires",
        expression=(
            f'sum(rate(apiserver_client_certificate_expiration_seconds_bucket{{job="apiserver",{_MONTH}}}[1h])) > 0'
        ),
        lasting="1h",
        severity="warning",
        summary="somebody talks to the API server with a certificate that expires within 30 days",
        cure="Scheduler and controller manager do so with certificates as old as the API server's own. On each control "
        "plane: kubeadm certs check-expiration, kubeadm certs renew all, restart the control plane's pods.",
    ),
    Alert(
        name="KubeletCertificateNotRenewed",
        expression='kubelet_certificate_manager_client_ttl_seconds{job="kubelet"} < 14 * 86400',
        lasting="1h",
        severity="warning",
        summary="the kubelet's certificate on {{ $labels.node }} expires in {{ $value | humanizeDuration }}",
        cure="Kubelets renew theirs long before; look at pending CertificateSigningRequests and at the kubelet's log.",
    ),
)
