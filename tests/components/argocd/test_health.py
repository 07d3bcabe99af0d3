"""The health checks, run by Lua on objects as Argo CD would see them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from argocd_support.made import make_root
from trimtab.catalogue.components import newest_release
from trimtab.components.argocd.health import APPLICATION, CEPH_CLUSTER, TIGERA
from trimtab.kube.argocd import plan_application
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application

lupa = pytest.importorskip("lupa.lua51", reason="Lua 5.1 is not at hand: install lupa")

Health = Callable[[str, dict[str, Any]], tuple[str, str]]
CHART = ChartRelease(pin=newest_release("argocd").charts["main"], release_name="shop", namespace="shop", values={})


@pytest.fixture
def health() -> Health:
    """Give what judges an object: the libraries are those that Argo CD opens."""

    def judge(program: str, obj: dict[str, Any]) -> tuple[str, str]:
        lua = lupa.LuaRuntime(register_eval=False)
        globals_ = lua.globals()
        for library in ("string", "io", "debug", "math", "os", "require", "package", "python"):
            globals_[library] = None
        globals_.obj = lua.table_from(obj, recursive=True)
        found = lua.execute(program)
        return found["status"], found["message"]

    return judge


def application(**spec: Any) -> dict[str, Any]:
    """Give an Application of ours that is in sync and healthy."""
    own = Application(name="shop", component="own", namespace="shop")
    found = plan_application(own, CHART, cluster=make_root(), wave=0, has_manifests=True)
    found["spec"].update(spec)
    compared = {
        key: deepcopy(found["spec"][key]) for key in ("source", "sources", "destination") if key in found["spec"]
    }
    found["status"] = {
        "health": {"status": "Healthy"},
        "sync": {"status": "Synced", "comparedTo": compared},
        "reconciledAt": "2026-01-02T10:00:05Z",
        "operationState": {"phase": "Succeeded", "finishedAt": "2026-01-02T10:00:00Z"},
    }
    return found


def changed(obj: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Give a copy of an object with one value changed; nothing as value takes the key away."""
    copy = deepcopy(obj)
    *above, last = path.split(".")
    here: Any = copy
    for key in above:
        here = here[int(key)] if key.isdigit() else here.setdefault(key, {})
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return copy


def test_waves_without_health_a_healthy_child_lets_the_next_wave_pass(health: Health) -> None:
    """In sync, healthy, looked at since the last sync, compared with the spec of now."""
    assert health(APPLICATION, application()) == ("Healthy", "")


def test_waves_without_health_a_new_child_is_waited_for(health: Health) -> None:
    """An Application that no controller has seen has no status at all."""
    obj = application()
    del obj["status"]
    assert health(APPLICATION, obj)[0] == "Progressing"


STALE: list[tuple[str, Any]] = [
    ("status.health", None),
    ("status.sync", None),
    ("status.health.status", ""),
    ("operation", {"sync": {}}),
    ("status.operationState.phase", "Running"),
    ("status.operationState.phase", "Terminating"),
    ("status.reconciledAt", "2026-01-02T09:59:59Z"),
    ("status.reconciledAt", None),
    ("status.sync.comparedTo", None),
    ("status.sync.status", "OutOfSync"),
    ("status.sync.status", "Unknown"),
    ("spec.sources.0.targetRevision", "9.9.9"),
    ("spec.sources.0.helm.apiVersions", ["monitoring.coreos.com/v1"]),
    ("spec.sources.1.path", "elsewhere"),
    ("spec.destination.namespace", "elsewhere"),
    ("status.sync.comparedTo.sources.0.helm.skipCrds", True),
    ("spec.sources", [{"repoURL": "https://git.example.org/platform.git", "path": "x"}]),
]


@pytest.mark.parametrize(("path", "value"), STALE)
def test_waves_without_health_a_stale_verdict_counts_for_nothing(health: Health, path: str, value: Any) -> None:
    """What was said before the last change, sync or look is not taken for an answer."""
    assert health(APPLICATION, changed(application(), path, value))[0] == "Progressing"


@pytest.mark.parametrize("condition", ["SyncError", "InvalidSpecError", "ComparisonError", "UnknownError"])
def test_waves_without_health_a_failed_child_is_told(health: Health, condition: str) -> None:
    """What does not mend itself fails the parent's sync, whose next try takes up a newer commit."""
    conditions = [{"type": "OrphanedResourceWarning"}, {"type": condition, "message": "no such chart"}]
    found = health(APPLICATION, changed(application(), "status.conditions", conditions))
    assert found == ("Degraded", f"{condition}: no such chart")


def test_waves_without_health_a_warning_is_no_failure(health: Health) -> None:
    """Conditions that only warn let the next wave pass."""
    obj = changed(application(), "status.conditions", [{"type": "OrphanedResourceWarning", "message": "one"}])
    assert health(APPLICATION, obj)[0] == "Healthy"


