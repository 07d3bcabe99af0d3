"""Values and patches: the user's last word on what is generated."""

from __future__ import annotations

import pytest

from repository_support.repository import Repository, codes, faults, only

ISSUER = "{kind: ClusterIssuer, name: ca}"


def test_values_of_the_user_are_merged_last(repository: Repository) -> None:
    """A value of the user's stands in the values file beside ours."""
    repository.add("components: {cert-manager: {values: {cert-manager: {webhook: {timeoutSeconds: 7}}}}}")
    assert faults(repository.synth()) == ()
    values = repository.values("cert-manager")
    assert values["webhook"]["timeoutSeconds"] == 7
    assert values["crds"]["enabled"] is True


def test_value_that_the_chart_does_not_read_is_refused(repository: Repository) -> None:
    """A key that the chart has not is named with its place, and nothing is written."""
    repository.add("components: {cert-manager: {values: {cert-manager: {webhok: {timeoutSeconds: 7}}}}}")
    state = repository.synth()
    finding = next(one for one in state.findings if "webhok" in one.message)
    assert finding.place is not None
    assert finding.place.file == "apps/clusters/lab.yaml"
    assert not (repository.root / "dist").exists()


def test_value_that_undoes_a_derived_one_is_refused_until_allowed(repository: Repository) -> None:
    """The reason of the derived value is told; an allowance with a reason lets it through."""
    repository.add("components: {cert-manager: {values: {cert-manager: {crds: {keep: false}}}}}")
    finding = only(repository.check(), "derived-value-overridden")
    assert "deletes every Certificate" in f"{finding.message} {finding.help}"
    repository.add("allow: {derived-value-overridden: {components.cert-manager: {reason: a throwaway cluster}}}")
    assert codes(repository.synth()) == []
    assert repository.values("cert-manager")["crds"]["keep"] is False


def test_merge_patch_changes_the_object_it_names(repository: Repository) -> None:
    """Maps merge and null removes; the object's neighbours stay as they are."""
    repository.add(
        f"patches: {{mine: {{target: {ISSUER}, reason: for a test, merge: {{metadata: {{labels: {{a: b}}}}}}}}}}"
    )
    assert faults(repository.synth()) == ()
    labels = {one["metadata"]["name"]: one["metadata"]["labels"] for one in repository.objects("cert-manager-issuers")}
    assert labels.pop("ca")["a"] == "b"
    assert all("a" not in other for other in labels.values())


def test_json_patch_changes_the_object_it_names(repository: Repository) -> None:
    """A test step that holds lets the next one through."""
    repository.add(
        f"""
        patches:
          mine:
            target: {ISSUER}
            reason: for a test
            json:
              - {{op: test, path: /metadata/name, value: ca}}
              - {{op: add, path: /metadata/labels/a~1b, value: c}}
        """
    )
    assert faults(repository.synth()) == ()
    (issuer,) = [one for one in repository.objects("cert-manager-issuers") if one["metadata"]["name"] == "ca"]
    assert issuer["metadata"]["labels"]["a/b"] == "c"


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ("json: [{op: remove, path: /spec/none}]", "there is nothing at /spec/none"),
        ("json: [{op: test, path: /metadata/name, value: other}]", "the test at /metadata/name fails"),
        ("merge: {metadata: null}", "it leaves no metadata.name"),
        ("merge: {kind: 3}", "it leaves no kind"),
        ("json: [{op: replace, path: '', value: []}]", "it leaves no apiVersion"),
    ],
)
def test_patch_that_does_not_fit_is_refused_where_it_stands(repository: Repository, patch: str, words: str) -> None:
    """The finding names the patch, the object and what is in the way; nothing is written."""
    repository.add(f"patches: {{mine: {{target: {ISSUER}, reason: for a test, {patch}}}}}")
    finding = only(repository.synth(), "patch-refused")
    assert words in finding.message
    assert "ClusterIssuer.cert-manager.io ca" in finding.message
    assert finding.place is not None
    assert finding.place.file == "apps/clusters/lab.yaml"
    assert not (repository.root / "dist").exists()


def test_patch_without_a_target_is_refused(repository: Repository) -> None:
    """A patch that fits nothing would silently not be there."""
    repository.add(
        "patches: {mine: {target: {kind: Deployment, name: none}, reason: for a test, merge: {spec: {a: 1}}}}"
    )
    finding = only(repository.synth(), "patch-without-target")
    assert finding.path == ("patches", "mine", "target")


def test_patch_stands_among_the_origins(repository: Repository) -> None:
    """The inventory names the patch that had a hand in an application."""
    repository.add(
        f"patches: {{mine: {{target: {ISSUER}, reason: for a test, merge: {{metadata: {{labels: {{a: b}}}}}}}}}}"
    )
    repository.synth()
    assert "patches.mine" in (repository.root / "dist/lab/index.json").read_text()


def test_patch_that_undoes_a_derived_field_is_refused_until_allowed(repository: Repository) -> None:
    """The reason that the builder gave is told; an allowance at the patch lets it through, and is not called stale."""
    repository.add(
        """
        network: {loadBalancers: [192.0.2.100-192.0.2.199]}
        components: {metallb: {}}
        patches:
          mine:
            target: {kind: IPAddressPool}
            reason: for a test
            merge: {spec: {addresses: [192.0.2.100-192.0.2.120]}}
        """
    )
    finding = only(repository.synth(), "derived-value-overridden")
    assert "spec.addresses" in finding.message
    assert "network.loadBalancers" in (finding.help or "")
    assert finding.path == ("patches", "mine")
    repository.add("allow: {derived-value-overridden: {patches.mine: {reason: half of them}}}")
    assert codes(repository.check()) == codes(repository.synth()) == []
    (pool,) = [one for one in repository.objects("metallb-pools") if one["kind"] == "IPAddressPool"]
    assert pool["spec"]["addresses"] == ["192.0.2.100-192.0.2.120"]


@pytest.mark.parametrize(
    ("target", "near"),
    [("{kind: ClusterIsuer, name: ca}", "ClusterIssuer"), ("{kind: Certificate, name: ca-c}", "ca-ca")],
)
def test_patch_that_nearly_has_a_target_says_which(repository: Repository, target: str, near: str) -> None:
    """The misspelt part is marked, and the spelling that fits is told."""
    repository.add(f"patches: {{mine: {{target: {target}, reason: for a test, merge: {{spec: {{a: b}}}}}}}}")
    finding = only(repository.synth(), "patch-without-target")
    assert finding.help == f"did you mean '{near}'?"
    assert finding.path[:3] == ("patches", "mine", "target")
    assert len(finding.path) == 4


@pytest.mark.parametrize(("monitors", "found"), [("{zones: []}", []), ("{count: 3}", ["derived-value-overridden"])])
def test_key_beside_derived_ones_undoes_nothing(repository: Repository, monitors: str, found: list[str]) -> None:
    """A mapping that was derived may get one key more; a derived key of it may not change."""
    repository.add(
        f"""
        nodes: {{one: {{disks: [{{name: sdb, size: 500Gi}}]}}, two: {{disks: [{{name: sdb, size: 500Gi}}]}}}}
        components: {{rook: {{devices: fromNodes}}}}
        patches:
          mine:
            target: {{kind: CephCluster}}
            reason: for a test
            merge: {{spec: {{mon: {monitors}}}}}
        """
    )
    assert [code for code in codes(repository.synth()) if code != "single-copy"] == found
