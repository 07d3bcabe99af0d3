"""ConfigMaps and Secrets: the names of their keys, and what each type of Secret must hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_config_key_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_ACCOUNT = "kubernetes.io/service-account.name"
_FIELDS = ("data", "stringData", "binaryData")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
}


def check_configuration(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find keys that the API server refuses, and Secrets without what their type promises.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateConfigMap:7758, ValidateSecret:7656).
    """
    for kind in ("ConfigMap", "Secret"):
        for entry in tree.of_kind("", kind):
            yield from _check_keys(entry)
    for entry in tree.of_kind("", "Secret"):
        yield from _check_type(entry)


def _check_keys(entry: Entry) -> Iterator[Complaint]:
    for field in _FIELDS:
        held = entry.manifest.get(field)
        if held and isinstance(held, Mapping):
            for key in held:
                if isinstance(key, str) and (fault := find_config_key_fault(key)):
                    what = f"has a key that Kubernetes refuses: '{key}'"
                    yield complain("invalid-name", entry, (field, key), what, fault, on_key=True)
    both = fields_of(entry.manifest, "data").keys() & fields_of(entry.manifest, "binaryData").keys()
    for key in sorted(both):
        what = f"has the key '{key}' in data and in binaryData"
        yield complain("duplicate-entry", entry, ("binaryData", key), what, "leave one of them away", on_key=True)


def _check_type(entry: Entry) -> Iterator[Complaint]:
    kind = str(entry.manifest.get("type") or "")
    has = fields_of(entry.manifest, "data").keys() | fields_of(entry.manifest, "stringData").keys()
    for key in _NEEDED.get(kind, ()):
        if key not in has:
            what = f"is of the type {kind} and has no key '{key}'"
            yield complain("missing-field", entry, ("type",), what, f"add '{key}', or write type: Opaque")
    if kind == "kubernetes.io/basic-auth" and not has & {"username", "password"}:
        what = f"is of the type {kind} and has neither 'username' nor 'password'"
        yield complain("missing-field", entry, ("type",), what, "add one of them, or write type: Opaque")
    if kind == "kubernetes.io/service-account-token" and not annotations_of(entry.manifest).get(_ACCOUNT):
        what = f"is of the type {kind} and does not say whose"
        yield complain("missing-field", entry, ("type",), what, f"annotate it with {_ACCOUNT}")


CHECKS = (
    Check(
        name="keys of ConfigMaps and Secrets",
        codes=("invalid-name", "duplicate-entry", "missing-field"),
        run=check_configuration,
    ),
)
