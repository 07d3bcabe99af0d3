"""Fields of custom resources and charts that are set once: refused by their own controllers, or by nobody."""

from __future__ import annotations

from typing import Any

from trimtab.rules.upgrades.field import DOWNGRADE, UNSAFE, Fixed, How, fix_group, split_field

_NEW_CLAIM = "make a claim under another name, and copy the data over"
_NEW_POOL = "make a pool with another name and copy the data over: Ceph keeps the profile of a pool for life"

_CUSTOM = (
    *fix_group(
        "projectcalico.org",
        ("IPPool",),
        "projectcalico/calico libcalico-go/lib/clientv3/ippool.go, Update",
        "make a second pool, disable the first, and restart the pods, as Calico's page on migrating pools says",
        "spec.cidr",
        "spec.blockSize",
        how=How.ONCE_SET,
    ),
    *fix_group(
        "elasticsearch.k8s.elastic.co",
        ("Elasticsearch",),
        "elastic/cloud-on-k8s pkg/controller/elasticsearch/validation/validations.go, validPVCModification",
        "give the node set another name: the operator makes new nodes, moves the data, and removes the old ones",
        "spec.nodeSets.[name].volumeClaimTemplates.[metadata.name].spec.storageClassName",
        "spec.nodeSets.[name].volumeClaimTemplates.[metadata.name].spec.accessModes",
    ),
    *fix_group(
        "elasticsearch.k8s.elastic.co",
        ("Elasticsearch",),
        "elastic/cloud-on-k8s pkg/controller/elasticsearch/validation/validations.go, validPVCModification",
        "give the node set another name: the operator makes new nodes, moves the data, and removes the old ones",
        "spec.nodeSets.[name].volumeClaimTemplates.[metadata.name].spec.resources.requests.storage",
        how=How.NOT_SMALLER,
    ),
)


def _soft(group: str, kind: str, path: str, cure: str, source: str, **rest: Any) -> Fixed:
    return Fixed(
        group=group,
        kinds=(kind,),
        path=split_field(path),
        help=cure,
        source=source,
        **{"code": UNSAFE, **rest},
    )


_CEPH = "ceph.rook.io"
_POOL_SOURCE = "rook/rook Documentation/CRDs/Block-Storage/ceph-block-pool-crd.md, erasure coded"
_NETWORK = "rook/rook Documentation/CRDs/Cluster/ceph-cluster-crd.md, network configuration settings"
_NO_OLDER_CEPH = "keep the version: daemons do not read what newer ones wrote"
_NO_OLDER_STACK = "keep the version, or restore a snapshot that the older one wrote"

_SOFT = (
    *(
        _soft(_CEPH, kind, f"{where}.{chunks}", _NEW_POOL, _POOL_SOURCE)
        for kind, where in (
            ("CephBlockPool", "spec.erasureCoded"),
            ("CephFilesystem", "spec.dataPools.[name].erasureCoded"),
            ("CephObjectStore", "spec.dataPool.erasureCoded"),
        )
        for chunks in ("dataChunks", "codingChunks")
    ),
    _soft(
        _CEPH,
        "CephCluster",
        "spec.dataDirHostPath",
        "keep the folder: the monitors' data lies in it, and they would begin anew without",
        "rook/rook Documentation/CRDs/Cluster/ceph-cluster-crd.md, dataDirHostPath",
    ),
    *(
        _soft(_CEPH, "CephCluster", f"spec.network.{key}", "keep it: another network needs another Ceph", _NETWORK)
        for key in ("provider", "ipFamily", "dualStack")
    ),
    _soft(
        _CEPH,
        "CephCluster",
        "spec.cephVersion.image",
        _NO_OLDER_CEPH,
        "rook/rook Documentation/Upgrade/ceph-upgrade.md",
        how=How.NOT_OLDER,
        code=DOWNGRADE,
    ),
    *(
        _soft(
            group,
            kind,
            "spec.version",
            _NO_OLDER_STACK,
            "elastic/cloud-on-k8s pkg/controller/elasticsearch/validation/validations.go, noDowngrades",
            how=How.NOT_OLDER,
            code=DOWNGRADE,
        )
        for group, kind in (
            ("elasticsearch.k8s.elastic.co", "Elasticsearch"),
            ("kibana.k8s.elastic.co", "Kibana"),
        )
    ),
    *(
        _soft(
            "operator.tigera.io",
            "Installation",
            f"spec.calicoNetwork.ipPools.[name].{key}",
            "add a pool under another name, disable the first, and restart the pods, as Calico's page on migrating"
            " pools says",
            "projectcalico/calico libcalico-go/lib/clientv3/ippool.go, Update, which the operator's change runs into",
        )
        for key in ("cidr", "blockSize")
    ),
)

CUSTOM_FIELDS: tuple[Fixed, ...] = (*_CUSTOM, *_SOFT)
"""The fields, those that are refused first."""

_HARBOR_CLAIMS = "persistence.persistentVolumeClaim"
_HARBOR_SOURCE = "goharbor/harbor-helm@v1.19.1 values.yaml, templates/*-pvc.yaml"


def _harbor(claim: str) -> tuple[Fixed, ...]:
    def row(key: str, how: How) -> Fixed:
        path = split_field(f"{_HARBOR_CLAIMS}.{claim}.{key}")
        return Fixed(group="", kinds=("harbor",), path=path, help=_NEW_CLAIM, source=_HARBOR_SOURCE, how=how)

    return row("size", How.NOT_SMALLER), row("storageClass", How.SAME), row("accessMode", How.SAME)


FIXED_VALUES: tuple[Fixed, ...] = tuple(
    row for claim in ("registry", "jobservice.jobLog", "database", "redis", "trivy") for row in _harbor(claim)
)
"""Values of charts that end in such a field; the kind is the chart's name."""
