"""What the user asked `trimtab lock` for, and its check, which needs nothing that could ask the network."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from trimtab.charts.lockfile import LOCK_FILE
from trimtab.charts.wish import Wish
from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.findings.exit_codes import ExitCode
from trimtab.pipeline import lock_check_stages
from trimtab.pipeline.locking import list_uses
from trimtab.pipeline.state import Options, run_stages


@dataclass(frozen=True, slots=True, kw_only=True)
class LockJob:
    """What the user asked for."""

    root: Path
    clusters: tuple[str, ...]
    wish: Wish
    vendor: bool
    as_json: bool

    @property
    def options(self) -> Options:
        """The same, as the stages want it."""
        return Options(root=self.root, clusters=self.clusters)

    @property
    def format_(self) -> Format:
        """How findings are printed."""
        return Format.JSON if self.as_json else Format.TEXT


def check_lock(job: LockJob) -> int:
    """Say whether the lock names every chart.

    Returns:
        The exit code: 4 where it does not, 1 where settings or lock have errors of their own.
    """
    state = run_stages(lock_check_stages(), job.options)
    code = print_findings(state, job.format_)
    if code and {finding.code for finding in state.findings} <= {"chart-not-locked", "chart-locked-for-nobody"}:
        return ExitCode.DIFFERENCE
    if not code and not job.as_json:
        sys.stderr.write(f"{LOCK_FILE} names all {len(list_uses(state))} charts\n")
    return code
