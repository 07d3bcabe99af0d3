"""The Secrets that Harbor reads and nobody in Git makes, and how its chart is told of them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.harbor.names import (
    PASSWORD_KEY,
    TOKEN_SECRET,
    has_certificates,
    wanted_database_secret,
    wanted_namespace,
)
from trimtab.components.harbor.settings import Settings
from trimtab.kube.release import Values
from trimtab.plan.application import WantedSecret
from trimtab.plan.facts import Facts

REGISTRY_USER = "harbor_registry_user"
"""Who Harbor is to its own registry (harbor-helm v1.19.1 values.yaml, registry.credentials.username)."""

_LONG = "32 random characters"
_SHORT = "16 random characters"

_KEYS = {
    "HARBOR_ADMIN_PASSWORD": _LONG,
    "secretKey": _SHORT,
    "secret": _SHORT,
    "CSRF_KEY": _LONG,
    "JOBSERVICE_SECRET": _SHORT,
    "REGISTRY_HTTP_SECRET": _SHORT,
    "REGISTRY_PASSWD": _LONG,
    "REGISTRY_HTPASSWD": f"bcrypt htpasswd line of {REGISTRY_USER} and REGISTRY_PASSWD",
}
"""Key to its form (harbor-helm v1.19.1 values.yaml: secretKey must have 16 characters, the CSRF key 32)."""


def plan_secret_values(settings: Settings) -> Values:
    """Point the chart at one Secret for all that it would else make anew at every render."""
    name = settings.secret_name
    return {
        "existingSecretAdminPassword": name,
        "existingSecretAdminPasswordKey": "HARBOR_ADMIN_PASSWORD",
        "existingSecretSecretKey": name,
        "core": {"existingSecret": name, "secretName": TOKEN_SECRET, "existingXsrfSecret": name},
        "jobservice": {"existingSecret": name},
        "registry": {"existingSecret": name, "credentials": {"existingSecret": name, "username": REGISTRY_USER}},
    }


def iter_secrets(settings: Settings, facts: Facts) -> Iterator[WantedSecret]:
    """Give every Secret that somebody must make."""
    namespace = wanted_namespace(settings)
    keys = dict(_KEYS)
    if settings.external_database is None:
        keys[PASSWORD_KEY] = _LONG
    elif wanted_database_secret(settings) == settings.secret_name:
        keys[PASSWORD_KEY] = "the password of the user of the external database"
    yield _wanted(namespace, settings.secret_name, keys, "Harbor's passwords and keys")
    if wanted_database_secret(settings) != settings.secret_name:
        form = {PASSWORD_KEY: "the password of the user of the external database"}
        yield _wanted(namespace, wanted_database_secret(settings), form, "Harbor's database")
    if not has_certificates(facts):
        form = {"tls.crt": "a certificate of tls.key, signed by itself", "tls.key": "an RSA key in PEM (PKCS#1)"}
        yield _wanted(namespace, TOKEN_SECRET, form, "what Harbor signs its tokens with")
    if settings.tls.secret_name and not settings.gateway:
        form = {"tls.crt": "a certificate in PEM", "tls.key": "its key in PEM"}
        yield _wanted(namespace, settings.tls.secret_name, form, "the certificate that clients of Harbor see")
    if bucket := settings.object_storage:
        form = {"REGISTRY_STORAGE_S3_ACCESSKEY": "an access key", "REGISTRY_STORAGE_S3_SECRETKEY": "its secret"}
        yield _wanted(namespace, bucket.secret_name, form, f"the bucket {bucket.bucket}")


def _wanted(namespace: str, name: str, keys: dict[str, str], why: str) -> WantedSecret:
    return WantedSecret(namespace=namespace, name=name, keys=tuple(keys), formats=tuple(keys.values()), why=why)
