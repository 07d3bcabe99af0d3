"""Fields that are set once are watched, each change is told with what to do, and everything else may change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.rules.upgrades.custom_fields import FIXED_VALUES
from trimtab.rules.upgrades.field import Fixed, How
from trimtab.rules.upgrades.objects import FIXED, Change, iter_changes, iter_value_changes


def made(api: str, kind: str, **fields: Any) -> dict[str, Any]:
    """Make an object."""
    return {"apiVersion": api, "kind": kind, "metadata": {"name": "one"}, **fields}


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Give what is wrong with a change."""
    return list(iter_changes(old, new))


STORAGE_CLASS = made("storage.k8s.io/v1", "StorageClass", provisioner="a", parameters={"pool": "x"})
CLAIM_SPEC = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}, "storageClassName": "a"}
CLAIM = made("v1", "PersistentVolumeClaim", spec=CLAIM_SPEC)
TEMPLATES = [{"metadata": {"name": "data"}, "spec": CLAIM_SPEC}]


def claim(**fields: Any) -> dict[str, Any]:
    """Make a claim with other fields."""
    return made("v1", "PersistentVolumeClaim", spec={**CLAIM_SPEC, **fields})


def sized(size: str) -> dict[str, Any]:
    """Make a claim of a size."""
    return claim(resources={"requests": {"storage": size}})


