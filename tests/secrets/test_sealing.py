"""What is sealed can be opened by the controller, where it may be used, and nowhere else."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from secrets_support.made import TODAY, make_certificate, make_controller
from trimtab.doors.randomness import read_random
from trimtab.secrets.sealing import Scope, UnusableCertificate, parse_certificate, scope_label, seal

CONTROLLER = make_controller()
CERTIFICATE = parse_certificate(CONTROLLER.pem, TODAY)
LABELS = {Scope.STRICT: b"shop/database", Scope.NAMESPACE_WIDE: b"shop", Scope.CLUSTER_WIDE: b""}


@pytest.mark.parametrize("scope", list(Scope))
def test_the_controller_opens_it_in_each_scope(scope: Scope) -> None:
    """The label is namespace and name, the namespace, or nothing."""
    sealed = seal(b"pass\nword", CERTIFICATE, scope_label(scope, "shop", "database"), read_random)
    assert CONTROLLER.open(sealed, LABELS[scope]) == b"pass\nword"


@given(value=st.binary(max_size=300))
def test_every_value_comes_back(value: bytes) -> None:
    """Any bytes, also none that are text."""
    assert CONTROLLER.open(seal(value, CERTIFICATE, b"", read_random), b"") == value


@pytest.mark.parametrize("scope", [Scope.STRICT, Scope.NAMESPACE_WIDE])
def test_it_opens_nowhere_else(scope: Scope) -> None:
    """Another namespace or name, or no label at all, opens nothing."""
    sealed = seal(b"value", CERTIFICATE, scope_label(scope, "shop", "database"), read_random)
    for label in (scope_label(scope, "other", "database"), b"", b"shop/other"):
        with pytest.raises(ValueError, match="Decryption failed"):
            CONTROLLER.open(sealed, label)


def test_another_controller_opens_nothing() -> None:
    """It is sealed for one key."""
    sealed = seal(b"value", CERTIFICATE, b"", read_random)
    with pytest.raises((ValueError, InvalidTag)):
        make_controller(number=1).open(sealed, b"")


def test_no_two_are_the_same() -> None:
    """A fresh key each time is what makes the nonce of zeros safe."""
    first, second = (base64.b64decode(seal(b"value", CERTIFICATE, b"", read_random)) for _ in range(2))
    assert first[:2] == second[:2] == (256).to_bytes(2, "big")
    assert first[258:] != second[258:]


@pytest.mark.parametrize(
    ("days", "usable"), [(-1, False), (0, True), (400, True)], ids=["yesterday", "today", "next year"]
)
def test_a_certificate_that_ran_out_is_refused(days: int, *, usable: bool) -> None:
    """Its last day counts as good."""
    pem = make_certificate(CONTROLLER.key, days)
    if usable:
        assert parse_certificate(pem, TODAY).key.key_size == 2048
    else:
        with pytest.raises(UnusableCertificate, match="it ran out on 2026-11-21"):
            parse_certificate(pem, TODAY)


def test_a_private_key_is_refused_and_not_shown() -> None:
    """Somebody committed the wrong half."""
    key = CONTROLLER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(UnusableCertificate) as error:
        parse_certificate(CONTROLLER.pem + key, TODAY)
    assert str(error.value) == "it holds a private key"


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        (b"", "it is no certificate in PEM"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it is no certificate in PEM"),
        (make_certificate(ec.generate_private_key(ec.SECP256R1()), 30), "its key is not an RSA key"),
    ],
)
def test_what_nothing_can_be_sealed_with_is_refused(pem: bytes, why: str) -> None:
    """The reason is told in words."""
    with pytest.raises(UnusableCertificate) as error:
        parse_certificate(pem, TODAY)
    assert str(error.value) == why
