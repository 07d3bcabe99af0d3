"""The stages of each command, as lists that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.pipeline.state import Stage


def check_stages() -> tuple[Stage, ...]:
    """Give the stages of `check`: nothing is built, nothing is written, Node is not started."""
    from trimtab.pipeline.allowing import check_allowances

    return (*_planning_stages(), Stage(name="allowances", run=check_allowances))


def order_stages() -> tuple[Stage, ...]:
    """Give the stages of `graph`: those of `check`, and the order with what only objects know; nothing is written."""
    from trimtab.pipeline.allowing import check_allowances
    from trimtab.pipeline.building import build_clusters
    from trimtab.pipeline.ordering import order_clusters

    return (
        *_planning_stages(),
        *_allowing(
            Stage(name="build", run=build_clusters, even_with_errors=False),
            Stage(name="order", run=order_clusters, even_with_errors=False),
        ),
        Stage(name="allowances", run=check_allowances),
    )


def plan_stages() -> tuple[Stage, ...]:
    """Give the stages that end with a plan, for commands that only look at it: no rule is asked that needs the plan."""
    from trimtab.pipeline.knowing import know_own_releases
    from trimtab.pipeline.planning import plan_clusters
    from trimtab.pipeline.ruling import check_early_rules
    from trimtab.pipeline.settling import load_clusters, settle_clusters

    return (
        Stage(name="load", run=load_clusters),
        Stage(name="settle", run=settle_clusters),
        Stage(name="early rules", run=check_early_rules),
        Stage(name="plan", run=plan_clusters, even_with_errors=False),
        Stage(name="own releases", run=know_own_releases, even_with_errors=False),
    )


def upgrade_stages() -> tuple[Stage, ...]:
    """Give the stages of `upgrade`: those that end with a plan, its values as they would be written."""
    from trimtab.pipeline.mirroring import mirror_clusters

    return (*plan_stages(), Stage(name="mirrors", run=mirror_clusters, even_with_errors=False))


def lock_check_stages() -> tuple[Stage, ...]:
    """Give the stages of `lock --check`: those that end with a plan, then the lock against it; no network."""
    from trimtab.pipeline.locking import check_locked

    return (*plan_stages(), Stage(name="lock", run=check_locked, even_with_errors=False))


def _planning_stages() -> tuple[Stage, ...]:
    from trimtab.pipeline.allowing import allow_findings
    from trimtab.pipeline.basing import read_bases
    from trimtab.pipeline.knowing import know_own_releases
    from trimtab.pipeline.mirroring import mirror_clusters
    from trimtab.pipeline.planning import plan_clusters
    from trimtab.pipeline.ruling import check_early_rules, check_rules
    from trimtab.pipeline.settling import load_clusters, settle_clusters

    return (
        Stage(name="load", run=load_clusters),
        Stage(name="settle", run=settle_clusters),
        Stage(name="early rules", run=check_early_rules),
        Stage(name="plan", run=plan_clusters),
        Stage(name="own releases", run=know_own_releases),
        Stage(name="mirrors", run=mirror_clusters),
        Stage(name="base", run=read_bases),
        Stage(name="rules", run=check_rules),
        Stage(name="allow", run=allow_findings),
    )


def synth_stages(*, helm: bool = False) -> tuple[Stage, ...]:
    """Give the stages of `synth`; nothing is written while there is an error.

    Args:
        helm: Whether only plain objects are wanted, as Helm templates.
    """
    return (*build_stages(helm=helm), *write_stages())


def write_stages() -> tuple[Stage, ...]:
    """Give the last stage of `synth`, which looks at all clusters at once."""
    from trimtab.pipeline.writing import write_clusters

    return (Stage(name="write", run=write_clusters, writes=True),)


def build_stages(*, helm: bool = False, twice: bool = False) -> tuple[Stage, ...]:
    """Give the stages of `synth` up to the finished files: those of `check`, then the tree, each cluster alone.

    Args:
        helm: Whether only plain objects are wanted, as Helm templates.
        twice: Whether the user's constructs are built again, and held against the first time.
    """
    from trimtab.pipeline.allowing import check_built_allowances
    from trimtab.pipeline.building import build_clusters
    from trimtab.pipeline.comparing import compare_clusters
    from trimtab.pipeline.delivering import deliver_clusters
    from trimtab.pipeline.image_checks import rewrite_clusters
    from trimtab.pipeline.knowing import require_own_releases
    from trimtab.pipeline.laying_out import lay_out_clusters
    from trimtab.pipeline.measuring import measure_clusters
    from trimtab.pipeline.ordering import order_clusters
    from trimtab.pipeline.patching import patch_clusters
    from trimtab.pipeline.pinning import check_pins
    from trimtab.pipeline.rooting import root_clusters
    from trimtab.pipeline.verifying import verify_clusters

    return (
        *_planning_stages(),
        *_allowing(
            Stage(name="require own releases", run=require_own_releases),
            Stage(name="build", run=build_clusters, even_with_errors=False),
            Stage(name="render", run=deliver_clusters, even_with_errors=False),
            Stage(name="patch", run=patch_clusters, even_with_errors=False),
            Stage(name="images", run=rewrite_clusters, even_with_errors=False),
            Stage(name="order", run=order_clusters, even_with_errors=False),
            Stage(name="root", run=root_clusters, even_with_errors=False),
            Stage(name="pins", run=check_pins, even_with_errors=False),
            Stage(name="verify", run=verify_clusters, even_with_errors=False),
            Stage(name="measure", run=measure_clusters, even_with_errors=False),
            Stage(name="lay out", run=lay_out_clusters, even_with_errors=False),
            Stage(name="compare with the base", run=compare_clusters, even_with_errors=False),
            *([_again_stage()] if twice else []),
        ),
        Stage(name="allowances", run=check_built_allowances),
        *([_helm_stage()] if helm else []),
    )


def _allowing(*stages: Stage) -> Iterator[Stage]:
    """Take out what is allowed after each stage: an error that is allowed keeps no later stage from running."""
    from trimtab.pipeline.allowing import allow_findings

    for stage in stages:
        yield stage
        yield Stage(name="allow", run=allow_findings)


def _again_stage() -> Stage:
    from trimtab.pipeline.building_again import build_again

    return Stage(name="build again", run=build_again, even_with_errors=False)


def _helm_stage() -> Stage:
    from trimtab.pipeline.helm_format import select_templates

    return Stage(name="select templates", run=select_templates, even_with_errors=False)
