"""Helm's hooks become what Argo CD would take them for, or are left out and named."""

from __future__ import annotations

import pytest

from trimtab.catalogue.argocd_names import HOOK, HOOK_DELETE_POLICY, SYNC_WAVE
from trimtab.charts.hooks import is_hook, translate_hook
from trimtab.charts.rendering import Dropped, Manifest


def hooked(**annotations: str) -> Manifest:
    """Make an object with annotations; `helm_weight` stands for `helm.sh/hook-weight`, `argo_` for Argo CD's."""
    words = {
        "helm": "helm.sh/hook",
        "helm_weight": "helm.sh/hook-weight",
        "helm_policy": "helm.sh/hook-delete-policy",
        "argo": HOOK,
        "argo_wave": SYNC_WAVE,
        "argo_policy": HOOK_DELETE_POLICY,
    }
    written = {words.get(key, key): value for key, value in annotations.items()}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "one", "annotations": written}}


def translated(chart: str = "probe", **annotations: str) -> dict[str, str]:
    """Give the annotations after the translation."""
    manifest = translate_hook(hooked(**annotations), chart)
    assert not isinstance(manifest, Dropped)
    return dict(manifest["metadata"].get("annotations", {}))


@pytest.mark.parametrize(
    ("helm", "argo"),
    [
        ("pre-install", "PreSync"),
        ("pre-upgrade", "PreSync"),
        ("pre-install,pre-upgrade", "PreSync"),
        ("post-install", "PostSync"),
        ("post-upgrade, post-install", "PostSync"),
        ("pre-install,post-install", "PreSync,PostSync"),
        ("pre-delete", "PreDelete"),
        ("post-delete", "PostDelete"),
        ("pre-rollback,post-upgrade", "PostSync"),
        ("test,post-install", "PostSync"),
    ],
)
def test_each_hook_has_its_twin(helm: str, argo: str) -> None:
    """What several of Helm's hooks share, Argo CD has once."""
    assert translated(helm=helm) == {HOOK: argo}


@pytest.mark.parametrize("hook", ["pre-rollback", "post-rollback", "pre-rollback,post-rollback", "made-up", ""])
def test_hook_without_a_twin_is_left_out(hook: str) -> None:
    """Argo CD would take it for a hook of no phase and never apply it."""
    dropped = translate_hook(hooked(helm=hook), "probe")
    assert isinstance(dropped, Dropped)
    assert (dropped.hook, dropped.is_harmful) == (hook, False)


@pytest.mark.parametrize("hook", ["test", "test-success", "test-failure", "test-success,test-failure"])
def test_tests_are_left_out(hook: str) -> None:
    """Nobody runs `helm test` on what Argo CD applied."""
    dropped = translate_hook(hooked(helm=hook), "probe")
    assert isinstance(dropped, Dropped)
    assert "test" in dropped.why


def test_crd_install_alone_is_no_hook() -> None:
    """A word of Helm 2, which Argo CD takes for an ordinary object."""
    assert translated(helm="crd-install") == {}
    assert translated(helm="crd-install,pre-install") == {HOOK: "PreSync"}


@pytest.mark.parametrize(("weight", "wave"), [("5", "5"), ("-5", "-5"), ("+3", "3"), ("0", None), ("first", None)])
def test_weight_becomes_the_wave(weight: str, wave: str | None) -> None:
    """A weight that is no number counts as none, in Helm's eyes and in Argo CD's."""
    assert translated(helm="pre-install", helm_weight=weight).get(SYNC_WAVE) == wave


def test_own_wave_wins_over_the_weight() -> None:
    """Argo CD looks at its own annotation first; only one that is no number gives way."""
    assert translated(helm="pre-install", helm_weight="5", argo_wave="2")[SYNC_WAVE] == "2"
    assert translated(helm="pre-install", helm_weight="5", argo_wave="two")[SYNC_WAVE] == "5"


def test_delete_policies_become_argo_cds() -> None:
    """When the object goes is part of what the chart says."""
    kept = translated(helm="pre-install", helm_policy="before-hook-creation, hook-succeeded,unknown,hook-failed")
    assert kept[HOOK_DELETE_POLICY] == "BeforeHookCreation,HookSucceeded,HookFailed"


def test_own_policy_of_argo_cds_stays() -> None:
    """Argo CD does not look at Helm's then."""
    kept = translated(helm="pre-install", helm_policy="hook-failed", argo_policy="HookSucceeded")
    assert kept[HOOK_DELETE_POLICY] == "HookSucceeded"


def test_hook_of_argo_cds_wins_over_helms() -> None:
    """An object with both is what Argo CD's says, and Helm's words go."""
    assert translated(helm="pre-delete", helm_weight="3", argo="Sync") == {HOOK: "Sync"}


def test_other_annotations_stay() -> None:
    """Only what was translated goes."""
    assert translated(helm="pre-install", mine="yes") == {"mine": "yes", HOOK: "PreSync"}


def test_object_without_hook_is_given_back() -> None:
    """Nothing is copied for nothing."""
    manifest = hooked(mine="yes")
    assert translate_hook(manifest, "probe") is manifest
    assert not is_hook(manifest)


def test_hook_that_removes_the_pod_network_is_left_out() -> None:
    """Argo CD 3.3 and newer would run Calico's uninstall Job when the Application is deleted."""
    dropped = translate_hook(hooked(helm="pre-delete", helm_weight="-5"), "tigera-operator")
    assert isinstance(dropped, Dropped)
    assert dropped.is_harmful
    assert "pod network" in dropped.why
    assert translated(helm="pre-delete") == {HOOK: "PreDelete"}


@pytest.mark.parametrize(
    "metadata", [{"name": "x"}, {"name": "x", "annotations": None}, {"name": "x", "annotations": []}]
)
def test_object_without_annotations_is_no_hook(metadata: dict[str, object]) -> None:
    """Charts write annotations that turn out empty."""
    manifest: Manifest = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata}
    assert translate_hook(manifest, "probe") is manifest
