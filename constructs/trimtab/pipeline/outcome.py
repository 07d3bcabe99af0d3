"""What became of one cluster, in a form that can be kept: its findings and its files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.tree.file import FileSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the stages that build nothing on the disk made of a cluster."""

    cluster: str
    findings: tuple[Finding, ...] = ()
    files: Sequence[FileSpec] = ()
    is_keepable: bool = True
    """Whether all that decided it is known: no code of the user's had a part in it."""


def render_outcome(outcome: Outcome) -> bytes:
    """Write an outcome: one line of JSON, then the bytes of all files, one after the other."""
    head = {
        "cluster": outcome.cluster,
        "is_keepable": outcome.is_keepable,
        "findings": [asdict(finding) for finding in outcome.findings],
        "files": [(file.path, file.application, len(file.content)) for file in outcome.files],
    }
    return b"".join([json.dumps(head).encode(), b"\n", *(file.content for file in outcome.files)])


def parse_outcome(content: bytes) -> Outcome | None:
    """Read what `render_outcome` writes; nothing where it is something else."""
    line, _, rest = content.partition(b"\n")
    try:
        head = json.loads(line)
        files = tuple(_cut_files(head["files"], rest))
        findings = tuple(_finding(value) for value in head["findings"])
        hash(findings)
        return Outcome(cluster=head["cluster"], findings=findings, files=files, is_keepable=head["is_keepable"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _cut_files(rows: list[Any], content: bytes) -> list[FileSpec]:
    files, at = [], 0
    for path, application, length in rows:
        files.append(FileSpec(path=path, content=content[at : at + length], application=application))
        at += length
    if at != len(content):
        raise ValueError("files of another length")
    return files


def _finding(value: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **value,
            "severity": Severity(value["severity"]),
            "path": tuple(value["path"]),
            "place": _place(value["place"]),
            "related": tuple(Related(message=one["message"], place=_place(one["place"])) for one in value["related"]),
        }
    )


def _place(value: dict[str, Any] | None) -> Place | None:
    return None if value is None else Place(**value)
