"""What a person reads when a setting is refused."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.findings.finding import Finding


def only(findings: list[Finding]) -> Any:
    """Give the one finding there is."""
    (finding,) = findings
    return finding


def test_a_valid_cluster_has_no_findings(check):
    """The smallest cluster there is."""
    assert check() == []


def test_all_errors_come_at_once(check):
    """Three mistakes, three findings."""
    found = check("size: huge\nzone: x\nnetwork: {mtu: 10}\n")
    assert sorted(finding.code for finding in found) == ["not-one-of", "out-of-range", "unknown-setting"]


@pytest.mark.parametrize(
    ("text", "code", "message", "advice"),
    [
        ("sise: small", "unknown-setting", "unknown setting 'sise'", "did you mean 'size'?"),
        (
            "components: {shop: {pool: {}}}",
            "unknown-setting",
            "unknown setting 'pool' of component 'shop'",
            "did you mean 'pools'?",
        ),
        ("components: {shpo: {}}", "unknown-setting", "unknown component 'shpo'", "did you mean 'shop'?"),
        (
            "components: {harbor: {}}",
            "unknown-setting",
            "unknown component 'harbor'",
            "the components are shop, till",
        ),
        (
            "network: {storageClass: {}}",
            "unknown-setting",
            "unknown setting 'storageClass' of 'network'",
            "'storageClass' is a setting of 'components.till.drawer' or 'components.shop.pools.*'",
        ),
        (
            "kubernetes: {repoURL: x}",
            "unknown-setting",
            "unknown setting 'repoURL' of 'kubernetes'",
            "'repoURL' is a setting of 'gitops' or 'applications.*.chart'",
        ),
        (
            "kubernetes: {version: 1.30}",
            "wrong-type",
            "'kubernetes.version' has to be text, and is the number 1.3",
            'write it in quotes: "1.30"',
        ),
        (
            "backup: {etcd: {every: 6}}",
            "wrong-type",
            "'backup.etcd.every' has to be text, and is the number 6",
            'for example "6h"',
        ),
        (
            "nodeDefaults: {memory: 64}",
            "wrong-type",
            "'nodeDefaults.memory' has to be text, and is the number 64",
            'write it in quotes: "64", or say more: for example "16Gi"',
        ),
        (
            "domain: yes",
            "wrong-type",
            "'domain' has to be text, and is true",
            'YAML reads yes as true; write it in quotes: "yes"',
        ),
        (
            'components: {shop: {port: "80"}}',
            "wrong-type",
            "'components.shop.port' has to be a whole number, and is the text '80'",
            "write 80 without quotes",
        ),
        (
            "network: {pods: 2001:db8::/64}",
            "wrong-type",
            "'network.pods' has to be a list, and is the text '2001:db8::/64'",
            'write it as a list: ["2001:db8::/64"]',
        ),
        (
            "components: {shop: true}",
            "wrong-type",
            "'components.shop' has to be a mapping, and is true",
            None,
        ),
        (
            "components: {shop: {port: 1.5}}",
            "wrong-type",
            "'components.shop.port' has to be a whole number, and is the number 1.5",
            None,
        ),
        (
            "nodes: {server1: {}}",
            "missing-setting",
            "missing setting 'address' of 'nodes.server1'",
            'add it, for example address: "2001:db8::11"',
        ),
        (
            "kubernetes: null",
            "missing-setting",
            "missing setting 'kubernetes'",
            "add it: which Kubernetes this is, and what it brings with it",
        ),
        (
            'registries: {"https://quay.io": {}}',
            "wrong-form",
            "the key 'https://quay.io' in 'registries' is not the host of a registry",
            'for example "quay.io"',
        ),
        (
            "network: {pods: [10.0.0.0]}",
            "wrong-form",
            "'network.pods[0]' is the text '10.0.0.0', which is not a range in CIDR form",
            'for example "2001:db8::/64"',
        ),
        (
            "allow: {x: {z: {reason: because, until: 2027-02-30}}}",
            "wrong-form",
            "'allow.x.z.until' is the text '2027-02-30', which is not a date",
            'for example "2027-01-31"',
        ),
        (
            'nodes: {Server_1: {address: "::1"}}',
            "wrong-form",
            "the key 'Server_1' in 'nodes' is not a DNS name",
            'for example "host1.example.org"',
        ),
        (
            "components: {shop: {port: 70000}}",
            "out-of-range",
            "'components.shop.port' is the number 70000, and has to be at most 65535",
            None,
        ),
        (
            "components: {till: {drawer: {ratio: 1}}}",
            "out-of-range",
            "'components.till.drawer.ratio' is the number 1, and has to be less than 1",
            None,
        ),
        (
            "kubernetes: {distribution: kubeadmin}",
            "not-one-of",
            "'kubernetes.distribution' is the text 'kubeadmin', which it cannot be",
            "did you mean 'kubeadm'? it may be kubeadm, kubespray, k3s, k0s, rke2, microk8s or other",
        ),
        (
            "network: {pods: []}",
            "too-few",
            "'network.pods' is empty, and needs at least 1",
            'for example ["2001:db8:1::/56"]',
        ),
        (
            'network: {pods: ["::/1", "::/2", "::/3"]}',
            "too-many",
            "'network.pods' has 3 entries, and may have at most 2",
            None,
        ),
        (
            "components: {shop: {namespace: " + "a" * 64 + "}}",
            "too-long",
            "'components.shop.namespace' has 64 characters, and may have 63",
            None,
        ),
        (
            "components: {shop: {shares: {bakc: 1}}}",
            "unknown-setting",
            "unknown key 'bakc' in 'components.shop.shares'",
            "did you mean 'back'? its keys may be front or back",
        ),
        ("gitops: {targetRevision: ''}", "too-short", "'gitops.targetRevision' is empty", None),
    ],
)
def test_a_refusal_is_told_in_words(check, text, code, message, advice):
    """Each kind of mistake has its code, its sentence, and the cure where there is one."""
    finding = only(check(text))
    assert (finding.code, finding.message, finding.help) == (code, message, advice)
    assert finding.place is not None


def test_an_unknown_key_is_marked_itself(check):
    """The place is the key, not what it holds."""
    place = only(check("network:\n  mtuu: 1500\n")).place
    assert (place.file, place.line, place.column, place.end_column) == ("layer1.yaml", 2, 3, 7)


def test_a_missing_setting_is_marked_at_its_parent(check):
    """The parent's key, since its value may fill a page."""
    place = only(check("nodes:\n  server1:\n    arch: amd64\n    os: debian\n")).place
    assert (place.line, place.column, place.end_column) == (2, 3, 10)


