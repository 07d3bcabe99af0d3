"""The rows of `make bench` about `verify`: a foreign tree, read exactly, against every check there is."""

from __future__ import annotations

from pathlib import Path

from bench_support.manifests import PER_TEAM, write_applications, write_manifests

CORE = 10_000
ALL = 20_000
WITH_APPLICATION = PER_TEAM + 1
"""Objects of a team together with its Application."""


def write_core(folder: Path) -> Path:
    """Write 10,000 objects of Kubernetes' own kinds, a file each."""
    write_manifests(folder, CORE)
    return folder


def write_all(folder: Path) -> Path:
    """Write 20,000 objects, a file each, a tenth of them Applications that own the others."""
    teams = ALL // WITH_APPLICATION
    write_manifests(folder, teams * PER_TEAM)
    write_applications(folder, teams)
    return folder
