"""Allowances: what they take out, what they never do, and when they are themselves reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trimtab.findings.finding import Finding

Find = Callable[..., list[Finding]]

LOCAL = "components: {local-path: {}}\n"
"""Settings with one warning, local-volume-pins-workload, at components.local-path."""


def allow(at: str, code: str = "local-volume-pins-workload", more: str = "") -> str:
    """Write an allowance."""
    return f'allow: {{{code}: {{"{at}": {{reason: it is meant{more}}}}}}}\n'


def told(findings: list[Finding]) -> list[str]:
    """Give the codes of findings."""
    return [finding.code for finding in findings]


@pytest.mark.parametrize("at", ["components.local-path", "components", "components.*", "*"])
def test_an_allowance_takes_out_what_its_path_begins(find: Find, at: str) -> None:
    """The path itself, what lies below it, `*` for any one key, and `*` alone for the whole cluster."""
    assert find(LOCAL + allow(at)) == []


@pytest.mark.parametrize("at", ["components.rook", "components.local-path.values", "components.*.values", "nodes"])
def test_an_allowance_of_another_place_is_stale(find: Find, at: str) -> None:
    """The finding stays, and the allowance that missed it is told."""
    found = find(LOCAL + allow(at))
    assert sorted(told(found)) == ["local-volume-pins-workload", "stale-allowance"]
    stale = next(one for one in found if one.code == "stale-allowance")
    assert stale.help == "it is found at 'components.local-path'"


@pytest.mark.parametrize(("until", "found"), [("2026-06-14", 2), ("2026-06-15", 0), ("2026-06-16", 0)])
def test_an_allowance_holds_through_its_last_day(find: Find, until: str, found: int) -> None:
    """On the day itself it still holds; on the next the finding is back, and the allowance is told."""
    assert len(find(LOCAL + allow("*", more=f", until: {until}"))) == found


def test_a_soft_error_may_be_allowed(find: Find) -> None:
    """What nobody upstream refuses is a matter of choice."""
    dead = "components: {cert-manager: {values: {cert-manager: {replicas: 2}}}}\n"
    assert told(find(dead)) == ["dead-helm-value"]
    assert find(dead + allow("components.cert-manager", "dead-helm-value")) == []


def test_a_hard_error_cannot_be_allowed(find: Find) -> None:
    """What would not work stays, and the allowance is an error too."""
    hard = "network: {nodes: [10.233.0.0/24]}\n" + allow("*", "overlapping-ranges")
    assert sorted(told(find(hard))) == ["hard-refusal-allowed", "overlapping-ranges"]


def test_an_allowance_of_no_code_names_the_nearest(find: Find) -> None:
    """A mistyped code would allow nothing and look as if it did."""
    (finding,) = find(allow("*", "local-volume-pins-worklod"))
    assert (finding.code, finding.help) == ("unknown-code", "did you mean 'local-volume-pins-workload'?")


def test_an_allowance_of_no_path_is_refused(find: Find) -> None:
    """`components..rook` is no path, and is not taken for one that finds nothing."""
    assert sorted(told(find(LOCAL + allow("components..rook")))) == ["local-volume-pins-workload", "wrong-form"]


def test_an_allowance_leaves_other_clusters_alone(find: Find) -> None:
    """Each cluster answers for itself, whatever its neighbour allows."""
    found = find(LOCAL + allow("*"), {"apps/clusters/shop.yaml": f"cluster: shop\n{LOCAL}"})
    assert [(one.code, one.cluster) for one in found] == [("local-volume-pins-workload", "shop")]


def test_an_allowance_leaves_other_clusters_files_alone(find: Find) -> None:
    """A warning of the neighbour's own file, which names no cluster, is not this cluster's to allow."""
    found = find(allow("*", "null-removes-nothing"), {"apps/clusters/shop.yaml": "cluster: shop\ndomain: null\n"})
    assert sorted(told(found)) == ["null-removes-nothing", "stale-allowance"]


def test_a_warning_of_its_own_file_may_be_allowed(find: Find) -> None:
    """What stands in the cluster's own file is the cluster's, though the finding names none."""
    assert find("domain: null\n" + allow("domain", "null-removes-nothing")) == []


def test_an_allowance_in_the_platform_file_holds_for_each_cluster(find: Find) -> None:
    """Layers merge before anything is allowed, so that what all clusters mean is said once."""
    profile = {"apps/profiles/local.yaml": LOCAL + allow("*")}
    assert find("profiles: [local]\n", profile) == []


@pytest.mark.parametrize(
    ("at", "code"), [("constructs.mine", "wave-before-dependency"), ("patches.mine", "derived-value-overridden")]
)
def test_what_only_synth_finds_is_not_stale_in_check(find: Find, at: str, code: str) -> None:
    """An allowance that `check` cannot judge is left to `synth`, where doing nothing is told."""
    assert find(allow(at, code)) == []
    assert told(find(allow(at, code), synth=True)) == ["stale-allowance"]


PATCHED = (
    "network: {loadBalancers: [10.0.1.0/24]}\ncomponents: {metallb: {}}\n"
    "patches: {odd: {target: {kind: IPAddressPool}, merge: {spec: {addresses: [10.0.2.0/24]}}, reason: elsewhere}}\n"
)


def test_what_only_patching_shows_may_be_allowed(find: Find) -> None:
    """A soft refusal of a late stage is an error without an allowance, and nothing at all with one."""
    assert told(find(PATCHED, synth=True)) == ["derived-value-overridden"]
    assert not {"derived-value-overridden", "stale-allowance"} & set(
        told(find(PATCHED + allow("patches.odd", "derived-value-overridden"), synth=True))
    )


CONSTRUCT = {
    "constructs/mine.py": (
        "from cdk8s import ApiObject\n"
        'KIND = {"api_version": "v1", "kind": "ConfigMap"}\n'
        'WAVE = {"name": "one", "annotations": {"argocd.argoproj.io/sync-wave": "-1"}}\n'
        "def build(chart, facts, settings):\n"
        '    one = ApiObject(chart, "one", **KIND, metadata=WAVE)\n'
        '    one.add_dependency(ApiObject(chart, "two", **KIND, metadata={"name": "two"}))\n'
    )
}


def test_what_a_construct_shows_may_be_allowed(find: Find) -> None:
    """A warning that only building shows names the construct, stands at it, and may be allowed there."""
    mine = "constructs: {mine: {file: constructs/mine.py, application: shop}}\n"
    (finding,) = find(mine, CONSTRUCT, synth=True)
    assert (finding.code, finding.cluster, finding.place is not None) == ("wave-before-dependency", "lab", True)
    assert find(mine + allow("constructs.mine", "wave-before-dependency"), CONSTRUCT, synth=True) == []


MOVING = {
    "apps/manifests/lab/shop/pod.yaml": (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\n"
        "spec: {containers: [{name: one, image: 'quay.io/a/b:latest', envFrom: [{secretRef: {name: nowhere}}]}]}\n"
    )
}


def test_an_error_that_is_allowed_keeps_nothing_else_from_being_found(find: Find) -> None:
    """Every later stage runs as if it were not there."""
    moving = allow("apps/manifests/lab/shop/pod.yaml", "unpinned-source")
    assert "secret-made-by-nobody" not in told(find("", MOVING, synth=True))
    assert "secret-made-by-nobody" in told(find(moving, MOVING, synth=True))