def test_a_refused_value_names_the_layers_it_replaced(check):
    """Whoever reads the finding sees where else the setting stands."""
    finding = only(check("size: small", "size: tiny"))
    assert finding.place.file == "layer2.yaml"
    assert [(related.message, related.place.file) for related in finding.related] == [
        ("it replaces the value here", "layer1.yaml")
    ]


def test_an_unknown_key_in_two_layers_is_told_once(check):
    """One finding, and the other layer as a related place."""
    finding = only(check("sise: small", "sise: large"))
    assert finding.place.file == "layer2.yaml"
    assert [related.place.file for related in finding.related] == ["layer1.yaml"]


@pytest.mark.parametrize("secret", ["Hunter2!", "x" * 60 + "!"])
def test_what_may_be_a_secret_is_never_printed(check, secret):
    """A value under a key like `password` is told by its length alone."""
    finding = only(check(f"components: {{shop: {{adminPassword: '{secret}'}}}}"))
    assert secret not in f"{finding.message} {finding.help}"
    assert f"a text of {len(secret)} characters" in finding.message


def test_a_long_text_is_never_printed(check):
    """It may be anything, a key among them."""
    finding = only(check(f"size: {'s' * 41}"))
    assert finding.message == "'size' is a text of 41 characters, which it cannot be"


def test_a_number_under_a_secret_key_is_never_printed(check):
    """A password of digits reads as a number."""
    finding = only(check("components: {shop: {adminPassword: 123456}}"))
    assert "123456" not in f"{finding.message} {finding.help}"


def test_misspelt_setting_is_not_missing_too(check):
    """One mistake is told once: what would be missing stands there under another name."""
    found = check("netwrok: {nodes: []}\nnetwork: null\n")
    assert [finding.code for finding in found] == ["unknown-setting"]


def test_missing_setting_beside_an_unknown_one_is_told(check):
    """A key that resembles nothing does not hide what is missing."""
    assert sorted(finding.code for finding in check("zzz: 1\nnetwork: null\n")) == [
        "missing-setting",
        "unknown-setting",
    ]


def test_quoted_boolean_is_to_be_written_without_quotes(check):
    """A text that reads true is not taken for true."""
    finding = only(check('network: {nat64: "true"}'))
    assert (finding.code, finding.help) == ("wrong-type", "write true without quotes")


def test_value_inside_a_mapping_is_advised_by_its_owners_example(check):
    """`values` wants the application's name first, which its example shows."""
    finding = only(check("components: {shop: {values: {replicaCount: 2}}}"))
    assert finding.help == 'for example values: {"cert-manager": {"replicaCount": 2}}'