REFUSED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("parameters.pool", STORAGE_CLASS, {**STORAGE_CLASS, "parameters": {"pool": "y"}}),
    ("parameters.fs", STORAGE_CLASS, {**STORAGE_CLASS, "parameters": {"pool": "x", "fs": "ext4"}}),
    ("provisioner", STORAGE_CLASS, {**STORAGE_CLASS, "provisioner": "b"}),
    ("reclaimPolicy", STORAGE_CLASS, {**STORAGE_CLASS, "reclaimPolicy": "Retain"}),
    ("volumeBindingMode", STORAGE_CLASS, {**STORAGE_CLASS, "volumeBindingMode": "WaitForFirstConsumer"}),
    ("spec.resources.requests.storage", CLAIM, sized("10G")),
    ("spec.storageClassName", CLAIM, claim(storageClassName="b")),
    ("spec.accessModes.0", CLAIM, claim(accessModes=["ReadWriteMany"])),
    ("spec.volumeMode", CLAIM, claim(volumeMode="Block")),
    *(
        (
            "spec.selector.matchLabels.app",
            made("apps/v1", kind, spec={"selector": {"matchLabels": {"app": "a"}}}),
            made("apps/v1", kind, spec={"selector": {"matchLabels": {"app": "b"}}}),
        )
        for kind in ("Deployment", "DaemonSet", "StatefulSet")
    ),
    *(
        (f"spec.{field}", made("apps/v1", "StatefulSet", spec=old), made("apps/v1", "StatefulSet", spec={field: new}))
        for field, old, new in (
            ("serviceName", {"serviceName": "a"}, "b"),
            ("podManagementPolicy", {}, "Parallel"),
        )
    ),
    (
        "spec.volumeClaimTemplates.0.spec.resources.requests.storage",
        made("apps/v1", "StatefulSet", spec={"volumeClaimTemplates": TEMPLATES}),
        made(
            "apps/v1",
            "StatefulSet",
            spec={"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": sized("20Gi")["spec"]}]},
        ),
    ),
    (
        "spec.template.spec.x",
        made("batch/v1", "Job", spec={"template": {"spec": {"x": 1}}}),
        made("batch/v1", "Job", spec={"template": {"spec": {"x": 2}}}),
    ),
    (
        "spec.clusterIP",
        made("v1", "Service", spec={"clusterIP": "10.0.0.1"}),
        made("v1", "Service", spec={"clusterIP": "None"}),
    ),
    (
        "spec.ipFamilies.0",
        made("v1", "Service", spec={"ipFamilies": ["IPv4"]}),
        made("v1", "Service", spec={"ipFamilies": ["IPv6", "IPv4"]}),
    ),
    ("type", made("v1", "Secret"), made("v1", "Secret", type="kubernetes.io/tls")),
    ("immutable", made("v1", "ConfigMap", immutable=True, data={"a": "b"}), made("v1", "ConfigMap", data={"a": "b"})),
    (
        "immutable",
        made("v1", "Secret", immutable=True, data={"a": "b"}),
        made("v1", "Secret", immutable=True, data={"a": "c"}),
    ),
    (
        "spec.controller",
        made("networking.k8s.io/v1", "IngressClass", spec={"controller": "a"}),
        made("networking.k8s.io/v1", "IngressClass", spec={"controller": "b"}),
    ),
    *(
        (
            "roleRef.name",
            made("rbac.authorization.k8s.io/v1", kind, roleRef={"kind": "ClusterRole", "name": "a"}),
            made("rbac.authorization.k8s.io/v1", kind, roleRef={"kind": "ClusterRole", "name": "b"}),
        )
        for kind in ("RoleBinding", "ClusterRoleBinding")
    ),
    (
        "spec.attachRequired",
        made("storage.k8s.io/v1", "CSIDriver", spec={}),
        made("storage.k8s.io/v1", "CSIDriver", spec={"attachRequired": False}),
    ),
    *(
        (
            f"spec.{field}",
            made("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec=old),
            made("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec=new),
        )
        for field, old, new in (
            ("scope", {"scope": "Cluster"}, {"scope": "Namespaced"}),
            ("names.kind", {"names": {"kind": "A"}}, {"names": {"kind": "B"}}),
        )
    ),
    (
        "spec.blockSize",
        made("projectcalico.org/v3", "IPPool", spec={"blockSize": 26}),
        made("projectcalico.org/v3", "IPPool", spec={"blockSize": 28}),
    ),
    (
        "spec.nodeSets.default.volumeClaimTemplates.data.spec.storageClassName",
        made(
            "elasticsearch.k8s.elastic.co/v1",
            "Elasticsearch",
            spec={"nodeSets": [{"name": "default", "volumeClaimTemplates": TEMPLATES}]},
        ),
        made(
            "elasticsearch.k8s.elastic.co/v1",
            "Elasticsearch",
            spec={
                "nodeSets": [
                    {"name": "new"},
                    {
                        "name": "default",
                        "volumeClaimTemplates": [
                            {"metadata": {"name": "data"}, "spec": {**CLAIM_SPEC, "storageClassName": "b"}}
                        ],
                    },
                ]
            },
        ),
    ),
]


@pytest.mark.parametrize(("field", "old", "new"), REFUSED, ids=[f"{old['kind']}-{field}" for field, old, _ in REFUSED])
def test_a_field_that_is_set_once_is_watched(field: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    """One change is one finding; it names the field and says what to do instead."""
    (change,) = changes(old, new)
    assert (change.code, ".".join(change.path)) == ("immutable-field-changed", field)
    assert change.help


SOFT = [
    (
        "unsafe-change",
        "ceph.rook.io/v1",
        "CephBlockPool",
        {"erasureCoded": {"dataChunks": 2}},
        {"erasureCoded": {"dataChunks": 4}},
    ),
    ("unsafe-change", "ceph.rook.io/v1", "CephCluster", {"dataDirHostPath": "/a"}, {"dataDirHostPath": "/b"}),
    (
        "unsafe-change",
        "ceph.rook.io/v1",
        "CephCluster",
        {"network": {"ipFamily": "IPv4"}},
        {"network": {"ipFamily": "IPv6"}},
    ),
    (
        "downgrade",
        "ceph.rook.io/v1",
        "CephCluster",
        {"cephVersion": {"image": "quay.io/ceph/ceph:v20.2.4"}},
        {"cephVersion": {"image": "quay.io:443/ceph/ceph:v19.2.6@sha256:0"}},
    ),
    ("downgrade", "elasticsearch.k8s.elastic.co/v1", "Elasticsearch", {"version": "9.5.0"}, {"version": "9.4.2"}),
    (
        "unsafe-change",
        "operator.tigera.io/v1",
        "Installation",
        {"calicoNetwork": {"ipPools": [{"name": "a", "cidr": "10.0.0.0/16"}]}},
        {"calicoNetwork": {"ipPools": [{"name": "a", "cidr": "10.1.0.0/16"}]}},
    ),
]


@pytest.mark.parametrize(("code", "api", "kind", "old", "new"), SOFT)
def test_what_nobody_refuses_is_watched_too(
    code: str, api: str, kind: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Custom resources are stored as they come, and what reads them does harm or nothing."""
    assert [one.code for one in changes(made(api, kind, spec=old), made(api, kind, spec=new))] == [code]


QUIET = [
    (CLAIM, sized("10240Mi")),
    (CLAIM, sized("20Gi")),
    (CLAIM, {**CLAIM, "metadata": {"name": "one", "labels": {"a": "b"}}}),
    (STORAGE_CLASS, {**STORAGE_CLASS, "reclaimPolicy": "Delete", "allowVolumeExpansion": True}),
    (made("v1", "Service", spec={"clusterIP": "10.0.0.1"}), made("v1", "Service", spec={})),
    (made("v1", "ConfigMap", data={"a": "b"}), made("v1", "ConfigMap", data={"a": "c"}, immutable=True)),
    (made("v1", "Secret", type="Opaque"), made("v1", "Secret")),
    (made("apps/v1", "Deployment", spec={"replicas": 1}), made("apps/v1", "Deployment", spec={"replicas": 2})),
    (made("other/v1", "StorageClass", provisioner="a"), made("other/v1", "StorageClass", provisioner="b")),
    (
        made("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", spec={"version": "9.4.2"}),
        made("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", spec={"version": "9.5.0"}),
    ),
]


@pytest.mark.parametrize(("old", "new"), QUIET)
def test_other_changes_are_nobodys_business(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Growing, what is the default anyway, what may be left out, and kinds of other groups."""
    assert changes(old, new) == []


@pytest.mark.parametrize(
    "annotations",
    [
        {"argocd.argoproj.io/sync-options": "Prune=false, Force=true,Replace=true"},
        {"argocd.argoproj.io/hook": "Sync"},
        {"helm.sh/hook": "pre-upgrade"},
    ],
)
def test_what_argo_cd_makes_anew_may_change(annotations: dict[str, str]) -> None:
    """It is deleted and made again, so nothing is ever updated."""
    new = {**STORAGE_CLASS, "provisioner": "b", "metadata": {"name": "one", "annotations": annotations}}
    assert changes(STORAGE_CLASS, new) == []


def test_contents_of_a_secret_are_never_told() -> None:
    """That it changed is enough."""
    old, new = (made("v1", "Secret", immutable=True, stringData={"password": word}) for word in ("hunter2", "s3cret"))
    (change,) = changes(old, new)
    assert not {"hunter2", "s3cret"} & set(f"{change.message} {change.help}".replace(",", " ").split())


def test_a_stored_version_may_stop_being_served() -> None:
    """It must stay listed, and no more than that (CustomResourceDefinition, status.storedVersions)."""
    old, listed, gone = (
        made("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec={"versions": versions})
        for versions in (
            [{"name": "v1alpha1", "storage": True, "served": True}],
            [{"name": "v1", "storage": True}, {"name": "v1alpha1", "storage": False, "served": False}],
            [{"name": "v1", "storage": True}],
        )
    )
    assert changes(old, listed) == []
    assert [one.code for one in changes(old, gone)] == ["stored-version-removed"]


def test_values_that_end_in_a_claim_are_watched() -> None:
    """A chart's claim shrinks no better than one of our own."""
    old, new = ({"persistence": {"persistentVolumeClaim": {"registry": {"size": size}}}} for size in ("10Gi", "5Gi"))
    assert [change.path[-1] for change in iter_value_changes("harbor", old, new)] == ["size"]
    assert list(iter_value_changes("harbor", new, old)) == []
    assert list(iter_value_changes("other", old, new)) == []


@pytest.mark.parametrize("row", [*FIXED, *FIXED_VALUES], ids=lambda row: f"{row.kinds[0]}-{'.'.join(row.path)}")
def test_every_row_says_who_refuses_and_what_to_do(row: Fixed) -> None:
    """Advice begins small and ends without a full stop, as all advice does; the source can be looked up."""
    assert row.help[0].islower()
    assert not row.help.endswith(".")
    assert "/" in row.source
    assert row.how in How


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["spec", "a", "name", "0"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(FIXED), JSON, JSON)
def test_any_object_can_be_compared(row: Fixed, before: Any, now: Any) -> None:
    """Trees of other people hold anything: nothing is raised, and what is equal has not changed."""

    def put(value: Any) -> dict[str, Any]:
        for key in reversed(row.path[1:]):
            value = [{"name": "n", "metadata": {"name": "n"}, "x": value}] if key.startswith("[") else {key: value}
        return {"apiVersion": f"{row.group}/v1", "kind": row.kinds[0], "metadata": {}, row.path[0]: value}

    assert changes(put(before), put(before)) == []
    changes(put(before), put(now))
