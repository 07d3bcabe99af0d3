"""What Argo CD reads from its ConfigMaps: health, sign-in, rights, times."""

from __future__ import annotations

import json
import re

from trimtab.components.argocd.health import APPLICATION, CEPH_CLUSTER, TIGERA
from trimtab.components.argocd.settings import Oidc, Settings
from trimtab.kube.release import Values
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup

_HEALTH = "resource.customizations.health"
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def plan_configs(settings: Settings, facts: Facts) -> Values:
    """Give `configs` of the chart: nothing in it is secret."""
    configs: Values = {
        "cm": _cm(settings, facts),
        "params": _params(settings),
        "secret": {"createSecret": True},
    }
    rbac: Values = {}
    if settings.default_role:
        rbac["policy.default"] = settings.default_role
    if settings.policies:
        rbac["policy.csv"] = "".join(f"{line}\n" for line in settings.policies)
    return {**configs, "rbac": rbac} if rbac else configs


def _cm(settings: Settings, facts: Facts) -> Values:
    cm: Values = {
        "application.resourceTrackingMethod": "annotation",
        f"{_HEALTH}.argoproj.io_Application": APPLICATION,
    }
    if facts.has(ApiGroup, "ceph.rook.io"):
        cm[f"{_HEALTH}.ceph.rook.io_CephCluster"] = CEPH_CLUSTER
    if facts.has(ApiGroup, "operator.tigera.io"):
        cm |= {f"{_HEALTH}.operator.tigera.io_{kind}": TIGERA for kind in ("APIServer", "Installation")}
    if settings.host is None:
        # The chart makes up an address otherwise, and leaves empty keys out.
        cm["url"] = ""
    if not settings.admin:
        cm["admin.enabled"] = False
    if settings.reconciliation:
        cm["timeout.reconciliation"] = settings.reconciliation
    if settings.oidc:
        cm["oidc.config"] = _render_oidc(settings.oidc)
    return cm


def _params(settings: Settings) -> Values:
    # Numbers as texts: Helm writes a large one as 1e+06, and the ConfigMap holds texts.
    params: Values = {"controller.sync.timeout.seconds": str(count_seconds(settings.sync_timeout))}
    if settings.insecure:
        params["server.insecure"] = True
    if settings.repo_server.parallelism:
        params["reposerver.parallelism.limit"] = str(settings.repo_server.parallelism)
    return params


def _render_oidc(oidc: Oidc) -> str:
    """Write the provider as Argo CD reads it: YAML in a text; `$secret:key` is looked up when it is read."""
    config: Values = {"name": oidc.name, "issuer": oidc.issuer, "clientID": oidc.client_id}
    if oidc.client_secret:
        config["clientSecret"] = f"${oidc.client_secret.secret_name}:{oidc.client_secret.key}"
    else:
        config["enablePKCEAuthentication"] = True
    if oidc.scopes:
        config["requestedScopes"] = oidc.scopes
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in config.items())


def count_seconds(duration: str) -> int:
    """Count the whole seconds of a duration as Go writes it, at least one: `1h30m` is 5400."""
    parts = re.findall(r"([0-9.]+)(ms|s|m|h)", duration)
    return max(1, round(sum(float(number) * _SECONDS[unit] for number, unit in parts)))
