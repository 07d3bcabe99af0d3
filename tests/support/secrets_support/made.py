"""A controller's key and certificate, the way it opens what was sealed for it, and Secrets to seal."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from trimtab.secrets.wanted import Use, Wanted

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Controller:
    """The Sealed Secrets controller of a cluster."""

    key: rsa.RSAPrivateKey
    pem: bytes
    """Its certificate."""

    def open(self, sealed: str, label: bytes) -> bytes:
        """Open a sealed value step by step, as the controller does."""
        raw = base64.b64decode(sealed, validate=True)
        length = int.from_bytes(raw[:2], "big")
        padding = OAEP(mgf=MGF1(algorithm=SHA256()), algorithm=SHA256(), label=label)
        session_key = self.key.decrypt(raw[2 : 2 + length], padding)
        return AESGCM(session_key).decrypt(bytes(12), raw[2 + length :], None)


@cache
def make_controller(days: int = 30, number: int = 0) -> Controller:
    """Make a controller whose certificate is good for some days from TODAY on; another number is another key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return Controller(key=key, pem=make_certificate(key, days))


def make_certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, days: int) -> bytes:
    """Sign a certificate with its own key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "controller")])
    start = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start - timedelta(days=60))
    return builder.not_valid_after(start + timedelta(days=days)).sign(key, SHA256()).public_bytes(Encoding.PEM)


def make_wanted(keys: Mapping[str, str], **more: Any) -> Wanted:
    """Give a wanted Secret `shop/database`."""
    given: dict[str, Any] = {"uses": (Use(application="shop", why="its database"),), **more}
    return Wanted(**{"namespace": "shop", "name": "database", "keys": keys, **given})


def count_up(count: int) -> bytes:
    """Be a source of bytes that is not random at all."""
    return bytes(index % 256 for index in range(count))
