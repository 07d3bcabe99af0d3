"""Annotations that Argo CD ignores are found, on any object."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import application, codes, config_map, one
from trimtab.catalogue.argocd_names import APPLICATION_OPTIONS, OBJECT_OPTIONS
from trimtab.verify.argocd.hooks import get_phases
from trimtab.verify.argocd.waves import get_wave

WAVE = "argocd.argoproj.io/sync-wave"
HOOK = "argocd.argoproj.io/hook"
OPTIONS = "argocd.argoproj.io/sync-options"


@pytest.mark.parametrize("wave", ["0", "-5", "+3", "100"])
def test_whole_number_in_quotes_is_a_wave(wave: str) -> None:
    """Negative ones too."""
    assert codes(config_map(f"{{{WAVE}: '{wave}'}}")) == []


@pytest.mark.parametrize("wave", ["first", "1.5", " 1", "1e3", ""])
def test_other_text_is_no_wave(wave: str) -> None:
    """Argo CD takes it for 0."""
    code, message, _ = one(config_map(f"{{{WAVE}: '{wave}'}}"))
    assert code == "sync-wave-form"
    assert message.endswith(f"is '{wave}', which is no whole number: Argo CD takes it for 0")


def test_wave_without_quotes_is_told_how_to_quote() -> None:
    """The API server refuses an annotation that is a number; of its own kinds another check says it."""
    code, message, help_ = one(application(metadata=f"annotations: {{{WAVE}: 5}}"))
    assert (code, help_) == ("sync-wave-form", 'write it in quotes: "5"')
    assert message == "the sync wave of Application.argoproj.io argocd/shop has to be text, and is 5"
    assert codes(config_map(f"{{{WAVE}: 5}}")) == []


def test_wave_falls_back_to_helms_weight() -> None:
    """As Argo CD does, also where its own annotation is no number."""
    assert get_wave({"metadata": {"annotations": {WAVE: "x", "helm.sh/hook-weight": "-3"}}}) == -3
    assert get_wave({"metadata": {"annotations": {WAVE: "2", "helm.sh/hook-weight": "-3"}}}) == 2
    assert get_wave({}) == 0


def test_hook_in_the_wrong_case_is_never_applied() -> None:
    """And the Application says Synced."""
    code, message, help_ = one(config_map(f"{{{HOOK}: presync}}"))
    assert (code, help_) == ("unknown-hook", "did you mean 'PreSync'?")
    assert message == (
        "ConfigMap shop/x is a hook of the phase 'presync', which Argo CD does not have, so it never applies the object"
    )


def test_helms_name_of_a_phase_is_turned_into_argo_cds() -> None:
    """`pre-install` in Argo CD's annotation is no phase."""
    assert one(config_map(f"{{{HOOK}: pre-install}}"))[2] == "did you mean 'PreSync'?"


@pytest.mark.parametrize("hook", ["PreSync", "PreSync,PostSync", "Sync, SyncFail", "Skip", "PreDelete"])
def test_phases_of_argo_cd_are_quiet(hook: str) -> None:
    """Several at once, with blanks."""
    assert codes(config_map(f"{{{HOOK}: '{hook}'}}")) == []


@pytest.mark.parametrize(
    ("annotations", "phases"),
    [
        ({}, ("Sync",)),
        ({HOOK: "PreSync"}, ("PreSync",)),
        ({HOOK: "presync"}, ()),
        ({HOOK: "Skip"}, ()),
        ({HOOK: "presync", "helm.sh/hook": "post-install"}, ("PostSync",)),
        ({"helm.sh/hook": "pre-install,pre-upgrade"}, ("PreSync",)),
        ({"helm.sh/hook": "test"}, ()),
        ({"helm.sh/hook": "crd-install"}, ("Sync",)),
    ],
)
def test_phases_are_those_of_argo_cd(annotations: dict[str, str], phases: tuple[str, ...]) -> None:
    """Its own annotation first, then Helm's (gitops-engine hook.go)."""
    assert get_phases({"metadata": {"annotations": annotations}}) == phases


def test_helm_hook_in_a_plain_manifest_is_held_to_helms_phases() -> None:
    """Helm's names, with those that Argo CD knows of and does not run."""
    assert codes(config_map("{helm.sh/hook: 'pre-install,test'}")) == []
    assert one(config_map("{helm.sh/hook: preinstall}"))[2] == "did you mean 'pre-install'?"


def test_delete_policy_is_held() -> None:
    """An unknown one counts as none."""
    code, _, help_ = one(config_map("{argocd.argoproj.io/hook-delete-policy: HookSuceeded}"))
    assert (code, help_) == ("ignored-argocd-annotation", "did you mean 'HookSucceeded'?")


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("argocd.argoproj.io/sync-waves", "sync-wave"),
        ("argocd.argoproj.io/syncwave", "sync-wave"),
        ("argocd.argoproj.io/Sync-Wave", "sync-wave"),
        ("argocd.argoproj.io/sync-option", "sync-options"),
        ("argocd.argoproj.io/hook-delete-policies", "hook-delete-policy"),
        ("argocd.argoproj.com/sync-wave", "sync-wave"),
    ],
)
def test_misspelt_key_is_found(key: str, meant: str) -> None:
    """Argo CD does not know it, and says nothing."""
    code, message, help_ = one(config_map(f"{{{key}: '1'}}"))
    assert (code, help_) == ("ignored-argocd-annotation", f"did you mean 'argocd.argoproj.io/{meant}'?")
    assert key in message


