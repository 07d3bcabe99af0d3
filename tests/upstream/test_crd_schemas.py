"""The judge of custom resources refuses what the API server refuses: shown on input that is wrong on purpose."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from upstream_support.crd_schemas import CrdSet, load_crds, parse_crds, validate
from upstream_support.releases import newest_crds, release_crds

pytestmark = pytest.mark.unmeasured

PEER = {
    "apiVersion": "projectcalico.org/v3",
    "kind": "BGPPeer",
    "metadata": {"name": "router"},
    "spec": {"peerIP": "[2001:db8::1]:179", "asNumber": 64512, "nodeSelector": "all()"},
}
INSTALLATION = {
    "apiVersion": "operator.tigera.io/v1",
    "kind": "Installation",
    "metadata": {"name": "default"},
    "spec": {
        "calicoNetwork": {
            "bgp": "Enabled",
            "ipPools": [{"cidr": "fd00:10::/48", "blockSize": 122, "encapsulation": "None", "natOutgoing": "Enabled"}],
        },
    },
}
POOL = {
    "apiVersion": "ceph.rook.io/v1",
    "kind": "CephBlockPool",
    "metadata": {"name": "replicated", "namespace": "rook-ceph"},
    "spec": {"failureDomain": "host", "replicated": {"size": 3}},
}
ISSUER = {
    "apiVersion": "cert-manager.io/v1",
    "kind": "ClusterIssuer",
    "metadata": {"name": "selfsigned"},
    "spec": {"selfSigned": {}},
}
APPLICATION = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Application",
    "metadata": {"name": "root", "namespace": "argocd"},
    "spec": {
        "project": "default",
        "destination": {"server": "https://kubernetes.default.svc", "namespace": "argocd"},
        "source": {
            "repoURL": "https://git.example.org/x",
            "path": "dist",
            "helm": {"valuesObject": {"any": {"thing": 1}}},
        },
    },
}


def changed(manifest: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Copy a manifest with the value at a dotted path replaced."""
    copy = deepcopy(manifest)
    *above, last = path.split(".")
    here: Any = copy
    for key in above:
        here = here[int(key)] if key.isdigit() else here.setdefault(key, {})
    here[last] = value
    return copy


@pytest.mark.parametrize("manifest", [PEER, INSTALLATION, POOL, ISSUER, APPLICATION], ids=lambda m: m["kind"])
def test_right_ones_are_taken(manifest: dict[str, Any]) -> None:
    """Nothing is said about resources that upstream's own documents show."""
    assert validate(manifest, newest_crds()) == []


@pytest.mark.parametrize(
    ("manifest", "path", "value", "said"),
    [
        (PEER, "spec.asNumber", "64512", "spec.asNumber"),
        (PEER, "spec.asNumber", True, "spec.asNumber"),
        (PEER, "spec.asNumber", 4200000000, "spec.asNumber"),
        (PEER, "spec.asnumber", 64512, "asnumber"),
        (PEER, "spec.peerIP", None, "spec.peerIP"),
        (PEER, "metadata.namespace", "default", "belongs to the cluster"),
        (PEER, "metadata.lables", {}, "lables"),
        (PEER, "metadata.labels", {"a": 1}, "metadata.labels"),
        (PEER, "kind", "BGPPeers", "no matches for kind"),
        (PEER, "apiVersion", "projectcalico.org/v1", "not served"),
        (PEER, "apiVersion", "example.org/v1", "no matches for kind"),
        (PEER, "specc", {}, "specc"),
        (INSTALLATION, "spec.calicoNetwork.bgp", "enabled", "bgp"),
        (INSTALLATION, "spec.calicoNetwork.ipPools.0.blocksize", 122, "blocksize"),
        (INSTALLATION, "spec.calicoNetwork.ipPools.0.cidr", 1, "cidr"),
        (POOL, "spec.replicated", {}, "size"),
        (POOL, "spec.replicated.size", "3", "size"),
        (POOL, "spec.replicated.size", -1, "size"),
        (ISSUER, "apiVersion", "cert-manager.io/v1alpha2", "not served"),
        (ISSUER, "spec.selfSigned", {"secret": "x"}, "secret"),
        (APPLICATION, "spec.source.helm.valueObject", {}, "valueObject"),
    ],
)
def test_wrong_ones_are_refused(manifest: dict[str, Any], path: str, value: object, said: str) -> None:
    """A wrong field, type, size, null, name, kind or version is said, and where."""
    problems = validate(changed(manifest, path, value), newest_crds())
    assert len(problems) == 1
    assert said in problems[0]


def test_covers_tells_built_in_kinds_apart() -> None:
    """Only what no definition speaks of may be left out by a test."""
    assert newest_crds().covers(PEER)
    assert newest_crds().covers({**PEER, "kind": "Nonsense"})
    assert not newest_crds().covers({"apiVersion": "v1", "kind": "Service"})
    assert not newest_crds().covers({"apiVersion": "apps/v1", "kind": "Deployment"})


def test_the_experimental_channel_is_left_out() -> None:
    """What a cluster serves is the standard channel unless files are named."""
    standard = load_crds("gateway-api", "1.6.1")
    experimental = load_crds("gateway-api", "1.6.1", file_names=("crds-experimental.yaml",))
    assert standard.definitions.keys() < experimental.definitions.keys()


