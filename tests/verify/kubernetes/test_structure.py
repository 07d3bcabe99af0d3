"""An object fits the structure of its kind, or each fault is said at its path."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubernetes_support.trees import check_entries, complaints, entries, manifest_of, workload
from trimtab.catalogue.kubernetes.structures import kinds_of, minors
from trimtab.verify.complaint import Unchecked
from trimtab.verify.kubernetes.explain import iter_faults
from trimtab.verify.kubernetes.schema import find_validator

CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: %s}}"


def said(text: str, minor: int = 35) -> list[tuple[str, tuple[Any, ...], str]]:
    """Give code, path and help of all that is wrong."""
    return [(one.code, one.path, one.help) for one in complaints(text, minor=minor)]


def test_good_workload_is_left_in_peace() -> None:
    """The test's own workload has no fault, so what other tests find is what they put in."""
    assert said(workload()) == []


def test_mistyped_field_is_found_with_what_was_meant() -> None:
    """At the key, with the nearest name there is."""
    assert said(workload(spec="replica: 2")) == [("unknown-field", ("spec", "replica"), "did you mean 'replicas'?")]


def test_small_letters_count() -> None:
    """The strict decoder compares names exactly, unlike Go's own."""
    (one,) = said(workload(spec="minreadyseconds: 2"))
    assert one[2] == "write 'minReadySeconds': upper and lower case count"


def test_field_at_the_wrong_depth_is_told_where_it_belongs() -> None:
    """The commonest slip in workloads."""
    (one,) = said(workload(spec="hostNetwork: true"))
    assert one[2] == "it belongs into template.spec"


def test_field_of_a_later_minor_is_told_apart_from_a_mistyped_one() -> None:
    """It is right, only too early."""
    text = workload(pod="resources: {limits: {cpu: 1}}")
    assert said(text, minor=35) == []
    assert said(text, minor=31) == [
        (
            "unknown-field",
            ("spec", "template", "spec", "resources"),
            "the field came with Kubernetes 1.32, and the cluster runs 1.31",
        )
    ]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("1", '"1"'), ("true", '"true"'), ("1.5", '"1.5"')],
)
def test_unquoted_text_is_told_to_be_quoted(value: str, wanted: str) -> None:
    """Go refuses: cannot unmarshal number into a field of type string."""
    assert said(CONFIG % value) == [("wrong-field-type", ("data", "a"), f"put it in quotes: {wanted}")]


def test_all_faults_are_said_at_once() -> None:
    """Nobody wants to mend one, and run again."""
    text = workload(spec="replicas: 'two', replica: 1", container="command: run, env: [{value: 1}]")
    assert [(code, path[-1]) for code, path, _ in said(text)] == [
        ("wrong-field-type", "replicas"),
        ("unknown-field", "replica"),
        ("wrong-field-type", "command"),
        ("wrong-field-type", "value"),
        ("missing-field", 0),
    ]


@pytest.mark.parametrize("number", ["1", "1.0", "null"])
def test_whole_numbers_and_null_are_taken(number: str) -> None:
    """Of 1.0 JSON makes 1 on its way; null is as if nothing stood there."""
    assert said(workload(spec=f"replicas: {number}")) == []


@pytest.mark.parametrize("part", ["selector", "template"])
def test_required_part_that_is_null_is_missing(part: str) -> None:
    """For Go's decoder it is as if it were not there; the quick engine must refuse it too."""
    manifest = manifest_of(workload())
    manifest["spec"][part] = None
    name = kinds_of((1, 35))["apps", "v1", "Deployment"]
    assert not find_validator((1, 35), name)(manifest)
    (fault,) = iter_faults((1, 35), name, manifest)
    assert (fault.code, fault.path) == ("missing-field", ("spec", part))


@pytest.mark.parametrize("number", ["1.5", "'1'", "true"])
def test_other_numbers_are_refused(number: str) -> None:
    """For a field of whole numbers."""
    assert [code for code, _, _ in said(workload(spec=f"replicas: {number}"))] == ["wrong-field-type"]


def test_number_of_too_many_bits_is_refused() -> None:
    """A field of 32 bits ends at 2147483647."""
    assert said(workload(spec="replicas: 2147483647")) == []
    assert [code for code, _, _ in said(workload(spec="replicas: 2147483648"))] == ["field-out-of-range"]


