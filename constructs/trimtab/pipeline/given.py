"""What is known of a tree beside its objects: its inventories, and what the user says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.catalogue.kubernetes.structures import minors
from trimtab.catalogue.versions import is_version, parse_version
from trimtab.documents.values import parse_values
from trimtab.doors.disk import read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding, Severity
from trimtab.kube.manifests import Identity, Manifest
from trimtab.pipeline.tree_source import TreeSource
from trimtab.settings.verify_config import ExtraKind, Provided, VerifyConfig
from trimtab.settings.verify_reading import LoadedConfig, plan_usual_config
from trimtab.tree.index import Index
from trimtab.tree.index_parsing import parse_index
from trimtab.tree.paths import INDEX_NAME
from trimtab.verify.files.folders import folder_of
from trimtab.verify.files.found import is_object
from trimtab.verify.files.given import Given, Inventory


def build_given(
    source: TreeSource, contents: Mapping[str, bytes], loaded: LoadedConfig, kubernetes: str | None
) -> tuple[Given, list[Finding]]:
    """Gather what is known of a tree beside its objects.

    Args:
        source: The tree.
        contents: Its files.
        loaded: What the user says of it.
        kubernetes: The version the user asks for on the command line.

    Returns:
        What is known, and what is wrong with the files that the user names.
    """
    config = loaded.config or plan_usual_config()
    findings: list[Finding] = []
    chosen = choose_version(config, kubernetes)[0]
    given = Given(
        kubernetes=chosen,
        prefix=source.prefix,
        remotes=source.remotes,
        names=source.files.names if source.prefix == "" and source.files.names else None,
        inventories=tuple(_iter_inventories(contents, chosen)),
        kinds=tuple(_custom_kind(kind) for kind in config.kinds),
        definitions=tuple(_iter_definitions(loaded, findings)),
        secrets={
            (namespace, name): tuple(keys)
            for namespace, secrets in config.secrets.items()
            for name, keys in secrets.items()
        },
        provided=frozenset(_iter_provided(config.provided)),
    )
    return given, findings


def choose_version(config: VerifyConfig, asked: str | None) -> tuple[tuple[int, int], bool]:
    """Choose the minor version of Kubernetes, and say whether anybody named it; else it is the newest we know."""
    text = asked or config.kubernetes
    if text is None:
        return minors()[-1], False
    major, _, minor = text.partition(".")
    return (int(major), int(minor)), True


def _iter_inventories(contents: Mapping[str, bytes], otherwise: tuple[int, int]) -> Iterator[Inventory]:
    """Give the inventories of a tree; one whose version of Kubernetes cannot be read has another one."""
    for file, content in contents.items():
        if file.rpartition("/")[2] == INDEX_NAME and b'"trimtab"' in content:
            index = parse_index(content.decode("utf-8", "replace"), file=file)
            if isinstance(index, Index):
                secrets = {(secret.namespace, secret.name): secret.keys for secret in index.secrets}
                yield Inventory(
                    folder=folder_of(file),
                    cluster=index.cluster,
                    kubernetes=_read_minor(index.kubernetes) or otherwise,
                    secrets=secrets,
                )


def _read_minor(text: str) -> tuple[int, int] | None:
    if not is_version(text):
        return None
    version = parse_version(text)
    return version.major, version.minor_number


def _custom_kind(kind: ExtraKind) -> CustomKind:
    return CustomKind(
        group=kind.group,
        kind=kind.kind,
        plural=kind.plural or f"{kind.kind.lower()}s",
        scope="Namespaced" if kind.namespaced else "Cluster",
        served=tuple(kind.versions),
        storage=kind.versions[0],
    )


def _iter_definitions(loaded: LoadedConfig, findings: list[Finding]) -> Iterator[Manifest]:
    config, file = loaded.config or plan_usual_config(), next(iter(loaded.texts), "")
    for at, name in enumerate(config.definitions):
        shown = str(Path(file).parent / name)
        try:
            read = parse_values(read_bytes(Path(shown)), file=shown)
        except OutsideError as error:
            place = loaded.merged.place_of(("definitions", at))[0] if loaded.merged else None
            findings.append(
                Finding(
                    code="unreadable-file",
                    severity=Severity.ERROR,
                    message=error.message,
                    help=error.help,
                    path=("definitions", at),
                    place=place,
                )
            )
            continue
        findings += read.findings
        yield from (value for value in read.values if isinstance(value, dict) and is_object(value))


def _iter_provided(provided: Provided) -> Iterator[Identity]:
    whole = {
        ("", "Namespace"): provided.namespaces,
        ("storage.k8s.io", "StorageClass"): provided.storage_classes,
        ("networking.k8s.io", "IngressClass"): provided.ingress_classes,
        ("gateway.networking.k8s.io", "GatewayClass"): provided.gateway_classes,
        ("scheduling.k8s.io", "PriorityClass"): provided.priority_classes,
        ("cert-manager.io", "ClusterIssuer"): provided.cluster_issuers,
    }
    for (group, kind), names in whole.items():
        yield from ((group, kind, "", name) for name in names)
    inside = {
        ("cert-manager.io", "Issuer"): provided.issuers,
        ("", "ServiceAccount"): provided.service_accounts,
        ("", "ConfigMap"): provided.config_maps,
        ("", "Service"): provided.services,
    }
    for (group, kind), by_namespace in inside.items():
        for namespace, names in by_namespace.items():
            yield from ((group, kind, namespace, name) for name in names)