@pytest.mark.parametrize(
    "key",
    [
        "argocd.argoproj.io/managed-by",
        "argocd.argoproj.io/tracking-id",
        "argocd.argoproj.io/some-plugins-own",
        "argocd-image-updater.argoproj.io/image-list",
        "notifications.argoproj.io/subscribe.on-sync-failed.slack",
        "link.argocd.argoproj.io/docs",
        "example.org/argocd-thing",
    ],
)
def test_keys_of_others_are_quiet(key: str) -> None:
    """What comes near nothing may be meant for somebody else."""
    assert codes(config_map(f"{{{key}: x}}")) == []


def test_annotation_among_the_labels_is_found() -> None:
    """Argo CD only reads it as an annotation."""
    code, message, _ = one(f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: x, labels: {{{WAVE}: '1'}}}}}}")
    assert code == "ignored-argocd-annotation"
    assert "has the label" in message


def test_compare_options_are_held_to_their_place() -> None:
    """`ServerSideDiff` counts on an Application alone."""
    key = "argocd.argoproj.io/compare-options"
    assert codes(config_map(f"{{{key}: IgnoreExtraneous}}")) == []
    assert codes(application(metadata=f"annotations: {{{key}: ServerSideDiff=true}}")) == []
    assert "ignores it here" in one(config_map(f"{{{key}: ServerSideDiff=true}}"))[1]
    assert one(config_map(f"{{{key}: ignoreExtraneous}}"))[2] == "did you mean 'IgnoreExtraneous'?"


def test_switches_are_true_or_false() -> None:
    """`yes` is none of them."""
    assert codes(config_map("{argocd.argoproj.io/ignore-healthcheck: 'yes'}")) == ["ignored-argocd-annotation"]
    assert codes(config_map("{argocd.argoproj.io/ignore-healthcheck: 'true'}")) == []


def test_watched_paths_are_separated_by_semicolons() -> None:
    """With commas they are one path that no file has."""
    key = "argocd.argoproj.io/manifest-generate-paths"
    assert codes(application(metadata=f"annotations: {{{key}: '.,/base'}}")) == ["ignored-argocd-annotation"]
    assert codes(application(metadata=f"annotations: {{{key}: '.;/base'}}")) == []


@pytest.mark.parametrize(
    ("option", "help_"),
    [
        ("Prune=flase", "did you mean 'Prune=false'?"),
        ("prune=false", "did you mean 'Prune=false'?"),
        ("SkipDryRunOnMissingResources=true", "did you mean 'SkipDryRunOnMissingResource=true'?"),
        ("Prune", "write Prune=true, Prune=false or Prune=confirm"),
        ("CreateNamespace=true", "it counts in spec.syncPolicy.syncOptions of an Application"),
    ],
)
def test_option_of_an_object_is_held(option: str, help_: str) -> None:
    """Name, value and place."""
    code, message, said = one(config_map(f"{{{OPTIONS}: '{option}'}}"))
    assert (code, said) == ("ignored-sync-option", help_)
    assert option in message


@pytest.mark.parametrize(
    ("option", "help_"),
    [
        ("CreateNamespace=treu", "did you mean 'CreateNamespace=true'?"),
        ("createNamespace=true", "did you mean 'CreateNamespace=true'?"),
        ("CreateNamespace = true", "did you mean 'CreateNamespace=true'?"),
        ("PrunePropagationPolicy=forground", "did you mean 'PrunePropagationPolicy=foreground'?"),
        ("Force=true", "it counts in the annotation 'argocd.argoproj.io/sync-options' of an object"),
        ("PruneLast=true, CreateNamespace=true", "give each option an item of its own"),
    ],
)
def test_option_of_an_application_is_held(option: str, help_: str) -> None:
    """Case, blanks and values count; `Force` only counts on an object."""
    code, _, said = one(application(f"syncPolicy: {{syncOptions: ['{option}']}}"))
    assert (code, said) == ("ignored-sync-option", help_)


def test_every_known_option_is_quiet() -> None:
    """With each of its values, in its place."""
    for name, values in APPLICATION_OPTIONS.items():
        for value in values:
            assert codes(application(f"syncPolicy: {{syncOptions: ['{name}={value}']}}")) in ([], ["validation-off"])
    for name, values in OBJECT_OPTIONS.items():
        for value in values:
            assert codes(config_map(f"{{{OPTIONS}: '{name}={value}'}}")) in ([], ["validation-off"])


def test_templated_option_is_left_alone() -> None:
    """An ApplicationSet fills it in."""
    text = """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: x}
    spec:
      generators: []
      template:
        metadata: {name: "{{name}}"}
        spec:
          project: default
          destination: {name: a}
          source: {repoURL: "{{url}}", path: "{{path}}"}
          syncPolicy: {syncOptions: ["CreateNamespace={{create}}", "Prun=true"]}
    """
    assert codes(text) == ["ignored-sync-option"]
