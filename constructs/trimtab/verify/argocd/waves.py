"""Sync waves: the annotation that Argo CD reads as a whole number, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.argocd_names import HELM_WEIGHT, SYNC_WAVE
from trimtab.catalogue.kinds import is_built_in_group
from trimtab.findings.path import Path
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
"""What Go reads as a whole number (strconv.Atoi): no blanks, no point."""


def check_wave(entry: Entry, path: Path, value: Any) -> Iterator[Complaint]:
    """Find a wave that is no whole number in quotes."""
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value):
            yield _no_number(entry, path, value)
    elif value is not None and not is_built_in_group(entry.group):
        # Of Kubernetes' own kinds the check of their structure says so, as of every annotation.
        yield Complaint(
            code="sync-wave-form",
            about=entry,
            path=path,
            message=f"the sync wave of {entry} has to be text, and is {json.dumps(value, default=str)}",
            help=f'write it in quotes: "{value}"' if isinstance(value, int) else 'write a whole number in quotes: "10"',
        )


def get_wave(manifest: Mapping[str, Any]) -> int:
    """Give the wave that Argo CD applies an object in: its annotation, else Helm's weight, else 0."""
    annotations = annotations_of(manifest)
    if not annotations:
        return 0
    for key in (SYNC_WAVE, HELM_WEIGHT):
        value = annotations.get(key)
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            return int(value)
    return 0


def _no_number(entry: Entry, path: Path, value: str) -> Complaint:
    return Complaint(
        code="sync-wave-form",
        about=entry,
        path=path,
        message=f"the sync wave of {entry} is '{value}', which is no whole number: Argo CD takes it for 0",
        help="write a whole number in quotes; lower ones come first, and they may be negative",
    )
