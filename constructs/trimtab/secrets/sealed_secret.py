"""The SealedSecret of a Secret: made, added to, and left alone while its values are the same."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.kube.release import merge_values
from trimtab.secrets.generating import RandomSource
from trimtab.secrets.sealing import Certificate, Scope, scope_label, seal
from trimtab.secrets.wanted import Wanted

API_VERSION = "bitnami.com/v1alpha1"
KIND = "SealedSecret"
DIGESTS = "trimtab.dev/digests"
"""The annotation that tells, to who has the same key outside Git, whether a value is still the sealed one."""
_SCOPE = "sealedsecrets.bitnami.com/"


class OtherScopeError(Exception):
    """A SealedSecret is there already, sealed for another scope; all its values share one."""

    def __init__(self, scope: Scope) -> None:
        """Keep the scope that it has."""
        super().__init__(f"it is sealed {scope}")
        self.scope = scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealer:
    """All that sealing takes beside the value."""

    certificate: Certificate
    scope: Scope
    random: RandomSource
    digest_key: bytes
    """Kept outside Git: without it a digest tells nothing, not even to who guesses the value."""


def put_value(wanted: Wanted, key: str, value: bytes, old: Mapping[str, Any] | None, sealer: Sealer) -> dict[str, Any]:
    """Give the SealedSecret of a Secret with one more value in it.

    Args:
        wanted: The Secret.
        key: Whose value it is.
        value: The value.
        old: The SealedSecret as it stands, if there is one. Its other values and all that somebody added stay as they
            are, and this value too where it was sealed from the same, for the same certificate, with the same digest
            key.
        sealer: What it is sealed with.

    Raises:
        OtherScopeError: `old` has another scope.
    """
    if old is not None and (has := scope_of(old)) is not sealer.scope:
        raise OtherScopeError(has)
    sealed, digests = dict(sealed_values(old)), _digests(old)
    before = sealed.get(key)
    if before is None or not _is_same(digests.get(key), _digest(wanted, key, value, before, sealer)):
        label = scope_label(sealer.scope, wanted.namespace, wanted.name)
        sealed[key] = seal(value, sealer.certificate, label, sealer.random)
        digests[key] = _digest(wanted, key, value, sealed[key], sealer)
    made = _plan(wanted, sealed, {name: digests[name] for name in sealed if name in digests}, sealer.scope)
    return merge_values(dict(old or {}), made)


def sealed_values(manifest: Mapping[str, Any] | None) -> Mapping[str, str]:
    """Give the sealed value of each key of a SealedSecret."""
    spec = manifest.get("spec") if manifest else None
    values = spec.get("encryptedData") if isinstance(spec, Mapping) else None
    return values if isinstance(values, Mapping) else {}


def sealed_name(value: object) -> str | None:
    """Give `namespace/name` of a SealedSecret; nothing for anything else."""
    if not isinstance(value, Mapping) or value.get("kind") != KIND:
        return None
    metadata = value.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    return f"{metadata.get('namespace')}/{metadata.get('name')}"


def scope_of(manifest: Mapping[str, Any]) -> Scope:
    """Say where the values of a SealedSecret may be used."""
    notes = _annotations(manifest)
    wide = (Scope.CLUSTER_WIDE, Scope.NAMESPACE_WIDE)
    return next((one for one in wide if notes.get(f"{_SCOPE}{one}") == "true"), Scope.STRICT)


def _plan(wanted: Wanted, sealed: Mapping[str, str], digests: Mapping[str, str], scope: Scope) -> dict[str, Any]:
    identity = {"name": wanted.name, "namespace": wanted.namespace}
    marks = {} if scope is Scope.STRICT else {f"{_SCOPE}{scope}": "true"}
    inner = {**identity, **({"labels": dict(wanted.labels)} if wanted.labels else {})}
    return {
        "apiVersion": API_VERSION,
        "kind": KIND,
        "metadata": {**identity, "annotations": {**marks, DIGESTS: json.dumps(digests, sort_keys=True)}},
        "spec": {
            "encryptedData": dict(sealed),
            "template": {
                "metadata": {**inner, **({"annotations": marks} if marks else {})},
                "type": wanted.type,
            },
        },
    }


def _annotations(manifest: Mapping[str, Any] | None) -> Mapping[str, Any]:
    metadata = manifest.get("metadata") if manifest else None
    notes = metadata.get("annotations") if isinstance(metadata, Mapping) else None
    return notes if isinstance(notes, Mapping) else {}


def _digests(manifest: Mapping[str, Any] | None) -> dict[str, str]:
    try:
        found = json.loads(_annotations(manifest).get(DIGESTS, "{}"))
    except (TypeError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def _digest(wanted: Wanted, key: str, value: bytes, sealed: str, sealer: Sealer) -> str:
    """Bind a value to its ciphertext, its place and the certificate, so that a digest fits nothing else."""
    place = [wanted.namespace, wanted.name, key, sealer.scope, sealer.certificate.fingerprint, sealed]
    parts = [*(part.encode() for part in place), value]
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.new(sealer.digest_key, message, "sha256").hexdigest()


def _is_same(before: object, now: str) -> bool:
    return isinstance(before, str) and before.isascii() and hmac.compare_digest(before, now)
