"""Alerts on cert-manager's certificates and on Argo CD's Applications."""

from __future__ import annotations

from trimtab.components.prometheus.alerts.alert import Alert

CERT_MANAGER = (
    Alert(
        name="CertificateNotRenewed",
        # Measured from the time that cert-manager set itself, so that it fits short-lived certificates as well.
        expression=(
            "time() - certmanager_certificate_renewal_timestamp_seconds > 6 * 3600"
            " and certmanager_certificate_renewal_timestamp_seconds > 0"
        ),
        lasting="30m",
        severity="warning",
        summary="the certificate {{ $labels.name }} should have been renewed {{ $value | humanizeDuration }} ago",
        cure="Follow it with cmctl status certificate, or look at its CertificateRequest, Order and Challenge.",
    ),
    Alert(
        name="CertificateNotReady",
        expression=(
            "max by (name, namespace, exported_namespace)"
            ' (certmanager_certificate_ready_status{condition!="True"}) == 1'
        ),
        lasting="1h",
        severity="warning",
        summary="the certificate {{ $labels.name }} is not ready",
        cure="It was never issued, or has expired. Look at its CertificateRequest, Order and Challenge.",
    ),
)

ARGOCD = (
    Alert(
        name="ApplicationOutOfSync",
        expression='max by (name) (argocd_app_info{sync_status!="Synced"}) == 1',
        lasting="2h",
        severity="warning",
        summary="the Application {{ $labels.name }} has not been what Git says for two hours",
        cure="Look at its last sync in Argo CD. With ordered sync somebody has to start it.",
    ),
    Alert(
        name="ApplicationNotHealthy",
        expression='max by (name, health_status) (argocd_app_info{health_status=~"Degraded|Missing|Unknown"}) == 1',
        lasting="30m",
        severity="warning",
        summary="the Application {{ $labels.name }} is {{ $labels.health_status }}",
        cure="Look at the objects in Argo CD that are not healthy; later waves wait for this one.",
    ),
)