@pytest.mark.parametrize("amount", ["1", "0.5", "500m", "8Gi", "1e3", "'.5'", "' 1 '"])
def test_quantities_are_taken(amount: str) -> None:
    """Numbers are quantities too."""
    assert said(workload(container=f"resources: {{requests: {{cpu: {amount}}}}}")) == []


@pytest.mark.parametrize("amount", ["8GB", "'1 Gi'", "1k5", "''"])
def test_other_amounts_are_refused(amount: str) -> None:
    """Bytes are written without a B."""
    found = said(workload(container=f"resources: {{requests: {{memory: {amount}}}}}"))
    assert [code for code, _, _ in found] == ["wrong-field-form"]


def test_metadata_of_custom_kinds_is_looked_at() -> None:
    """It is the same for all; the rest of them is left to their definitions."""
    cart = "{apiVersion: example.org/v1, kind: Cart, metadata: {name: c, labels: {a: 1}}, spec: {a: {b: 1}}}"
    assert said(cart) == [("wrong-field-type", ("metadata", "labels", "a"), 'put it in quotes: "1"')]
    assert said(cart.replace("labels: {a: 1}", "owner: me")) == [
        ("unknown-field", ("metadata", "owner"), "remove it, or move it to where it belongs")
    ]


def test_value_of_a_secret_is_never_shown() -> None:
    """Neither in the message nor in the help, and its lines are not printed."""
    (one,) = complaints("{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {pin: 987654}}")
    assert "987654" not in one.message + one.help
    assert one.hide_source


def test_secret_data_must_be_base64() -> None:
    """Plain text there is the commonest slip with Secrets."""
    secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {pin: %s}}"
    assert said(secret % "aHVudGVyMg==") == []
    assert [code for code, _, _ in said(secret % "hunter2")] == ["wrong-field-form"]


def test_unknown_choice_is_found() -> None:
    """With the one that was meant; an empty text counts as not given."""
    service = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: %s, ports: [{port: 1}]}}"
    assert said(service % "''") == []
    assert said(service % "Loadbalancer") == [("value-not-allowed", ("spec", "type"), "did you mean 'LoadBalancer'?")]


def test_minor_without_structures_is_said_once() -> None:
    """What goes unchecked is never silent."""
    found = check_entries(entries(workload(spec="replica: 2")), minor=99)
    assert [one for one in found if isinstance(one, Unchecked)] == [
        Unchecked(reason="the structures of Kubernetes 1.99 are not known, only those of 1.29 to 1.37")
    ]


@pytest.mark.parametrize("minor", minors())
def test_validators_of_all_kinds_compile(minor: tuple[int, int]) -> None:
    """Every type that a structure names is there."""
    assert all(callable(find_validator(minor, name)) for name in set(kinds_of(minor).values()))


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**33), 2**33),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(["", "1", "true", "8Gi", "TCP", "Always", "2026-01-01T00:00:00Z", "YQ==", "x y"]),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just({"a": 1}),
)


def _spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, item in inner for spot in _spots(item, (*path, key)))]


def _put(manifest: dict[str, Any], path: tuple[Any, ...], key: str | None, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(manifest)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    target = holder[path[-1]] if path else changed
    if key is not None and isinstance(target, dict):
        target[key] = value
    elif path:
        holder[path[-1]] = value
    return changed


_WHOLE = manifest_of(
    workload(
        spec="replicas: 2, strategy: {rollingUpdate: {maxSurge: 1}}",
        pod="volumes: [{name: v, emptyDir: {sizeLimit: 1Gi}}], tolerations: [{key: a, operator: Exists}]",
        container="ports: [{containerPort: 80, protocol: TCP}], env: [{name: A, value: b}],"
        "resources: {limits: {cpu: 1}}, livenessProbe: {httpGet: {port: http}}",
    )
)
_KEYS = st.sampled_from([None, "name", "port", "replicas", "metadata", "spec", "labels", "extra"])


@pytest.mark.unmeasured
@settings(max_examples=400, deadline=None)
@given(st.data())
def test_engine_and_explanation_agree(data: st.DataObject) -> None:
    """What the quick engine takes has no fault, and what it refuses has one that can be told."""
    manifest = _WHOLE
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(_spots(manifest)))
        manifest = _put(manifest, path, data.draw(_KEYS), data.draw(_SCALARS))
    name = kinds_of((1, 35))["apps", "v1", "Deployment"]
    faults = list(iter_faults((1, 35), name, manifest))
    assert find_validator((1, 35), name)(manifest) == (not faults)
