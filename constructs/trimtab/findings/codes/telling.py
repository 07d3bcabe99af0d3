"""Rows of code, meaning, reason and cure, made into codes."""

from __future__ import annotations

from collections.abc import Iterable

from trimtab.findings.code import Code
from trimtab.findings.finding import Severity


def tell_codes(
    rows: Iterable[tuple[str, str, str, str]],
    severity: Severity = Severity.ERROR,
    *,
    soft: bool = False,
    needs_build: bool = False,
) -> tuple[Code, ...]:
    """Make codes of rows that share a weight.

    Args:
        rows: Code, what goes wrong in one sentence, why, with its source, and what to do.
        severity: How much each weighs.
        soft: Whether an error may be allowed with a reason.
        needs_build: Whether only `synth` and `verify` can find it.
    """
    return tuple(
        Code(
            code=code,
            severity=severity,
            meaning=meaning,
            why=why,
            cure=" ".join(cure),
            soft=soft,
            needs_build=needs_build,
        )
        for code, meaning, why, *cure in rows
    )
