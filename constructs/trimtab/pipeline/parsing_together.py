"""Files of manifests to values; where they are many, processes share them."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from trimtab.documents.values import Values, parse_values
from trimtab.doors.work_list import Take, open_work_list
from trimtab.doors.workers import Agree, can_copy, run_together
from trimtab.findings.finding import Finding
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.verify.files.gathering import parse_each

_LEAST = 2 * 1024 * 1024
"""The fewest bytes that processes are started for: to read fewer takes less time than they do."""
_PARTS = 8
"""Parts for each process, so that all end at about the same time."""

_Read = dict[int, list[Values]]
"""What the files of each part say, by the part's position."""


def parse_together(files: Mapping[str, bytes], *, jobs: int = 1) -> Iterable[Values]:
    """Read files, with as many processes as pay.

    Args:
        files: Bytes by path.
        jobs: How many processes may share them.

    Returns:
        What each file says, in their order.
    """
    if jobs < 2 or sum(map(len, files.values())) < _LEAST or not can_copy():
        return parse_each(files)
    parts = _part(list(files.items()), jobs * _PARTS)
    with open_work_list(len(parts)) as take:

        def work(_: Agree) -> bytes:
            return _render(_parse(parts, take))

        read, others = run_together(lambda _: _parse(parts, take), [work] * (jobs - 1))
    for other in others:
        read.update(_parse_read(other))
    return (values for at in range(len(parts)) for values in read.pop(at))


def _part(files: Sequence[tuple[str, bytes]], count: int) -> list[Sequence[tuple[str, bytes]]]:
    """Part files, in their order, into parts of about as many bytes each."""
    ends = list(accumulate(len(content) for _, content in files))
    cuts = [0]
    for at, end in enumerate(ends, start=1):
        if end * count >= ends[-1] * len(cuts):
            cuts.append(at)
    cuts[-1] = len(files)
    return [files[begin:end] for begin, end in pairwise(cuts)]


def _parse(parts: Sequence[Sequence[tuple[str, bytes]]], take: Take) -> _Read:
    read: _Read = {}
    while (at := take()) is not None:
        read[at] = [parse_values(content, file=file) for file, content in parts[at]]
    return read


def _render(read: _Read) -> bytes:
    """Write what files say. Values are plain data, which marshal reads ten times as fast as YAML is parsed."""
    rows = {at: [(one.values, _findings(one)) for one in part] for at, part in read.items()}
    return marshal.dumps(rows)


def _findings(values: Values) -> bytes:
    return render_outcome(Outcome(cluster="", findings=values.findings)) if values.findings else b""


def _parse_read(content: bytes) -> Iterator[tuple[int, list[Values]]]:
    for at, part in marshal.loads(content).items():  # noqa: S302 - written by a copy of this process
        yield at, [Values(values=values, findings=_parse_findings(findings)) for values, findings in part]


def _parse_findings(content: bytes) -> tuple[Finding, ...]:
    outcome = parse_outcome(content) if content else Outcome(cluster="")
    if outcome is None:
        raise RuntimeError("a worker process gave something that is no outcome")
    return outcome.findings
