"""What cannot be taken back to an older version once a newer one has run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWayBack:
    """Why a thing does not go back."""

    reason: str
    source: str
    cure: str = "restore a backup that the older version wrote"
    """What to do where one must go back all the same."""


NO_WAY_BACK: Mapping[str, NoWayBack] = MappingProxyType(
    {
        "gateway-api": NoWayBack(
            reason="the policy that comes with its definitions denies older ones",
            cure="delete the ValidatingAdmissionPolicy safe-upgrades.gateway.networking.k8s.io by hand first",
            source="kubernetes-sigs/gateway-api@v1.6.1 config/crd/standard"
            "/gateway.networking.k8s.io_vap_safeupgrades.yaml",
        ),
        "harbor": NoWayBack(
            reason="its database is migrated at the first start, and no migration leads back",
            source="goharbor/harbor-helm docs/Upgrade.md:9-17",
        ),
        "kubernetes": NoWayBack(
            reason="the API server may have stored what an older one cannot read, and kubeadm refuses it",
            source="kubernetes/kubernetes cmd/kubeadm/app/phases/upgrade/policy.go",
        ),
        "kubespray": NoWayBack(
            reason="an older tag brings an older Kubernetes, which does not read what a newer one stored",
            source="kubernetes-sigs/kubespray docs/operations/upgrades.md",
        ),
        "logging": NoWayBack(
            reason="Elasticsearch does not start on data that a newer version wrote, and its operator refuses it",
            source="elastic/cloud-on-k8s pkg/controller/elasticsearch/validation/validations.go (noDowngrades)",
        ),
        "rook": NoWayBack(
            reason="a guide leads from each minor to the next and none leads back; Ceph's daemons do not read what"
            " newer ones wrote",
            source="rook/rook Documentation/Upgrade/rook-upgrade.md:15-28",
        ),
    }
)
"""Component, `kubernetes` or `kubespray` to the reason; what is not named here may go back."""
