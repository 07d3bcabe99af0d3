"""Values that stop a chart from making up a new secret at every render."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StableValue:
    """What to set so that one field of a chart stays as it is."""

    chart: str
    """The chart, or the chart that includes it."""
    kind: str
    name_end: str
    """How the object's name ends; the rest is the release's."""
    keys: tuple[str, ...]
    """The last step of the fields this is about; empty for all of the object's."""
    values: tuple[str, ...]
    """The dotted paths to set, from the chart that is installed."""
    source: str


_HARBOR = "goharbor/harbor-helm@v1.19.1 templates/"
_GRAFANA = "grafana/helm-charts grafana/templates/_helpers.tpl (grafana.password)"


def _harbor(name_end: str, keys: str, values: str, file: str) -> StableValue:
    return StableValue(
        chart="harbor",
        kind="Secret",
        name_end=name_end,
        keys=tuple(keys.split()),
        values=tuple(values.split()),
        source=_HARBOR + file,
    )


_STABLE = (
    _harbor("-core", "secret", "core.existingSecret", "core/core-secret.yaml"),
    _harbor("-core", "CSRF_KEY", "core.existingXsrfSecret", "core/core-secret.yaml"),
    _harbor("-core", "tls.crt tls.key", "core.secretName", "core/core-secret.yaml"),
    _harbor("-jobservice", "JOBSERVICE_SECRET", "jobservice.existingSecret", "jobservice/jobservice-secrets.yaml"),
    _harbor("-registry", "REGISTRY_HTTP_SECRET", "registry.existingSecret", "registry/registry-secret.yaml"),
    _harbor(
        "-registry-htpasswd",
        "REGISTRY_HTPASSWD",
        "registry.credentials.existingSecret registry.credentials.htpasswdString",
        "registry/registry-secret.yaml",
    ),
    _harbor("-ingress", "ca.crt tls.crt tls.key", "expose.tls.certSource", "ingress/secret.yaml"),
    _harbor("-nginx", "ca.crt tls.crt tls.key", "expose.tls.certSource", "nginx/secret.yaml"),
    _harbor("-internal-tls", "", "internalTLS.certSource", "internal/auto-tls.yaml"),
    StableValue(
        chart="kube-prometheus-stack",
        kind="Secret",
        name_end="-grafana",
        keys=("admin-password",),
        values=("grafana.admin.existingSecret",),
        source=_GRAFANA,
    ),
    StableValue(
        chart="grafana",
        kind="Secret",
        name_end="",
        keys=("admin-password",),
        values=("admin.existingSecret",),
        source=_GRAFANA,
    ),
    StableValue(
        chart="jenkins",
        kind="Secret",
        name_end="",
        keys=("jenkins-admin-password",),
        values=("controller.admin.existingSecret",),
        source="jenkinsci/helm-charts charts/jenkins/templates/_helpers.tpl (jenkins.password)",
    ),
)


def find_stable_values(chart: str, kind: str, name: str, field: Path) -> tuple[str, ...]:
    """Give the values to set so that a field no longer changes; empty where none is known."""
    for one in _STABLE:
        about = one.chart == chart and one.kind == kind and name.endswith(one.name_end)
        if about and (not one.keys or (field and field[-1] in one.keys)):
            return one.values
    return ()