def test_a_missing_release_is_an_error() -> None:
    """A test never passes because there was nothing to check against."""
    with pytest.raises(FileNotFoundError):
        load_crds("calico", "v0.0.1")


def test_rook_brings_the_kinds_of_the_csi_operator() -> None:
    """Driver and OperatorConfig are served as soon as Rook's operator is there."""
    assert ("csi.ceph.io", "Driver") in release_crds("rook", "v1.20.6").definitions


def test_definitions_with_a_lone_equals_sign_can_be_read() -> None:
    """`=` is a value in Prometheus' matchers and means something else to YAML 1.1."""
    crds = load_crds("kube-prometheus-stack", "88.5.3")
    assert ("monitoring.coreos.com", "AlertmanagerConfig") in crds.definitions


def crds_of(**properties: dict[str, Any]) -> CrdSet:
    """Build a definition whose spec has these properties."""
    spec = {"type": "object", "properties": properties}
    schema = {"openAPIV3Schema": {"type": "object", "properties": {"spec": spec}}}
    version = {"name": "v1", "served": True, "storage": True, "schema": schema}
    names = {"kind": "Probe", "plural": "probes"}
    body = {"group": "example.org", "scope": "Namespaced", "names": names, "versions": [version]}
    return parse_crds([None, {"kind": "CustomResourceDefinition", "spec": body}])


def test_a_version_that_is_not_served_is_refused() -> None:
    """The storage of old objects may know a version that the API server no longer answers for."""
    schema = {"openAPIV3Schema": {"type": "object"}}
    versions = [{"name": name, "served": name == "v1", "schema": schema} for name in ("v1", "v1beta1")]
    body = {"group": "example.org", "scope": "Cluster", "names": {"kind": "Probe"}, "versions": versions}
    crds = parse_crds([{"kind": "CustomResourceDefinition", "spec": body}])
    probes = [{"apiVersion": f"example.org/{v}", "kind": "Probe", "metadata": {}} for v in ("v1", "v1beta1")]
    assert [bool(validate(probe, crds)) for probe in probes] == [False, True]


def accepts(schema: dict[str, Any], value: object) -> bool:
    """Say whether a field with this structural schema takes the value."""
    probe = {"apiVersion": "example.org/v1", "kind": "Probe", "metadata": {"name": "p"}, "spec": {"it": value}}
    return validate(probe, crds_of(it=schema)) == []


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, TEXT]}, [1, "50%"], [1.5, True, None]),
        ({**TEXT, "pattern": "^(?i)(Enabled|Disabled)?$"}, ["enabled", "", "DISABLED"], ["on", "enabled\n"]),
        ({**TEXT, "pattern": r"\A[a-z]+\z"}, ["abc"], ["abc\n", "ABC"]),
        ({**TEXT, "pattern": r"^\d+$"}, ["12"], ["٣", "12\n"]),
        ({**TEXT, "nullable": True, "enum": ["a"]}, ["a"], ["b", 1, None]),
        ({**TEXT, "nullable": True, "anyOf": [{"maxLength": 1}]}, ["a", None], ["bb"]),
        ({**TEXT, "format": "cidr"}, ["fd00::/8", "10.0.0.1/8"], ["fd00::", "x/8"]),
        ({**TEXT, "format": "ipv6"}, ["fd00::1"], ["10.0.0.1", "[fd00::1]"]),
        ({**TEXT, "format": "byte"}, ["aGk="], ["%%%"]),
        ({**TEXT, "format": "date-time"}, ["2026-01-02T03:04:05Z"], ["yesterday"]),
        ({"type": "integer", "format": "int32"}, [2**31 - 1], [2**31, -(2**31) - 1]),
        ({"type": "integer", "format": "int64"}, [2**63 - 1], [2**63]),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, [1], [0]),
        (
            {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"a": TEXT}},
            [{"b": 1}],
            [{"a": 1}],
        ),
        ({"x-kubernetes-preserve-unknown-fields": True}, [1, "a", {"b": []}], []),
        (
            {"type": "object", "properties": {"a": TEXT}, "anyOf": [{"required": ["a"]}]},
            [{"a": "x"}],
            [{}, {"a": "x", "b": 1}],
        ),
        ({"type": "object", "additionalProperties": TEXT}, [{"any": "x"}], [{"any": 1}]),
        ({"type": "object"}, [{}], [{"any": 1}]),
        ({"type": "array", "items": TEXT, "x-kubernetes-list-type": "set"}, [["a", "b"]], [["a", "a"]]),
        (
            {
                "type": "array",
                "items": {"type": "object", "properties": {"name": TEXT, "v": TEXT}},
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"],
            },
            [[{"name": "a"}, {"name": "b"}]],
            [[{"name": "a", "v": "1"}, {"name": "a", "v": "2"}]],
        ),
        (
            {"type": "object", "x-kubernetes-embedded-resource": True, "x-kubernetes-preserve-unknown-fields": True},
            [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {}}],
            [{"kind": "Pod"}, {"apiVersion": "v1", "kind": "Pod", "metadata": "x"}],
        ),
        (
            {"type": "object", "properties": {"description": TEXT, "default": TEXT}},
            [{"description": "x"}],
            [{"default": 1}],
        ),
    ],
)
def test_structural_schemas_mean_what_kubernetes_makes_of_them(
    schema: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    """Each word of a structural schema refuses what it should and nothing else."""
    assert [value for value in good if not accepts(schema, value)] == []
    assert [value for value in bad if accepts(schema, value)] == []
