"""One value, sealed so that only one cluster's controller can open it.

The scheme is that of bitnami-labs/sealed-secrets v0.36.6 pkg/crypto/crypto.go (HybridEncrypt): a fresh AES key for each
value, itself encrypted for the controller's RSA key with a label that binds it to where it may be used.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from trimtab.secrets.generating import RandomSource

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

SESSION_KEY_BYTES = 32
"""AES-256."""
_NONCE = bytes(12)
"""All zero, which is safe since no two values share a key."""
_PRIVATE = b"PRIVATE KEY"


class Scope(StrEnum):
    """Where a sealed value may be used."""

    STRICT = "strict"
    """In the Secret of this namespace and name only."""
    NAMESPACE_WIDE = "namespace-wide"
    """In any Secret of the namespace."""
    CLUSTER_WIDE = "cluster-wide"
    """In any Secret of the cluster."""


class UnusableCertificate(Exception):  # noqa: N818  named for what it is about
    """A certificate that nothing may be sealed with, and why, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The public half of a controller's key."""

    key: RSAPublicKey
    fingerprint: str
    """SHA-256 of the certificate, in hexadecimal."""
    last_day: date


def parse_certificate(pem: bytes, today: date) -> Certificate:
    """Read the first certificate of a PEM file.

    Raises:
        UnusableCertificate: It is none, it has run out, its key is not RSA, or the file holds a private key.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256

    if _PRIVATE in pem:
        raise UnusableCertificate("it holds a private key")
    try:
        certificate = x509.load_pem_x509_certificates(pem)[0]
        key = certificate.public_key()
    except Exception as error:
        raise UnusableCertificate("it is no certificate in PEM") from error
    if not isinstance(key, RSAPublicKey):
        raise UnusableCertificate("its key is not an RSA key")
    if (last := certificate.not_valid_after_utc.date()) < today:
        raise UnusableCertificate(f"it ran out on {last}")
    return Certificate(key=key, fingerprint=certificate.fingerprint(SHA256()).hex(), last_day=last)


def scope_label(scope: Scope, namespace: str, name: str) -> bytes:
    """Give what a sealed value is bound to: `namespace/name`, the namespace, or nothing."""
    labels = {Scope.STRICT: f"{namespace}/{name}", Scope.NAMESPACE_WIDE: namespace, Scope.CLUSTER_WIDE: ""}
    return labels[scope].encode()


def seal(value: bytes, certificate: Certificate, label: bytes, random: RandomSource) -> str:
    """Seal one value; two calls never give the same text.

    Args:
        value: The value.
        certificate: For whom.
        label: What it is bound to, from `scope_label`.
        random: Where the fresh key comes from; padding takes its own randomness.

    Returns:
        Base64 of the length of the encrypted key (two bytes, big-endian), the encrypted key, and the encrypted value.
    """
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256

    session_key = random(SESSION_KEY_BYTES)
    padding = OAEP(mgf=MGF1(algorithm=SHA256()), algorithm=SHA256(), label=label)
    sealed_key = certificate.key.encrypt(session_key, padding)
    text = AESGCM(session_key).encrypt(_NONCE, value, None)
    return base64.b64encode(len(sealed_key).to_bytes(2, "big") + sealed_key + text).decode()
