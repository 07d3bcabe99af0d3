"""A SealedSecret grows key by key, and a value that has not changed is not sealed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from secrets_support.made import TODAY, make_controller, make_wanted
from trimtab.doors.randomness import read_random
from trimtab.secrets.sealed_secret import DIGESTS, OtherScopeError, Sealer, put_value, scope_of, sealed_values
from trimtab.secrets.sealing import Scope, parse_certificate
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

CONTROLLER = make_controller()
WANTED = make_wanted({"user": "", "password": ""}, labels={"part": "shop"}, type="example.org/t")
SEALER = Sealer(
    certificate=parse_certificate(CONTROLLER.pem, TODAY), scope=Scope.STRICT, random=read_random, digest_key=b"k" * 32
)
FIRST = put_value(WANTED, "user", b"app", None, SEALER)


def opened(manifest: Mapping[str, Any], label: bytes = b"shop/database") -> dict[str, bytes]:
    """Open all values of a SealedSecret."""
    return {key: CONTROLLER.open(sealed, label) for key, sealed in sealed_values(manifest).items()}


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("scope", list(Scope))
def test_the_api_server_takes_it(scope: Scope) -> None:
    """It is valid against the definition of every release."""
    made = put_value(WANTED, "user", b"app", None, replace(SEALER, scope=scope))
    assert validate(made, release_crds("sealed-secrets", "2.18.5")) == []


def test_the_template_makes_the_secret_that_is_wanted() -> None:
    """Name, namespace, type and labels are those of the Secret."""
    template = FIRST["spec"]["template"]
    assert template["type"] == "example.org/t"
    assert template["metadata"] == {"name": "database", "namespace": "shop", "labels": {"part": "shop"}}


def test_what_somebody_added_stays() -> None:
    """A wave, a template of theirs: sealing one more value is no reason to lose them."""
    metadata = {**FIRST["metadata"], "annotations": {**FIRST["metadata"]["annotations"], "example.org/wave": "1"}}
    template = {**FIRST["spec"]["template"], "data": {"dsn": "{{ .user }}"}}
    old = {**FIRST, "metadata": metadata, "spec": {**FIRST["spec"], "template": template}}
    made = put_value(WANTED, "password", b"x", old, SEALER)
    assert made["metadata"]["annotations"]["example.org/wave"] == "1"
    assert made["spec"]["template"]["data"] == {"dsn": "{{ .user }}"}
    assert opened(made) == {"user": b"app", "password": b"x"}


@pytest.mark.parametrize(
    ("scope", "label"), [(Scope.NAMESPACE_WIDE, b"shop"), (Scope.CLUSTER_WIDE, b""), (Scope.STRICT, b"shop/database")]
)
def test_the_scope_is_marked_on_both(scope: Scope, label: bytes) -> None:
    """The controller reads the mark of the SealedSecret to know the label, and copies the template's."""
    made = put_value(WANTED, "user", b"app", None, replace(SEALER, scope=scope))
    marks = {} if scope is Scope.STRICT else {f"sealedsecrets.bitnami.com/{scope}": "true"}
    assert {k: v for k, v in made["metadata"]["annotations"].items() if k != DIGESTS} == marks
    assert made["spec"]["template"]["metadata"].get("annotations", {}) == marks
    assert scope_of(made) is scope
    assert opened(made, label) == {"user": b"app"}


def test_a_second_key_leaves_the_first_alone() -> None:
    """Its ciphertext is the old one, byte for byte."""
    both = put_value(WANTED, "password", b"secret", FIRST, SEALER)
    assert opened(both) == {"user": b"app", "password": b"secret"}
    assert sealed_values(both)["user"] == sealed_values(FIRST)["user"]


def test_the_same_value_is_not_sealed_again() -> None:
    """A second run changes no byte of the file."""
    assert put_value(WANTED, "user", b"app", FIRST, SEALER) == FIRST


@pytest.mark.parametrize(
    "changed",
    [
        {"value": b"other"},
        {"sealer": replace(SEALER, digest_key=b"j" * 32)},
        {"sealer": replace(SEALER, certificate=parse_certificate(make_controller(60, 0).pem, TODAY))},
    ],
    ids=["another value", "another user", "another certificate"],
)
def test_it_is_sealed_again_where_it_may_have_changed(changed: dict[str, Any]) -> None:
    """Another value, a key that cannot tell, or a new certificate."""
    given = {"value": b"app", "sealer": SEALER, **changed}
    again = put_value(WANTED, "user", given["value"], FIRST, given["sealer"])
    assert sealed_values(again)["user"] != sealed_values(FIRST)["user"]


def test_a_ciphertext_put_there_by_somebody_else_is_sealed_again() -> None:
    """A digest speaks of one ciphertext only: one that was exchanged is not taken for ours."""
    other = put_value(WANTED, "user", b"evil", None, SEALER)
    forged = {**FIRST, "spec": other["spec"]}
    assert opened(put_value(WANTED, "user", b"app", forged, SEALER)) == {"user": b"app"}


def test_the_digest_tells_nothing_without_the_key() -> None:
    """It differs by key of the Secret and by user, so that equal values do not show."""
    both = put_value(WANTED, "password", b"app", FIRST, SEALER)
    digests = json.loads(both["metadata"]["annotations"][DIGESTS])
    assert set(digests) == {"user", "password"}
    assert digests["user"] != digests["password"]


@pytest.mark.parametrize("note", ["", "[]", "nonsense", '{"user": 3}', '{"user": "ü"}'])
def test_a_spoilt_digest_is_passed_over(note: str) -> None:
    """Somebody edited the annotation: the value is sealed again."""
    spoilt = {**FIRST, "metadata": {**FIRST["metadata"], "annotations": {DIGESTS: note}}}
    assert opened(put_value(WANTED, "user", b"app", spoilt, SEALER)) == {"user": b"app"}


def test_scopes_do_not_mix() -> None:
    """One mark counts for all values, so the old ones could not be opened any more."""
    with pytest.raises(OtherScopeError) as error:
        put_value(WANTED, "user", b"app", FIRST, replace(SEALER, scope=Scope.CLUSTER_WIDE))
    assert error.value.scope is Scope.STRICT
