"""Objects written twice, kinds that Argo CD never applies, and Secrets with their values in them."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence

from trimtab.catalogue.kinds import is_namespaced
from trimtab.kube.manifests import Manifest
from trimtab.verify.argocd.exclusions import Exclusions, find_exclusions
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.files.folders import folder_of
from trimtab.verify.files.found import Found
from trimtab.verify.reading import fields_of
from trimtab.verify.secrets.forms import find_form
from trimtab.verify.secrets.words import is_kept_elsewhere
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_OF_ARGO = "argocd.argoproj.io/secret-type"
"""The label of Secrets that name clusters and repositories to Argo CD."""
_OPEN = frozenset(
    {"clusterResources", "enableLfs", "enableOCI", "insecure", "name", "namespaces", "project", "server", "type", "url"}
)
_OPENS = re.compile(r'"(?:bearerToken|password|keyData)"\s*:\s*"[^"<$]')
"""Keys in those Secrets that are no secret, and fields that are (argo-cd, operator-manual/declarative-setup)."""


def check_owners(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects that are written twice."""
    for entry in tree.entries:
        owners = tree.owners(entry.cluster, entry.identity) if entry.name else ()
        if len(owners) > 1 and owners[0] is not entry:
            is_choice = entry.identity in world.alternatives
            for first in _before(owners, entry):
                if not _may_part(first, entry) and (not is_choice or _stand_together(first, entry)):
                    yield _owned_twice(first, entry)
                    break


def _before(owners: Sequence[Entry], entry: Entry) -> Iterator[Entry]:
    for one in owners:
        if one is entry:
            return
        yield one


def check_excluded_kinds(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects of kinds that Argo CD leaves out, by default or as its settings in the tree say."""
    exclusions: dict[str, Exclusions] = {}
    verdicts: dict[tuple[str, str, str], bool] = {}
    for entry in tree.entries:
        if not (entry.application and entry.is_written):
            continue
        key = (entry.cluster, entry.group, entry.kind)
        if entry.cluster not in exclusions:
            exclusions[entry.cluster] = find_exclusions(tree, world, entry.cluster)
        if key not in verdicts:
            verdicts[key] = exclusions[entry.cluster].leave_out(entry.group, entry.kind)
        if verdicts[key]:
            yield _never_applied(entry, "by default" if exclusions[entry.cluster].is_default else "by its settings")


def check_plain_secrets(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Secrets that lie in Git with their values."""
    rendered = {(chart.cluster, chart.application) for chart in world.charts if chart.is_rendered}
    for entry in tree.of_kind("", "Secret"):
        if entry.is_written and _holds_values(entry.manifest):
            yield _plain_secret(entry, is_of_chart=(entry.cluster, entry.application) in rendered)


def _may_part(first: Entry, second: Entry) -> bool:
    """Say whether two objects may part: neither names a namespace, nobody applies them, and they lie apart.

    Or kustomizations give them other names, or nobody can tell which Application applies them.
    """
    if _renamed(first) != _renamed(second) or is_templated(first.application) or is_templated(second.application):
        return True
    is_open = not (first.namespace or first.application or second.application)
    files = [one.origin.file for one in (first, second) if isinstance(one.origin, Found)]
    return is_open and len({folder_of(file) for file in files}) > 1 and is_namespaced(first.group, first.kind)


def _stand_together(first: Entry, second: Entry) -> bool:
    """Say whether one file holds both, or somebody applies both: then neither is an alternative to the other."""
    one, two = first.origin, second.origin
    return bool(first.application or second.application) or (
        isinstance(one, Found) and isinstance(two, Found) and one.file == two.file
    )


def _renamed(entry: Entry) -> tuple[str, str]:
    changes = entry.origin.changes if isinstance(entry.origin, Found) else None
    return changes.renamed if changes else ("", "")


def _owned_twice(first: Entry, second: Entry) -> Complaint:
    one, two = first.application, second.application
    by_whom = f" by the application '{two}'" if two else ""
    where = f"by the applications '{one}' and '{two}'" if one != two else f"twice{by_whom}"
    return Complaint(
        code="crd-owned-twice" if (second.group, second.kind) == DEFINITIONS else "object-owned-twice",
        about=second,
        message=f"{second} is written {where}",
        help="leave it to one of them",
        others=(Other(entry=first, message="it comes from here too"),),
    )


def _never_applied(entry: Entry, how: str) -> Complaint:
    return Complaint(
        code="never-applied-kind",
        about=entry,
        message=f"{entry} of the application '{entry.application}' is never applied:"
        f" Argo CD leaves out its kind {how} and still says Synced",
        help="remove it",
    )


def _holds_values(manifest: Manifest) -> bool:
    if isinstance(manifest.get("sops"), Mapping):  # encrypted: Flux, or a plugin of Argo CD's, opens it
        return False
    encoded = {key: _decode(value) for key, value in fields_of(manifest, "data").items()}
    values = {**encoded, **fields_of(manifest, "stringData")}
    if _OF_ARGO in fields_of(manifest, "metadata", "labels"):
        values = {key: value for key, value in values.items() if not _is_open(key, value)}
    return any(not _is_kept_elsewhere(value) for value in values.values())


def _is_open(key: str, value: object) -> bool:
    """Say whether a value only says how to reach a cluster or a repository, without what opens it."""
    if not isinstance(value, str) or find_form(value):
        return False
    return key in _OPEN or (key == "config" and not _OPENS.search(value))


def _is_kept_elsewhere(value: object) -> bool:
    return not value or (isinstance(value, str) and is_kept_elsewhere(value))


def _decode(value: object) -> object:
    """Read what is encoded; what is not stays as it is."""
    try:
        return b64decode(value, validate=True).decode() if isinstance(value, str) else value
    except ValueError:
        return value


def _plain_secret(entry: Entry, *, is_of_chart: bool) -> Complaint:
    leave = "; what a chart makes of values stays out of Git with `delivery: values`" if is_of_chart else ""
    by_whom = f" of the application '{entry.application}'" if entry.application else ""
    return Complaint(
        code="secret-in-git",
        about=entry,
        message=f"{entry}{by_whom} holds its values in plain",
        help="make it outside Git (`trimtab secrets`), or bring an ExternalSecret or a SealedSecret; then change the"
        f" values, for Git forgets nothing{leave}",
        hide_source=True,
    )


CHECKS = (
    Check(name="owners", codes=("object-owned-twice", "crd-owned-twice"), run=check_owners),
    Check(name="kinds that Argo CD leaves out", codes=("never-applied-kind",), run=check_excluded_kinds),
    Check(name="Secrets in plain", codes=("secret-in-git",), run=check_plain_secrets),
)
