"""Allowances that name a file of manifests, or an object in one."""

from __future__ import annotations

from fnmatch import fnmatchcase

from trimtab.findings.finding import Finding


def is_file_key(key: str) -> bool:
    """Say whether the key of an allowance names a file, with or without an object in it, and no setting."""
    file = key.partition("#")[0]
    return "/" in file and file.endswith((".yaml", ".yml", ".json"))


def allows_file(key: str, finding: Finding) -> bool:
    """Say whether a key that names a file fits a finding.

    Args:
        key: A file, in which `*` stands for anything; `file#Kind/name` for one object in it; `*` for all.
        finding: The finding.
    """
    file, _, wanted = key.partition("#")
    if finding.place is None or not fnmatchcase(finding.place.file, file):
        return False
    return not wanted or _short_name(finding.about or "") == wanted


def _short_name(about: str) -> str:
    """Write `Deployment.apps shop/web` as `Deployment/web`."""
    kind, _, name = about.partition(" ")
    return f"{kind.partition('.')[0]}/{name.rpartition('/')[2]}"