@pytest.mark.parametrize(
    ("phase", "verdict"), [("Failed", "Degraded"), ("Error", "Degraded"), ("Succeeded", "Healthy")]
)
def test_waves_without_health_a_failed_hook_is_seen(health: Health, phase: str, verdict: str) -> None:
    """Hooks count neither in the sync status nor in the health: only the last sync tells of them."""
    hook = {"name": "migrate", "hookType": "PostSync", "hookPhase": phase, "message": "exit 1"}
    obj = changed(application(), "status.operationState.phase", phase)
    assert health(APPLICATION, changed(obj, "status.operationState.syncResult", {"resources": [hook]}))[0] == verdict


def test_waves_without_health_a_failed_sync_that_was_mended_is_over(health: Health) -> None:
    """A child that somebody brought in sync by hand is not held against its last failed sync."""
    plain = {"name": "web", "hookPhase": "Failed", "message": "conflict"}
    obj = changed(application(), "status.operationState.phase", "Failed")
    assert health(APPLICATION, changed(obj, "status.operationState.syncResult", {"resources": [plain]}))[0] == "Healthy"


@pytest.mark.parametrize("policy", [None, {}, {"automated": {"enabled": False}}])
def test_waves_without_health_nobody_waits_for_a_person(health: Health, policy: dict[str, Any] | None) -> None:
    """A child that only people sync does not hold back the rest while it waits for them."""
    obj = changed(changed(application(), "spec.syncPolicy", policy), "status.sync.status", "OutOfSync")
    assert health(APPLICATION, obj)[0] == "Healthy"


@pytest.mark.parametrize("status", ["Progressing", "Degraded", "Suspended", "Missing"])
def test_waves_without_health_the_childs_own_word_is_passed_on(health: Health, status: str) -> None:
    """What ails the child's objects ails the child, in its own words."""
    obj = changed(application(), "status.health", {"status": status, "message": "why"})
    assert health(APPLICATION, obj) == (status, "why")


def test_waves_without_health_what_go_leaves_out_is_no_difference(health: Health) -> None:
    """Empty values vanish when Argo CD writes down what it compared; a person's spec may still have them."""
    written = {
        "repoURL": "https://git.example.org/x.git",
        "path": "x",
        "directory": {"recurse": False},
        "kustomize": {},
    }
    kept = {"repoURL": "https://git.example.org/x.git", "path": "x", "directory": {"jsonnet": {}}}
    obj = application(source=written)
    del obj["spec"]["sources"], obj["status"]["sync"]["comparedTo"]["sources"]
    assert health(APPLICATION, changed(obj, "status.sync.comparedTo.source", kept))[0] == "Healthy"
    assert health(APPLICATION, changed(obj, "status.sync.comparedTo.source.path", "y"))[0] == "Progressing"


def test_waves_without_health_a_hydrated_child_has_another_source(health: Health) -> None:
    """What a hydrator compares is not what stands in the spec."""
    obj = application(sourceHydrator={"drySource": {"path": "x"}})
    assert health(APPLICATION, changed(obj, "status.sync.comparedTo", {}))[0] == "Healthy"


def ceph(health: str, state: str = "Created", **more: Any) -> dict[str, Any]:
    """Give a CephCluster with this health and state."""
    details = {"details": {"B": {"message": "two"}, "A": {"message": "one"}}} if health != "HEALTH_OK" else {}
    return {"status": {"ceph": {"health": health, **details}, "state": state, **more}}


@pytest.mark.parametrize(
    ("obj", "verdict"),
    [
        ({}, "Progressing"),
        ({"status": {"state": "Creating", "message": "Configuring"}}, "Progressing"),
        (ceph("HEALTH_OK", "Creating"), "Progressing"),
        (ceph("HEALTH_OK", "Updating"), "Progressing"),
        (ceph("HEALTH_OK"), "Healthy"),
        (ceph("HEALTH_OK", "Connected"), "Healthy"),
        (ceph("HEALTH_WARN"), "Healthy"),
        (ceph("HEALTH_WARN", "Creating"), "Progressing"),
        (ceph("HEALTH_ERR"), "Degraded"),
        (ceph("HEALTH_OK", "Error"), "Degraded"),
        (ceph("HEALTH_WARN", "Error"), "Degraded"),
    ],
)
def test_ceph_warning_blocks_sync_in_each_state(health: Health, obj: dict[str, Any], verdict: str) -> None:
    """A warning stops nobody; an error and a failed operator do; what is not built yet is waited for."""
    assert health(CEPH_CLUSTER, obj)[0] == verdict


def test_ceph_warning_blocks_sync_but_is_told(health: Health) -> None:
    """The words of the warning are there for whoever looks, in an order that does not change."""
    found = health(CEPH_CLUSTER, ceph("HEALTH_WARN", message="Cluster created"))[1]
    assert found == "HEALTH_WARN; A: one; B: two; Rook: Cluster created"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ({}, "Progressing"),
        ({"conditions": [{"type": "Degraded", "status": "True", "message": "no pods yet"}]}, "Progressing"),
        ({"conditions": [{"type": "Ready", "status": "False"}]}, "Progressing"),
        ({"conditions": [{"type": "Ready", "status": "True"}]}, "Healthy"),
        ({"state": "Ready"}, "Healthy"),
    ],
)
def test_calico_is_healthy_once_its_operator_says_ready(health, status, verdict):
    """Until then what needs the network waits; a start with hiccups fails nothing."""
    assert health(TIGERA, {"status": status})[0] == verdict
